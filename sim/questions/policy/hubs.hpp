// Other hubs than a scenario has: where they sit, whom they serve, who holds the meetings, how much staff they share.
#pragma once

#include <string>
#include <vector>

#include "coalis/model/scenario.hpp"

namespace coalis {

// Regions with a hub that serves any, at the start.
std::vector<bool> hubs_at(const Scenario& scenario);

// Regions for so many hubs, the seat of the hub that serves most organisations among them: those from which organisations travel
// least to the nearest hub, on average (the p-median; vertex substitution after Teitz and Bart, 1968).
std::vector<bool> hub_seats(const Scenario& scenario, std::size_t hubs);

// The scenario without the series that are not kept, and without interventions in them.
void keep_series(Scenario& scenario, const std::vector<bool>& kept);

// Meetings for all or for the organisations of a hub, not for the active core.
bool is_meeting(const Scenario& scenario, const Series& series);

// Full-time equivalents of all hubs at the start.
double staff_of(const Scenario& scenario);
// Of all hubs from a month on, by the same factor; alike of those that serve any if there was none.
void set_staff(Scenario& scenario, double staff, int from);

// The region, of the chosen ones, whose hub serves each region: the nearest by hours, the first of equal ones; -1 if none is
// chosen.
std::vector<int> seats_of(const Scenario& scenario, const std::vector<bool>& chosen);

// A series' name without that of its hub: "meetings" of "meetings, Chicago".
std::string stem_of(const Scenario& scenario, const Series& series);

// Hubs in the chosen regions, and nowhere else, from a month on; `staff` in all, shared alike. series: as they are to be from
// then on. Each hub holds the meetings that there were, with all that interventions say of how; what else is held goes on, for
// all where it was for the organisations of a hub that served all.
void place_hubs(Scenario& scenario, const std::vector<Series>& series, const std::vector<bool>& chosen, double staff, int from);

}  // namespace coalis
