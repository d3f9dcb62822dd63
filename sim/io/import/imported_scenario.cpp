// The scenario that the tables tell: what they say is taken, what they do not say is an assumption with its sentence.
#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <optional>
#include <set>

#include "coalis/core/counted.hpp"
#include "coalis/core/month_text.hpp"
#include "coalis/core/names.hpp"
#include "coalis/io/import/import_files.hpp"
#include "event_rhythm.hpp"
#include "io/scenario/value_text.hpp"
#include "member_tables.hpp"

namespace coalis {
namespace {

constexpr std::size_t most_regions = 12, most_roles = 8;
constexpr std::array<const char*, 3> sectors{"nonprofit", "public", "for_profit"};

struct KindText {
  const char *name, *events, *text;
};
constexpr KindText kind_texts[]{
    {"meeting", "meetings", "base = 0.66\nalways_held = true\nnetworking = 1.0\nawareness_gain = 0.08\nyield = 1.0\n"},
    {"training", "trainings",
     "base = -0.84\nalways_held = true\nnetworking = 0.5\nawareness_gain = 0.30\nyield = 0.5\nbridging = 0.3\n"},
    {"outreach", "outreach days", "base = 0.66\nalways_held = true\nnetworking = 0.5\nawareness_gain = 0.05\nyield = 1.5\n"}};

// `whole` parts in these proportions, the largest remainders first.
std::vector<int> apportioned(const std::vector<int>& counts, int whole) {
  const long total = std::accumulate(counts.begin(), counts.end(), 0L);
  std::vector<int> parts(counts.size(), 0);
  std::vector<std::size_t> order(counts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  int left = whole;
  for (std::size_t i = 0; i < counts.size() && total > 0; ++i)
    left -= parts[i] = static_cast<int>(static_cast<long>(counts[i]) * whole / total);
  if (total == 0) return parts;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return static_cast<long>(counts[a]) * whole % total > static_cast<long>(counts[b]) * whole % total;
  });
  for (std::size_t k = 0; left > 0; ++k, --left) ++parts[order[k % order.size()]];
  return parts;
}

// Shares that add up to 1.
std::vector<std::string> shares(const std::vector<int>& counts) {
  std::vector<std::string> texts;
  for (const int part : apportioned(counts, 10000)) texts.push_back(fmt::format("{:.4f}", part / 10000.0));
  return texts;
}

// The commonest categories, by their names, so that a member more puts none elsewhere; the same but for letter case is one. What
// is beyond `most`, or has fewer than `least`, is `other`, at the end.
class Categories {
 public:
  void add(const std::string& name) { ++counts_[name_key(name)], names_.emplace(name_key(name), name); }
  void close(std::size_t most, int least, const std::string& other) {
    std::vector<std::pair<int, std::string>> order;
    for (const auto& [key, count] : counts_) order.emplace_back(-count, key);
    std::sort(order.begin(), order.end());
    std::set<std::string> kept;
    for (const auto& [count, key] : order)
      if (kept.size() < most && -count >= least) kept.insert(key);
    std::optional<std::size_t> others;  // one that is called so already is it
    for (const std::string& key : kept) {
      if (key == name_key(other)) others = shown.size();
      place_[key] = shown.size(), shown.push_back(names_[key]);
    }
    if (kept.size() == counts_.size()) return;
    if (!others) others = shown.size(), shown.push_back(other);
    for (const auto& [key, count] : counts_) place_.emplace(key, *others);
  }
  std::size_t place(const std::string& name) const { return place_.at(name_key(name)); }
  std::vector<std::string> shown;

