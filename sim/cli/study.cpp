// coalis study run|answer|status|extend|export and coalis plan: their options and help.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "coalis/core/characters.hpp"
#include "coalis/core/counted.hpp"
#include "coalis/io/answers/study_json.hpp"
#include "coalis/io/hdf5/study_result.hpp"
#include "coalis/report/words/study_text.hpp"
#include "coalis/tasks/study_plan.hpp"
#include "coalis/tasks/study_run.hpp"
#include "coalis/tasks/study_store.hpp"
#include "commands.hpp"
#include "numbers.hpp"
#include "print.hpp"
#include "standard_output.hpp"
#include "study_input.hpp"
#include "study_queue.hpp"
#include "study_run.hpp"
#include "terminal.hpp"
#include "watching.hpp"

namespace coalis::cli {
namespace {

constexpr const char* example = example_study;

void add_run_options(CLI::App* command, StudyRunOptions& options) {
  add_study_file(*command, options.study);
  command->add_option("-o,--output", options.output,
                      "Merged result (HDF5); without it the study's name (and that of --parameters) with .h5 beside it");
  add_whole(*command, "--threads", options.threads, thread_range, "Threads, 0 for all; results do not depend on it");
  command->add_option("--on-error", options.on_error, "When a run fails: stop after the batch, or continue without it")
      ->check(CLI::IsMember({"stop", "continue"}))
      ->capture_default_str();
  command->add_option("--json-log", options.json_log, "Append what happens to this file, one JSON object a line");
  command->add_flag("--force", options.force, "Replace a result that is no merged result of a study");
  command->add_flag("--quiet", options.quiet, "No progress line, no notices and no closing line: the answer alone");
}

void add_run_command(CLI::App* study, int& status) {
  const auto options = std::make_shared<StudyRunOptions>();
  CLI::App* command =
      study->add_subcommand("run", "Do the runs that are missing, then merge them into one result file, and print the answer");
  add_run_options(command, *options);
  add_study_replicates(*command, options->study);
  add_part(*command, options->part);
  add_no_locks(*command);
  command->footer(
      fmt::format("Finished runs are kept in STUDY.runs, a batch at a time. Whatever ends the command, the same command goes on; "
                  "several at once\n"
                  "share the work. Runs with other parameter sets, or with a file that has changed, are never mixed with them. "
                  "The merged result is that of an uninterrupted run, byte for byte (but for /provenance).\n"
                  "Examples:\n  coalis study run {0}\n  coalis study run {0} --on-error continue --json-log log.jsonl\n"
                  "  coalis study run {0} --parameters scenarios/posterior/mixture.csv\n"
                  "  coalis study run {0} --part 3/8\n"
                  "Exit codes: 0 done, 1 runs failed, 2 the command line, the study or a scenario is wrong, 3 a file cannot be "
                  "written (disk full),\n"
                  "{1}: the runs under way are finished and kept.",
                  example, interruption_codes));
  command->callback([options, &status] { status = study_run(*options); });
}

struct AnswerOptions {
  StudyOptions study;
  bool json = false;
};

int study_answer(const AnswerOptions& options) {
  const auto prepared = prepare_and_report(options.study);
  if (!prepared) return bad_input;
  const StudyQuestion& study = prepared->question;
  if (study.study.answer.figures.empty()) {
    print_message("{}: has no answer; add [answer] (docs/formats/study.md), or see coalis study status\n", study.file);
    return bad_input;
  }
  try {
    RunStore store = open_store(study, Access::read);
    tell(store, notices_alone());
    const StudyFindings findings = read_findings(study, store);
    if (findings.replicates == 0) {
      print_message("{}: no replicate is done yet; do them with: {}\n", study.file, study_command(study, "run"));
      return failure;
    }
    if (options.json)
      print_answer("{}", json_text(study, findings));
    else
      print_text(StudyWords(study, findings).text());
    return success;
  } catch (const std::runtime_error& error) {
    print_message("{}\n", error.what());
    return file_error;
  }
}

void add_answer_command(CLI::App* study, int& status) {
  const auto options = std::make_shared<AnswerOptions>();
  CLI::App* command = study->add_subcommand("answer", "The study's answer from the runs that are done");
  add_study_file(*command, options->study);
  add_study_replicates(*command, options->study);
  command->add_flag("--json", options->json, "As JSON");
  command->footer(
      fmt::format("Examples:\n  coalis study answer {}\nExit codes: 0, 1 no replicate is done, 2 the study is wrong or has no "
                  "answer, 3 the store cannot be read.",
                  example));
  command->callback([options, &status] { status = study_answer(*options); });
}

struct StatusOptions {
  StudyOptions study;
  bool watch = false, json = false;
};

int study_status(const StatusOptions& options) {
  const auto prepared = prepare_and_report(options.study);
  if (!prepared) return bad_input;
  const StudyQuestion& study = prepared->question;
  try {
    RunStore store = open_store(study, Access::read);
    StandingLook standing(study, store);
    const Interruption interruption;
    while (true) {
      const StudyStanding& now = standing.look();
      tell(store, notices_alone());
      const bool screen = options.watch && ::isatty(STDOUT_FILENO) == 1;
      if (screen) clear_screen();
      if (options.json)
        print_answer("{}", json_text(study, now));
      else
        print_text(standing_text(study, now, study_command(study, "run")));
      if (std::fflush(stdout) != 0) standard_output_failed(errno);
      if (!options.watch || now.missing == 0) return now.failed > 0 ? failure : success;
      for (int tenths = 0; tenths < 20 && !interruption.requested(); ++tenths)
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
      if (interruption.requested()) return interruption.exit_code();
    }
  } catch (const std::runtime_error& error) {
    print_message("{}\n", error.what());
    return file_error;
  }
}

void add_status_command(CLI::App* study, int& status) {
  const auto options = std::make_shared<StatusOptions>();
  CLI::App* command =
      study->add_subcommand("status", "How far a study is, and its outcomes so far: mean and 80 % range by point");
  add_study_file(*command, options->study);
  command->add_flag("--watch", options->watch, "Look again every two seconds until nothing is missing");
  command->add_flag("--json", options->json, "As JSON");
  command->footer(
      fmt::format("Examples:\n  coalis study status {} --watch\nExit codes: 0, 1 runs failed, 2 the study is wrong, 3 the store "
                  "cannot be read.",
                  example));
  command->callback([options, &status] { status = study_status(*options); });
}

void add_extend_command(CLI::App* study, int& status) {
  const auto options = std::make_shared<StudyRunOptions>();
  const auto growth = std::make_shared<StudyGrowth>();
  CLI::App* command = study->add_subcommand(
      "extend", "More replicates, or more points of a Sobol' sequence: changes the study file, then runs what is new");
  add_run_options(command, *options);
  auto* replicates =
      add_whole(*command, "--replicates", growth->replicates, {1, most_replicates}, "New number of replicates", false);
  auto* points = add_whole(*command, "--points", growth->points, {1, most_points}, "New number of points (sobol)", false);
  command->callback([options, growth, replicates, points, &status] {
    if (replicates->empty() && points->empty()) throw CLI::RequiredError("--replicates or --points");
    status = study_extend(*options, *growth);
  });
  command->footer(
      fmt::format("Examples:\n  coalis study extend {} --replicates 400\nExit codes: as of coalis study run.", example));
}

int export_study(const StudyOptions& options, const std::string& folder, bool force) {
  const auto prepared = prepare_and_report(options);
  if (!prepared) return bad_input;
  const StudyQuestion& study = prepared->question;
  try {
    RunStore store = open_store(study, Access::read);
    tell(store, notices_alone());
    const std::size_t done = standing_of(study, store).done;
    const auto names = write_study_tables(folder, prepared->contents(), store, force);
    std::string files;
    for (const std::string& name : names) files.append(files.empty() ? "" : ", ").append(name);
    print_list(fmt::format("{}: {} with {} of {}\n", visible(folder, Lines::one), files, done, counted(study.runs(), "run")));
    return success;
  } catch (const std::runtime_error& error) {
    print_message("{}\n", error.what());
    return file_error;
  }
}

void add_export_command(CLI::App* study, int& status) {
  struct Options {
    StudyOptions study;
    std::string folder;
    bool force = false;
  };
  const auto options = std::make_shared<Options>();
  CLI::App* command = study->add_subcommand("export", "Tidy tables of the runs that are done, and a data dictionary");
  add_study_file(*command, options->study);
  command->add_option("--csv", options->folder, "Folder for the tables; made if needed")->required();
  command->add_flag("--force", options->force, "Replace existing tables");
  command->footer(fmt::format(
      "Examples:\n  coalis study export {} --csv tables\nExit codes: 0, 2 the study is wrong, 3 a table exists already, or "
      "a file cannot be read or written.",
      example));
  command->callback([options, &status] { status = export_study(options->study, options->folder, options->force); });
}

struct PlanOptions {
  StudyOptions study;
  int threads = 0;
  std::uint32_t processes = 1;
  bool json = false, anyway = false;
};

int plan_study(PlanOptions options) {
  options.study.most_points = 1000;  // of larger designs a sample stands for all
  const auto prepared = prepare_to_run(options.study);
  if (!prepared) return bad_input;
  const StudyQuestion& study = prepared->question;
  try {
    RunStore store = open_store(study, Access::read);
    tell(store, notices_alone());
    const StudyForecast f = forecast(study, store, options.threads, options.processes);
    if (options.json)
      print_answer("{}", json_text(study, f));
    else
      print_text(forecast_text(study, f));
    if (f.problem.empty()) return success;
    print_message("{}: {}\n", study.file, f.problem);
    return options.anyway ? success : file_error;
  } catch (const std::runtime_error& error) {
    print_message("{}\n", error.what());
    return file_error;
  }
}

}  // namespace

void add_study(CLI::App& program, int& status) {
  CLI::App* study =
      program.add_subcommand("study", "Many runs by a design, kept safely: run, answer, status, extend, export, merge, script");
  study->require_subcommand(1);
  add_run_command(study, status);
  add_answer_command(study, status);
  add_status_command(study, status);
  add_extend_command(study, status);
  add_export_command(study, status);
  add_study_merge(*study, status);
  add_study_script(*study, status);
}

void add_plan(CLI::App& program, int& status) {
  const auto options = std::make_shared<PlanOptions>();
  CLI::App* command = program.add_subcommand("plan", "What a study will take: runs, time, memory, disk, from two trial runs");
  add_study_file(*command, options->study);
  add_whole(*command, "--threads", options->threads, thread_range, "Threads, 0 for all; of each process");
  add_whole(*command, "--processes", options->processes, {1, most_parts},
            "Processes at once, each with its part (coalis study script)");
  command->add_flag("--anyway", options->anyway, "Take what this machine cannot hold for planned, too: it is for another one");
  command->add_flag("--json", options->json, "As JSON");
  command->footer(fmt::format(
      "Examples:\n  coalis plan {}\nExit codes: 0 it fits (or --anyway), 2 the study is wrong or has two equal runs, 3 disk or "
      "memory cannot hold it.",
      example));
  command->callback([options, &status] { status = plan_study(*options); });
}

}  // namespace coalis::cli
