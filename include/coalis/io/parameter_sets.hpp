// Parameter sets (CSV; docs/formats/parameters.md): values of some parameters that belong together, with weights.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "coalis/io/scenario_file.hpp"
#include "coalis/model/scenario.hpp"

namespace coalis {

struct ParameterSet {
  int line = 0;       // of the file
  double weight = 1;  // 0 or more
  std::vector<std::string> values;
};

// What a posterior says of itself in its first lines: what its sets were fitted to. Empty texts where it says nothing.
struct FittedSets {
  std::string scenario, evidence;  // file and title, file
  std::string coalition;           // coalition_key() of the scenario (ensemble/fitted.hpp)
  std::string values;              // values_key() of the scenario with the first set
  std::vector<std::string> items;  // of the evidence, by id
};

struct ParameterSets {
  std::string file;
  FittedSets fitted;
  std::vector<std::string> paths;  // [column], as in --set
  std::vector<ParameterSet> sets;
  std::vector<Diagnostic> diagnostics;  // errors; without any, sets are complete

  bool ok() const { return diagnostics.empty(); }
};

// Never throws on bad input. Values that begin as numbers are complete, finite numbers; weights have a finite sum above 0.
ParameterSets read_parameter_sets(const std::filesystem::path& path);
// The same from its text; `name` stands for the file in diagnostics.
ParameterSets parse_parameter_sets(std::string_view text, const std::string& name);

// A complete, finite number in decimals; nothing for anything else.
std::optional<double> finite_number(std::string_view text);
// The header lines of a posterior that read_parameter_sets() reads back.
std::string to_text(const FittedSets& fitted);

// Moves the columns of a table ("series.", "structure.") out of the sets into sets of their own, with the same lines and weights.
ParameterSets take_columns(ParameterSets& sets, std::string_view table);

// Removes the columns that say what was planned then (paths of series) and returns them: whoever asks what a plan would do takes
// it from the scenario.
std::vector<std::string> leave_out_plans(ParameterSets& sets);

// The scenario with the values of a set, checked as a scenario file is; errors name the line of the set. left_out: columns that
// stay as the scenario has them; empty: none.
ScenarioFile with_parameters(const Scenario& scenario, const ParameterSets& sets, const ParameterSet& set,
                             const std::vector<bool>& left_out = {});

}  // namespace coalis
