// Batches: claim units of the study, run what is missing of them, keep it as one shard, release; until nothing is missing.
#include "study_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <thread>

#include "coalis/ensemble/ensemble.hpp"
#include "coalis/model/simulate.hpp"
#include "coalis/network/outcomes.hpp"
#include "commands.hpp"
#include "progress.hpp"
#include "study_answer.hpp"
#include "study_points.hpp"

namespace coalis::cli {
namespace {

using Clock = std::chrono::steady_clock;
using nlohmann::ordered_json;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

// Events as JSON, one a line, for scripts.
class JsonLog {
 public:
  explicit JsonLog(const std::string& path) {
    if (path.empty()) return;
    file_.open(path, std::ios::app);
    if (!file_) throw StoreError(path + ": the log cannot be written; choose another with --json-log");
  }
  void event(std::string_view name, const ordered_json& more) {
    if (!file_.is_open()) return;
    ordered_json line{{"event", name}, {"seconds", seconds_since(start_)}};
    line.update(more);
    file_ << line.dump() << std::endl;
  }

 private:
  std::ofstream file_;
  Clock::time_point start_ = Clock::now();
};

// Simulators of one thread, kept from run to run as long as they are small together.
class Simulators {
 public:
  explicit Simulators(const PreparedStudy& study) : study_(study) {}

  void run(std::size_t number, const Recording& recording, RunRecord& record) {
    const std::size_t point = study_.point_of(number);
    auto found = kept_.find(point);
    if (found == kept_.end()) {
      const Scenario& scenario = study_.points[point].resolved;
      organisations_ += scenario.organisations.count();
      if (organisations_ > most_organisations) {
        forget();
        organisations_ = scenario.organisations.count();
      }
      found = kept_.emplace(point, Simulator(make_plan(scenario))).first;
    }
    found->second.run(study_.study().seed, study_.replicate_of(number), recording, record);
    if (study_.study().further()) add_outcomes(study_.points[point].resolved, record);
  }
  void forget() {
    kept_.clear();
    organisations_ = 0;
  }

 private:
  static constexpr long most_organisations = 100'000;
  const PreparedStudy& study_;
  std::map<std::size_t, Simulator> kept_;
  long organisations_ = 0;
};

class Work {
 public:
  Work(const PreparedStudy& study, RunStore& store, const StudyRunOptions& options, JsonLog& log)
      : study_(study),
        store_(store),
        options_(options),
        log_(log),
        unit_(study.unit_size()),
        progress_(study.runs(), !options.quiet, "runs") {
    for (std::size_t run = 0; run < study_.runs(); ++run) keys_.push_back(study_.key_of(run));
    for (std::size_t run = 0; run < study_.runs(); run += unit_) {
      if (missing(run / unit_)) open_.push_back(run / unit_);
    }
    done_before_ = done();
  }

  // Until nothing is missing or it is told to stop.
  void run() {
    while (!open_.empty() && !stopped_ && !interruption_.requested()) {
      const auto units = claim();
      const auto runs = missing_runs(units);
      if (!runs.empty()) run_batch(runs);
      for (const auto unit : units) store_.release(unit);
      if (runs.empty() && units.empty()) wait_for_others();
      std::erase_if(open_, [&](std::size_t unit) { return !missing(unit); });
    }
  }

  std::size_t done() const { return count(&Work::is_done); }
  std::size_t missing() const { return count(&Work::is_missing); }
  std::size_t failed() const { return count(&Work::is_failed); }
  const Interruption& interruption() const { return interruption_; }

 private:
  bool is_done(std::size_t run) const { return store_.done(keys_[run]); }
  bool is_failed(std::size_t run) const { return store_.failure(keys_[run]) != nullptr; }
  bool is_missing(std::size_t run) const { return !is_done(run) && !is_failed(run); }
  std::size_t count(bool (Work::*what)(std::size_t) const) const {
    std::size_t number = 0;
    for (std::size_t run = 0; run < study_.runs(); ++run) number += (this->*what)(run);
    return number;
  }
  bool missing(std::size_t unit) const {
    for (std::size_t run = unit * unit_; run < std::min(study_.runs(), (unit + 1) * unit_); ++run) {
      if (is_missing(run)) return true;
    }
    return false;
  }

