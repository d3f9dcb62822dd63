// The runs of a study that are missing, then its merged result.
#include "study_run.hpp"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "coalis/core/counted.hpp"
#include "coalis/engine/simulate.hpp"
#include "coalis/ensemble/ensemble.hpp"
#include "coalis/ensemble/resources.hpp"
#include "coalis/io/text/output.hpp"
#include "coalis/network/outcomes.hpp"
#include "coalis/tasks/missing_runs.hpp"
#include "commands.hpp"
#include "print.hpp"
#include "progress.hpp"
#include "study_answer.hpp"
#include "study_parameters.hpp"
#include "study_points.hpp"
#include "terminal.hpp"
#include "watching.hpp"

namespace coalis::cli {
namespace {

using Clock = std::chrono::steady_clock;
using nlohmann::ordered_json;

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
    if (!file_ && !std::exchange(told_, true)) print_message("The log cannot be written: it is not complete.\n");
  }

 private:
  std::ofstream file_;
  bool told_ = false;
  Clock::time_point start_ = Clock::now();
};

// The log may go to a terminal; else it is a file, and none that the command reads or writes. Throws FileError.
void check_log(const std::string& log, const std::filesystem::path& result) {
  std::error_code ignored;
  if (log.empty() || std::filesystem::is_character_file(log, ignored)) return;
  const std::array outputs{result, std::filesystem::path(log)};
  check_outputs(outputs, true);
}

// Simulators of one thread, kept from run to run as long as they are small together; with parameter sets the last one alone, as
// runs of one point and set are numbered after each other.
class Simulators {
 public:
  explicit Simulators(const PreparedStudy& study) : study_(study) {}

  void run(std::size_t number, const Recording& recording, RunRecord& record) {
    const std::size_t point = study_.point_of(number);
    const std::uint32_t replicate = study_.replicate_of(number);
    const std::uint32_t draw = study_.parameters.empty() ? 0 : replicate / replicates_a_set;
    auto found = kept_.find({point, draw});
    if (found == kept_.end()) {
      const int organisations = study_.points[point].resolved.organisations.count();
      organisations_ += organisations;
      if (organisations_ > most_organisations || !study_.parameters.empty()) {
        forget();
        organisations_ = organisations;
      }
      Scenario scenario = study_.scenario_of(point, replicate);
      check_room(scenario, recording);
      auto plan = make_plan(scenario);
      found = kept_.emplace(std::pair(point, draw), Kept{std::move(scenario), Simulator(std::move(plan))}).first;
    }
    found->second.simulator.run(study_.study().seed, replicate, recording, record);
    if (study_.study().further()) add_outcomes(found->second.scenario, record);
  }
  void forget() {
    kept_.clear();
    organisations_ = 0;
  }

 private:
  // A run that cannot fit fails by itself instead of taking others with it.
  void check_room(const Scenario& scenario, const Recording& recording) const {
    Needs needs;
    needs.memory = run_memory(scenario, recording, study_.study().further());
    if (needs.memory > most_unasked) require_room(needs);
  }

  static constexpr long most_organisations = 100'000;
  static constexpr double most_unasked = 100e6;  // bytes
  struct Kept {
    Scenario scenario;
    Simulator simulator;
  };
  const PreparedStudy& study_;
  std::map<std::pair<std::size_t, std::uint32_t>, Kept> kept_;  // by point and draw
  long organisations_ = 0;
};

// The runs of the study that the store does not have.
RunsToKeep runs_to_keep(const PreparedStudy& study, const StudyRunOptions& options, JsonLog& log) {
  RunsToKeep runs;
  runs.count = study.runs();
  runs.key_of = [&study](std::size_t run) { return study.key_of(run); };
  runs.replicate_of = [&study](std::size_t run) { return study.replicate_of(run); };
  const Recording kept = recording_of(study.study().record);
  runs.make_runner = [&study, recording = study.study().further() ? with_sources(kept) : kept]() -> Runner {
    const auto simulators = std::make_shared<Simulators>(study);
    return [simulators, recording](std::uint32_t run, RunRecord& record) { simulators->run(run, recording, record); };
  };
  runs.unit = study.unit_size();
  runs.threads = options.threads;
  runs.stop_on_failure = options.on_error == "stop";
  runs.on_failure = [&study, &log](std::size_t run, const std::string& cause) {
    log.event("failed", {{"point", study.point_of(run)}, {"replicate", study.replicate_of(run)}, {"cause", cause}});
  };
  return runs;
}

