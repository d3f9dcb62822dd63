#include "coalis/report/words/story_text.hpp"

#include <fmt/format.h>

#include <vector>

#include "coalis/core/counted.hpp"
#include "coalis/core/month_text.hpp"
#include "coalis/model/roster.hpp"
#include "coalis/model/version.hpp"
#include "coalis/model/world.hpp"
#include "coalis/report/words/outcome_words.hpp"

namespace coalis {
namespace {

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
    const std::string name = organisation_name(scenario_, organisation);
    return fmt::format("{}: {}, {}, in {}{}. Mission alignment {:.2f}, capacity {:.1f} hours a month. {}.\n",
                       name.empty() ? fmt::format("Organisation {}", organisation) : name,
                       sector_names[static_cast<std::size_t>(life_.sector)], role(life_.role), region(life_.region),
                       life_.serves_victims ? ", serves victims" : "", life_.mission, life_.capacity, entry());
  }

  // What happened in a month, a sentence each; none if nothing did.
  std::vector<std::string> sentences(const LifeMonth& m) const {
    std::vector<std::string> list;
    const auto add = [&](std::string text) { list.push_back(std::move(text)); };
    if (m.grant != 0) add(m.grant > 0 ? "won a grant" : "won no grant");
    if (m.status_before == nonmember && m.status == enrolled && life_.entry != 0)  // else the first line says so
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
      const std::string name = organisation_name(scenario_, tie.partner);
      const std::string who =
          fmt::format("{} ({}, {})", name.empty() ? std::to_string(tie.partner) : name, role(tie.role), region(tie.region));
      (tie.after == 0 ? lost : tie.before == 0 ? made : kept).push_back(who);
    }
    if (!made.empty()) list.push_back("met and tied with " + joined(made));
    if (!kept.empty()) list.push_back("met again " + joined(kept));
    if (!lost.empty()) list.push_back("lost its tie to " + joined(lost));
  }

  const Scenario& scenario_;
  const Life& life_;
};

}  // namespace

std::string to_text(const Story& story) {
  const Teller teller(story.scenario, story.life);
  std::string told = fmt::format("{}\nReplicate {}, seed {}, model version {}{}.\n{}\n", story.scenario.name, story.replicate,
                                 story.seed, model_version, story.recorded ? "; the hash of the run is the recorded one" : "",
                                 teller.beginning(story.organisation));
  for (int month = story.from; month <= story.to; ++month) {
    const LifeMonth& m = story.life.months[static_cast<std::size_t>(month)];
    const std::string date = month_name(story.scenario.calendar.start, month);
    std::string text;
    for (const std::string& sentence : teller.sentences(m)) text += (text.empty() ? "" : "; ") + sentence;
    if (!text.empty()) told += fmt::format("{:<15} {}.\n", date, text);
    if (month % 12 == 11 || month == story.to) told += fmt::format("{:<15}   [{}]\n", date, Teller::standing(m));
  }
  return told + "\n" + teller.sum(story.from, story.to);
}

}  // namespace coalis
