// coalis run: replicates of a scenario, their result file and the answer.
#include "coalis/tasks/run.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <optional>

#include "coalis/core/counted.hpp"
#include "coalis/core/shell_word.hpp"
#include "coalis/io/answers/run_json.hpp"
#include "coalis/io/text/output.hpp"
#include "coalis/report/words/run_text.hpp"
#include "commands.hpp"
#include "numbers.hpp"
#include "policy_arguments.hpp"
#include "print.hpp"
#include "progress.hpp"
#include "terminal.hpp"
#include "watching.hpp"

namespace coalis::cli {
namespace {

struct RunArguments {
  RunOptions question;
  std::string output;
  int threads = 0;
  bool no_file = false, force = false, quiet = false, json = false;
};

// The file to write, "" for none: as asked, or named after the scenario in the working folder.
std::string result_file(const RunArguments& options) {
  if (!options.output.empty()) return options.output;
  if (options.no_file || options.json || !options.question.parameters.empty()) return "";
  return std::filesystem::path(options.question.scenario).stem().string() + ".h5";
}

// The command with every value that matters spelt out.
std::string command_line(const RunArguments& options) {
  const RunOptions& q = options.question;
  std::string line = fmt::format("coalis run {} --replicates {} --seed {} --threads {} --record {}", shell_word(q.scenario),
                                 q.replicates, q.seed, options.threads, q.record);
  if (!q.outcomes.empty()) line += fmt::format(" --outcomes {}", fmt::join(q.outcomes, ","));
  for (const auto& text : q.set) line += " --set " + shell_word(text);
  for (const auto& text : q.with) line += " --with " + shell_word(text);
  if (!q.parameters.empty()) line += " --parameters " + shell_word(q.parameters);
  return line;
}

int run(const RunArguments& options) try {
  RunOptions wanted = options.question;
  wanted.all = wanted.all || options.json;
  const std::string file = result_file(options);
  auto asked = read_run(wanted, [&](const RunQuestion& question) {
    if (!file.empty()) check_output_path(file, options.force);
    require_room(question, options.threads, file);
  });
  if (!print_problems("coalis run", asked.problems)) return bad_input;
  std::optional<RunKeeper> keeper;
  if (!file.empty()) keeper.emplace(file, options.force, *asked.question, command_line(options), options.threads);
  const Interruption interruption;
  ProgressLine progress(asked.question->replicates, !options.quiet);
  const Watch watch = watching(interruption, progress);
  RunAnswer answer = coalis::run(std::move(*asked.question), options.threads, watch, keeper ? &*keeper : nullptr);
  if (answer.replicates > 0) answer.file = file;  // else the writer removes what it began
  if (options.json)
    print_answer("{}", json_text(answer));
  else if (answer.replicates > 0)
    print_text(to_text(answer));
  if (!answer.cut_short()) return success;
  print_message("Interrupted after {} of {}; {}.\n", answer.replicates, counted(answer.question.replicates, "replicate"),
                answer.file.empty() ? "no file was written" : answer.file + " holds those");
  return Interruption::exit_code();
} catch (const FileError& error) {
  print_message("{}\n", error.what());
  return file_error;
}

}  // namespace

void add_run(CLI::App& program, int& status) {
  const auto options = std::make_shared<RunArguments>();
  RunOptions& question = options->question;
  CLI::App* command = program.add_subcommand("run", "Run replicates of a scenario, leave a result file and print the answer");
  command->add_option("SCENARIO", question.scenario, "Scenario file (TOML)")->required();
  auto* output = command->add_option("-o,--output", options->output,
                                     "Result file (HDF5); without it the scenario's name with .h5 in the working folder, and "
                                     "none with --json");
  command->add_flag("--no-file", options->no_file, "Write no result file")->excludes(output);
  add_whole(*command, "--replicates", question.replicates, from<std::uint32_t>(1), "Number of replicates");
  add_whole(*command, "--seed", question.seed, {}, "Seed of all random draws");
  add_whole(*command, "--threads", options->threads, thread_range, "Threads, 0 for all; results do not depend on it");
  command->add_option("--set", question.set, "Change a value of the scenario: path=value, may be repeated")
      ->allow_extra_args(false);
  add_policy_options(*command, question.with, "Run the scenario with an option");
  command->add_option(
      "--parameters", question.parameters,
      "Parameter sets (CSV, as a posterior of coalis calibrate): each replicate has one, drawn by its weight; a result file "
      "only with -o");
  command
      ->add_option(
          "--record", question.record,
          "What the file keeps. outcomes: outcomes and survey; trajectories: the coalition month by month, too; standard: "
          "attendance, final states and ties of organisations, too; detailed: regions month by month and quantiles over "
          "replicates, too; all: organisations month by month, too (large)")
      ->check(CLI::IsMember(kept_of_run_names))
      ->capture_default_str();
  auto* outcomes =
      add_names(*command, "--outcomes", question.outcomes,
                "Outcomes to show: names, or what stands before .KIND; those of network and association are computed only "
                "when asked for here");
  command->add_flag("--all", question.all, "Show all outcomes of a run, not the main ones alone (--json has all of them)")
      ->excludes(outcomes);
  command->add_flag("--force", options->force, "Replace an existing result file");
  command->add_flag("--quiet", options->quiet, "No progress line");
  command->add_flag("--json", options->json, "Print the answer as JSON");
  command->footer(
      "Examples:\n"
      "  coalis run scenarios/illinois.toml\n"
      "  coalis run scenarios/illinois.toml -o full-time.h5 --set hubs.Chicago.fte=1 --replicates 2000\n"
      "  coalis run scenarios/illinois.toml --json --seed 7 > answer.json\n"
      "  coalis run scenarios/illinois.toml --no-file --outcomes engaged,network,association\n"
      "Exit codes: 0 done, 1 a run failed, 2 the command line or the scenario is wrong, 3 the file exists already or cannot be\n"
      "written, " +
      std::string(interruption_codes) + ": the runs under way are finished and kept.");
  command->callback([options, &status] { status = run(*options); });
}

}  // namespace coalis::cli
