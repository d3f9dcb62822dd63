// A resolved scenario as a list of paths and values, and the differences between two: for `coalis explain` and `coalis diff`.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/model/fields.hpp"
#include "coalis/model/scenario.hpp"
#include "coalis/questions/scenario_differences.hpp"

namespace coalis {

struct ResolvedValue {
  std::string table;  // "", "parameters", "hubs.Chicago", "kinds.meeting", `series."Outreach Day"`, "interventions"
  std::string key;    // "tie_prob", "members.nonprofit", the region of a row of hours, the number of an intervention from 1
  std::string value;  // as TOML; an intervention as an inline table
  FieldText field;    // the row of the key; of an intervention that of the key which it changes
  // Keys and values (TOML) of an intervention: set, value, from, until, ramp; else empty.
  std::vector<std::pair<std::string, std::string>> parts = {};

  std::string path() const { return table.empty() ? key : table + "." + key; }
};

// Every value of a scenario, table by table in the order of its files; interventions last.
std::vector<ResolvedValue> resolved_values(const Scenario& scenario);

// "illinois.toml:12", "--set" or "default E".
using Origins = decltype(ScenarioFile::origins);
std::string origin_text(const ResolvedValue& value, const Origins& origins);

// Keeps the values whose path is one of `paths` or begins with it ("hubs", "hubs.Chicago", "parameters.tie_prob"). Returns what
// is wrong with a path that keeps none, and what to do; else "".
std::string keep_paths(std::vector<ResolvedValue>& values, std::span<const std::string> paths);

// Values that differ, those that only one of the scenarios has, lists whose common items stand in another order, and
// interventions that only one has. Empty for equal scenarios only.
std::vector<Difference> differences(const Scenario& a, const Scenario& b);

// Whether a path, as `--set` takes it, is of something that can be chosen (model/supported.hpp).
bool is_policy_path(std::string_view path);
// What two scenarios differ in, told apart.
PolicyAndWorld policy_and_world(const Scenario& a, const Scenario& b);

// What a table is for, in a sentence; "" for the top of the file.
std::string_view table_meaning(std::string_view table);

}  // namespace coalis
