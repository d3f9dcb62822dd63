// A scenario with a parameter set, as questions ask for it.
#pragma once

#include <optional>
#include <utility>

#include "coalis/io/questions/parameter_sets.hpp"
#include "coalis/questions/asked.hpp"

namespace coalis {

inline Asked<Scenario> asked_with(const Scenario& scenario, const ParameterSets& sets, const ParameterSet& set) {
  ScenarioFile file = with_parameters(scenario, sets, set);
  if (!file.ok()) return {std::nullopt, std::move(file.diagnostics)};
  return {std::move(file.scenario), std::move(file.diagnostics)};
}

}  // namespace coalis
