#include "coalis/questions/policy/levers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "changed_item.hpp"
#include "coalis/core/counted.hpp"
#include "coalis/core/letter_case.hpp"
#include "coalis/core/month_text.hpp"
#include "coalis/model/plan.hpp"
#include "coalis/questions/policy/beginning.hpp"
#include "hubs.hpp"

namespace coalis {
namespace {

using LeverKind = Lever::What;

std::string spaced(std::string_view key) {
  std::string text(key);
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

// For coordinators, what a row says for those who write files.
constexpr std::array<std::array<std::string_view, 2>, 7> everyday{
    {{"remote", "Share of travel that is saved by attending from afar: 0 none, 1 all."},
     {"information", "Bulletins to those enrolled: 1 is as usual, 0 none, 2 twice as many."},
     {"online_access", "How well far organisations know of the hub: 0 the less the farther, 1 like near ones."},
     {"facilitation", "Help for contacts between those of different views, at events: 0 none, 1 all that is possible."},
     {"recruitment", "Effort to win organisations that are no members yet: 0 none."},
     {"referral_tracking", "Referrals are followed until the need is met: 0 none, 1 all."},
     {"joint_grants", "Grants are applied for together, so that rivals for money stay partners: 0 none, 1 all."}}};

std::string meaning_of(std::string_view row, std::string_view usual) {
  for (const auto& [name, meaning] : everyday)
    if (name == row) return std::string(meaning);
  return std::string(usual);
}

template <class T>
Lever amount(LeverKind what, std::vector<int> of, const Field<T>& row, std::string key, std::string words, double now,
             double times) {
  const Supported& s = row.supported;
  const double high = std::max(std::min(row.bounds.max, 2 * s.max * times), now);
  return {what,
          std::move(of),
          std::move(key),
          std::move(words),
          "",
          meaning_of(row.name, row.meaning),
          0,
          high,
          high > 12 ? 1 : 0.05,
          now,
          s.min,
          s.max * times,
          std::string(s.reason),
          {},
          s.source != Source::evidence};
}

void add_hubs(std::vector<Lever>& levers, const Scenario& s) {
  const auto at = hubs_at(s);
  if (at.size() < 2 || s.hubs.empty()) return;
  for (std::size_t r = 0; r < at.size(); ++r)
    levers.push_back({LeverKind::hub_at,
                      {static_cast<int>(r)},
                      "hub." + in_path(s.regions[r].name),
                      s.regions[r].name,
                      "",
                      fmt::format("{:.0f} % of the organisations{}", 100 * s.regions[r].share,
                                  r > 0 ? fmt::format("; {:.1f} h from {}", s.travel[r], s.regions.front().name) : ""),
                      0,
                      1,
                      1,
                      at[r] ? 1.0 : 0.0,
                      0,
                      0,
                      "",
                      {}});
}

// Series of one kind and one time are one lever: each hub's meetings.
std::vector<std::vector<int>> groups_of(const Scenario& s) {
  std::vector<std::vector<int>> groups;
  for (std::size_t i = 0; i < s.series.size(); ++i) {
    const Series& one = s.series[i];
    const auto same = [&](const std::vector<int>& group) {
      const Series& first = s.series[static_cast<std::size_t>(group.front())];
      return first.kind == one.kind && first.from == one.from && first.until == one.until && first.audience == one.audience &&
             first.per_year == one.per_year && stem_of(s, first) == stem_of(s, one);
    };
    const auto found = std::find_if(groups.begin(), groups.end(), same);
    (found == groups.end() ? groups.emplace_back() : *found).push_back(static_cast<int>(i));
  }
  return groups;
}

void add_events(std::vector<Lever>& levers, const Scenario& s) {
  for (const auto& group : groups_of(s)) {
    const Series& first = s.series[static_cast<std::size_t>(group.front())];
    const std::string stem = stem_of(s, first);
    Lever lever = amount(LeverKind::per_year, group, *find_row<Series>("per_year"), "series." + in_path(stem) + ".per_year",
                         capitalised(stem) + (group.size() > 1 ? ", each hub" : ""), first.per_year, 1);
    lever.unit = "a year";
    // The evidence is of meetings.
    if (s.kinds[static_cast<std::size_t>(first.kind)].name != "meeting")
      lever.reason = "as often as meetings; no figure on these", lever.assumed = true;
    levers.push_back(std::move(lever));
  }
}

void add_remote(std::vector<Lever>& levers, const Scenario& s) {
  for (std::size_t kind = 0; kind < s.kinds.size(); ++kind) {
    std::vector<int> of;
    for (std::size_t i = 0; i < s.series.size(); ++i)
      if (s.series[i].kind == static_cast<int>(kind)) of.push_back(static_cast<int>(i));
    if (of.empty()) continue;
    const Series& first = s.series[static_cast<std::size_t>(of.front())];
    const std::string stem = stem_of(s, first);
    const bool one =
        std::all_of(of.begin(), of.end(), [&](int i) { return stem_of(s, s.series[static_cast<std::size_t>(i)]) == stem; });
    levers.push_back(amount(LeverKind::remote, std::move(of), *find_row<Series>("remote"),
                            "remote." + in_path(s.kinds[kind].name), "From afar: " + (one ? stem : plural(s.kinds[kind].name)),
                            first.remote, 1));
  }
}

void add_levers(std::vector<Lever>& levers, const Scenario& s) {
  const auto rows = fields<Levers>();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].name == "recruitment" && s.organisations.nonmembers == 0) continue;  // nobody is left to be won
    levers.push_back(amount(LeverKind::lever, {static_cast<int>(i)}, rows[i], "levers." + std::string(rows[i].name),
                            capitalised(spaced(rows[i].name)), s.levers.*std::get<double Levers::*>(rows[i].member), 1));
  }
}

