// What the runs of a sensitivity study depend on, as JSON: kept with them, so that runs of another design are noticed.
#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "coalis/questions/sensitivity/sensitivity.hpp"

namespace coalis {

// Model version, scenarios as resolved, outcomes, factors with ranges and groups, sizes, seed.
nlohmann::ordered_json design_json(const SensitivityQuestion& question);

// How another design differs from the question's, in words: "replicates: 4 there, 3 here; morris.trajectories: 30 there, 20
// here"; "" if it does not.
std::string design_changes(const nlohmann::ordered_json& there, const SensitivityQuestion& here);

// The file that stands beside kept runs. Every outcome is kept, so that others may be asked for.
std::string kept_design_text(const SensitivityQuestion& question);
// Throws FileError: the runs beside the file are of another design, or it is no such file.
void require_kept_design(const std::filesystem::path& path, const SensitivityQuestion& question);

}  // namespace coalis
