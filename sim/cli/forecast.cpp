// coalis forecast: who will come, beside two plain rules; coalis attendance: a table of who came as evidence.
#include "coalis/tasks/forecast.hpp"

#include <fmt/format.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "coalis/core/counted.hpp"
#include "coalis/core/shell_word.hpp"
#include "coalis/io/answers/forecast_json.hpp"
#include "coalis/io/text/file_error.hpp"
#include "coalis/io/text/output.hpp"
#include "coalis/report/pages/forecast_page.hpp"
#include "coalis/report/words/forecast_text.hpp"
#include "commands.hpp"
#include "numbers.hpp"
#include "print.hpp"
#include "terminal.hpp"
#include "watching.hpp"

namespace coalis::cli {
namespace {

struct ForecastArguments {
  ForecastOptions question;
  std::string page;  // to write; "" none
  int threads = 0;
  bool quiet = false, json = false, force = false;
};

// Without folders, so that the page does not depend on where it is made.
std::string forecast_command(const ForecastArguments& arguments) {
  const ForecastOptions& q = arguments.question;
  std::string line = fmt::format("coalis forecast {} --attendance {} --hold-out {}", word_of_file(q.runs.scenario),
                                 word_of_file(q.attendance), q.hold_out);
  if (!q.runs.parameters.empty()) line += " --parameters " + word_of_file(q.runs.parameters);
  for (const std::string& text : q.runs.set) line += " --set " + shell_word(text);
  return line + fmt::format(" --replicates {} --seed {} --page {}", q.runs.replicates, q.runs.seed, word_of_file(arguments.page));
}

int forecast_attendance(const ForecastArguments& options) try {
  const Interruption interruption;
  auto asked = read_forecast(options.question, options.threads, {});
  if (!print_problems("coalis forecast", asked.problems) || !asked.ok()) return bad_input;
  if (!options.page.empty()) check_output_path(options.page, options.force);
  ProgressLine progress(asked.question->runs.replicates, !options.quiet);
  const auto answer = forecast(std::move(*asked.question), options.threads, watching(interruption, progress));
  if (!answer) return interruption.exit_code();
  if (!options.page.empty()) write_output(options.page, report::forecast_page(*answer, forecast_command(options)), options.force);
  if (options.json)
    print_answer("{}", json_text(*answer));
  else
    print_text(to_text(*answer));
  return success;
} catch (const std::invalid_argument& error) {  // too few meetings in the run
  print_message("coalis forecast: {}; give the scenario as many meetings as the table has\n", error.what());
  return bad_input;
} catch (const FileError& error) {
  print_message("{}\n", error.what());
  return file_error;
}

struct AttendanceArguments {
  std::string table, evidence;
  std::size_t hold_out = 0;
  bool overwrite = false;
};

int attendance_evidence_of(const AttendanceArguments& options) try {
  const Counted counted_table = count_attendance(options.table, options.hold_out);
  if (!print_problems("coalis attendance", counted_table.problems)) return bad_input;
  if (const std::string lost = items_lost(options.evidence); !lost.empty()) {
    const std::vector problem{option_problem("-o " + options.evidence, "has items that would be lost: " + lost,
                                             "write to another file, and name that one as evidence")};
    print_problems("coalis attendance", problem);
    return bad_input;
  }
  write_output(options.evidence, counted_table.evidence, options.overwrite);
  print_list(fmt::format("{} written: {}, {}\n", options.evidence, counted(counted_table.members, "member"),
                         counted(counted_table.meetings, "meeting")));
  return success;
} catch (const FileError& error) {
  print_message("{}\n", error.what());
  return file_error;
}

}  // namespace

void add_forecast(CLI::App& program, int& status) {
  const auto options = std::make_shared<ForecastArguments>();
  ForecastOptions& question = options->question;
  CLI::App* command =
      program.add_subcommand("forecast", "Forecast who comes to the last meetings of a table, beside two plain rules");
  command->add_option("SCENARIO", question.runs.scenario, "Scenario file (TOML) of the coalition, whose run ends with the table")
      ->required();
  command->add_option("--attendance", question.attendance, "Who came (CSV): a row an organisation, a column a meeting, 1 or 0")
      ->required();
  command->add_option("--parameters", question.runs.parameters,
                      "Parameter sets (CSV, as a posterior of coalis calibrate), fitted without the meetings held out");
  add_whole(*command, "--hold-out", question.hold_out, {1, 1000}, "Last meetings that are held out and forecast");
  command->add_option("--set", question.runs.set, "Change a value of the scenario: path=value, may be repeated")
      ->allow_extra_args(false);
  add_whole(*command, "--replicates", question.runs.replicates, {100, 10'000'000},
            "Simulated coalitions, of which the nearest twentieth counts");
  add_whole(*command, "--seed", question.runs.seed, {}, "Seed of all random draws");
  add_whole(*command, "--threads", options->threads, thread_range, "Threads, 0 for all; results do not depend on it");
  command->add_option("--page", options->page, "Also write the answer as a page (HTML)");
  command->add_flag("--force", options->force, "Replace an existing page");
  command->add_flag("--quiet", options->quiet, "No progress line");
  command->add_flag("--json", options->json, "Print the answer as JSON, with every member");
  command->footer(
      "Examples:\n"
      "  coalis forecast ours/ours.toml --attendance ours/ours-attendance.csv --hold-out 3\n"
      "  coalis forecast ours/ours.toml --attendance ours/ours-attendance.csv --hold-out 3 --page who-comes.html\n"
      "Exit codes: 0 done, 1 a run failed, 2 the command line, a scenario or a table is wrong, 3 a file cannot be read, or the "
      "page\n"
      "exists already or cannot be written, " +
      std::string(interruption_codes) + ".");
  command->callback([options, &status] { status = forecast_attendance(*options); });
}

void add_attendance(CLI::App& program, int& status) {
  const auto options = std::make_shared<AttendanceArguments>();
  CLI::App* command = program.add_subcommand("attendance", "Count a table of who came as evidence that can be fitted");
  command->add_option("FILE", options->table, "Who came (CSV): a row an organisation, a column a meeting, 1 or 0")->required();
  command->add_option("-o,--output", options->evidence, "Evidence file (TOML)")->required();
  add_whole(*command, "--hold-out", options->hold_out, {0, 1000}, "Last meetings that are left out, to be forecast");
  command->add_flag("--force", options->overwrite, "Replace an existing file");
  command->footer(
      "Examples:\n"
      "  coalis attendance ours/ours-attendance.csv --hold-out 3 -o ours/past-evidence.toml\n"
      "Exit codes: 0 written, 2 the table is wrong, 3 the file exists already or cannot be read or written.");
  command->callback([options, &status] { status = attendance_evidence_of(*options); });
}

}  // namespace coalis::cli
