// coalis verify of a merged result: are its runs those that this machine computes? Points are built again from what the file
// holds; the recorded key of a point says whether that was possible.
#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>

#include "coalis/core/counted.hpp"
#include "coalis/ensemble/ensemble.hpp"
#include "coalis/io/hdf5/study_runs.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/network/outcomes.hpp"
#include "coalis/questions/equal_budget.hpp"
#include "commands.hpp"
#include "print.hpp"
#include "progress.hpp"
#include "study_points.hpp"
#include "terminal.hpp"
#include "verify.hpp"

namespace coalis::cli {
namespace {

using Places = std::vector<std::size_t>;  // point * replicates + replicate

bool same_value(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b) || (std::isnan(a) && std::isnan(b));
}

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
      if (const auto cost = costs.find(point.setting); point.scenario > 0 && cost != costs.end()) try {
          file.scenario = equal_budget(file.scenario, cost->second, runs.equal_budget).scenario;
        } catch (const BudgetError&) {
          continue;
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
  for (std::size_t q = 0; q < runs.outcomes.size() && q < record.outcomes.size(); ++q)
    if (!same_value(runs.outcomes[q][place], record.outcomes[q]))
      different.push_back(
          fmt::format("{}, {}: recorded {}, here {}", where, runs.outcome_names[q], runs.outcomes[q][place], record.outcomes[q]));
  return different;
}

int tell(const VerifyOptions& options, const StudyRuns& runs, std::size_t compared, std::size_t unbuilt,
         const std::vector<std::string>& different) {
  constexpr std::size_t listed = 20;
  const auto done = static_cast<std::size_t>(std::count_if(runs.done.begin(), runs.done.end(), [](auto d) { return d != 0; }));
  if (different.empty())
    print_text(fmt::format("{}: reproduced. {} of its {} {} the recorded hash and outcomes.\n", options.result, compared,
                           counted(done, "run"), compared == 1 ? "was rerun and has" : "were rerun and all have"));
  else
    print_answer("{}: NOT reproduced. {} from the recorded hashes and outcomes in {} rerun:\n", options.result,
                 counted(different.size(), "difference"), counted(compared, "run"));
  for (std::size_t i = 0; i < std::min(listed, different.size()); ++i) print_answer("  {}\n", different[i]);
  if (different.size() > listed) print_answer("  and {} more\n", different.size() - listed);
  if (unbuilt > 0)
    print_text(fmt::format(
        "{} of its {} could not be built again from the file alone and {} not rerun; coalis study run does {} anew.\n", unbuilt,
        counted(runs.points.size(), "point"), unbuilt == 1 ? "was" : "were", unbuilt == 1 ? "it" : "them"));
  return different.empty() ? success : failure;
}

int verify(const VerifyOptions& options) {
  const StudyRuns runs = read_study_runs(options.result);
  if (!same_model(options, runs.model_version, runs.program_version, runs.commit)) return file_error;
  const auto scenarios = rebuilt(runs);
  Places possible;
  for (std::size_t place = 0; place < runs.done.size(); ++place)
    if (runs.done[place] != 0 && scenarios[place / runs.replicates]) possible.push_back(place);
  const auto unbuilt = static_cast<std::size_t>(std::count(scenarios.begin(), scenarios.end(), std::nullopt));
  if (possible.empty()) {
    print_message("{}: no point could be built again from the file alone; give the study to coalis study run in another folder\n",
                  options.result);
    return file_error;
  }
  Places places;
  for (const std::size_t row : chosen_rows(possible.size(), options.sample)) places.push_back(possible[row]);
  std::vector<std::uint32_t> tasks(places.size());
  std::iota(tasks.begin(), tasks.end(), 0u);
  const bool further = runs.outcome_names.size() > outcomes_of(false).size();
  const Recording alone{false, false, false, false, false}, recording = further ? with_sources(alone) : alone;
  const Interruption interruption;
  ProgressLine progress(places.size(), !options.quiet, "runs");
  const Execution execution{
      .threads = options.threads, .cancel = &interruption.requested(), .progress = [&](std::size_t n) { progress.show(n); }};
  const auto make_runner = [&]() -> Runner {
    return [&](std::uint32_t task, RunRecord& record) {
      const std::size_t point = places[task] / runs.replicates, replicate = places[task] % runs.replicates;
      const Scenario scenario = scenario_of(runs, *scenarios[point], point, replicate);
      Simulator(make_plan(scenario)).run(runs.seed, static_cast<std::uint32_t>(replicate), recording, record);
      if (further) add_outcomes(scenario, record);
    };
  };
  std::vector<std::string> different;
  std::size_t compared = 0;
  execute(tasks, make_runner, execution, [&](const RunRecord& record) {
    for (std::string& text : compare(runs, places[compared], record)) different.push_back(std::move(text));
    ++compared;
  });
  if (compared < places.size()) print_message("Interrupted after {} of {}.\n", compared, counted(places.size(), "run"));
  const int status = tell(options, runs, compared, unbuilt, different);
  return compared < places.size() ? Interruption::exit_code() : status;
}

}  // namespace

int verify_study(const VerifyOptions& options) try { return verify(options); } catch (const ResultError& error) {
  print_message("{}\n", error.what());
  return file_error;
}

}  // namespace coalis::cli
