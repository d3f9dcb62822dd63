// The answer of `coalis sensitivity`: for people, as JSON, and as the result file from which it can be made again.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "sensitivity_runs.hpp"

namespace coalis::cli {

// One output: an outcome of a scenario, or its difference between the two.
struct SensitivityTarget {
  std::size_t outcome;   // index into all_outcome_quantities()
  std::string scenario;  // "A", "B", "B - A"
  SensitivityAnswer answer;
};

// Every outcome of the study in every scenario, then its difference replicate by replicate.
std::vector<SensitivityTarget> sensitivity_targets(const SensitivityRuns& runs, const SensitivityValues& values);

std::string to_text(const SensitivityRuns& runs, const std::vector<SensitivityTarget>& targets);
nlohmann::ordered_json to_json(const SensitivityRuns& runs, const std::vector<SensitivityTarget>& targets);

// "Morris: ...; 12,800 runs, about 3 min with 2 threads"
std::string cost_text(const SensitivityRuns& runs, int threads);

// Writes the answer with all values (docs/formats/sensitivity.md). Throws StoreError.
void write_sensitivity(const std::string& path, bool overwrite, const SensitivityRuns& runs,
                       const std::vector<SensitivityTarget>& targets, const SensitivityValues& values);
// The values of such a file. Throws JsonFileError: it is no such file, or not of exactly this design.
SensitivityValues read_sensitivity_values(const std::string& path, const SensitivityRuns& runs);

}  // namespace coalis::cli