std::string go_on(const PreparedStudy& study) { return "go on with: " + study.command("run"); }

// One process merges; who comes later finds it done.
void merge(const PreparedStudy& study, RunStore& store, const StudyRunOptions& options, const std::filesystem::path& result) {
  store.claim_merge();
  StudyContents contents = study.contents();
  if (!is_result_of(result, study_key(contents))) {
    contents.figures = answer_parts(study, store);
    const std::string command = fmt::format("{} --threads {}", study.command("run"), options.threads);
    write_study_result(result, contents, store, provenance(command, thread_count(options.threads)));
  }
  store.release_merge();
}

int finish(const PreparedStudy& study, RunStore& store, const KeptRuns& work, const Interruption& interruption,
           const StudyRunOptions& options, const std::filesystem::path& result) {
  const auto [done, failed, missing] = work.standing();
  const auto describe = [&](std::size_t run) { return study.describe(study.point_of(run)); };
  if (failed > 0) write_message(failures_text(failed, study.runs(), work.failures(describe)));
  if (interruption.requested() && missing > 0) {
    print_message("Interrupted: {} of {} {} kept; {}\n", done, counted(study.runs(), "run"), are(study.runs()), go_on(study));
    return interruption.exit_code();
  }
  if (missing > 0) {
    print_message("Stopped after a failure: {} of {} {} kept; {} --on-error continue\n", done, counted(study.runs(), "run"),
                  are(study.runs()), go_on(study));
    return failure;
  }
  merge(study, store, options, result);
  if (!options.quiet)
    print_answer("{}: {} x {} in {}\n", study.study().name, counted(study.points.size(), "point"),
                 counted(study.study().replicates, "replicate"), result.string());
  print_text((options.quiet ? "" : "\n") + answer_text(study, store));
  return failed > 0 ? failure : success;
}

}  // namespace

int run_study(const StudyRunOptions& options) {
  auto study = prepare_study(options.file, options.parameters, options.replicates);
  if (!study || !check_parameters(*study)) return bad_input;
  for (const std::string& notice : study->notices)
    if (!options.quiet) print_message("{}\n", notice);
  try {
    const std::filesystem::path result = options.output.empty() ? study->result_path() : std::filesystem::path(options.output);
    check_study_result_path(result, options.force);
    check_log(options.json_log, result);
    JsonLog log(options.json_log);
    RunStore store = study->open_store(Access::write);
    const Interruption interruption;
    ProgressLine progress(study->runs(), !options.quiet, "runs");
    const Watch watch = watching(interruption, progress);
    StoreClaims claims(store);
    tell(store, watch);
    store.forget_failures();  // they are tried again
    RunsToKeep runs = runs_to_keep(*study, options, log);
    std::optional<KeptRuns> kept;
    runs.on_batch = [&](std::size_t finished, double seconds) {
      log.event("batch", {{"runs", finished}, {"done", kept->done_so_far()}, {"of", study->runs()}, {"batch_seconds", seconds}});
    };
    KeptRuns& work = kept.emplace(std::move(runs), store, claims, watch);
    const std::size_t missing = work.begun().missing;
    log.event("begin", {{"study", study->study().name}, {"runs", study->runs()}, {"missing", missing}});
    require_room(study->needs(missing, options.threads, options.on_error == "continue"));
    int status = file_error;
    try {
      work.run();
      progress.wipe();
      status = finish(*study, store, work, interruption, options, result);
    } catch (const std::runtime_error& error) {
      print_message("{}\n{} of {} {} kept; {}\n", error.what(), work.standing().done, counted(study->runs(), "run"),
                    are(study->runs()), go_on(*study));
    }
    const auto [done, failed, left] = work.standing();
    log.event("end", {{"status", status}, {"done", done}, {"failed", failed}, {"of", study->runs()}});
    return status;
  } catch (const std::runtime_error& error) {  // StoreError, ResultError
    print_message("{}\n", error.what());
    return file_error;
  }
}

}  // namespace coalis::cli
