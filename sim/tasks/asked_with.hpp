// A scenario with a parameter set, as questions ask for it.
#pragma once

#include <optional>
#include <utility>

#include "coalis/io/questions/parameter_sets.hpp"
#include "coalis/questions/asked.hpp"
#include "coalis/tasks/watch.hpp"

namespace coalis {

inline Asked<Scenario> asked_with(const Scenario& scenario, const ParameterSets& sets, const ParameterSet& set) {
  ScenarioFile file = with_parameters(scenario, sets, set);
  if (!file.ok()) return {std::nullopt, std::move(file.diagnostics)};
  return {std::move(file.scenario), std::move(file.diagnostics)};
}

// The same for as long as nobody has cancelled: then nothing, and no problem either.
inline auto asked_with(const Watch& watch) {
  return [watch](const Scenario& scenario, const ParameterSets& sets, const ParameterSet& set) {
    return watch.cancelled() ? Asked<Scenario>{} : asked_with(scenario, sets, set);
  };
}

}  // namespace coalis
