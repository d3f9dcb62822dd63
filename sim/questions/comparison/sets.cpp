#include "questions/comparison/sets.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "coalis/statistics/resampling.hpp"
#include "questions/other_structure.hpp"

namespace coalis {
namespace {

std::vector<double> weights_of(const ParameterSets& sets, const ComparisonOptions& options) {
  std::vector<double> weights;
  for (const ParameterSet& set : sets.sets) weights.push_back(set.weight);
  if (options.draws > 0) {
    const auto counts = systematic_resampling(weights, options.draws, options.seed);
    std::copy(counts.begin(), counts.end(), weights.begin());
  }
  return weights;
}

// The scenarios with a set, checked; nothing if it is wrong.
std::optional<std::vector<Scenario>> with_set(const ComparisonInput& input, const ParameterSet& set, const Comparison& comparison,
                                              std::vector<Diagnostic>& problems) {
  const ParameterSets& sets = *input.sets;
  const std::string place = sets.file + ":" + std::to_string(set.line);
  std::vector<Scenario> scenarios;
  for (const Contender& c : comparison.scenarios) {
    const Asked<Scenario> with = input.with_parameters(c.scenario, sets, set);
    if (!add_problems(problems, with.problems) || !with.ok()) return std::nullopt;
    const Scenario& scenario = *with.question;
    if (const auto problem = other_structure(sets, set, c.scenario, scenario, c.file)) {
      problems.push_back(*problem);
      return std::nullopt;
    }
    if (std::abs(planned_cost(scenario, comparison.from) - c.planned_cost) > 1e-9 * c.planned_cost) {
      problems.push_back(
          option_problem(place, "changes the planned cost of " + c.file, "what is compared must not vary with parameters"));
      return std::nullopt;
    }
    scenarios.push_back(scenario);
  }
  return scenarios;
}

}  // namespace

bool use_sets(const ComparisonOptions& options, const ComparisonInput& input, Comparison& comparison,
              std::vector<Diagnostic>& problems) {
  const ParameterSets& sets = *input.sets;
  UsedSets used;
  used.file = options.parameters, used.hash = input.sets_hash;
  used.weights = weights_of(sets, options);
  for (const ParameterSet& set : sets.sets) used.lines.push_back(set.line);
  std::map<std::size_t, std::size_t> places;  // of a set of the file in `scenarios`
  for (const std::size_t set : growing_resampling(used.weights, comparison.replicates, options.seed)) {
    if (!places.contains(set)) {
      auto scenarios = with_set(input, sets.sets[set], comparison, problems);
      if (!scenarios) return false;
      const auto same = std::find(used.scenarios.begin(), used.scenarios.end(), *scenarios);  // sets that say the same are one
      places[set] = static_cast<std::size_t>(same - used.scenarios.begin());
      if (same == used.scenarios.end()) used.scenarios.push_back(std::move(*scenarios));
    }
    used.of_replicate.push_back(set), used.scenarios_of.push_back(places[set]);
  }
  for (Contender& c : comparison.scenarios) {
    const Asked<Scenario> first = input.with_parameters(c.scenario, sets, sets.sets.front());
    c.base = evidence_base(c.scenario, sets, first.ok() ? &*first.question : nullptr);
  }
  used.sets = sets;
  comparison.sets = std::move(used);
  return true;
}

void mark_structures(const ComparisonInput& input, Comparison& comparison) {
  for (StructureOf& one : comparison.structures) {
    one.calibration = Calibration::calibrated;
    for (const Contender& c : comparison.scenarios) {
      const Scenario under = comparison.under(c.scenario, one.structure);
      Calibration here = calibration_of(under);
      if (input.sets) {
        const Asked<Scenario> first = input.with_parameters(c.scenario, *input.sets, input.sets->sets.front());
        const auto base = evidence_base(c.scenario, *input.sets, first.ok() ? &*first.question : nullptr, under.structure);
        here = base.sites > 0 ? Calibration::calibrated : Calibration::not_calibrated;
      }
      one.calibration = std::max(one.calibration, here);
    }
  }
}

}  // namespace coalis
