#include "coalis/tasks/sensitivity_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <utility>

#include "coalis/core/counted.hpp"
#include "coalis/core/seconds.hpp"
#include "coalis/engine/simulate.hpp"
#include "coalis/ensemble/ensemble.hpp"
#include "coalis/ensemble/resources.hpp"
#include "coalis/io/answers/sensitivity_design.hpp"
#include "coalis/io/scenario/scenario_key.hpp"
#include "coalis/io/store/store_folder.hpp"
#include "coalis/network/outcomes.hpp"
#include "coalis/tasks/claims.hpp"
#include "coalis/tasks/missing_runs.hpp"
#include "coalis/tasks/run_costs.hpp"

namespace coalis {
namespace {

namespace fs = std::filesystem;

// A thread keeps a simulator for as long as it stays with a scenario of a point.
class PointRunner {
 public:
  explicit PointRunner(const PreparedSensitivity& prepared)
      : prepared_(prepared), further_(prepared.question.study.further()), recording_(recording_of(StudyRecord::outcomes)) {
    if (further_) recording_ = with_sources(recording_);
  }

  void run(std::size_t number, RunRecord& record) {
    const SensitivityQuestion& question = prepared_.question;
    if (const std::size_t place = question.place_of(number); place != place_) {
      place_ = std::numeric_limits<std::size_t>::max();
      scenario_ = prepared_.scenario(place).scenario;
      simulator_.emplace(make_plan(scenario_));
      place_ = place;
    }
    simulator_->run(question.study.seed, question.replicate_of(number), recording_, record);
    if (further_) add_outcomes(scenario_, record);
  }

 private:
  const PreparedSensitivity& prepared_;
  bool further_;
  Recording recording_;
  Scenario scenario_;
  std::size_t place_ = std::numeric_limits<std::size_t>::max();
  std::optional<Simulator> simulator_;
};

constexpr std::string_view design_file = "design.json";

void begin_again(const fs::path& folder) {
  std::error_code error;
  if (!fs::exists(folder, error)) return;
  if (RunStore(folder, "", "", Access::read).others_at_work())
    throw StoreError(fmt::format("{}: another process is at work on it; end it before --restart", folder.string()));
  remove_store(folder, design_file);
}

// Runs that are not of this study are neither removed nor added to.
void refuse_foreign(const fs::path& folder, const std::string& study, bool restart) {
  std::error_code ignored;
  const bool designed = fs::exists(folder / design_file, ignored);
  const auto kept = study_kept_in(folder);
  const bool other = kept && *kept != study && (restart || !designed);
  if (other || (has_shards(folder) && !designed))
    throw StoreError(fmt::format("{}: keeps runs of {}, not of the sensitivity study '{}'; move it away", folder.string(),
                                 kept ? fmt::format("'{}'", *kept) : std::string("another study"), study));
}

// Nothing if it is cancelled meanwhile.
std::optional<SensitivityValues> values_of(const PreparedSensitivity& prepared, const RunStore& store, const Watch& watch) {
  const SensitivityQuestion& question = prepared.question;
  const auto& outcomes = question.study.outcomes;
  SensitivityValues values(outcomes.size(), std::vector<std::vector<double>>(question.scenarios()));
  for (std::size_t run = 0; run < question.count(); ++run) {
    if (watch.cancelled()) return std::nullopt;
    const StoredRun kept = store.read(prepared.name_of(run));
    for (std::size_t o = 0; o < outcomes.size(); ++o)
      values[o][question.place_of(run) % question.scenarios()].push_back(kept.record.outcomes.at(outcomes[o]));
  }
  return values;
}

// The first lease is had already.
class Begun final : public Lessor {
 public:
  Begun(Lessor& lessor, Lease first) : lessor_(lessor), first_(std::move(first)) {}
  bool leads() const override { return false; }
  void offer(WorkOffered) override {}
  std::optional<Lease> next(const Watch& watch) override {
    return first_ ? std::exchange(first_, std::nullopt) : lessor_.next(watch);
  }
  void kept(const Lease& lease, double seconds, bool stop, std::vector<std::uint64_t> found) override {
    lessor_.kept(lease, seconds, stop, std::move(found));
  }
  std::size_t processes() const override { return lessor_.processes(); }
  bool all_kept() const override { return lessor_.all_kept(); }
  std::size_t kept_by_others() const override { return lessor_.kept_by_others(); }

