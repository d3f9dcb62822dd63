#include "coalis/tasks/study_run.hpp"

#include <memory>
#include <utility>

#include "coalis/ensemble/resources.hpp"
#include "coalis/io/hdf5/study_result.hpp"
#include "coalis/network/outcomes.hpp"
#include "coalis/tasks/run_costs.hpp"
#include "coalis/tasks/study_store.hpp"

namespace coalis {
namespace {

constexpr long most_organisations = 100'000;  // of simulators that are kept
constexpr double most_unasked = 100e6;        // bytes

}  // namespace

StudyRunner::StudyRunner(const StudyQuestion& study, AttendanceRule* rule)
    : study_(study), rule_(rule), recording_(recording_of(study.study.record)) {
  if (study.study.further()) recording_ = with_sources(recording_);
}

void StudyRunner::run(std::size_t point, std::uint32_t replicate, RunRecord& record) {
  const std::uint32_t draw = study_.parameters.empty() ? 0 : replicate / replicates_a_set;
  auto found = kept_.find({point, draw});
  if (found == kept_.end()) {
    const int organisations = study_.points[point].resolved.organisations.count();
    organisations_ += organisations;
    if (organisations_ > most_organisations || !study_.parameters.empty()) {
      forget();
      organisations_ = organisations;
    }
    Scenario scenario = scenario_of(study_, point, replicate);
    check_room(scenario);
    auto plan = make_plan(scenario);
    found = kept_.emplace(std::pair(point, draw), Kept{std::move(scenario), Simulator(std::move(plan))}).first;
    if (rule_) found->second.simulator.attend_by(*rule_);
  }
  found->second.simulator.run(study_.study.seed, replicate, recording_, record);
  if (study_.study.further()) add_outcomes(found->second.scenario, record);
}

void StudyRunner::forget() {
  kept_.clear();
  organisations_ = 0;
}

// A run that cannot fit fails by itself instead of taking others with it.
void StudyRunner::check_room(const Scenario& scenario) const {
  Needs needs;
  needs.memory = run_memory(scenario, recording_, study_.study.further());
  if (needs.memory > most_unasked) require_room(needs);
}

StudyDone run_study(const StudyQuestion& study, RunStore& store, Claims& claims, const StudyWork& work, const Watch& watch) {
  tell(store, watch);
  store.forget_failures();  // they are tried again
  const KeptRuns* kept = nullptr;
  const int threads = work.rule ? 1 : work.threads;
  const RunRange range = runs_of(study, work.part);
  const std::size_t first = range.first;
  RunsToKeep wanted;
  wanted.count = range.size(), wanted.first = first, wanted.part = !work.part.whole();
  wanted.key_of = [&study, first](std::size_t run) { return study.key_of(first + run); };
  wanted.replicate_of = [&study, first](std::size_t run) { return study.replicate_of(first + run); };
  wanted.make_runner = [&study, first, rule = work.rule]() -> KeptRunner {
    return [&study, first, runner = std::make_shared<StudyRunner>(study, rule)](std::size_t run, RunRecord& record) {
      runner->run(study.point_of(first + run), study.replicate_of(first + run), record);
    };
  };
  wanted.unit = unit_size(study);
  wanted.threads = threads;
  wanted.lessor = work.lessor;
  if (work.lessor) wanted.leases = lease_sizes(study, work.lease_seconds);
  wanted.stop_on_failure = work.stop_on_failure;
  if (work.on_failure)
    wanted.on_failure = [&](std::size_t run, const std::string& cause) { work.on_failure(first + run, cause); };
  if (work.on_batch)
    wanted.on_batch = [&](std::size_t runs, double seconds) { work.on_batch(runs, seconds, kept->done_so_far()); };
  KeptRuns runs(std::move(wanted), store, claims, watch);
  kept = &runs;
  const std::size_t missing = runs.begun().missing;
  if (work.on_begin) work.on_begin(missing);
  Needs needs = needs_of(study, missing, threads, !work.stop_on_failure);
  if (work.lessor && !work.lessor->leads()) needs.replicates = 1, needs.disk = 0;  // it knows its own runs alone
  require_room(needs);
  runs.run();
  StudyDone done{runs.standing(), {}};
  if (done.runs.failed > 0)
    done.failures = runs.failures([&](std::size_t run) { return study.describe(study.point_of(first + run)); });
  return done;
}

RunStanding standing_of(const StudyQuestion& study, const RunStore& store, StudyPart part) {
  const RunRange range = runs_of(study, part);
  return standing_of(
      range.size(), [&](std::size_t run) { return study.key_of(range.first + run); }, store);
}

void merge_study(const PreparedStudy& prepared, const RunStore& store, Claims& claims, const std::filesystem::path& result,
                 const Provenance& provenance) {
  struct Merging {
    explicit Merging(Claims& c) : claims(c) { claims.claim_merge(); }
    ~Merging() { claims.release_merge(); }
    Merging(const Merging&) = delete;
    Merging& operator=(const Merging&) = delete;
    Claims& claims;
  } const merging(claims);
  StudyContents contents = prepared.contents();
  if (!is_result_of(result, study_key(contents))) {
    if (!contents.parameters.empty()) contents.figures = figure_parts(prepared.question, read_findings(prepared.question, store));
    write_study_result(result, contents, store, provenance);
  }
}

}  // namespace coalis
