// coalis story RESULT --organisation ID --replicate R: one organisation's life in plain words.
#include "coalis/story/story.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "coalis/core/counted.hpp"
#include "coalis/engine/simulate.hpp"
#include "coalis/ensemble/resources.hpp"
#include "coalis/model/world.hpp"
#include "coalis/report/words/outcome_words.hpp"
#include "commands.hpp"
#include "numbers.hpp"
#include "print.hpp"
#include "replay.hpp"
#include "terminal.hpp"

namespace coalis::cli {
namespace {

struct Options {
  std::string file, from, to;
  std::vector<std::string> set;
  int organisation = 0;
  std::uint32_t replicate = 0;
  std::uint64_t seed = 1;
};

std::string count_of(int count, const std::string& kind) {
  if (kind == "meeting" || kind == "training") return counted(count, kind);
  if (kind == "outreach") return counted(count, "Outreach Day");
  return counted(count, "event") + " of kind " + kind;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) text += (i == 0 ? "" : i + 1 == parts.size() ? " and " : ", ") + parts[i];
  return text;
}

class Teller {
 public:
  Teller(const Scenario& scenario, const Life& life) : scenario_(scenario), life_(life) {}

  std::string beginning(int organisation) const {
    return fmt::format("Organisation {}: {}, {}, in {}{}. Mission alignment {:.2f}, capacity {:.1f} hours a month. {}.\n",
                       organisation, sector_names[static_cast<std::size_t>(life_.sector)], role(life_.role), region(life_.region),
                       life_.serves_victims ? ", serves victims" : "", life_.mission, life_.capacity, entry());
  }

  // What happened in a month, a sentence each; none if nothing did.
  std::vector<std::string> sentences(const LifeMonth& m) const {
    std::vector<std::string> list;
    const auto add = [&](std::string text) { list.push_back(std::move(text)); };
    if (m.grant != 0) add(m.grant > 0 ? "won a grant" : "won no grant");
    if (m.status_before == nonmember && m.status == enrolled)
      add(m.month == life_.entry ? "joined the coalition" : "was recruited into the coalition");
    events(m, list);
    if (m.disagreed) add("disagreed with others there");
    ties(m, list);
    if (m.needs_met > 0) add(fmt::format("saw {} of victims met", counted(m.needs_met, "need")));
    if (m.status_before != dormant && m.status == dormant) add("went dormant");
    if (m.status_before == dormant && m.status == enrolled) add("came back from dormancy");
    if (m.status_before != withdrawn && m.status == withdrawn) add("withdrew from the coalition");
    return list;
  }

  // The state at the end of a month.
  static std::string standing(const LifeMonth& m) {
    constexpr const char* names[] = {"not a member", "enrolled", "dormant", "withdrawn"};
    return fmt::format("{}; commitment {:.2f}, leadership as perceived {:.2f}, progress as perceived {:.2f}", names[m.status],
                       m.commitment, m.leadership, m.progress);
  }

  std::string sum(int from, int to) const {
    std::vector<std::string> parts;
    for (std::size_t kind = 0; kind < scenario_.kinds.size(); ++kind) {
      int invited = 0, attended = 0;
      for (int month = from; month <= to; ++month) {
        invited += life_.months[static_cast<std::size_t>(month)].invited[kind];
        attended += life_.months[static_cast<std::size_t>(month)].attended[kind];
      }
      if (invited > 0) parts.push_back(fmt::format("{} of {}", attended, count_of(invited, scenario_.kinds[kind].name)));
    }
    if (parts.empty()) return "It was invited to no event.\n";
    return "It attended " + joined(parts) + " to which it was invited.\n";
  }

 private:
  std::string role(std::int32_t i) const { return scenario_.roles[static_cast<std::size_t>(i)].name; }
  std::string region(std::int32_t i) const { return scenario_.regions[static_cast<std::size_t>(i)].name; }
  std::string entry() const {
    if (life_.entry < 0) return "Not a member at first";
    return life_.entry == 0 ? "A member from the start" : "To join in " + month_name(scenario_.calendar.start, life_.entry);
  }
  void events(const LifeMonth& m, std::vector<std::string>& list) const {
    std::vector<std::string> came, missed;
    for (std::size_t kind = 0; kind < scenario_.kinds.size(); ++kind) {
      const std::string& name = scenario_.kinds[kind].name;
      if (m.attended[kind] > 0) came.push_back(count_of(m.attended[kind], name));
      if (m.invited[kind] > m.attended[kind]) missed.push_back(count_of(m.invited[kind] - m.attended[kind], name));
    }
    if (!came.empty()) list.push_back(fmt::format("attended {} ({:.1f} hours, travel included)", joined(came), m.hours));
    if (!missed.empty())
      list.push_back("was invited to " + joined(missed) + (came.empty() ? " and did not come" : " more and did not come"));
  }
  void ties(const LifeMonth& m, std::vector<std::string>& list) const {
    std::vector<std::string> made, kept, lost;
    for (const TieChange& tie : m.ties) {
      const std::string who = fmt::format("{} ({}, {})", tie.partner, role(tie.role), region(tie.region));
      (tie.after == 0 ? lost : tie.before == 0 ? made : kept).push_back(who);
    }
    if (!made.empty()) list.push_back("met and tied with " + joined(made));
    if (!kept.empty()) list.push_back("met again " + joined(kept));
    if (!lost.empty()) list.push_back("lost its tie to " + joined(lost));
  }

