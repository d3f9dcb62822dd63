#include "study_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "coalis/core/counted.hpp"
#include "coalis/core/shell_word.hpp"
#include "coalis/ensemble/ensemble.hpp"
#include "coalis/ensemble/resources.hpp"
#include "coalis/io/answers/study_log.hpp"
#include "coalis/report/words/study_text.hpp"
#include "coalis/tasks/study_run.hpp"
#include "coalis/tasks/study_store.hpp"
#include "commands.hpp"
#include "print.hpp"
#include "ranks.hpp"
#include "study_input.hpp"
#include "study_queue.hpp"
#include "terminal.hpp"
#include "watching.hpp"

namespace coalis::cli {
namespace {

StudyWork logged_work(const StudyRunOptions& options, StudyLog& log) {
  StudyWork work{.part = options.part,
                 .threads = options.threads,
                 .lessor = ranks_in_use().lessor,
                 .lease_seconds = ranks_in_use().lease_seconds,
                 .stop_on_failure = options.on_error == "stop"};
  work.on_begin = [&](std::size_t missing) { log.begin(missing); };
  work.on_failure = [&](std::size_t run, const std::string& cause) { log.failed(run, cause); };
  work.on_batch = [&](std::size_t runs, double seconds, std::size_t done) { log.batch(runs, seconds, done); };
  return work;
}

// What was asked for, for the command that goes on.
std::string asked_options(const StudyRunOptions& options) {
  return (options.output.empty() ? "" : " -o " + shell_word(options.output)) +
         (options.on_error == "continue" ? " --on-error continue" : "") + queue_options(options.part);
}

std::string answer_text(const StudyQuestion& study, const RunStore& store) {
  constexpr std::size_t most = 24;  // points
  if (study.study.answer.figures.empty()) return outcomes_text(study, read_fitted(study), read_samples(study, store, most));
  return StudyWords(study, read_findings(study, store)).text();
}

// "part 3 of 8: 125 of 125 runs are kept; when all parts are done: coalis study merge 'STUDY'"
std::string part_text(const StudyQuestion& study, StudyPart part, const RunStanding& runs) {
  const std::size_t of = runs.done + runs.failed + runs.missing;
  return fmt::format("part {} of {}: {}; when all parts are done: {}\n", part.number, part.of, kept_text(runs.done, of),
                     study_command(study, "merge") + queue_options({}));
}

int finish(const PreparedStudy& prepared, const StudyDone& work, const RunStore& store, Claims& claims, bool interrupted,
           const StudyRunOptions& options, const std::filesystem::path& result) {
  const StudyQuestion& study = prepared.question;
  const auto [done, failed, missing] = work.runs;
  const std::size_t runs = runs_of(study, options.part).size();
  if (failed > 0) write_message(failures_text(failed, runs, work.failures));
  if (interrupted && missing > 0) {
    print_message("Interrupted: {}\n", kept_text(study, done, runs, asked_options(options)));
    return Interruption::exit_code();
  }
  if (missing > 0) {
    print_message("Stopped after a failure: {} --on-error continue\n", kept_text(study, done, runs, asked_options(options)));
    return failure;
  }
  if (!options.part.whole()) {
    if (!options.quiet) print_list(part_text(study, options.part, work.runs));
    return failed > 0 ? failure : success;
  }
  const std::string command = fmt::format("{} --threads {}", study_command(study, "run"), options.threads);
  merge_study(prepared, store, claims, result, provenance(command, thread_count(options.threads)));
  if (!options.quiet)
    print_list(fmt::format("{}: {} x {} in {}\n", study.study.name, counted(study.points.size(), "point"),
                           counted(study.study.replicates, "replicate"), result.string()));
  print_text((options.quiet ? "" : "\n") + answer_text(study, store));
  return failed > 0 ? failure : success;
}

// What a rank does that does not lead: what it is given, and nothing else.
int share(const StudyQuestion& study, const StudyRunOptions& options, Lessor& lessor) try {
  RunStore store = open_store(study, Access::add);
  StoreClaims claims(store);
  const Interruption interruption;
  StudyWork work{.threads = options.threads, .lessor = &lessor, .stop_on_failure = options.on_error == "stop"};
  run_study(study, store, claims, work, Watch{.cancel = &interruption.requested()});
  return success;
} catch (const std::runtime_error& error) {
  print_message("{}\n", error.what());
  return file_error;
}

}  // namespace

int study_run(const StudyRunOptions& asked) {
  StudyRunOptions options = asked;
  Lessor* const lessor = ranks_in_use().lessor;
  if (lessor && !options.part.whole()) {
    print_message("--part: ranks share all of the study; leave it out\n");
    return bad_input;
  }
  if (lessor) options.threads = std::max(1, options.threads);
  const auto prepared = prepare_to_run(options.study);
  if (!prepared) return bad_input;
  const StudyQuestion& study = prepared->question;
  if (lessor && !lessor->leads()) return share(study, options, *lessor);
  for (const std::string& notice : study.notices)
    if (!options.quiet) print_message("{}\n", notice);
  try {
    const std::filesystem::path result = options.output.empty() ? result_path(study) : std::filesystem::path(options.output);
    check_study_result_path(result, options.force);
    check_study_log(options.json_log, result);
    StudyLog log(options.json_log, study, notices_alone().notice);
    RunStore store = open_store(study, Access::write, options.part);
    StoreClaims claims(store);
    const Interruption interruption;
    const std::size_t runs = runs_of(study, options.part).size();
    ProgressLine progress(runs, !options.quiet, "runs");
    int status = file_error;
    try {
      const StudyDone work = run_study(study, store, claims, logged_work(options, log), watching(interruption, progress));
      progress.wipe();
      status = finish(*prepared, work, store, claims, interruption.requested(), options, result);
    } catch (const TooLarge&) {  // before the first run
      throw;
    } catch (const std::runtime_error& error) {
      print_message("{}\n{}\n", error.what(),
                    kept_text(study, standing_of(study, store, options.part).done, runs, asked_options(options)));
    }
    const auto [done, failed, left] = standing_of(study, store, options.part);
    log.end(status, done, failed);
    return status == success && !log.complete() ? file_error : status;
  } catch (const std::runtime_error& error) {  // FileError, TooLarge
    print_message("{}\n", error.what());
    return file_error;
  }
}

int study_extend(const StudyRunOptions& options, const StudyGrowth& growth) {
  const std::string& path = options.study.file;
  const StudyFile file = read_study(path);
  print_problems("coalis study", file.diagnostics);
  if (!file.ok()) return bad_input;
  const auto text = extended(file, path, growth);
  for (const Diagnostic& problem : text.problems) print_message("{}\n", to_string(problem));
  if (!text.ok()) return bad_input;
  try {
    if (!options.study.parameters.empty() || !file.study.parameters.empty()) {  // before the study file is changed
      const auto prepared = prepare_and_report(options.study);
      if (!prepared) return bad_input;
      open_store(prepared->question, Access::read);
    }
    if (*text.question != file.text) write_text(path, *text.question);
  } catch (const FileError& error) {
    print_message("{}\n", error.what());
    return file_error;
  }
  return study_run(options);
}

}  // namespace coalis::cli