  // As many units as there are threads, of those that no other process has.
  std::vector<std::size_t> claim() {
    std::vector<std::size_t> units;
    for (const auto unit : open_) {
      if (units.size() == static_cast<std::size_t>(thread_count(options_.threads))) break;
      if (store_.claim(unit)) units.push_back(unit);
    }
    store_.refresh_if_changed();  // others may have finished them just before
    tell(store_);
    return units;
  }

  std::vector<std::uint32_t> missing_runs(const std::vector<std::size_t>& units) const {
    std::vector<std::uint32_t> runs;
    for (const auto unit : units) {
      for (std::size_t run = unit * unit_; run < std::min(study_.runs(), (unit + 1) * unit_); ++run) {
        if (is_missing(run)) runs.push_back(static_cast<std::uint32_t>(run));
      }
    }
    return runs;
  }

  void wait_for_others() {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    store_.refresh_if_changed();
    tell(store_);
  }

  // Each thread takes Simulators from a pool and gives them back, so that they last from batch to batch.
  Runner make_runner() {
    auto simulators = [&] {
      const std::lock_guard lock(mutex_);
      if (pool_.empty()) return std::make_unique<Simulators>(study_);
      auto taken = std::move(pool_.back());
      pool_.pop_back();
      return taken;
    }();
    const std::shared_ptr<Simulators> shared(simulators.release(), [this](Simulators* back) {
      const std::lock_guard lock(mutex_);
      pool_.emplace_back(back);
    });
    const Recording kept = recording_of(study_.study().record);
    return
        [this, shared, recording = study_.study().further() ? with_sources(kept) : kept](std::uint32_t run, RunRecord& record) {
          try {
            shared->run(run, recording, record);
          } catch (const std::exception& error) {
            shared->forget();
            const std::lock_guard lock(mutex_);
            causes_[run] = *error.what() ? error.what() : "unknown";
            if (options_.on_error == "stop") stopped_ = true;
          }
        };
  }

  void run_batch(const std::vector<std::uint32_t>& runs) {
    const auto start = Clock::now();
    std::vector<StoredRun> finished;
    finished.reserve(runs.size());
    const auto keep = [&](const RunRecord& record) {
      const std::uint32_t run = runs[finished.size()];
      StoredRun& kept = finished.emplace_back(StoredRun{keys_[run], {}, {}});
      kept.record.replicate = study_.replicate_of(run);
      if (const auto cause = cause_of(run)) {
        kept.cause = *cause;
        tell_failure(run, *cause);
      } else {
        kept.record.hash = record.hash;
        kept.record.outcomes = record.outcomes;
        kept.record.trajectories = record.trajectories;
        kept.record.region_trajectories = record.region_trajectories;
        kept.record.survey = record.survey;
      }
    };
    const std::size_t share = runs.size() / (8 * static_cast<std::size_t>(thread_count(options_.threads)));
    const Execution execution{.threads = options_.threads,
                              .batch = static_cast<int>(std::clamp<std::size_t>(share, 1, 32)),
                              .cancel = &interruption_.requested(),
                              .progress = [&](std::size_t done) { progress_.show(done_before_ + done_here_ + done); }};
    execute(
        runs, [&] { return make_runner(); }, execution, keep);
    store_.append(finished, seconds_since(start));
    done_here_ += finished.size();
    log_.event("batch",
               {{"runs", finished.size()}, {"done", done()}, {"of", study_.runs()}, {"batch_seconds", seconds_since(start)}});
  }

  std::optional<std::string> cause_of(std::uint32_t run) {
    const std::lock_guard lock(mutex_);
    const auto found = causes_.find(run);
    return found == causes_.end() ? std::nullopt : std::optional(found->second);
  }

  void tell_failure(std::uint32_t run, const std::string& cause) {
    const auto point = study_.point_of(run);
    log_.event("failed", {{"point", point}, {"replicate", study_.replicate_of(run)}, {"cause", cause}});
  }

