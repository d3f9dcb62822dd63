#include "sensitivity_runs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <memory>
#include <utility>

#include "coalis/core/counted.hpp"
#include "coalis/engine/simulate.hpp"
#include "coalis/ensemble/resources.hpp"
#include "coalis/io/scenario/scenario_key.hpp"
#include "coalis/network/outcomes.hpp"
#include "coalis/tasks/missing_runs.hpp"
#include "coalis/tasks/run_costs.hpp"
#include "commands.hpp"
#include "print.hpp"
#include "progress.hpp"
#include "watching.hpp"

namespace coalis::cli {
namespace {

// A thread keeps a simulator for as long as it stays with a scenario of a point.
class PointRunner {
 public:
  explicit PointRunner(const SensitivityRuns& runs)
      : runs_(runs), further_(runs.study().further()), recording_(recording_of(StudyRecord::outcomes)) {
    if (further_) recording_ = with_sources(recording_);
  }

  void run(std::size_t number, RunRecord& record) {
    const std::size_t replicates = runs_.study().replicates, place = number / replicates;
    if (place != place_) {
      place_ = std::numeric_limits<std::size_t>::max();
      scenario_ = runs_.scenario(place / runs_.scenarios(), place % runs_.scenarios()).scenario;
      simulator_.emplace(make_plan(scenario_));
      place_ = place;
    }
    simulator_->run(runs_.study().seed, runs_.replicate_of(number), recording_, record);
    if (further_) add_outcomes(scenario_, record);
  }

