// Costs of a coalition small enough to add up by hand (model.md section 8). Exact.
#include <gtest/gtest.h>

#include "coalis/io/scenario/scenario_file.hpp"
#include "verification/coalition.hpp"

namespace coalis::test {
namespace {

// Two years; the second hub serves nowhere from the start, so that its series never runs but its staff is paid.
constexpr const char* scenario_text = R"(
format = "scenario"
version = 1
name = "by hand"
calendar = { start = "2005-06", months = 24 }
organisations = { members = { nonprofit = 10, public = 0, for_profit = 0 } }
regions = [ { name = "Seat", share = 1.0 } ]
travel = { hours = [[0.5]] }
roles = [ { name = "health", share = { nonprofit = 1.0, public = 1.0, for_profit = 1.0 } } ]
levers = { information = 1, facilitation = 0.5, referral_tracking = 0.25, joint_grants = 1 }
environment = { support = 0.6, scarcity = 0.4, restricted = 0.5, cases_per_month = 10 }
structure = { engagement = "mixture", decision = "benefit_cost", influence = "degroot" }
parameters = { dormant_commitment = 0 }

[[hubs]]
name = "Hub"
seat = "Seat"
serves = ["Seat"]
fte = 0.4
[[hubs]]
name = "Idle"
seat = "Seat"
serves = []
fte = 0.1

[kinds.meeting]
base = 50
always_held = true
networking = 0
awareness_gain = 0
yield = 0
[kinds.outreach]
base = 50
always_held = true
networking = 0
awareness_gain = 0
yield = 0
[kinds.training]
base = 50
always_held = true
networking = 0
awareness_gain = 0
yield = 0

[[series]]
name = "meetings"
kind = "meeting"
hub = "Hub"
audience = "hub"
per_year = 6
hours = 2
remote = 0.5
until = "2006-12"
[[series]]
name = "trainings"
kind = "training"
hub = "Hub"
audience = "all"
per_year = 3
phase = 2
hours = 4
from = "2006-06"
[[series]]
name = "Outreach Day"
kind = "outreach"
hub = "Hub"
audience = "all"
per_year = 1
hours = 5
from = "2006-06"
until = "2006-12"
[[series]]
name = "never"
kind = "outreach"
hub = "Idle"
audience = "all"
per_year = 12
hours = 5

[[interventions]]
set = "hubs.Hub.fte"
value = 1.0
from = "2005-12"
until = "2006-12"
ramp = 6
[[interventions]]
set = "series.meetings.per_year"
value = 12
from = "2006-06"
[[interventions]]
set = "levers.information"
value = 0.5
from = "2006-06"
[[interventions]]
set = "levers.online_access"
value = 1.0
from = "2005-06"
ramp = 12
[[interventions]]
set = "levers.joint_grants"
value = 0
from = "2006-06"
[[interventions]]
set = "levers.recruitment"
value = 1.0
from = "2005-12"
until = "2006-06"
)";

// In months: .4 x 6, then .5 .6 .7 .8 .9, 1.0 x 7, back to .4 x 6: 15.3 FTE months. The idle hub: .1 x 24.
constexpr double staff = (15.3 + 2.4) / 12 * 75000;
// information 12 + 12/2 months; online access (1+2+...+12)/12 + 12; facilitation 24/2; tracking 24/4; joint grants 12;
// recruitment 6
constexpr double levers = (18 * 5000 + 18.5 * 8000 + 12 * 10000 + 6 * 20000 + 12 * 5000 + 6 * 5000) / 12.0;
// Meetings: 6 in the first year, 12/12 a month for six months. Trainings: 3 in the second year. Outreach: 1/12 a month for six
// months.
constexpr double planned_events = 12 * 300 + 3 * 1500 + 0.5 * 2000;
// Half an Outreach Day is none.
constexpr double held_events = 12 * 300 + 3 * 1500;

class ByHand : public testing::Test {
 protected:
  ByHand() : file(parse_scenario(scenario_text, "by hand")) {
    for (const Diagnostic& d : file.diagnostics)
      if (!d.warning) ADD_FAILURE() << to_string(d);
    record = run(file.scenario, 451);
  }
  ScenarioFile file;
  RunRecord record;
};

TEST_F(ByHand, PlannedCost) { EXPECT_NEAR(outcome(record, "planned_cost"), (staff + levers + planned_events) / 2, 1e-6); }

TEST_F(ByHand, CoordinationCost) { EXPECT_NEAR(outcome(record, "coordination_cost"), (staff + levers + held_events) / 2, 1e-6); }

TEST_F(ByHand, CoordinationCostIsTheSumOfItsMonths) {
  double sum = 0;
  for (const float month : trajectory(record, file.scenario, "coordination_cost")) sum += month;
  EXPECT_NEAR(sum, staff + levers + held_events, 0.05);
}

TEST_F(ByHand, EventsHeld) {
  EXPECT_EQ(outcome(record, "events_held.meeting"), 12);
  EXPECT_EQ(outcome(record, "events_held.training"), 3);
  EXPECT_EQ(outcome(record, "events_held.outreach"), 0);
}

// All ten attend everything: 12 meetings of 2 + 2 x .5 x .5 hours, 3 trainings of 4 + 2 x .5.
TEST_F(ByHand, MembersOwnCost) {
  EXPECT_NEAR(outcome(record, "hours_given"), (12 * 2.5 + 3 * 5) / 2, 1e-6);
  EXPECT_NEAR(outcome(record, "member_cost"), 10 * (12 * 2.5 + 3 * 5) * 35 / 2, 1e-4);
}

}  // namespace
}  // namespace coalis::test
