// coalis story RESULT --organisation ID --replicate R: one organisation's life in plain words.
#include "coalis/story/story.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "coalis/core/counted.hpp"
#include "coalis/core/diagnostic.hpp"
#include "coalis/ensemble/resources.hpp"
#include "coalis/model/roster.hpp"
#include "coalis/report/words/story_text.hpp"
#include "commands.hpp"
#include "numbers.hpp"
#include "print.hpp"
#include "scenario_input.hpp"
#include "terminal.hpp"

namespace coalis::cli {
namespace {

struct StoryArguments {
  ReplayOptions replay;
  std::string from, to, name;
  int organisation = 0;
  std::uint64_t seed = 1;
};

// The organisation that is meant, by its number or its name in a roster.
int organisation_of(const Scenario& scenario, const StoryArguments& options) {
  const Organisations& all = scenario.organisations;
  const int n = all.count();
  const auto wrong = [](const std::string& text) -> int { throw ReplayError(text, ReplayError::Of::question); };
  if (options.name.empty()) {
    if (0 <= options.organisation && options.organisation < n) return options.organisation;
    return wrong(fmt::format("--organisation {}: there {} {}, numbered 0 to {} ({} first)", options.organisation,
                             are(static_cast<std::size_t>(n)), counted(n, "organisation"), n - 1,
                             counted(all.member_count(), "member")));
  }
  if (all.roster.empty()) return wrong("--name: organisations have no names without a roster; give a number by --organisation");
  if (const int named = organisation_named(scenario, options.name); named >= 0) return named;
  std::vector<std::string> names;
  for (const Member& member : all.roster) names.push_back(member.name);
  const std::string near = nearest(options.name, names);
  return wrong(fmt::format("--name: there is no organisation '{}'; {}", options.name,
                           near.empty() ? "coalis explain FILE organisations.rows lists them" : "did you mean '" + near + "'?"));
}

int tell_story(const StoryArguments& options) try {
  const auto opened = replay_and_report(options.replay);
  if (!opened) return bad_input;
  const Replay& replay = *opened;
  const Scenario& scenario = replay.scenario;
  const int organisation = organisation_of(scenario, options);
  const int from = options.from.empty() ? 0 : month_named(scenario.calendar, "--from", options.from);
  const int to = options.to.empty() ? scenario.calendar.months - 1 : month_named(scenario.calendar, "--to", options.to);
  if (to < from) throw ReplayError("--to is before --from; swap them", ReplayError::Of::question);

  require_room(ensemble_needs({&scenario, 1}, Recording{}, 1, 1));
  const Life life = life_of(*make_plan(scenario), replay.seed, replay.replicate, organisation);
  if (replay.hash && *replay.hash != life.hash)
    throw ReplayError(fmt::format("{}: replicate {} could not be replayed: its hash is another one; see coalis verify",
                                  options.replay.file, options.replay.replicate),
                      ReplayError::Of::run);
  print_text(to_text({scenario, life, organisation, replay.replicate, replay.seed, replay.hash.has_value(), from, to}));
  return success;
} catch (const ReplayError& error) {
  return tell("coalis story", error);
}

}  // namespace

void add_story(CLI::App& program, int& status) {
  const auto options = std::make_shared<StoryArguments>();
  CLI::App* command = program.add_subcommand("story", "Tell one organisation's life in a replicate, month by month");
  command->add_option("RESULT", options->replay.file, "Result file of `coalis run`, or a scenario file (TOML)")->required();
  auto* number =
      add_whole(*command, "--organisation", options->organisation, from<int>(0), "Number of the organisation, from 0", false);
  auto* name = command->add_option("--name", options->name, "Its name, of a roster, instead")->excludes(number);
  add_whole(*command, "--replicate", options->replay.replicate, from<std::uint32_t>(0), "Number of the replicate");
  auto* seed = add_whole(*command, "--seed", options->seed, {}, "Seed, of a scenario file (default 1)", false);
  command->add_option("--from", options->from, "First month told, \"YYYY-MM\" or from 0");
  command->add_option("--to", options->to, "Last month told");
  command->add_option("--set", options->replay.set, "Change a value of a scenario file: path=value")->allow_extra_args(false);
  command->footer(
      "Examples:\n"
      "  coalis story illinois.h5 --organisation 7 --replicate 3\n"
      "  coalis story ours/ours.toml --name 'Legal Aid'\n"
      "  coalis story scenarios/illinois.toml --organisation 7 --seed 5 --from 2006-01 --to 2006-12\n"
      "Exit codes: 0 done, 1 the run was not reproduced, 2 the command line or the scenario is wrong, 3 the result cannot be "
      "read.");
  command->callback([options, number, name, seed, &status] {
    if (number->count() + name->count() == 0) throw CLI::RequiredError("--organisation or --name");
    if (seed->count() > 0) options->replay.seed = options->seed;
    status = tell_story(*options);
  });
}

}  // namespace coalis::cli