  const PreparedStudy& study_;
  RunStore& store_;
  const StudyRunOptions& options_;
  JsonLog& log_;
  std::size_t unit_, done_before_ = 0, done_here_ = 0;
  std::vector<RunKey> keys_;       // of all runs
  std::vector<std::size_t> open_;  // units with missing runs
  const Interruption interruption_;
  ProgressLine progress_;
  std::mutex mutex_;  // of what follows
  std::vector<std::unique_ptr<Simulators>> pool_;
  std::map<std::uint32_t, std::string> causes_;
  std::atomic<bool> stopped_ = false;
};

std::string go_on(const StudyRunOptions& options) { return fmt::format("go on with: coalis study run '{}'", options.file); }

// The runs that are missing and the result must find room.
void check_room(const PreparedStudy& study, std::size_t missing) {
  std::error_code error;
  const auto space = std::filesystem::space(study.store_folder(), error);
  const double needed = study.total_bytes(missing);
  if (error || needed <= static_cast<double>(space.available)) return;
  throw StoreError(fmt::format("{}: {:.1f} MB are needed and {:.1f} MB are free; make room, or see coalis plan",
                               study.store_folder().string(), needed / 1e6, static_cast<double>(space.available) / 1e6),
                   true);
}

void list_failures(const PreparedStudy& study, const RunStore& store, std::size_t failed) {
  constexpr std::size_t most = 20;
  fmt::print(stderr, "{} of {} runs failed:\n", failed, study.runs());
  std::size_t listed = 0;
  for (std::size_t run = 0; run < study.runs() && listed < most; ++run) {
    const auto* cause = store.failure(study.key_of(run));
    if (!cause) continue;
    fmt::print(stderr, "  replicate {} of {}: {}\n", study.replicate_of(run), study.describe(study.point_of(run)), *cause);
    ++listed;
  }
  if (failed > listed) fmt::print(stderr, "  and {} more\n", failed - listed);
}

// One process merges; who comes later finds it done.
void merge(const PreparedStudy& study, RunStore& store, const StudyRunOptions& options, const std::filesystem::path& result) {
  store.claim_merge();
  if (!is_result_of(result, study_key(study.study(), study.points))) {
    const std::string command = fmt::format("coalis study run '{}' --threads {}", options.file, options.threads);
    write_study_result(result, study.file, study.points, store, provenance(command, thread_count(options.threads)));
  }
  store.release_merge();
}

int finish(const PreparedStudy& study, RunStore& store, const Work& work, const StudyRunOptions& options,
           const std::filesystem::path& result) {
  const std::size_t missing = work.missing(), failed = work.failed();
  if (failed > 0) list_failures(study, store, failed);
  if (work.interruption().requested() && missing > 0) {
    fmt::print(stderr, "Interrupted: {} of {} runs are kept; {}\n", work.done(), study.runs(), go_on(options));
    return work.interruption().exit_code();
  }
  if (missing > 0) {
    fmt::print(stderr, "Stopped after a failure: {} of {} runs are kept; {} --on-error continue\n", work.done(), study.runs(),
               go_on(options));
    return failure;
  }
  merge(study, store, options, result);
  if (!options.quiet)
    fmt::print("{}: {} points x {} replicates in {}\n", study.study().name, study.points.size(), study.study().replicates,
               result.string());
  if (!options.quiet && !study.study().answer.figures.empty()) fmt::print("\n{}", answer_text(study, store));
  return failed > 0 ? failure : success;
}

}  // namespace

int run_study(const StudyRunOptions& options) {
  const auto study = prepare_study(options.file, options.replicates);
  if (!study) return bad_input;
  try {
    const std::filesystem::path result = options.output.empty() ? study->result_path() : std::filesystem::path(options.output);
    check_study_result_path(result, options.force);
    JsonLog log(options.json_log);
    RunStore store(study->store_folder(), study->study().name, study->kept(), Access::write);
    tell(store);
    store.forget_failures();  // they are tried again
    Work work(*study, store, options, log);
    const std::size_t missing = work.missing();
    log.event("begin", {{"study", study->study().name}, {"runs", study->runs()}, {"missing", missing}});
    check_room(*study, missing);
    int status = file_error;
    try {
      work.run();
      status = finish(*study, store, work, options, result);
    } catch (const std::runtime_error& error) {
      fmt::print(stderr, "{}\n{} of {} runs are kept; {}\n", error.what(), work.done(), study->runs(), go_on(options));
    }
    log.event("end", {{"status", status}, {"done", work.done()}, {"failed", work.failed()}, {"of", study->runs()}});
    return status;
  } catch (const std::runtime_error& error) {  // StoreError, ResultError
    fmt::print(stderr, "{}\n", error.what());
    return file_error;
  }
}

}  // namespace coalis::cli