 private:
  Lessor& lessor_;
  std::optional<Lease> first_;
};

NamedRuns named_runs(const PreparedSensitivity& prepared) {
  const auto key_of = [&](const RunName& run) { return run_key(run.point, static_cast<std::uint32_t>(run.replicate)); };
  return {prepared.question.count(), [&prepared, key_of](std::size_t run) { return key_of(prepared.name_of(run)); },
          [&prepared](std::size_t run) { return prepared.name_of(run); }};
}

// A lease has both sides of a point's replicates.
LeaseSizes lease_sizes(const PreparedSensitivity& prepared, std::size_t unit, double seconds) {
  const SensitivityQuestion& question = prepared.question;
  const std::size_t most = std::max<std::size_t>(1, shard_bytes / outcome_bytes(question.study.further()));
  return {question.scenarios() * question.study.replicates, std::min(most, unit), most, seconds};
}

RunsToKeep runs_to_keep(const PreparedSensitivity& prepared, const SensitivityWork& work) {
  RunsToKeep wanted;
  wanted.count = prepared.question.count();
  wanted.name_of = [&](std::size_t run) { return prepared.name_of(run); };
  wanted.make_runner = [&]() -> KeptRunner {
    return [runner = std::make_shared<PointRunner>(prepared)](std::size_t run, RunRecord& record) { runner->run(run, record); };
  };
  wanted.unit = unit_of(prepared.work, static_cast<double>(outcome_bytes(prepared.question.study.further())));
  wanted.threads = work.threads;
  wanted.lessor = work.sharing.lessor;
  wanted.leases = lease_sizes(prepared, wanted.unit, work.sharing.lease_seconds);
  return wanted;
}

}  // namespace

ScenarioFile PreparedSensitivity::scenario(std::size_t place) const {
  return scenarios[place % scenarios.size()].with(question.settings(place));
}

std::string PreparedSensitivity::describe(std::size_t run) const {
  const std::size_t place = question.place_of(run);
  return fmt::format("{} with {}", question.scenario_name(place), question.values(place));
}

Asked<SensitivityQuestion> question_of(const SensitivityFile& file) {
  std::vector<Scenario> own;
  for (const LoadedScenario& loaded : file.study.scenarios) {
    ScenarioFile scenario = loaded.with();
    if (!scenario.ok()) return {std::nullopt, std::move(scenario.diagnostics)};
    own.push_back(std::move(scenario.scenario));
  }
  return {sensitivity_question(file.study.study, file.plan, std::move(own)), {}};
}

Asked<PreparedSensitivity> prepare_sensitivity(const fs::path& path, SensitivityFile file, const Watch& watch) {
  auto asked = question_of(file);
  if (!asked.ok()) return {std::nullopt, std::move(asked.problems)};
  PreparedSensitivity prepared{*std::move(asked.question), std::move(file.study.scenarios),
                               fs::path(path).replace_extension(".runs")};
  const Study& study = prepared.question.study;
  const std::size_t places = prepared.question.places();
  std::vector<std::vector<Diagnostic>> found(places);
  std::vector<double> works(places), memory(places);
  prepared.keys.resize(places);
  for_each(tbb_loop(), static_cast<int>(places), [&](int index) {
    if (watch.cancelled()) return;
    const auto place = static_cast<std::size_t>(index);
    ScenarioFile at = prepared.scenario(place);
    prepared.keys[place] = key_of(at.scenario, study.seed);
    works[place] = work_of(at.scenario);
    memory[place] = run_memory(at.scenario, recording_of(StudyRecord::outcomes), study.further());
    if (!at.ok()) found[place] = std::move(at.diagnostics);
  });
  if (watch.cancelled()) return {};
  for (const double work : works) prepared.work = std::max(prepared.work, work);
  for (const double bytes : memory) prepared.run_memory = std::max(prepared.run_memory, bytes);
  for (std::size_t place = 0; place < places; ++place)
    for (const Diagnostic& d : found[place])
      if (!d.warning)  // the first: others are likely to be of its kind
        return {std::nullopt,
                {{prepared.question.scenario_name(place), 0, 0, false,
                  fmt::format("with {}: {}", prepared.question.values(place), d.problem), d.advice}}};
  return {std::move(prepared), {}};
}

void check_room(const PreparedSensitivity& prepared, std::size_t missing, int threads) {
  const Study& study = prepared.question.study;
  Needs needs;
  needs.threads = thread_count(threads);
  needs.replicates = prepared.question.count();
  needs.replicates_named = "runs";
  needs.memory = program_bytes + static_cast<double>(prepared.keys.size() * sizeof(RunKey));
  needs.thread_memory = prepared.run_memory;
  needs.replicate_memory = static_cast<double>(study.outcomes.size() * sizeof(double));
  needs.folder = prepared.store_folder;
  needs.disk = static_cast<double>(outcome_bytes(study.further()) * missing);
  require_room(needs);
}

double forecast_seconds(const PreparedSensitivity& prepared, int threads) {
  const SensitivityQuestion& question = prepared.question;
  PointRunner runner(prepared);
  RunRecord record;
  runner.run(0, record);  // fills the memory
  const std::size_t trial = std::min<std::size_t>(question.count(), question.scenarios() * question.study.replicates);
  const auto start = std::chrono::steady_clock::now();
  for (std::size_t number = trial; number-- > 0;) runner.run(number, record);
  return seconds_since(start) / static_cast<double>(trial) * static_cast<double>(question.count()) / thread_count(threads);
}

std::unique_ptr<RunStore> open_sensitivity_store(const PreparedSensitivity& prepared, bool restart) {
  const SensitivityQuestion& question = prepared.question;
  const fs::path &folder = prepared.store_folder, path = folder / design_file;
  refuse_foreign(folder, question.study.name, restart);
  if (restart) begin_again(folder);
  auto store =
      std::make_unique<RunStore>(folder, question.study.name, kept_words(StudyRecord::outcomes, question.study.further()),
                                 Access::write, "", ReplicateSpan{}, named_runs(prepared));
  StoreClaims claims(*store);
  claims.claim_merge();  // two processes that begin at once
  if (fs::exists(path))
    require_kept_design(path, question);
  else
    write_text(path, kept_design_text(question));
  claims.release_merge();
  return store;
}

// The folder is touched once there is work: until then who leads may find it of another design, or begin again.
void share_sensitivity(const PreparedSensitivity& prepared, Lessor& lessor, int threads, const Watch& watch) {
  auto first = lessor.next(watch);
  if (!first) return;
  const Study& study = prepared.question.study;
  RunStore store(prepared.store_folder, study.name, kept_words(StudyRecord::outcomes, study.further()), Access::add);
  StoreClaims claims(store);
  Begun begun(lessor, *std::move(first));
  KeptRuns(runs_to_keep(prepared, {.threads = threads, .sharing = {.lessor = &begun}}), store, claims, watch).run();
}

SensitivityRun run_sensitivity(const PreparedSensitivity& prepared, RunStore& store, const SensitivityWork& how,
                               const Watch& watch) {
  StoreClaims claims(store);
  tell(store, watch);
  store.forget_failures();  // they are tried again
  KeptRuns work(runs_to_keep(prepared, how), store, claims, watch);
  const RunStanding& begun = work.begun();
  const auto kept = [&](std::size_t done) {
    return fmt::format("{} of {} {} kept in {}", done, counted(work.size(), "run"), are(work.size()), store.folder().string());
  };
  const auto go_on = [&] { return kept(work.done_so_far()) + "; the same command goes on"; };
  try {
    check_room(prepared, begun.missing, how.threads);
    if (!how.quiet && begun.done > 0) watch.say("  going on: " + kept(begun.done));
    work.run();
  } catch (const StoreError& error) {
    throw StoreError(error.what(), error.full, go_on());
  }
  const RunStanding ended = work.standing();
  SensitivityRun run{std::nullopt, ended.failed, work.size(), {}, go_on()};
  if (ended.failed > 0) run.failures = work.failures([&](std::size_t number) { return prepared.describe(number); });
  if (ended.failed == 0 && ended.missing == 0) run.values = values_of(prepared, store, watch);
  return run;
}

}  // namespace coalis
