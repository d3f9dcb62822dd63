// Other hubs than a scenario has: where they sit, whom they serve, who holds the meetings.
#pragma once

#include <string>
#include <vector>

#include "coalis/model/scenario.hpp"

namespace coalis::page {

// Regions with a hub that serves any, at the start.
std::vector<bool> hubs_at(const Scenario& scenario);

// The region, of the chosen ones, whose hub serves each region: the nearest by hours, the first of equal ones; -1 if none is
// chosen.
std::vector<int> seats_of(const Scenario& scenario, const std::vector<bool>& chosen);

// A series' name without that of its hub: "meetings" of "meetings, Chicago".
std::string stem_of(const Scenario& scenario, const Series& series);

// Hubs in the chosen regions, and nowhere else, from a month on; `staff` in all, shared alike. series: as they are to be from
// then on.
void place_hubs(Scenario& scenario, const std::vector<Series>& series, const std::vector<bool>& chosen, double staff, int from);

}  // namespace coalis::page