// The values of all levers but of hubs, staff and the month.
void set_amounts(Scenario& s, std::span<const Lever> levers, std::span<const double> values, int from) {
  for (std::size_t i = 0; i < levers.size(); ++i) {
    const Lever& lever = levers[i];
    if (values[i] == lever.now) continue;
    if (lever.what == LeverKind::lever)
      levers_item(s).set(fields<Levers>()[static_cast<std::size_t>(lever.of.front())].name, values[i], from);
    if (lever.what != LeverKind::per_year && lever.what != LeverKind::remote) continue;
    for (const int series : lever.of)
      series_item(s, series).set(lever.what == LeverKind::remote ? "remote" : "per_year", values[i], from);
  }
}

// Numbers as they are but for rounding, which differs by the way on which they were reached.
void round_off(double& value) {
  constexpr double parts = 1e9;
  value = std::round(value * parts) / parts;
}
Scenario rounded_off(Scenario s) {
  for (Hub& hub : s.hubs) round_off(hub.fte);
  for (Series& series : s.series) round_off(series.per_year), round_off(series.remote);
  for (const Field<Levers>& row : fields<Levers>()) round_off(s.levers.*std::get<double Levers::*>(row.member));
  for (Intervention& i : s.interventions)
    if (auto* value = std::get_if<double>(&i.value)) round_off(*value);
  return s;
}

// The series of a changed scenario that a lever's series has become, by number; -1 if there is none.
int become(const Scenario& before, const Series& series, const Scenario& after, int from) {
  const std::string stem = stem_of(before, series);
  for (std::size_t i = 0; i < after.series.size(); ++i) {
    const Series& one = after.series[i];
    const bool of_it = one.kind == series.kind && one.until == series.until && stem_of(after, one) == stem;
    if (of_it && (one.from == series.from || one.from == std::max(series.from, from))) return static_cast<int>(i);
  }
  return -1;
}

// What a lever is at in a changed scenario, as far as it can be read off.
double value_in(const Scenario& before, const Lever& lever, const Scenario& after, int from) {
  const auto plan = make_plan(after);
  const auto in_month = [&](int month) -> const Policy& { return plan->policy(std::clamp(month, 0, plan->months() - 1)); };
  const Policy& last = in_month(plan->months() - 1);
  double value = lever.now;
  if (lever.what == LeverKind::staff) {
    value = 0;
    for (const Hub& hub : last.hubs) value += hub.fte;
  } else if (lever.what == LeverKind::hub_at) {
    value = 0;
    for (const Hub& hub : last.hubs)
      if (hub.seat == lever.of.front() && !hub.serves.empty()) value = 1;
  } else if (lever.what == LeverKind::lever) {
    value = last.levers.*std::get<double Levers::*>(fields<Levers>()[static_cast<std::size_t>(lever.of.front())].member);
  } else if (lever.what == LeverKind::from) {
    value = from;
  } else {
    const Series& series = before.series[static_cast<std::size_t>(lever.of.front())];
    const int now = become(before, series, after, from);
    if (now < 0) return lever.now;
    const Series& then = in_month(series.until - 1).series[static_cast<std::size_t>(now)];
    value = lever.what == LeverKind::remote ? then.remote : then.per_year;
  }
  if (std::abs(value - lever.now) < 1e-9) return lever.now;
  round_off(value);
  return value;
}

}  // namespace