 private:
  const SensitivityRuns& runs_;
  bool further_;
  Recording recording_;
  Scenario scenario_;
  std::size_t place_ = std::numeric_limits<std::size_t>::max();
  std::optional<Simulator> simulator_;
};

std::string values_at(const SensitivityRuns& runs, std::size_t point) {
  std::string values;
  const auto& factors = runs.study().design.factors;
  for (std::size_t f = 0; f < factors.size(); ++f)
    values += fmt::format("{}{} = {}", f > 0 ? ", " : "", factors[f].name, factor_value(factors[f], runs.design.point(point)[f]));
  return values;
}

}  // namespace

ScenarioFile SensitivityRuns::scenario(std::size_t point, std::size_t scenario) const {
  std::vector<std::string> overrides;
  const auto& factors = study().design.factors;
  for (std::size_t f = 0; f < factors.size(); ++f)
    for (std::string& override : overrides_of(factors[f], factor_value(factors[f], design.point(point)[f]), scenario))
      overrides.push_back(std::move(override));
  return read_scenario(study().files[scenario], overrides);
}

std::string SensitivityRuns::describe(std::size_t run) const {
  const std::size_t place = run / study().replicates;
  return fmt::format("{} with {}", study().scenarios[place % scenarios()], values_at(*this, place / scenarios()));
}

bool check_points(SensitivityRuns& runs) {
  const std::size_t places = runs.points() * runs.scenarios();
  std::vector<std::vector<Diagnostic>> found(places);
  std::vector<double> works(places), memory(places);
  runs.keys.resize(places);
  for_each(tbb_loop(), static_cast<int>(places), [&](int index) {
    const auto place = static_cast<std::size_t>(index);
    ScenarioFile file = runs.scenario(place / runs.scenarios(), place % runs.scenarios());
    runs.keys[place] = key_of(file.scenario, runs.study().seed);
    works[place] = work_of(file.scenario);
    memory[place] = run_memory(file.scenario, recording_of(StudyRecord::outcomes), runs.study().further());
    if (!file.ok()) found[place] = std::move(file.diagnostics);
  });
  for (const double work : works) runs.work = std::max(runs.work, work);
  for (const double bytes : memory) runs.run_memory = std::max(runs.run_memory, bytes);
  for (std::size_t place = 0; place < places; ++place) {
    for (const Diagnostic& d : found[place]) {
      if (d.warning) continue;
      print_message("{}: error: with {}: {}; {}\n", runs.study().scenarios[place % runs.scenarios()],
                    values_at(runs, place / runs.scenarios()), d.problem, d.advice);
      return false;  // others are likely to be of its kind
    }
  }
  return true;
}

void check_room(const SensitivityRuns& runs, std::size_t missing, int threads) {
  Needs needs;
  needs.threads = thread_count(threads);
  needs.replicates = runs.count();
  needs.replicates_named = "runs";
  needs.memory = program_bytes + static_cast<double>(runs.keys.size() * sizeof(RunKey));
  needs.thread_memory = runs.run_memory;
  needs.replicate_memory = stored_run_bytes + static_cast<double>(runs.study().outcomes.size() * sizeof(double));
  needs.folder = runs.store_folder();
  needs.disk = static_cast<double>(outcome_bytes(runs.study().further()) * missing);
  require_room(needs);
}

double forecast_seconds(const SensitivityRuns& runs, int threads) {
  PointRunner runner(runs);
  RunRecord record;
  runner.run(0, record);  // fills the memory
  const std::size_t trial = std::min<std::size_t>(runs.count(), runs.scenarios() * runs.study().replicates);
  const auto start = std::chrono::steady_clock::now();
  for (std::size_t number = trial; number-- > 0;) runner.run(number, record);
  return seconds_since(start) / static_cast<double>(trial) * static_cast<double>(runs.count()) / thread_count(threads);
}

namespace {

SensitivityValues values_of(const SensitivityRuns& runs, const RunStore& store) {
  const auto& outcomes = runs.study().outcomes;
  SensitivityValues values(outcomes.size(), std::vector<std::vector<double>>(runs.scenarios()));
  for (std::size_t run = 0; run < runs.count(); ++run) {
    const StoredRun kept = store.read(runs.key_of(run));
    for (std::size_t o = 0; o < outcomes.size(); ++o)
      values[o][run / runs.study().replicates % runs.scenarios()].push_back(kept.record.outcomes.at(outcomes[o]));
  }
  return values;
}

}  // namespace

std::optional<SensitivityValues> run_sensitivity(const SensitivityRuns& runs, RunStore& store, int threads, bool quiet,
                                                 int& status) {
  const double bytes = static_cast<double>(outcome_bytes(runs.study().further()));
  RunsToKeep wanted;
  wanted.count = runs.count();
  wanted.key_of = [&](std::size_t run) { return runs.key_of(run); };
  wanted.replicate_of = [&](std::size_t run) { return runs.replicate_of(run); };
  wanted.make_runner = [&]() -> Runner {
    return [runner = std::make_shared<PointRunner>(runs)](std::uint32_t run, RunRecord& record) { runner->run(run, record); };
  };
  wanted.unit = unit_of(runs.work, bytes);
  wanted.threads = threads;
  const Interruption interruption;
  ProgressLine progress(wanted.count, !quiet, "runs");
  const Watch watch = watching(interruption, progress);
  StoreClaims claims(store);
  tell(store, watch);
  store.forget_failures();  // they are tried again
  KeptRuns work(std::move(wanted), store, claims, watch);
  const RunStanding& begun = work.begun();
  const auto go_on = [&] {
    return fmt::format("{} of {} {} kept in {}; the same command goes on", work.done_so_far(), counted(work.size(), "run"),
                       are(work.size()), store.folder().string());
  };
  try {
    check_room(runs, begun.missing, threads);
    if (!quiet && begun.done > 0)
      print_message("  going on: {} of {} {} kept in {}\n", begun.done, counted(work.size(), "run"), are(work.size()),
                    store.folder().string());
    work.run();
  } catch (const StoreError& error) {
    throw StoreError(fmt::format("{}\n{}", error.what(), go_on()), error.full);
  }
  const auto ended = work.standing();
  if (ended.failed > 0) {
    const auto describe = [&](std::size_t run) { return runs.describe(run); };
    write_message(failures_text(ended.failed, work.size(), work.failures(describe)));
    print_message("Stopped after a failure: {}\n", go_on());
    status = failure;
    return std::nullopt;
  }
  if (ended.missing > 0) {
    print_message("Interrupted: {}\n", go_on());
    status = interruption.exit_code();
    return std::nullopt;
  }
  return values_of(runs, store);
}

}  // namespace coalis::cli
