// coalis distinguish: which observation would tell structures of engagement apart that fit the evidence alike.
#include "coalis/tasks/distinguish.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <memory>
#include <stdexcept>
#include <string>

#include "coalis/core/shell_word.hpp"
#include "coalis/io/answers/telling_apart_json.hpp"
#include "coalis/io/text/file_error.hpp"
#include "coalis/io/text/output.hpp"
#include "coalis/report/pages/telling_apart_page.hpp"
#include "coalis/report/words/telling_apart_text.hpp"
#include "commands.hpp"
#include "numbers.hpp"
#include "print.hpp"
#include "terminal.hpp"
#include "watching.hpp"

namespace coalis::cli {
namespace {

struct DistinguishOptions {
  TellingApartOptions question;
  std::string page;  // to write; "" none
  int threads = 0;
  bool quiet = false, json = false, force = false;
};

// Without folders, so that the page does not depend on where it is made.
std::string distinguish_command(const DistinguishOptions& arguments) {
  const TellingApartOptions& q = arguments.question;
  std::string line = "coalis distinguish";
  for (const std::string& file : q.scenarios) line += " " + word_of_file(file);
  for (const std::string& candidate : q.candidates) {
    const auto equals = candidate.find('=');
    line += " --candidate " + candidate.substr(0, equals);
    if (equals != candidate.npos) line += "=" + word_of_file(candidate.substr(equals + 1));
  }
  if (!q.organisations.empty()) line += fmt::format(" --organisations {}", fmt::join(q.organisations, ","));
  if (!q.months.empty()) line += fmt::format(" --months {}", fmt::join(q.months, ","));
  return line + fmt::format(" --coalitions {} --replicates {} --seed {} --page {}", fmt::join(q.coalitions, ","), q.replicates,
                            q.seed, word_of_file(arguments.page));
}

int distinguish(const DistinguishOptions& options) try {
  const auto asked = read_telling_apart(options.question);
  print_problems("coalis distinguish", asked.problems);
  if (!asked.ok()) return bad_input;
  if (!options.page.empty()) check_output_path(options.page, options.force);
  const Interruption interruption;
  ProgressLine progress(asked.question->cases(), !options.quiet, "coalitions");
  const auto answer = tell_apart(*asked.question, options.threads, watching(interruption, progress));
  if (!answer) return interruption.exit_code();
  if (!options.page.empty())
    write_output(options.page, report::telling_apart_page(*answer, distinguish_command(options)), options.force);
  if (options.json)
    print_answer("{}", json_text(*answer));
  else
    print_text(to_text(*answer));
  return success;
} catch (const std::invalid_argument& error) {  // too few cases
  print_message("coalis distinguish: {}; raise --replicates\n", error.what());
  return bad_input;
} catch (const FileError& error) {
  print_message("{}\n", error.what());
  return file_error;
}

}  // namespace

void add_distinguish(CLI::App& program, int& status) {
  const auto options = std::make_shared<DistinguishOptions>();
  TellingApartOptions& question = options->question;
  CLI::App* command =
      program.add_subcommand("distinguish", "Find the observation that would tell structures of engagement apart");
  command->add_option("SCENARIO", question.scenarios, "What is done after the survey month; the first: nothing new")->required();
  command
      ->add_option("--candidate", question.candidates,
                   "Structure and its parameter sets: STRUCTURE=FILE, or STRUCTURE alone; two or more")
      ->required()
      ->allow_extra_args(false);
  add_wholes(*command, "--organisations", question.organisations, from<int>(1),
             "Organisations observed in a coalition; without it 25, 50 and 100, as far as there are so many, else all");
  add_wholes(*command, "--months", question.months, {1, 12'000},
             "Months observed after the survey; without it 6, 12, 24 and 36, as far as the run has so many");
  add_wholes(*command, "--coalitions", question.coalitions, {1, 1'000'000}, "Coalitions observed together");
  add_whole(*command, "--replicates", question.replicates, {40, 1'000'000}, "Simulated coalitions of each structure");
  add_whole(*command, "--seed", question.seed, {}, "Seed of all random draws");
  add_whole(*command, "--threads", options->threads, thread_range, "Threads; 0: all");
  command->add_option("--page", options->page, "Also write the answer as a page (HTML)");
  command->add_flag("--force", options->force, "Replace an existing page");
  command->add_flag("--quiet", options->quiet, "No progress line");
  command->add_flag("--json", options->json, "As JSON");
  command->footer(
      "Examples:\n"
      "  coalis distinguish scenarios/twins/*.toml --candidate mixture=m.csv --candidate trait=t.csv\n"
      "  coalis distinguish scenarios/twins/*.toml --candidate mixture=m.csv --candidate trait=t.csv --page evidence.html\n"
      "Exit codes: 0 done, 1 a run failed, 2 the command line, a scenario or a parameter set is wrong, 3 the page exists already "
      "or\n"
      "cannot be written, " +
      std::string(interruption_codes) + ".");
  command->callback([options, &status] { status = distinguish(*options); });
}

}  // namespace coalis::cli
