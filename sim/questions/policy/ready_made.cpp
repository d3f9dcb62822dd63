// What each ready-made option is to a scenario: its name, read into what is meant, and the change.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "changed_item.hpp"
#include "coalis/core/counted.hpp"
#include "coalis/core/number_text.hpp"
#include "hubs.hpp"
#include "made.hpp"

namespace coalis {
namespace {

using What = Made::What;

constexpr double half_a_post = 0.5, full_time = 1, from_afar = 0.8;

double staff_in_force(const Policy& policy) {
  double sum = 0;
  for (const Hub& hub : policy.hubs) sum += hub.fte;
  return sum;
}

template <class Item>
std::optional<std::size_t> named(const std::vector<Item>& items, std::string_view name) {
  for (std::size_t i = 0; i < items.size(); ++i)
    if (items[i].name == name) return i;
  return std::nullopt;
}

std::optional<Made> lever_of(std::string_view name) {
  const auto rows = fields<Levers>();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::string words = words_of_lever(rows[i].name);
    if (name == words) return Made{What::lever, 1, false, true, i};
    if (name == "twice the bulletins" && rows[i].name == "information") return Made{What::lever, 2, false, true, i};
    if (name.size() <= words.size() + 1 || name.substr(0, words.size() + 1) != words + " ") continue;
    if (const auto amount = decimal_number(name.substr(words.size() + 1))) return Made{What::lever, *amount, false, false, i};
  }
  return std::nullopt;
}

std::optional<Made> counted_of(std::string_view name) {
  Made made{What::hubs};
  if (name.ends_with(Made::with_core)) made.core = true, name.remove_suffix(Made::with_core.size());
  const std::size_t blank = name.find(' ');
  if (blank == name.npos) return std::nullopt;
  const std::string_view unit = name.substr(blank + 1);
  const auto amount = decimal_number(name.substr(0, blank));
  if (name.substr(0, blank) == "staff" && !made.core)
    if (const auto staff = decimal_number(unit)) return Made{What::staff, *staff};
  if (!amount) return std::nullopt;
  made.amount = *amount;
  if (unit == "meetings a year" && !made.core) return made.what = What::meetings, made;
  return unit == "hubs" || unit == "hub" ? std::optional(made) : std::nullopt;
}

bool has_core(const Scenario& s, const Policy& policy) {
  return std::any_of(policy.series.begin(), policy.series.end(), [&](const Series& series) {
    return series.audience == static_cast<int>(Audience::core) && series.per_year > 0 && series.until == s.calendar.months;
  });
}

// The hub that serves most organisations, the first of equal ones.
int main_hub(const Scenario& s, const Policy& policy) {
  int main = 0;
  double most = -1;
  for (std::size_t h = 0; h < policy.hubs.size(); ++h) {
    double served = 0;
    for (const int region : policy.hubs[h].serves) served += s.regions[static_cast<std::size_t>(region)].share;
    if (served > most) most = served, main = static_cast<int>(h);
  }
  return main;
}

// Posts lead only where a coordinator convenes.
void let_coordinators_convene(Scenario& s, const Policy& policy) {
  constexpr int members = static_cast<int>(Convenor::members);
  if (std::all_of(policy.hubs.begin(), policy.hubs.end(), [](const Hub& hub) { return hub.convenor == members; }))
    for (std::size_t h = 0; h < s.hubs.size(); ++h)
      hub_item(s, static_cast<int>(h)).set("convenor", static_cast<int>(Convenor::coordinator), 0);
}

void raise_leader(Scenario& s, const Policy& policy) {
  const auto most =
      std::max_element(policy.hubs.begin(), policy.hubs.end(), [](const Hub& a, const Hub& b) { return a.fte < b.fte; });
  if (most->fte >= full_time && most->convenor == static_cast<int>(Convenor::coordinator)) return;
  const int hub = most->fte > 0 ? static_cast<int>(most - policy.hubs.begin()) : main_hub(s, policy);
  hub_item(s, hub).set("convenor", static_cast<int>(Convenor::coordinator), 0);
  hub_item(s, hub).set("fte", std::max(full_time, most->fte), 0);
}

// So many in all for the organisations of a hub: series that run side by side keep their proportion.
void set_meetings(Scenario& s, double per_year, bool at_least) {
  const auto side_by_side = [&](const Series& a, const Series& b) {
    const int hub = static_cast<int>(Audience::hub);
    return is_meeting(s, b) && a.from < b.until && b.from < a.until && a.audience == b.audience &&
           (a.audience != hub || a.hub == b.hub);
  };
  const std::vector<Series> was = s.series, now = last_policy(s).series;
  for (std::size_t i = 0; i < was.size(); ++i) {
    if (!is_meeting(s, was[i])) continue;
    double all = 0;
    int others = 0;
    for (std::size_t other = 0; other < was.size(); ++other)
      if (side_by_side(was[i], was[other])) all += now[other].per_year, ++others;
    if (at_least && all >= per_year) continue;
    series_item(s, static_cast<int>(i)).set("per_year", all > 0 ? now[i].per_year * (per_year / all) : per_year / others, 0);
  }
}

// Four times a year, as in scenarios/illinois-hubs-with-core.toml.
void add_core(Scenario& s) {
  const Policy policy = last_policy(s);
  if (has_core(s, policy)) return;
  const auto meeting = named(s.kinds, "meeting");
  const auto like = std::find_if(s.series.begin(), s.series.end(), [&](const Series& one) { return is_meeting(s, one); });
  if (!meeting || like == s.series.end() || policy.hubs.empty()) return;
  std::string name = "core group";
  while (named(s.series, name)) name += " again";
  Series core = *like;
  core.name = name, core.hub = main_hub(s, policy), core.audience = static_cast<int>(Audience::core);
  core.per_year = 4, core.phase = 6, core.remote = std::max(core.remote, 0.5), core.from = 0, core.until = s.calendar.months;
  s.series.push_back(std::move(core));
}

void place(Scenario& s, const Policy& policy, std::size_t hubs) {
  if (hubs == hubs_in_force(policy)) return;
  const std::vector<Series> series = s.series;
  place_hubs(s, series, hub_seats(s, hubs), staff_in_force(policy), 0);
}

void let_members_convene(Scenario& s, const Policy& policy) {
  for (std::size_t h = 0; h < s.hubs.size(); ++h) {
    if (policy.hubs[h].serves.empty()) continue;
    hub_item(s, static_cast<int>(h)).set("convenor", static_cast<int>(Convenor::members), 0);
    hub_item(s, static_cast<int>(h)).set("fte", 0.0, 0);
  }
}

void meet_from_afar(Scenario& s, const Policy& policy, double remote) {
  for (std::size_t i = 0; i < s.series.size(); ++i)
    if (is_meeting(s, s.series[i]) && policy.series[i].remote < remote)
      series_item(s, static_cast<int>(i)).set("remote", remote, 0);
}

// On top of what is done for all: as much effort again at one place. Where nothing is done, it is done there alone.
template <class Items, class ItemAt>
void recruit_at(Scenario& s, const Policy& policy, const Items& now, std::size_t index, ItemAt item) {
  constexpr double effort = 1, most_weight = 1000;
  const double all = policy.levers.recruitment;
  if (s.organisations.nonmembers == 0) return;
  levers_item(s).set("recruitment", all > 0 ? all : effort, 0);
  for (std::size_t i = 0; i < now.size(); ++i) {
    if (all > 0 && i != index) continue;
    const double weight = all > 0 ? std::min(now[i].recruitment + effort / all, most_weight) : i == index ? 1.0 : 0.0;
    item(s, static_cast<int>(i)).set("recruitment", weight, 0);
  }
}

void set_lever(Scenario& s, const Policy& policy, const Made& made) {
  const Field<Levers>& row = fields<Levers>()[made.index];
  if (row.name == "recruitment" && s.organisations.nonmembers == 0) return;
  const double now = policy.levers.*std::get<double Levers::*>(row.member);
  if (!(made.at_least && now >= made.amount)) levers_item(s).set(row.name, made.amount, 0);
}

}  // namespace

