// coalis distinguish: which observation would tell structures of engagement apart that fit the evidence alike.
#include "coalis/tasks/distinguish.hpp"

#include <memory>
#include <stdexcept>
#include <string>

#include "coalis/io/answers/telling_apart_json.hpp"
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
  int threads = 0;
  bool quiet = false, json = false;
};

int distinguish(const DistinguishOptions& options) try {
  const auto asked = read_telling_apart(options.question);
  print_problems("coalis distinguish", asked.problems);
  if (!asked.ok()) return bad_input;
  const Interruption interruption;
  ProgressLine progress(asked.question->cases(), !options.quiet, "coalitions");
  const auto answer = tell_apart(*asked.question, options.threads, watching(interruption, progress));
  if (!answer) return interruption.exit_code();
  if (options.json)
    print_answer("{}", json_text(*answer));
  else
    print_text(to_text(*answer));
  return success;
} catch (const std::invalid_argument& error) {  // too few cases
  print_message("coalis distinguish: {}; raise --replicates\n", error.what());
  return bad_input;
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
  command->add_flag("--quiet", options->quiet, "No progress line");
  command->add_flag("--json", options->json, "As JSON");
  command->footer(
      "Examples:\n"
      "  coalis distinguish scenarios/twins/*.toml --candidate mixture=m.csv --candidate trait=t.csv\n"
      "Exit codes: 0 done, 1 a run failed, 2 the command line, a scenario or a parameter set is wrong, " +
      std::string(interruption_codes) + ".");
  command->callback([options, &status] { status = distinguish(*options); });
}

}  // namespace coalis::cli
