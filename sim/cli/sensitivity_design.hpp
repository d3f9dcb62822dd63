// What the runs of a sensitivity study depend on, as JSON: kept with them, so that runs of another design are noticed.
#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "coalis/io/store/run_store.hpp"
#include "coalis/io/text/json_file.hpp"
#include "sensitivity_runs.hpp"

namespace coalis::cli {

// Model version, scenarios as resolved, outcomes, factors with ranges and groups, sizes, seed.
nlohmann::ordered_json design_json(const SensitivityRuns& runs);

// How two designs differ, in words: "replicates: 4 there, 3 here; morris.trajectories: 30 there, 20 here"; "" if they do not.
std::string design_changes(const nlohmann::ordered_json& there, const nlohmann::ordered_json& here);

// The store of the study's runs, STUDY.runs, which holds the design beside them. Throws JsonFileError or StoreError: it holds
// runs of another design and `restart` is false, or another process is at work on what is to be begun again.
std::unique_ptr<RunStore> open_sensitivity_store(const SensitivityRuns& runs, bool restart);

}  // namespace coalis::cli
