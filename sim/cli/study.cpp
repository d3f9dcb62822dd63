// coalis study run|answer|status|extend|export and coalis plan: their options and help.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <string_view>

#include "coalis/core/counted.hpp"
#include "coalis/io/hdf5/study_result.hpp"
#include "coalis/tasks/missing_runs.hpp"
#include "commands.hpp"
#include "numbers.hpp"
#include "print.hpp"
#include "study_commands.hpp"
#include "study_points.hpp"
#include "study_run.hpp"
#include "watching.hpp"

namespace coalis::cli {
namespace {

constexpr const char* example = "scenarios/studies/leader-and-meetings.toml";

void add_file(CLI::App* command, std::string& file, std::vector<std::string>& parameters) {
  command->add_option("STUDY", file, "Study file (TOML)")->required();
  command
      ->add_option("--parameters", parameters,
                   "Parameter sets (CSV, as a posterior of coalis calibrate): two replicates each, drawn by weight; one file for "
                   "each structure, may be repeated. Runs and result are then STUDY.FILE.runs and .h5")
      ->allow_extra_args(false);
}

void add_run_options(CLI::App* command, StudyRunOptions& options) {
  add_file(command, options.file, options.parameters);
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

void add_replicates(CLI::App* command, std::uint32_t& replicates) {
  add_whole(*command, "--replicates", replicates, from<std::uint32_t>(1),
            "The first so many replicates instead of the study's number: a first look", false);
}

void add_run_command(CLI::App* study, int& status) {
  const auto options = std::make_shared<StudyRunOptions>();
  CLI::App* command =
      study->add_subcommand("run", "Do the runs that are missing, then merge them into one result file, and print the answer");
  add_run_options(command, *options);
  add_replicates(command, options->replicates);
  command->footer(
      fmt::format("Finished runs are kept in STUDY.runs, a batch at a time. Whatever ends the command, the same command goes on; "
                  "several at once\n"
                  "share the work. Runs with other parameter sets, or with a file that has changed, are never mixed with them. "
                  "The merged result is that of an uninterrupted run, byte for byte (but for /provenance).\n"
                  "Examples:\n  coalis study run {0}\n  coalis study run {0} --on-error continue --json-log log.jsonl\n"
                  "  coalis study run {0} --parameters scenarios/posterior/mixture.csv\n"
                  "Exit codes: 0 done, 1 runs failed, 2 the command line, the study or a scenario is wrong, 3 a file cannot be "
                  "written (disk full),\n"
                  "{1}: the runs under way are finished and kept.",
                  example, interruption_codes));
  command->callback([options, &status] { status = run_study(*options); });
}

void add_answer_command(CLI::App* study, int& status) {
  const auto options = std::make_shared<StudyAnswerOptions>();
  CLI::App* command = study->add_subcommand("answer", "The study's answer from the runs that are done");
  add_file(command, options->file, options->parameters);
  add_replicates(command, options->replicates);
  command->add_flag("--json", options->json, "As JSON");
  command->footer(
      fmt::format("Examples:\n  coalis study answer {}\nExit codes: 0, 1 no replicate is done, 2 the study is wrong or has no "
                  "answer, 3 the store cannot be read.",
                  example));
  command->callback([options, &status] { status = study_answer(*options); });
}

void add_status_command(CLI::App* study, int& status) {
  const auto options = std::make_shared<StudyStatusOptions>();
  CLI::App* command =
      study->add_subcommand("status", "How far a study is, and its outcomes so far: mean and 80 % range by point");
  add_file(command, options->file, options->parameters);
  command->add_flag("--watch", options->watch, "Look again every two seconds until nothing is missing");
  command->add_flag("--json", options->json, "As JSON");
  command->footer(
      fmt::format("Examples:\n  coalis study status {} --watch\nExit codes: 0, 1 runs failed, 2 the study is wrong, 3 the store "
                  "cannot be read.",
                  example));
  command->callback([options, &status] { status = study_status(*options); });
}

struct ExtendOptions : StudyRunOptions {
  std::uint64_t new_replicates = 0, new_points = 0;
};

// A number of the study that grows.
struct Growth {
  std::string_view noun;      // its key is the plural
  std::uint64_t wanted, now;  // wanted: 0 if it was not asked for
  int line;                   // of the study file
};

// The text with the new numbers, once they and the study that they make have been found right; else nothing, after saying why.
// What is extended already is left as it is, so that the same command goes on after a failure.
std::optional<std::string> extended(const StudyFile& file, const std::string& name, const std::vector<Growth>& growths) {
  std::string text = file.text;
  for (const Growth& g : growths) {
    if (g.wanted == 0 || g.wanted == g.now) continue;
    if (g.wanted < g.now) {
      print_message("{}: has {} already; give that number to go on, or more\n", name, counted(g.now, g.noun));
      return std::nullopt;
    }
    text = with_number(text, g.line, plural(g.noun), g.wanted);
  }
  const StudyFile after = parse_study(text, name);
  for (const auto& d : after.diagnostics) print_message("{}\n", to_string(d));
  return after.ok() ? std::optional(text) : std::nullopt;
}

int extend_study(const ExtendOptions& options) {
  const StudyFile file = read_study(options.file);
  for (const auto& d : file.diagnostics) print_message("{}\n", to_string(d));
  if (!file.ok()) return bad_input;
  const Study& study = file.study;
  if (options.new_points > 0 && study.design.kind != DesignKind::sobol) {
    print_message(
        "{}: only a design of kind 'sobol' can have more points: those of a Latin hypercube would all move; make a new study\n",
        options.file);
    return bad_input;
  }
  try {
    if (!options.parameters.empty() || !study.parameters.empty()) {  // before the study file is changed
      const auto prepared = prepare_study(options.file, options.parameters);
      if (!prepared) return bad_input;
      prepared->open_store(Access::read);
    }
    const auto text = extended(file, options.file,
                               {{"replicate", options.new_replicates, study.replicates, file.replicates_line},
                                {"point", options.new_points, study.design.points, file.points_line}});
    if (!text) return bad_input;
    if (*text != file.text) write_text(options.file, *text);
  } catch (const StoreError& error) {
    print_message("{}\n", error.what());
    return file_error;
  }
  return run_study(options);
}

void add_extend_command(CLI::App* study, int& status) {
  const auto options = std::make_shared<ExtendOptions>();
  CLI::App* command = study->add_subcommand(
      "extend", "More replicates, or more points of a Sobol' sequence: changes the study file, then runs what is new");
  add_run_options(command, *options);
  auto* replicates =
      add_whole(*command, "--replicates", options->new_replicates, {1, most_replicates}, "New number of replicates", false);
  auto* points = add_whole(*command, "--points", options->new_points, {1, most_points}, "New number of points (sobol)", false);
  command->callback([options, replicates, points, &status] {
    if (replicates->empty() && points->empty()) throw CLI::RequiredError("--replicates or --points");
    status = extend_study(*options);
  });
  command->footer(
      fmt::format("Examples:\n  coalis study extend {} --replicates 400\nExit codes: as of coalis study run.", example));
}

int export_study(const std::string& path, const std::vector<std::string>& parameters, const std::string& folder) {
  const auto study = prepare_study(path, parameters);
  if (!study) return bad_input;
  try {
    RunStore store = study->open_store(Access::read);
    tell(store, notices_alone());
    std::size_t done = 0;
    for (std::size_t run = 0; run < study->runs(); ++run) done += store.done(study->key_of(run));
    const auto names = write_study_tables(folder, study->contents(), store);
    std::string files;
    for (const std::string& name : names) files.append(files.empty() ? "" : ", ").append(name);
    print_answer("{}: {} with {} of {}\n", folder, files, done, counted(study->runs(), "run"));
    return success;
  } catch (const std::runtime_error& error) {
    print_message("{}\n", error.what());
    return file_error;
  }
}

void add_export_command(CLI::App* study, int& status) {
  struct Options {
    std::string file, folder;
    std::vector<std::string> parameters;
  };
  const auto options = std::make_shared<Options>();
  CLI::App* command = study->add_subcommand("export", "Tidy tables of the runs that are done, and a data dictionary");
  add_file(command, options->file, options->parameters);
  command->add_option("--csv", options->folder, "Folder for the tables; made if needed")->required();
  command->footer(
      fmt::format("Examples:\n  coalis study export {} --csv tables\nExit codes: 0, 2 the study is wrong, 3 a file cannot be "
                  "read or written.",
                  example));
  command->callback([options, &status] { status = export_study(options->file, options->parameters, options->folder); });
}

}  // namespace

void add_study(CLI::App& program, int& status) {
  CLI::App* study = program.add_subcommand("study", "Many runs by a design, kept safely: run, answer, status, extend, export");
  study->require_subcommand(1);
  add_run_command(study, status);
  add_answer_command(study, status);
  add_status_command(study, status);
  add_extend_command(study, status);
  add_export_command(study, status);
}

void add_plan(CLI::App& program, int& status) {
  const auto options = std::make_shared<PlanOptions>();
  CLI::App* command = program.add_subcommand("plan", "What a study will take: runs, time, memory, disk, from two trial runs");
  add_file(command, options->file, options->parameters);
  add_whole(*command, "--threads", options->threads, thread_range, "Threads, 0 for all");
  command->add_flag("--json", options->json, "As JSON");
  command->footer(
      fmt::format("Examples:\n  coalis plan {}\nExit codes: 0 it fits, 2 the study is wrong or has two equal runs, 3 disk or "
                  "memory cannot hold it.",
                  example));
  command->callback([options, &status] { status = plan_study(*options); });
}

}  // namespace coalis::cli
