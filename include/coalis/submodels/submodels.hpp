// The catalogue of submodels, in the order of the schedule. Each is one file in sim/submodels/, described there.
#pragma once

#include "coalis/core/isa.hpp"
#include "coalis/model/world.hpp"

namespace coalis::inline COALIS_ISA {

void plan_events(World& w);        // what the calendar calls for this month
void allocate_grants(World& w);    // 1 Resources, months 12, 24, ...
void draw_resources(World& w);     // 1 Resources, every month in which an event is due
void lead(World& w);               // 2 Leadership
void inform(World& w);             // 3 Information
void hold_events(World& w);        // 4 Convening: which due events happen, into w.events
bool next_round(World& w);         // 4 Convening: events that happen side by side, into w.round; false: none is left
void attend_events(World& w);      // 4 Convening: who comes to the round's events, and what it does to them
void exchange_views(World& w);     // 4 Exchange among those who came
void settle_events(World& w);      // 4 Convening: what the events gave, summed in their order
void settle_strife(World& w);      // 4 Exchange, after the month's events
void collaborate(World& w);        // 5 Collaboration
void refer_cases(World& w);        // 6 Cases and referrals
void attain_goal(World& w);        // 7 Goal attainment
void appraise(World& w);           // 8 Appraisal
void update_membership(World& w);  // 9 Membership
void enter(World& w);              // entries and known exits, before process 1
void assign_homes(World& w);       // home hubs, in month 0 and when hubs begin or cease to serve

}  // namespace coalis::inline COALIS_ISA
