// Parameter sets belong to the structure that they were fitted under: no question changes it silently.
#pragma once

#include <optional>
#include <string>

#include "coalis/model/scenario.hpp"
#include "coalis/questions/asked.hpp"
#include "coalis/questions/parameter_sets.hpp"
#include "coalis/questions/structures.hpp"

namespace coalis {

// That a set puts a scenario, named by its file, under another structure than its own.
inline std::optional<Diagnostic> other_structure(const ParameterSets& sets, const ParameterSet& set, const Scenario& own,
                                                 const Scenario& with_set, const std::string& file) {
  if (with_set.structure == own.structure) return std::nullopt;
  return option_problem(sets.file + ":" + std::to_string(set.line),
                        "was fitted under the structure '" + to_string(with_set.structure) + "', " + file + " has '" +
                            to_string(own.structure) + "'",
                        "set it with --set structure.engagement=..., or take other sets");
}

}  // namespace coalis
