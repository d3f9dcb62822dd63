// coalis compare: paired differences between scenarios.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>

#include "coalis/core/counted.hpp"
#include "coalis/core/shell_word.hpp"
#include "coalis/io/answers/comparison_json.hpp"
#include "coalis/io/text/output.hpp"
#include "coalis/model/fields.hpp"
#include "coalis/report/words/comparison_text.hpp"
#include "coalis/tasks/keep_comparison.hpp"
#include "commands.hpp"
#include "numbers.hpp"
#include "policy_arguments.hpp"
#include "print.hpp"
#include "progress.hpp"
#include "terminal.hpp"
#include "watching.hpp"

namespace coalis::cli {
namespace {

struct CompareArguments {
  ComparisonOptions question;
  std::string output;
  int threads = 0;
  bool force = false, quiet = false, json = false;
};

// The command with every value that matters spelt out.
std::string command_line(const CompareArguments& options, const ComparisonOptions& q, std::size_t replicates) {
  std::string line = "coalis compare";
  for (const auto& file : q.scenarios) line += " " + shell_word(file);
  line += fmt::format(" --replicates {} --seed {} --threads {}", replicates, q.seed, options.threads);
  if (q.precision > 0) line += fmt::format(" --precision {} --on {}", q.precision, q.on);
  if (q.budget > 0) line += fmt::format(" --budget {} --lever {}", number_text(q.budget), q.lever);
  if (!q.lever.empty() && !(q.budget > 0)) line += fmt::format(" --equal-budget {}", q.lever);
  if (!q.outcomes.empty()) line += fmt::format(" --outcomes {}", fmt::join(q.outcomes, ","));
  for (const auto& text : q.set) line += " --set " + shell_word(text);
  for (const auto& text : q.with) line += " --with " + shell_word(text);
  if (!q.from_month.empty()) line += " --from-month " + shell_word(q.from_month);
  for (const auto& text : q.matters) line += fmt::format(" --matters {}", text);
  if (!q.structures.empty()) line += fmt::format(" --structures {}", fmt::join(q.structures, ","));
  if (!q.parameters.empty()) line += " --parameters " + shell_word(q.parameters);
  if (q.draws > 0) line += fmt::format(" --draws {}", q.draws);
  return line;
}

int compare(const CompareArguments& options) try {
  ComparisonOptions wanted = options.question;
  wanted.all = wanted.all || options.json;
  if (wanted.budget > 0 && wanted.lever.empty()) wanted.lever = "fte";
  const auto fits = [&](const Comparison& question) {
    if (!options.output.empty()) check_output_path(options.output, options.force);
    require_room(question, options.threads, options.output);
  };
  auto asked = read_comparison(wanted, options.quiet ? Watch{} : notices_alone(), fits);
  if (!print_problems("coalis compare", asked.problems)) return bad_input;
  const Comparison& question = *asked.question;
  fits(question);  // with the runs that sets add
  std::optional<ComparisonKeeper> keeper;
  if (!options.output.empty())
    keeper.emplace(options.output, options.force, question, command_line(options, wanted, question.replicates), options.threads);
  const Interruption interruption;
  ProgressLine progress(question.runs(), !options.quiet);
  const Watch watch = watching(interruption, progress);
  ComparisonAnswer answer = coalis::compare(std::move(*asked.question), options.threads, watch, keeper ? &*keeper : nullptr);
  if (answer.replicates() == 0) return Interruption::exit_code();
  answer.file = options.output;
  if (options.json)
    print_answer("{}", json_text(answer));
  else
    print_text(to_text(answer));
  if (answer.whole) return success;
  print_message("Interrupted after {}; {}.\n", counted(answer.replicates(), "replicate"),
                options.output.empty() ? "nothing is kept without -o" : fmt::format("they are in {}", options.output));
  return Interruption::exit_code();
} catch (const FileError& error) {
  print_message("{}\n", error.what());
  return file_error;
}

void add_options(CLI::App& command, CompareArguments& o) {
  ComparisonOptions& q = o.question;
  command.add_option("SCENARIO", q.scenarios, "Scenario files (TOML), the first being the reference")->required();
  command.add_option("-o,--output", o.output, "Comparison file to write (HDF5)");
  add_whole(command, "--replicates", q.replicates, from<std::uint32_t>(1),
            "Number of replicates of each; with --precision the most (default 200, 65536)", false);
  add_whole(command, "--seed", q.seed, {}, "Seed of all random draws");
  add_whole(command, "--threads", o.threads, thread_range, "Threads; 0: all");
  command.add_option("--set", q.set, "Change a value of all scenarios: path=value")->take_all()->allow_extra_args(false);
  auto* outcomes =
      add_names(command, "--outcomes", q.outcomes,
                "Outcomes to show: names, or what stands before .KIND; those of network and association only if named");
  command.add_flag("--all", q.all, "Show all outcomes of a run, not the main ones alone (--json has all of them)")
      ->excludes(outcomes);
  add_names(command, "--matters", q.matters, "Difference that matters: OUTCOME=DIFFERENCE");
  auto* precision = add_above_0(command, "--precision", q.precision,
                                "Run until the 95 % interval of a mean difference is so narrow to each side");
  auto* on = command.add_option("--on", q.on, "Outcome of --precision")->needs(precision);
  precision->needs(on);
  add_policy_options(command, q.with, "Compare the first scenario with an option, too");
  auto* equal = command.add_option("--equal-budget", q.lever,
                                   "Scale this in the others to the reference's planned cost: fte, per_year or a lever");
  auto* budget =
      add_above_0(command, "--budget", q.budget, "Scale all scenarios to this planned cost, USD a year")->excludes(equal);
  command.add_option("--lever", q.lever, "What --budget scales: fte (if not given), per_year or a lever")
      ->needs(budget)
      ->excludes(equal);
  command.add_option(
      "--from-month", q.from_month,
      "What the others change begins in this month, \"YYYY-MM\" or from 0: until then all run as the first scenario");
  add_names(command, "--structures", q.structures,
            "Repeat under other structures: engagement, decision, influence, all, or values");
  auto* parameters = command.add_option(
      "--parameters", q.parameters,
      "Parameter sets with weights (CSV, as a posterior of coalis calibrate): each replicate has one, drawn by its "
      "weight, the same in all scenarios");
  add_whole(command, "--draws", q.draws, from<int>(1), "Use only so many of the parameter sets, drawn by their weights", false)
      ->needs(parameters);
  command.add_flag("--force", o.force, "Replace an existing comparison file");
  command.add_flag("--quiet", o.quiet, "No progress line");
  command.add_flag("--json", o.json, "Print the answer as JSON (docs/formats/comparison.md)");
}

}  // namespace

void add_compare(CLI::App& program, int& status) {
  const auto options = std::make_shared<CompareArguments>();
  CLI::App* command = program.add_subcommand("compare", "Compare scenarios replicate by replicate, with all draws shared");
  add_options(*command, *options);
  command->footer(
      "Examples:\n"
      "  coalis compare scenarios/illinois.toml scenarios/illinois-full-time-leader.toml --outcomes engaged,goal_attainment\n"
      "  coalis compare scenarios/illinois.toml scenarios/illinois-three-hubs.toml --equal-budget fte -o hubs.h5\n"
      "  coalis compare A.toml --with 'full-time leader' --with 'half a post: hubs.Office.fte=0.5; monthly meetings'\n"
      "  coalis compare A.toml --with '3 hubs' --without 'Outreach Day' --budget 60000\n"
      "  coalis compare A.toml --with '3 hubs' --from-month 2025-07 --budget 60000\n"
      "  coalis compare A.toml B.toml --precision 0.01 --on engaged\n"
      "  coalis compare A.toml B.toml --structures engagement --parameters sets.csv --draws 50 --outcomes engaged\n"
      "Exit codes: 0 done, also if --precision was not reached (which is said), 1 a run failed, 2 the command line, a scenario "
      "or a\n"
      "parameter set is wrong or a budget cannot be met, 3 the file exists already or cannot be written,\n" +
      std::string(interruption_codes) + ": the runs under way are finished and kept.");
  command->callback([options, &status] { status = compare(*options); });
}

}  // namespace coalis::cli
