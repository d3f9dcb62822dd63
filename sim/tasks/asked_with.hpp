// A scenario with a parameter set, as questions ask for it.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "coalis/io/questions/parameter_sets.hpp"
#include "coalis/questions/asked.hpp"
#include "coalis/questions/fitted.hpp"
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

// What leave_out_elsewhere() has left out, in words.
inline std::string elsewhere_text(const std::vector<std::string>& paths) {
  std::string text = "was fitted to another coalition: ";
  for (const std::string& path : paths) text += (&path == &paths.front() ? "" : ", ") + path;
  return text + " left to the scenario";
}

}  // namespace coalis