std::vector<Lever> levers_of(const Scenario& s) {
  std::vector<Lever> levers;
  if (!s.hubs.empty()) {
    levers.push_back(amount(LeverKind::staff, {}, *find_row<Hub>("fte"), "staff", "Paid coordination", staff_of(s),
                            static_cast<double>(std::max<std::size_t>(1, s.hubs.size()))));
    levers.back().unit = "FTE", levers.back().high = std::max(levers.back().high, 3.0), levers.back().step = 0.05;
    levers.back().meaning = "Full-time equivalents, all hubs together.";
  }
  add_hubs(levers, s);
  add_events(levers, s);
  add_remote(levers, s);
  add_levers(levers, s);
  Lever from{LeverKind::from,
             {},
             "from",
             "In force from",
             "",
             "The first month of what is changed.",
             0,
             double(s.calendar.months - 1),
             1,
             0,
             0,
             0,
             "",
             {}};
  for (int month = 0; month < s.calendar.months; ++month) from.names.push_back(month_name(s.calendar.start, month));
  levers.push_back(std::move(from));
  return levers;
}

double clamped(const Lever& lever, double value) {
  if (std::isnan(value)) return lever.now;
  const double within = std::clamp(value, lever.low, lever.high);
  return lever.what == LeverKind::hub_at || lever.what == LeverKind::from ? std::round(within) : within;
}

Scenario moved(const Scenario& scenario, std::span<const Lever> levers, std::span<const double> values) {
  Scenario s = scenario;
  int from = 0;
  double staff = staff_of(scenario);
  const auto now = hubs_at(scenario);
  auto chosen = now;
  bool staff_moved = false;
  for (std::size_t i = 0; i < levers.size(); ++i) {
    const Lever& lever = levers[i];
    if (lever.what == LeverKind::from) from = static_cast<int>(values[i]);
    if (lever.what == LeverKind::hub_at) chosen[static_cast<std::size_t>(lever.of.front())] = values[i] != 0;
    if (lever.what == LeverKind::staff) staff = values[i], staff_moved = values[i] != lever.now;
  }
  set_amounts(s, levers, values, from);
  if (chosen == now) {
    if (staff_moved) set_staff(s, staff, from);
    return s;
  }
  Scenario at_once = scenario;
  set_amounts(at_once, levers, values, 0);
  place_hubs(s, at_once.series, chosen, staff, from);
  return s;
}

std::optional<std::vector<double>> lever_values(const Scenario& scenario, std::span<const Lever> levers, const Scenario& changed,
                                                int from) {
  std::vector<double> values;
  for (const Lever& lever : levers) {
    const double value = value_in(scenario, lever, changed, from);
    if (clamped(lever, value) != value) return std::nullopt;
    values.push_back(value);
  }
  if (!same_in_force(rounded_off(moved(scenario, levers, values)), rounded_off(changed))) return std::nullopt;
  return values;
}

std::string name_of(const Scenario& scenario, std::span<const Lever> levers, std::span<const double> values) {
  constexpr std::size_t most = 2;
  std::vector<std::string> changes;
  std::string hubs, from;
  bool hubs_moved = false;
  for (std::size_t i = 0; i < levers.size(); ++i) {
    const Lever& lever = levers[i];
    const bool changed = values[i] != lever.now;
    if (lever.what == LeverKind::hub_at) {
      hubs_moved = hubs_moved || changed;
      if (values[i] != 0) hubs += (hubs.empty() ? "" : ", ") + lever.words;
    } else if (lever.what == LeverKind::from) {
      if (changed) from = " from " + lever.names[static_cast<std::size_t>(values[i])];
    } else if (changed) {
      changes.push_back(fmt::format("{} {}{}{}", lever.words, number_text(values[i]), lever.unit.empty() ? "" : " ", lever.unit));
    }
  }
  if (hubs_moved) changes.insert(changes.begin(), hubs.empty() ? "no hub" : "hubs in " + hubs);
  if (changes.empty()) return scenario.name;
  std::string text;
  for (std::size_t i = 0; i < std::min(most, changes.size()); ++i) text += (i > 0 ? "; " : "") + changes[i];
  if (changes.size() > most) text += fmt::format("; {} more", changes.size() - most);
  return text + from;
}

}  // namespace coalis
