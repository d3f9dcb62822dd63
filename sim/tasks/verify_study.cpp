// Are the runs of a merged result those that this machine computes?

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <numeric>
#include <optional>

#include "coalis/engine/simulate.hpp"
#include "coalis/ensemble/ensemble.hpp"
#include "coalis/ensemble/resources.hpp"
#include "coalis/io/hdf5/study_runs.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/io/scenario/scenario_key.hpp"
#include "coalis/network/outcomes.hpp"
#include "coalis/questions/equal_budget.hpp"
#include "coalis/tasks/run_costs.hpp"
#include "tasks/chosen_rows.hpp"
#include "tasks/verifying.hpp"

namespace coalis {
namespace {

using Places = std::vector<std::size_t>;  // point * replicates + replicate

// The scenarios of the points, null where the file does not hold what is needed for one.
std::vector<std::optional<Scenario>> rebuilt(const StudyRuns& runs) {
  std::vector<std::optional<Scenario>> scenarios;
  std::map<std::vector<std::string>, double> costs;  // of the first scenario, by what the study sets
  for (const StudyRuns::Point& point : runs.points) {
    auto& into = scenarios.emplace_back();
    if (point.named_settings && !runs.parameters.empty()) continue;  // which columns they go before is not in the file
    ScenarioFile file = parse_scenario(runs.scenario_texts.at(point.scenario), "scenario", point.setting);
    if (!file.ok()) continue;
    if (!runs.equal_budget.empty()) {
      if (point.scenario == 0) costs[point.setting] = planned_cost(file.scenario);
      if (const auto cost = costs.find(point.setting); point.scenario > 0 && cost != costs.end()) {
        auto budget = equal_budget(file.scenario, cost->second, runs.equal_budget);
        if (std::holds_alternative<BudgetError>(budget)) continue;
        file.scenario = std::move(std::get<Budget>(budget).scenario);
      }
    }
    if (to_string(key_of(file.scenario, runs.seed)) == point.key) into = std::move(file.scenario);
  }
  return scenarios;
}

// The scenario of a run: the point's, with its parameter set.
Scenario scenario_of(const StudyRuns& runs, const Scenario& scenario, std::size_t point, std::size_t replicate) {
  if (runs.parameters.empty()) return scenario;
  const StudyRuns::Sets& of = runs.parameters[runs.points[point].parameters];
  return with_parameters(scenario, of.sets, of.sets.sets[static_cast<std::size_t>(of.of_replicate[replicate])]).scenario;
}

std::vector<std::string> compare(const StudyRuns& runs, std::size_t place, const RunRecord& record) {
  std::vector<std::string> different;
  const std::string where = fmt::format("point {}, replicate {}", place / runs.replicates, place % runs.replicates);
  if (record.hash != runs.hashes[place])
    different.push_back(fmt::format("{}: recorded hash {:016x}, here {:016x}", where, runs.hashes[place], record.hash));
  // By name: files of older programs lack some.
  const std::vector<Quantity>& quantities = outcomes_of(record.outcomes.size() > outcome_quantities().size());
  for (std::size_t q = 0; q < runs.outcomes.size(); ++q) {
    const auto found = std::find_if(quantities.begin(), quantities.end(),
                                    [&](const Quantity& quantity) { return quantity.name == runs.outcome_names[q]; });
    const double was = runs.outcomes[q][place];
    if (found == quantities.end())
      different.push_back(fmt::format("{}, {}: is no outcome of this program", where, runs.outcome_names[q]));
    else if (const double here = record.outcomes[static_cast<std::size_t>(found - quantities.begin())]; !same_value(was, here))
      different.push_back(fmt::format("{}, {}: recorded {}, here {}", where, runs.outcome_names[q], was, here));
  }
  return different;
}

// Computed only when asked for.
bool is_further(const std::string& name) {
  const auto& all = all_outcome_quantities();
  return std::any_of(all.begin() + static_cast<std::ptrdiff_t>(outcome_quantities().size()), all.end(),
                     [&](const Quantity& quantity) { return quantity.name == name; });
}

// The runs that can be made again: done, of a point that could be built.
Places possible_places(const StudyRuns& runs, const std::vector<std::optional<Scenario>>& scenarios) {
  Places possible;
  for (std::size_t place = 0; place < runs.done.size(); ++place)
    if (runs.done[place] != 0 && scenarios[place / runs.replicates]) possible.push_back(place);
  return possible;
}

// Each thread has the plan, the simulator and the record of its run.
Needs needs_of(const std::vector<std::optional<Scenario>>& scenarios, std::size_t runs, const Recording& recording, bool further,
               int threads) {
  Needs needs;
  needs.memory = program_bytes;
  needs.threads = static_cast<int>(std::min(static_cast<std::size_t>(thread_count(threads)), runs));
  for (const auto& scenario : scenarios)
    if (scenario) needs.thread_memory = std::max(needs.thread_memory, run_memory(*scenario, recording, further));
  return needs;
}

}  // namespace

Verified verify_study(const CheckedPath& checked, std::size_t sample, int threads, const Watch& watch) {
  Verified verified{.file = checked.path.string(), .of = Verified::Of::study, .has_checksums = checked.has_checksums};
  const StudyRuns runs = read_study_runs(checked);
  require_same_model(verified.file, runs.model_version, runs.program_version, runs.commit);
  const auto scenarios = rebuilt(runs);
  const Places possible = possible_places(runs, scenarios);
  verified.unbuilt = static_cast<std::size_t>(std::count(scenarios.begin(), scenarios.end(), std::nullopt));
  Places places;
  for (const std::size_t row : chosen_rows(possible.size(), sample)) places.push_back(possible[row]);
  verified.held =
      static_cast<std::size_t>(std::count_if(runs.done.begin(), runs.done.end(), [](auto done) { return done != 0; }));
  verified.wanted = places.size(), verified.points = runs.points.size();
  if (places.empty())
    throw FileError(verified.file +
                    ": no point could be built again from the file alone; give the study to coalis study run in another folder");
  std::vector<std::uint32_t> tasks(places.size());
  std::iota(tasks.begin(), tasks.end(), 0u);
  const bool further = std::any_of(runs.outcome_names.begin(), runs.outcome_names.end(), is_further);
  const Recording alone{false, false, false, false, false}, recording = further ? with_sources(alone) : alone;
  require_room(needs_of(scenarios, places.size(), recording, further, threads));
  const Execution execution{.threads = threads, .cancel = watch.cancel, .progress = [&](std::size_t done) {
                              if (watch.progress) watch.progress(done, places.size());
                            }};
  const auto make_runner = [&]() -> Runner {
    return [&](std::uint32_t task, RunRecord& record) {
      const std::size_t point = places[task] / runs.replicates, replicate = places[task] % runs.replicates;
      const Scenario scenario = scenario_of(runs, *scenarios[point], point, replicate);
      Simulator(make_plan(scenario)).run(runs.seed, static_cast<std::uint32_t>(replicate), recording, record);
      if (further) add_outcomes(scenario, record);
    };
  };
  execute(tasks, make_runner, execution, [&](const RunRecord& record) {
    for (std::string& text : compare(runs, places[verified.compared], record)) verified.different.push_back(std::move(text));
    ++verified.compared;
  });
  return verified;
}

}  // namespace coalis