 private:
  std::map<std::string, int> counts_;
  std::map<std::string, std::string> names_;
  std::map<std::string, std::size_t> place_;
};

class Writing {
 public:
  explicit Writing(const Imported& imported) : imported_(imported) {
    const auto members = imported_members(imported);
    const ImportedCalendar calendar = imported_calendar(imported);
    start_ = calendar.start, length_ = calendar.months;
    if (std::none_of(imported.organisations.begin(), imported.organisations.end(), [](const auto& o) { return o.listed; }))
      assume("There is no list of members: every organisation that was seen is taken for a member.");
    if (!calendar.seen) assume(fmt::format("No event has a date: the calendar is {} and the 23 months after it.", start_));
    members_ = imported_in_months(imported);
    const std::size_t late = members.size() - members_.size();
    std::size_t gone = 0;
    for (const ImportedOrganisation& organisation : imported.organisations) {
      if (std::find(members.begin(), members.end(), &organisation) != members.end()) continue;
      organisation.left.empty() ? ++guests_ : ++gone;
    }
    if (gone > 0) assume(fmt::format("{} left before the first month and {} not counted.", counted(gone, "member"), are(gone)));
    if (late > 0) assume(fmt::format("{} joined after the last month and {} left out.", counted(late, "member"), are(late)));
    say_what_lies_outside();
    for (std::string& sentence : io::contradictions(imported)) assume(std::move(sentence));
  }

  ImportedScenario written(const std::string& title, const std::string& evidence) {
    std::string text = fmt::format(
        "# Made from tables by coalis import. What the tables do not say is an assumption and marked so; check.html lists all.\n"
        "#   coalis check FILE    says what is wrong\n#   coalis run FILE      runs it\n"
        "format = \"scenario\"\nversion = 2\nname = {}\n",
        io::toml_string(title));
    if (!evidence.empty()) text += fmt::format("evidence = {}\n", io::toml_string(evidence));
    text += fmt::format("\n[calendar]\nstart = \"{}\"\nmonths = {}\n", start_, length_);
    const std::string before = std::move(text);
    const std::string organisations = this->organisations();
    std::string after;
    for (const auto part : {&Writing::regions, &Writing::roles, &Writing::hub, &Writing::events}) after += (this->*part)();
    const io::MemberTables tables = io::member_tables(imported_, members_, start_, region_of_, role_of_, assumed_);
    const auto named = [](const char* key, const char* file, const std::string& table) {
      return table.empty() ? "" : fmt::format("{} = \"{}\"\n", key, file);
    };
    return {before + "\n[organisations]\n" + named("file", members_name, tables.members) + named("ties", ties_name, tables.ties) +
                organisations + after,
            before + "\n[organisations]\n" + tables.rows + organisations + after,
            tables.members,
            tables.ties,
            std::move(assumed_),
            regions_.size() > 1 ? seat_ : ""};
  }

 private:
  void assume(std::string sentence) { assumed_.push_back(std::move(sentence)); }

  int month_of(const ImportedEvent& event) const { return month_number(event.day.substr(0, 7)) - month_number(start_); }

  // Events that no month of the scenario has, and months without events that are too many to be believed.
  void say_what_lies_outside() {
    constexpr int longest_pause = 24;
    std::size_t outside = 0;
    std::string before;
    for (const ImportedEvent& event : imported_.events) {
      if (const int month = month_of(event); month < 0 || month >= length_) {
        ++outside;
        continue;
      }
      const std::string month = event.day.substr(0, 7);
      if (!before.empty() && month_number(month) - month_number(before) > longest_pause)
        assume(fmt::format("Nothing is seen between {} and {}: look whether a year is mistyped.", before, month));
      before = month;
    }
    if (outside > 0)
      assume(fmt::format("{} before the first or after the last event of which it is known who came: left out.",
                         counted(outside, "event")));
  }

