#include "compare_sets.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "coalis/io/questions/parameter_sets.hpp"
#include "coalis/io/text/file_hash.hpp"
#include "coalis/questions/evidence_base.hpp"
#include "coalis/questions/structures.hpp"
#include "coalis/statistics/resampling.hpp"
#include "print.hpp"

namespace coalis::cli {
namespace {

bool report(const std::vector<Diagnostic>& diagnostics) {
  for (const auto& diagnostic : diagnostics) print_message("{}\n", to_string(diagnostic));
  return std::all_of(diagnostics.begin(), diagnostics.end(), [](const Diagnostic& d) { return d.warning; });
}

std::vector<double> weights_of(const ParameterSets& sets, const SetsWanted& wanted) {
  std::vector<double> weights;
  for (const ParameterSet& set : sets.sets) weights.push_back(set.weight);
  if (wanted.draws > 0) {
    const auto counts = systematic_resampling(weights, wanted.draws, wanted.seed);
    std::copy(counts.begin(), counts.end(), weights.begin());
  }
  return weights;
}

// The scenarios with a set, checked; nothing if it is wrong (which has been said).
std::optional<std::vector<Scenario>> with_set(const ParameterSets& sets, const ParameterSet& set,
                                              const std::vector<Contender>& contenders) {
  std::vector<Scenario> scenarios;
  for (const Contender& c : contenders) {
    const ScenarioFile file = with_parameters(c.scenario, sets, set);
    if (!report(file.diagnostics)) return std::nullopt;
    if (file.scenario.structure != c.scenario.structure)
      throw SetsError(fmt::format(
          "{}:{}: was fitted under the structure '{}', {} has '{}'; set it in all with --set structure.engagement=...", sets.file,
          set.line, to_string(file.scenario.structure), c.file, to_string(c.scenario.structure)));
    if (std::abs(planned_cost(file.scenario) - c.planned_cost) > 1e-9 * c.planned_cost)
      throw SetsError(fmt::format("{}:{}: changes the planned cost of {}; what is compared must not vary with parameters",
                                  sets.file, set.line, c.file));
    scenarios.push_back(file.scenario);
  }
  return scenarios;
}

}  // namespace

std::optional<UsedSets> use_sets(const SetsWanted& wanted, std::vector<Contender>& contenders) {
  ParameterSets sets = read_parameter_sets(wanted.file);
  if (!report(sets.diagnostics)) return std::nullopt;
  if (const auto plans = leave_out_plans(sets); !plans.empty() && !wanted.quiet)
    print_message("{}: {} left to the scenarios: what is planned is what they compare\n", sets.file, fmt::join(plans, ", "));
  UsedSets used;
  used.file = wanted.file, used.hash = sha1_of_file(wanted.file);
  used.weights = weights_of(sets, wanted);
  for (const ParameterSet& set : sets.sets) used.lines.push_back(set.line);
  std::map<std::size_t, std::size_t> places;  // of a set of the file in `scenarios`
  for (const std::size_t set : growing_resampling(used.weights, wanted.replicates, wanted.seed)) {
    if (!places.contains(set)) {
      auto scenarios = with_set(sets, sets.sets[set], contenders);
      if (!scenarios) return std::nullopt;
      const auto same = std::find(used.scenarios.begin(), used.scenarios.end(), *scenarios);  // sets that say the same are one
      places[set] = static_cast<std::size_t>(same - used.scenarios.begin());
      if (same == used.scenarios.end()) used.scenarios.push_back(std::move(*scenarios));
    }
    used.of_replicate.push_back(set), used.scenarios_of.push_back(places[set]);
  }
  for (Contender& c : contenders) {
    const ScenarioFile first = with_parameters(c.scenario, sets, sets.sets.front());
    c.base = evidence_base(c.scenario, sets, first.ok() ? &first.scenario : nullptr);
  }
  return used;
}

}  // namespace coalis::cli
