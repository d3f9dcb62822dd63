// What of a posterior of another coalition this one cannot take.
#include <algorithm>

#include "coalis/core/path_names.hpp"
#include "coalis/questions/fitted.hpp"

namespace coalis {

std::vector<std::string> leave_out_elsewhere(ParameterSets& sets, const Scenario& scenario) {
  std::vector<std::string> left;
  if (sets.fitted.coalition.empty() || sets.fitted.coalition == coalition_key(scenario)) return left;
  const auto is_known = [](const auto& all, const std::string& name) {
    return std::any_of(all.begin(), all.end(), [&](const auto& one) { return one.name == name; });
  };
  bool planned = true;  // all of it is, or none is taken
  for (const std::string& path : sets.paths)
    if (const std::vector<std::string> names = names_set(path); names.size() > 1) {
      if (names.front() == "series") planned = planned && is_known(scenario.series, names[1]);
      if (names.front() == "kinds" && !is_known(scenario.kinds, names[1])) left.push_back(path);
    }
  for (const std::string& path : left) take_columns(sets, path);
  if (planned) return left;
  const std::vector<std::string> plans = leave_out_plans(sets);
  left.insert(left.begin(), plans.begin(), plans.end());
  return left;
}

}  // namespace coalis