  std::string organisations() {
    std::vector<int> known(sectors.size(), 0);
    for (const auto* member : members_)
      for (std::size_t s = 0; s < sectors.size(); ++s) known[s] += member->sector == sectors[s];
    const int told = std::accumulate(known.begin(), known.end(), 0), all = static_cast<int>(members_.size());
    if (told < all)
      assume(told == 0 ? "No sector is told: all members are taken for nonprofit."
                       : fmt::format("The sector of {} is not told: they are shared out as the others are.",
                                     counted(all - told, "member")));
    int dated = 0, founding = 0, last = 1;
    for (const auto* member : members_) {
      if (member->joined.empty()) continue;
      const int month = month_number(member->joined) - month_number(start_);
      ++dated, founding += month <= 0, last = std::max(last, month);
    }
    if (dated < all)
      assume(dated == 0 ? "When members joined is not told: all are members from the first month on."
                        : fmt::format("When {} joined is not told: as the others did.", counted(all - dated, "member")));
    if (guests_ > 0)
      assume(fmt::format("{} {} on no list: taken for organisations that could be won.", counted(guests_, "organisation"),
                         are(guests_)));
    // Where a sector is told, the roster says how many there are of each.
    return (told > 0 ? "" : fmt::format("members = {{ nonprofit = {}, public = 0, for_profit = 0 }}\n", all)) +
           fmt::format("nonmembers = {}\nfounding_share = {:.4f}\nentry_window = {}\n", guests_,
                       dated == 0 ? 1.0 : static_cast<double>(founding) / dated, std::min(last, 1200));
  }

  std::string regions() {
    Categories all;
    int told = 0;
    for (const auto* member : members_)
      if (!member->region.empty()) all.add(member->region), ++told;
    all.close(most_regions, 1, "other regions");
    if (all.shown.empty()) {
      all.shown = {"the region"};
      assume("No region is told: there is one, with half an hour of travel.");
    } else if (told < static_cast<int>(members_.size())) {
      assume(fmt::format("The region of {} is not told: as the others are.",
                         counted(static_cast<int>(members_.size()) - told, "member")));
    }
    std::vector<int> counts(all.shown.size(), told == 0);
    for (const auto* member : members_)
      if (!member->region.empty()) ++counts[all.place(member->region)];
    regions_ = all.shown;
    choose_seat(counts);
    for (const auto* member : members_)
      if (!member->region.empty()) region_of_[member->region] = regions_[all.place(member->region)];
    std::string text;
    const auto share = shares(counts);
    for (std::size_t r = 0; r < regions_.size(); ++r)
      text += fmt::format("\n[[regions]]\nname = {}\nshare = {}\n", io::toml_string(regions_[r]), share[r]);
    text += "\n[travel]                            # assumed: hours one way\nhours = [\n";
    for (std::size_t r = 0; r < regions_.size(); ++r) {
      text += "  [";
      for (std::size_t other = 0; other < regions_.size(); ++other)
        text += fmt::format("{}{}", other > 0 ? ", " : "", r == other ? "0.5" : "1.5");
      text += "],\n";
    }
    if (regions_.size() > 1)
      assume("Travel takes half an hour within a region and an hour and a half between two: put your own hours there.");
    return text + "]\n";
  }

  // The seat of an earlier import, if that region is still there; else where most members are.
  void choose_seat(const std::vector<int>& counts) {
    seat_ = regions_[static_cast<std::size_t>(std::max_element(counts.begin(), counts.end()) - counts.begin())];
    for (const std::string& region : regions_)
      if (!imported_.answers.seat.empty() && name_key(region) == name_key(imported_.answers.seat)) seat_ = region;
  }

