// Worlds of 10^4 to 10^6 organisations with the mechanisms, roles and calendar of the Illinois baseline.
#pragma once

#include <algorithm>
#include <cmath>
#include <string>

#include "coalis/model/scenario.hpp"

namespace coalis::bench {

enum class Calendars { regional, central };

// One region for 500 organisations up to 60 regions, then larger regions; regions are of one size and lie on a square grid, half
// an hour a step. Regional: every region has a hub that holds the baseline's calendar for its own. Central: the hub of the first
// region holds it for all, the other hubs are there. Staff and cases are in proportion. Twelve months.
inline Scenario large_world(const Scenario& illinois, int organisations, Calendars calendars) {
  Scenario s = illinois;
  const int regions = std::clamp(organisations / 500, 1, max_regions);
  const double scale = static_cast<double>(organisations) / illinois.organisations.count();
  s.name = std::to_string(organisations) + " organisations";
  s.calendar.months = 12;
  s.interventions.clear();
  s.survey.month = s.calendar.months - 1;
  s.environment.cases_per_month *= scale;
  const int public_ones = organisations * 17 / 115, for_profits = organisations * 2 / 115;
  s.organisations.members = {organisations - public_ones - for_profits, public_ones, for_profits};

  s.regions.clear();
  s.hubs.clear();
  s.series.clear();
  s.travel.clear();
  const int side = static_cast<int>(std::ceil(std::sqrt(regions)));
  for (int region = 0; region < regions; ++region) {
    const std::string name = "region " + std::to_string(region + 1);
    s.regions.push_back({name, 1.0 / regions});
    Hub hub = illinois.hubs.front();
    hub.name = name;
    hub.seat = region;
    hub.serves = {region};
    hub.fte *= scale / regions;
    s.hubs.push_back(hub);
    for (int other = 0; other < regions; ++other)
      s.travel.push_back(0.5 * (1 + std::abs(region / side - other / side) + std::abs(region % side - other % side)));
    if (calendars == Calendars::central && region > 0) continue;
    for (Series series : illinois.series) {
      series.name += " of " + name;
      series.hub = region;
      series.audience = static_cast<int>(calendars == Calendars::central ? Audience::all : Audience::hub);
      series.until = std::min(series.until, s.calendar.months);
      if (series.from < series.until) s.series.push_back(series);
    }
  }
  return s;
}

}  // namespace coalis::bench