std::string words_of_lever(std::string_view key) {
  std::string words(key);
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

Policy last_policy(const Scenario& s) {
  const auto plan = make_plan(s);
  return plan->policy(plan->months() - 1);
}

bool has_meetings(const Scenario& s) {
  return std::any_of(s.series.begin(), s.series.end(), [&](const Series& series) { return is_meeting(s, series); });
}

std::size_t hubs_in_force(const Policy& policy) {
  return static_cast<std::size_t>(
      std::count_if(policy.hubs.begin(), policy.hubs.end(), [](const Hub& hub) { return !hub.serves.empty(); }));
}

std::optional<Made> made_of(const Scenario& s, std::string_view name) {
  if (name == "full-time leader") return Made{What::leader, full_time};
  if (name == "half a post more") return Made{What::half_post, half_a_post};
  if (name == "monthly meetings") return Made{What::meetings, Made::monthly, false, true};
  if (name == "common core") return Made{What::core};
  if (name == "members convene") return Made{What::members};
  if (name == "meetings from afar") return Made{What::afar, from_afar};
  if (name.starts_with(Made::of_place)) {
    const std::string_view of = name.substr(Made::of_place.size());
    if (const auto region = named(s.regions, of)) return Made{What::region, 1, false, false, *region};
    if (const auto role = named(s.roles, of)) return Made{What::role, 1, false, false, *role};
    return std::nullopt;
  }
  if (const auto lever = lever_of(name)) return lever;
  return counted_of(name);
}

std::string amount_problem(const Scenario& s, const Made& made) {
  const auto outside = [&](const Bounds& bounds, const std::string& what) {
    return within(bounds, made.amount) ? "" : fmt::format("{} takes {}", what, range_text(bounds));
  };
  switch (made.what) {
    case What::staff: return outside(find_row<Hub>("fte")->bounds, "staff");
    case What::meetings: return outside(find_row<Series>("per_year")->bounds, "meetings a year");
    case What::lever: return outside(fields<Levers>()[made.index].bounds, words_of_lever(fields<Levers>()[made.index].name));
    case What::hubs:
      if (made.amount < 1 || made.amount != std::floor(made.amount)) return "hubs are counted from 1";
      return made.amount > static_cast<double>(s.regions.size())
                 ? fmt::format("there {} {}, and at most one hub in each", are(s.regions.size()),
                               counted(s.regions.size(), "region"))
                 : "";
    default: return "";
  }
}

Scenario changed(Scenario s, const Made& made) {
  const Policy policy = last_policy(s);
  const bool staff = made.what == What::leader || made.what == What::half_post || made.what == What::staff;
  if ((staff || made.what == What::hubs) && s.hubs.empty()) return s;
  if (staff && made.what != What::leader) let_coordinators_convene(s, policy);
  switch (made.what) {
    case What::leader: raise_leader(s, policy); break;
    case What::half_post: set_staff(s, staff_in_force(policy) + made.amount, 0); break;
    case What::staff: set_staff(s, made.amount, 0); break;
    case What::meetings: set_meetings(s, made.amount, made.at_least); break;
    case What::hubs: place(s, policy, static_cast<std::size_t>(made.amount)); break;
    case What::core: break;
    case What::members: let_members_convene(s, policy); break;
    case What::afar: meet_from_afar(s, policy, made.amount); break;
    case What::lever: set_lever(s, policy, made); break;
    case What::region: recruit_at(s, policy, policy.regions, made.index, region_item); break;
    case What::role: recruit_at(s, policy, policy.roles, made.index, role_item); break;
  }
  if (made.core || made.what == What::core) add_core(s);
  return s;
}

}  // namespace coalis
