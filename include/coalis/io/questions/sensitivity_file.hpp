// Sensitivity files (TOML; docs/formats/sensitivity.md): factors with ranges, and how to look for those that matter. Scenarios,
// factors, outcomes and replicates are those of a study file, read by the same reader.
#pragma once

#include <filesystem>

#include "coalis/inference/sensitivity.hpp"
#include "coalis/io/questions/study_file.hpp"

namespace coalis {

inline constexpr int sensitivity_format_version = 1;
inline constexpr std::size_t fewest_trajectories = 20;

struct SensitivityFile {
  StudyFile study;       // one scenario or two; its design holds the factors
  SensitivityPlan plan;  // complete when ok()

  bool ok() const { return study.ok(); }
};

// Reads the file and tries both ends of every factor's range on every scenario; never throws on bad input.
SensitivityFile read_sensitivity(const std::filesystem::path& path);
// The same from its text; `path` stands for the file in diagnostics and for the folder of what it names.
SensitivityFile parse_sensitivity(std::string text, const std::filesystem::path& path);

}  // namespace coalis
