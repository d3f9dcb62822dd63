// A changed scenario whose changes begin on the way.
#pragma once

#include "coalis/model/scenario.hpp"
#include "coalis/questions/asked.hpp"

namespace coalis {

// `after`, a changed `before`, made to begin in a month: until then runs have the bits of `before`. Values that can change on the
// way become interventions, before those of the scenarios; new series, hubs and interventions begin then, those that are gone end
// then. What cannot change on the way (parameters, regions, the calendar, ...) is a problem if it differs.
Asked<Scenario> beginning_in(const Scenario& before, const Scenario& after, int from);

// The first month in which something else is in force, however it is written: levers, environment, hubs, series, regions, roles;
// that after the last if there is none. A hub without staff that serves nobody is nothing. What a run is made of besides
// (members, parameters, ...) is not looked at, and calendars are those of one length. (alike_until() of model/shared_draws.hpp
// asks for more: the same bits.)
int same_in_force_until(const Scenario& a, const Scenario& b);
bool same_in_force(const Scenario& a, const Scenario& b);

}  // namespace coalis
