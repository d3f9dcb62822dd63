// Parameter sets: values of some parameters that belong together, with weights.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "coalis/core/diagnostic.hpp"

namespace coalis {

struct ParameterSet {
  int line = 0;       // of the file
  double weight = 1;  // 0 or more
  std::vector<std::string> values;
};

// What a posterior says of itself in its first lines: what its sets were fitted to. Empty texts where it says nothing.
struct FittedSets {
  std::string scenario, evidence;      // file and title, file
  std::string coalition;               // coalition_key() of the scenario (questions/fitted.hpp)
  std::string values;                  // values_key() of the scenario with the first set
  std::string structure;               // the rules, as to_string() has them (questions/structures.hpp); "" in older ones
  std::vector<std::string> world{};    // world_of() the same scenario; none in older ones
  std::vector<std::string> items;      // of the evidence, by id
  std::vector<std::string> figures{};  // of each, as figures_text() has them (inference/distance.hpp); none in older ones
};

struct ParameterSets {
  std::string file;
  FittedSets fitted;
  std::vector<std::string> paths;  // [column], as in --set
  std::vector<ParameterSet> sets;
  std::vector<Diagnostic> diagnostics;  // errors; without any, sets are complete

  bool ok() const { return diagnostics.empty(); }
};

// A complete, finite number in decimals; nothing for anything else.
std::optional<double> finite_number(std::string_view text);

// The column that a path or an override ("path=value") sets or is part of; npos if there is none.
std::size_t column_of(std::string_view path, const ParameterSets& sets);

// Overrides that columns would go before: an error each. Columns of the structure may be said again, to run under it.
std::vector<Diagnostic> set_twice(const std::vector<std::string>& overrides, const ParameterSets& sets);

// Moves the columns of a table ("series.", "structure.") out of the sets into sets of their own, with the same lines and weights.
ParameterSets take_columns(ParameterSets& sets, std::string_view table);

// Removes the columns that say what was planned then (paths of series) and returns them: whoever asks what a plan would do takes
// it from the scenario.
std::vector<std::string> leave_out_plans(ParameterSets& sets);

}  // namespace coalis
