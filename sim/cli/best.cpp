// coalis best: what to do with some money, and how sure that is.
#include "coalis/tasks/best.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "coalis/core/shell_word.hpp"
#include "coalis/io/answers/best_json.hpp"
#include "coalis/io/text/file_error.hpp"
#include "coalis/io/text/output.hpp"
#include "coalis/model/fields.hpp"
#include "coalis/report/words/best_text.hpp"
#include "commands.hpp"
#include "numbers.hpp"
#include "print.hpp"
#include "progress.hpp"
#include "terminal.hpp"
#include "watching.hpp"

namespace coalis::cli {
namespace {

struct BestArguments {
  BestOptions question;
  std::string output;
  int threads = 0;
  bool force = false, quiet = false, json = false;
};

// The command with every value that matters spelt out.
std::string best_command(const BestOptions& q) {
  std::string line = fmt::format("coalis best {} --budget {} --for {}", shell_word(q.scenario), number_text(q.budget), q.aim);
  for (const auto& text : q.set) line += " --set " + shell_word(text);
  if (!q.guards.empty()) line += fmt::format(" --guard {}", fmt::join(q.guards, ","));
  for (const auto& file : q.parameters) line += " --parameters " + shell_word(file);
  if (!q.parameters.empty()) line += fmt::format(" --draws {}", q.draws_of_each());
  if (!q.structures.empty()) line += fmt::format(" --structures {}", fmt::join(q.structures, ","));
  if (!q.from_month.empty()) line += " --from-month " + shell_word(q.from_month);
  return line + fmt::format(" --points {} --replicates {} --seed {}", q.points, q.replicates, q.seed);
}

int answer_best(const BestArguments& options) try {
  const auto asked = read_best(options.question, options.quiet ? Watch{} : notices_alone());
  if (!print_problems("coalis best", asked.problems) || !asked.ok()) return bad_input;
  if (!options.output.empty()) check_output_path(options.output, options.force);
  const Interruption interruption;
  ProgressLine progress(most_runs_of(*asked.question), !options.quiet, "runs");
  auto answer = find_best(*asked.question, options.threads, watching(interruption, progress));
  if (!answer) return interruption.exit_code();
  answer->command = best_command(options.question);
  progress.wipe();
  if (!options.output.empty()) write_output(options.output, json_text(*answer), options.force);
  if (options.json)
    print_answer("{}", json_text(*answer));
  else
    print_text(to_text(*answer));
  return success;
} catch (const NothingAllowed& error) {
  print_message("coalis best: {}; allow more harm (--guard OUTCOME=HARM), or guard less\n", error.what());
  return failure;
} catch (const FileError& error) {
  print_message("{}\n", error.what());
  return file_error;
}

void add_options(CLI::App& command, BestArguments& o) {
  BestOptions& q = o.question;
  command.add_option("SCENARIO", q.scenario, "Scenario file (TOML): what is done now")->required();
  add_above_0(command, "--budget", q.budget, "Coordination may cost so many USD a year, as planned")->required();
  command.add_option("--for", q.aim, "Outcome that is to be as good as it can be")->capture_default_str();
  add_names(command, "--guard", q.guards,
            "Outcomes that must not get clearly worse than now: OUTCOME, or OUTCOME=HARM that is allowed");
  command.add_option("-o,--output", o.output, "Answer to write (JSON), of which coalis report makes a page");
  command
      .add_option("--parameters", q.parameters,
                  "Parameter sets with weights (CSV); one file for each structure they were fitted under")
      ->allow_extra_args(false);
  add_whole(command, "--draws", q.draws, {2, 10'000}, "Parameter sets of each file, drawn by weight; 50 if not said", false);
  add_names(command, "--structures", q.structures,
            "Also under other structures: engagement, decision, influence, all, or values");
  command.add_option("--from-month", q.from_month, "Options begin in this month, \"YYYY-MM\" or from 0");
  add_whole(command, "--points", q.points, {1, 5'000}, "Combinations of the first round");
  add_whole(command, "--replicates", q.replicates, {20, 1'000'000}, "New runs of each option that is left, for the figures");
  add_whole(command, "--seed", q.seed, {}, "Seed of all random draws");
  add_whole(command, "--threads", o.threads, thread_range, "Threads; 0: all; the answer does not depend on it");
  command.add_option("--set", q.set, "Change a value of the scenario: path=value")->take_all()->allow_extra_args(false);
  command.add_flag("--force", o.force, "Replace an existing answer");
  command.add_flag("--quiet", o.quiet, "No progress line");
  command.add_flag("--json", o.json, "Print the answer as JSON (docs/formats/best.md)");
}

}  // namespace

void add_best(CLI::App& program, int& status) {
  const auto options = std::make_shared<BestArguments>();
  CLI::App* command = program.add_subcommand("best", "Find out what to do with some money, and how sure that is");
  add_options(*command, *options);
  command->footer(
      "Examples:\n"
      "  coalis best scenarios/illinois.toml --budget 60000 --guard goal_attainment\n"
      "  coalis best scenarios/illinois.toml --budget 45000 --from-month 2007-01\n"
      "  coalis best scenarios/illinois.toml --budget 60000 --parameters scenarios/posterior/mixture.csv -o best.json\n"
      "  coalis report best.json -o best.html\n"
      "Exit codes: 0 done, 1 a run failed or every option does harm, 2 the command line, the scenario or a parameter set is "
      "wrong,\n"
      "3 the answer exists already or cannot be written, " +
      std::string(interruption_codes) + ".");
  command->callback([options, &status] { status = answer_best(*options); });
}

}  // namespace coalis::cli