  const Scenario& scenario_;
  const Life& life_;
};

int tell(const Options& options, std::optional<std::uint64_t> seed) {
  const Replay replay = open_replay(options.file, seed, options.replicate, options.set);
  const Scenario& scenario = replay.scenario;
  const int n = scenario.organisations.count();
  if (options.organisation < 0 || options.organisation >= n)
    throw ReplayError(fmt::format("--organisation {}: there {} {}, numbered 0 to {} ({} first)", options.organisation,
                                  are(static_cast<std::size_t>(n)), counted(n, "organisation"), n - 1,
                                  counted(scenario.organisations.member_count(), "member")),
                      bad_input);
  const int from = options.from.empty() ? 0 : month_named(scenario.calendar, "--from", options.from);
  const int to = options.to.empty() ? scenario.calendar.months - 1 : month_named(scenario.calendar, "--to", options.to);
  if (to < from) throw ReplayError("--to is before --from; swap them", bad_input);

  require_room(ensemble_needs({&scenario, 1}, Recording{}, 1, 1));
  const Life life = life_of(*make_plan(scenario), replay.seed, replay.replicate, options.organisation);
  if (replay.hash && *replay.hash != life.hash)
    throw ReplayError(fmt::format("{}: replicate {} could not be replayed: its hash is another one; see coalis verify",
                                  options.file, options.replicate),
                      failure);
  const Teller teller(scenario, life);
  std::string told = fmt::format("{}\nReplicate {}, seed {}, model version {}{}.\n{}\n", scenario.name, replay.replicate,
                                 replay.seed, model_version, replay.hash ? "; the hash of the run is the recorded one" : "",
                                 teller.beginning(options.organisation));
  for (int month = from; month <= to; ++month) {
    const LifeMonth& m = life.months[static_cast<std::size_t>(month)];
    const std::string date = month_name(scenario.calendar.start, month);
    std::string text;
    for (const std::string& sentence : teller.sentences(m)) text += (text.empty() ? "" : "; ") + sentence;
    if (!text.empty()) told += fmt::format("{:<15} {}.\n", date, text);
    if (month % 12 == 11 || month == to) told += fmt::format("{:<15}   [{}]\n", date, Teller::standing(m));
  }
  print_text(told + "\n" + teller.sum(from, to));
  return success;
}

}  // namespace

void add_story(CLI::App& program, int& status) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = program.add_subcommand("story", "Tell one organisation's life in a replicate, month by month");
  command->add_option("RESULT", options->file, "Result file of `coalis run`, or a scenario file (TOML)")->required();
  add_whole(*command, "--organisation", options->organisation, from<int>(0), "Number of the organisation, from 0", false)
      ->required();
  add_whole(*command, "--replicate", options->replicate, from<std::uint32_t>(0), "Number of the replicate");
  auto* seed = add_whole(*command, "--seed", options->seed, {}, "Seed, of a scenario file (default 1)", false);
  command->add_option("--from", options->from, "First month told, \"YYYY-MM\" or from 0");
  command->add_option("--to", options->to, "Last month told");
  command->add_option("--set", options->set, "Change a value of a scenario file: path=value")->allow_extra_args(false);
  command->footer(
      "Examples:\n"
      "  coalis story illinois.h5 --organisation 7 --replicate 3\n"
      "  coalis story scenarios/illinois.toml --organisation 7 --seed 5 --from 2006-01 --to 2006-12\n"
      "Exit codes: 0 done, 1 the run was not reproduced, 2 the command line or the scenario is wrong, 3 the result cannot be "
      "read.");
  command->callback([options, seed, &status] {
    try {
      status = tell(*options, seed->count() > 0 ? std::optional(options->seed) : std::nullopt);
    } catch (const ReplayError& error) {
      if (*error.what()) print_message("coalis story: {}\n", error.what());
      status = error.status;
    }
  });
}

}  // namespace coalis::cli
