#include "hubs.hpp"

#include <algorithm>
#include <numeric>
#include <set>

#include "changed_item.hpp"

namespace coalis {
namespace {

constexpr int hub_audience = static_cast<int>(Audience::hub), all_audience = static_cast<int>(Audience::all),
              core_audience = static_cast<int>(Audience::core);

double hours(const Scenario& s, std::size_t from, std::size_t to) { return s.travel[from * s.regions.size() + to]; }

int nearest_seat(const Scenario& s, const std::vector<bool>& chosen, std::size_t region) {
  int nearest = -1;
  for (std::size_t seat = 0; seat < chosen.size(); ++seat)
    if (chosen[seat] && (nearest < 0 || hours(s, region, seat) < hours(s, region, static_cast<std::size_t>(nearest))))
      nearest = static_cast<int>(seat);
  return nearest;
}

template <class Items>
std::string unused(const Items& items, std::string name) {
  const auto taken = [&] { return std::any_of(items.begin(), items.end(), [&](const auto& item) { return item.name == name; }); };
  while (taken()) name += " again";
  return name;
}

// The hub of each chosen region, else -1. Regions without one get one.
std::vector<int> hubs_of(Scenario& s, const std::vector<bool>& chosen) {
  std::vector<int> hub(chosen.size(), -1);
  for (std::size_t h = 0; h < s.hubs.size(); ++h) {
    const auto seat = static_cast<std::size_t>(s.hubs[h].seat);
    if (chosen[seat] && hub[seat] < 0) hub[seat] = static_cast<int>(h);
  }
  for (std::size_t region = 0; region < chosen.size(); ++region) {
    if (!chosen[region] || hub[region] >= 0) continue;
    hub[region] = static_cast<int>(s.hubs.size());
    s.hubs.push_back({unused(s.hubs, s.regions[region].name),
                      static_cast<int>(region),
                      {},
                      0,
                      s.hubs.front().authority,
                      s.hubs.front().convenor});
  }
  return hub;
}

// A series that each hub is to hold, and what interventions say of how.
struct Pattern {
  Series series;
  std::vector<Intervention> changes;
};

Pattern pattern_of(const Scenario& s, const std::vector<Series>& series, std::size_t at) {
  Pattern pattern{series[at], {}};
  for (const Intervention& i : s.interventions) {
    if (i.target != Target::series || i.element != static_cast<int>(at)) continue;
    const std::string_view key = fields<Series>()[static_cast<std::size_t>(i.field)].name;
    if (key == "per_year" || key == "hours" || key == "remote" || key == "regularity") pattern.changes.push_back(i);
  }
  return pattern;
}

// Meetings that each hub is to hold: those for all, and those of the first hub that has its own.
std::vector<Pattern> patterns(const Scenario& s, const std::vector<Series>& series) {
  std::vector<Pattern> found;
  int first = -1;
  for (std::size_t i = 0; i < series.size(); ++i) {
    const Series& one = series[i];
    if (!is_meeting(s, one)) continue;
    if (one.audience == hub_audience && first < 0) first = one.hub;
    if (one.audience != hub_audience || one.hub == first) found.push_back(pattern_of(s, series, i));
  }
  return found;
}

// The meetings so far end when the new ones begin.
void end_meetings(Scenario& s, int from) {
  std::vector<bool> kept;
  for (Series& series : s.series) {
    const bool ends = is_meeting(s, series);
    kept.push_back(!ends || series.from < from);
    if (ends) series.until = std::min(series.until, from);
  }
  keep_series(s, kept);
}

void hold_meetings(Scenario& s, const std::vector<Pattern>& wanted, const std::vector<int>& hubs, int from) {
  const bool several = hubs.size() > 1;
  for (const Pattern& pattern : wanted) {
    if (std::max(pattern.series.from, from) >= pattern.series.until) continue;
    const std::string stem = stem_of(s, pattern.series);
    for (const int hub : hubs) {
      Series series = pattern.series;
      series.name = several ? stem + ", " + s.hubs[static_cast<std::size_t>(hub)].name : stem;
      series.name = unused(s.series, series.name);
      series.hub = hub;
      series.audience = several ? hub_audience : all_audience;
      series.from = std::max(series.from, from);
      for (Intervention change : pattern.changes) {
        if (change.until <= series.from) continue;
        change.element = static_cast<int>(s.series.size());
        change.set =
            "series." + in_path(series.name) + "." + std::string(fields<Series>()[static_cast<std::size_t>(change.field)].name);
        s.interventions.push_back(std::move(change));
      }
      s.series.push_back(std::move(series));
    }
  }
}

// Hours of the way to the nearest hub, by the shares of organisations.
double way_to(const Scenario& s, const std::vector<bool>& chosen) {
  double sum = 0;
  for (std::size_t region = 0; region < chosen.size(); ++region)
    sum += s.regions[region].share * hours(s, region, static_cast<std::size_t>(nearest_seat(s, chosen, region)));
  return sum;
}

// The seat of the hub that serves most organisations, the first of equal ones; without hubs the largest region.
std::size_t main_seat(const Scenario& s) {
  std::size_t seat = 0;
  double most = -1;
  for (const Hub& hub : s.hubs) {
    double served = 0;
    for (const int region : hub.serves) served += s.regions[static_cast<std::size_t>(region)].share;
    if (served > most) most = served, seat = static_cast<std::size_t>(hub.seat);
  }
  for (std::size_t region = 0; s.hubs.empty() && region < s.regions.size(); ++region)
    if (s.regions[region].share > s.regions[seat].share) seat = region;
  return seat;
}

// Moves one seat, from `out` or none yet, to where the way becomes shortest; false if it is nowhere shorter than `way`.
bool move_seat(const Scenario& s, std::vector<bool>& chosen, std::size_t out, double& way) {
  std::size_t best = chosen.size();
  if (out < chosen.size()) chosen[out] = false;
  for (std::size_t in = 0; in < chosen.size(); ++in) {
    if (chosen[in] || in == out) continue;
    chosen[in] = true;
    if (const double now = way_to(s, chosen); now < way) way = now, best = in;
    chosen[in] = false;
  }
  if (best == chosen.size() && out < chosen.size()) chosen[out] = true;
  if (best < chosen.size()) chosen[best] = true;
  return best < chosen.size();
}

// [hub] whether its organisations are all that any hub serves.
std::vector<bool> those_of_all(const Scenario& s) {
  std::set<int> served;
  for (const Hub& hub : s.hubs) served.insert(hub.serves.begin(), hub.serves.end());
  std::vector<bool> all;
  for (const Hub& hub : s.hubs) all.push_back(std::set<int>(hub.serves.begin(), hub.serves.end()) == served);
  return all;
}

}  // namespace

void keep_series(Scenario& s, const std::vector<bool>& kept) {
  std::vector<int> place(s.series.size(), -1);
  std::vector<Series> left;
  for (std::size_t i = 0; i < kept.size(); ++i) {
    if (!kept[i]) continue;
    place[i] = static_cast<int>(left.size());
    left.push_back(std::move(s.series[i]));
  }
  s.series = std::move(left);
  std::erase_if(s.interventions, [&](Intervention& i) {
    if (i.target != Target::series) return false;
    i.element = place[static_cast<std::size_t>(i.element)];
    return i.element < 0;
  });
}

std::vector<bool> hub_seats(const Scenario& s, std::size_t hubs) {
  constexpr double nowhere = 1e300;
  const std::size_t regions = s.regions.size(), kept = main_seat(s);
  std::vector<bool> chosen(regions);
  chosen[kept] = true;
  double way = way_to(s, chosen);
  for (std::size_t seats = 1; seats < std::min(hubs, regions); ++seats) {
    way = nowhere;
    move_seat(s, chosen, regions, way);
  }
  for (bool moved = true; moved;) {
    moved = false;
    for (std::size_t out = 0; out < regions; ++out)
      if (chosen[out] && out != kept) moved = move_seat(s, chosen, out, way) || moved;
  }
  return chosen;
}

bool is_meeting(const Scenario& s, const Series& series) {
  return s.kinds[static_cast<std::size_t>(series.kind)].name == "meeting" && series.audience != core_audience;
}

double staff_of(const Scenario& s) {
  return std::accumulate(s.hubs.begin(), s.hubs.end(), 0.0, [](double sum, const Hub& hub) { return sum + hub.fte; });
}

void set_staff(Scenario& s, double staff, int from) {
  const double now = staff_of(s);
  const auto counted_if = [&](auto is) { return static_cast<double>(std::count_if(s.hubs.begin(), s.hubs.end(), is)); };
  const double with = counted_if([](const Hub& hub) { return hub.fte > 0; });
  const double serving = counted_if([](const Hub& hub) { return !hub.serves.empty(); });
  for (std::size_t h = 0; h < s.hubs.size(); ++h) {
    const double fte = s.hubs[h].fte;
    const double alike = serving > 0 ? double(!s.hubs[h].serves.empty()) / serving : 1 / static_cast<double>(s.hubs.size());
    const double share = now > 0 ? (with == 1 ? double(fte > 0) : fte / now) : alike;
    hub_item(s, static_cast<int>(h)).set("fte", staff * share, from);
  }
}

std::vector<bool> hubs_at(const Scenario& scenario) {
  std::vector<bool> at(scenario.regions.size());
  for (const Hub& hub : scenario.hubs)
    if (!hub.serves.empty()) at[static_cast<std::size_t>(hub.seat)] = true;
  return at;
}

std::vector<int> seats_of(const Scenario& scenario, const std::vector<bool>& chosen) {
  std::vector<int> seats;
  for (std::size_t region = 0; region < chosen.size(); ++region) seats.push_back(nearest_seat(scenario, chosen, region));
  return seats;
}

std::string stem_of(const Scenario& scenario, const Series& series) {
  const std::string end = ", " + scenario.hubs[static_cast<std::size_t>(series.hub)].name;
  return series.name.size() > end.size() && series.name.ends_with(end) ? series.name.substr(0, series.name.size() - end.size())
                                                                       : series.name;
}

void place_hubs(Scenario& s, const std::vector<Series>& series, const std::vector<bool>& chosen, double staff, int from) {
  const std::vector<Pattern> wanted = patterns(s, series);
  const std::vector<bool> of_all = those_of_all(s);
  const std::vector<int> hub = hubs_of(s, chosen);
  std::vector<std::vector<int>> serves(s.hubs.size());
  const std::vector<int> seats = seats_of(s, chosen);
  for (std::size_t region = 0; region < seats.size(); ++region)
    if (seats[region] >= 0)
      serves[static_cast<std::size_t>(hub[static_cast<std::size_t>(seats[region])])].push_back(static_cast<int>(region));
  std::vector<int> staffed;
  for (const int one : hub)
    if (one >= 0) staffed.push_back(one);
  for (std::size_t h = 0; h < s.hubs.size(); ++h) {
    const bool has_staff = std::find(staffed.begin(), staffed.end(), static_cast<int>(h)) != staffed.end();
    hub_item(s, static_cast<int>(h)).set("fte", has_staff ? staff / static_cast<double>(staffed.size()) : 0.0, from);
    hub_item(s, static_cast<int>(h)).set("serves", serves[h], from);
  }
  end_meetings(s, from);
  for (std::size_t i = 0; i < s.series.size(); ++i) {
    const auto of = static_cast<std::size_t>(s.series[i].hub);
    const int seat = seats[static_cast<std::size_t>(s.hubs[of].seat)];
    const bool still_runs = !is_meeting(s, s.series[i]) && seat >= 0;
    if (still_runs && serves[of].empty())
      series_item(s, static_cast<int>(i)).set("hub", hub[static_cast<std::size_t>(seat)], from);
    if (still_runs && s.series[i].audience == hub_audience && of_all[of])
      series_item(s, static_cast<int>(i)).set("audience", all_audience, from);
  }
  hold_meetings(s, wanted, staffed, from);
}

}  // namespace coalis