  std::string roles() {
    Categories all;
    for (const auto* member : members_)
      if (!member->role.empty()) all.add(member->role);
    all.close(most_roles, 2, "other");
    if (all.shown.empty()) all.shown = {"member"}, assume("What members do is not told: there is one role.");
    std::array<std::vector<int>, 3> counts;
    std::vector<int> together(all.shown.size(), 0);
    for (auto& sector : counts) sector.assign(all.shown.size(), 0);
    for (const auto* member : members_) {
      if (member->role.empty()) continue;
      const std::size_t place = all.place(member->role);
      role_of_[member->role] = all.shown[place];
      ++together[place];
      for (std::size_t s = 0; s < sectors.size(); ++s) counts[s][place] += member->sector == sectors[s];
    }
    if (std::accumulate(together.begin(), together.end(), 0) == 0) together.front() = 1;
    std::array<std::vector<std::string>, 3> share;
    for (std::size_t s = 0; s < sectors.size(); ++s)
      share[s] = shares(std::accumulate(counts[s].begin(), counts[s].end(), 0) > 0 ? counts[s] : together);
    std::string text;
    for (std::size_t r = 0; r < all.shown.size(); ++r)
      text += fmt::format("\n[[roles]]\nname = {}\nshare = {{ nonprofit = {}, public = {}, for_profit = {} }}\n",
                          io::toml_string(all.shown[r]), share[0][r], share[1][r], share[2][r]);
    return text;
  }

  std::string hub() {
    std::string serves;
    for (const std::string& region : regions_) serves += (serves.empty() ? "" : ", ") + io::toml_string(region);
    assume(fmt::format("One office in {} with half a post coordinates all regions.", seat_));
    return fmt::format(
        "\n[[hubs]]                            # assumed\nname = \"Office\"\nseat = {}\nserves = [{}]\nfte = 0.5\n",
        io::toml_string(seat_), serves);
  }

  // Of the events of a kind that the scenario's months have, ascending.
  std::vector<int> months_of(const std::string& kind) const {
    std::vector<int> months;
    for (const ImportedEvent& event : imported_.events)
      if (const int month = month_of(event); event.kind == kind && month >= 0 && month < length_) months.push_back(month);
    std::sort(months.begin(), months.end());
    return months;
  }

  std::string events() {
    std::string kinds, series;
    bool moved = false;
    for (const auto& [name, shown, text] : kind_texts) {
      const std::string kind = name;
      const std::vector<int> held = months_of(kind);
      if (held.empty() && kind != "meeting") continue;
      kinds += fmt::format("\n[kinds.{}]{}\n{}", kind,
                           "                      # figures of Illinois; that all are held is assumed", text);
      if (held.empty()) assume("No meeting is seen: four a year are assumed.");
      const io::Rhythm rhythm = held.empty() ? io::Rhythm{"4.0000", "0.00", {}} : io::rhythm_of(held, length_);
      moved = moved || rhythm.held != held;
      series += fmt::format(
          "\n[[series]]{}\nname = \"{}\"\nkind = \"{}\"\nhub = \"Office\"\naudience = \"all\"\nper_year = {}\nphase = {}\nhours "
          "= 2.0   "
          "        # assumed\n"
          "remote = 0.0          # assumed\n",
          held.empty() ? "" : fmt::format("                          # {} in {}", held.size(), counted(length_, "month")), shown,
          kind, rhythm.per_year, rhythm.phase);
    }
    if (moved)
      assume("A scenario holds events at equal distances: as many as the tables tell, as near to their months as that can be.");
    assume("Events last two hours, all are invited and nobody takes part from afar.");
    assume("Political support, grants and the number of cases are not in the tables: they are those of the template.");
    assume("How much events appeal and what they bring is as in Illinois until it is fitted to your own figures.");
    return kinds + series +
           "\n[environment]                         # assumed\nsupport = 0.6\nscarcity = 0.4\nrestricted = 0.5\ncases_per_month "
           "= 6\n";
  }

  const Imported& imported_;
  std::vector<const ImportedOrganisation*> members_;
  std::size_t guests_ = 0;
  std::string start_;
  int length_ = 24;
  std::map<std::string, std::string> region_of_, role_of_;  // as the scenario calls them, by what the tables say
  std::vector<std::string> regions_, assumed_;
  std::string seat_;
};

}  // namespace

ImportedScenario imported_scenario(const Imported& imported, const std::string& title, const std::string& evidence) {
  return Writing(imported).written(title, evidence);
}

}  // namespace coalis
