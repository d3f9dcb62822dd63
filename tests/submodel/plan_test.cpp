// Policies by month (model.md section 4, interventions), home hubs (section 2), planned cost (section 8).
#include <gtest/gtest.h>

#include "coalis/engine/simulate.hpp"
#include "support/stage.hpp"

namespace coalis::test {
namespace {

Scenario with(std::vector<Intervention> interventions) {
  Scenario s = stage_scenario();
  s.interventions = std::move(interventions);
  return s;
}

double scarcity(const Plan& plan, int month) { return plan.policy(month).environment.scarcity; }
double fte(const Plan& plan, int month) { return plan.policy(month).hubs[stage::West].fte; }

TEST(Interventions, ActFromAMonthUntilAnEnd) {
  const auto plan = make_plan(with({change<Environment>(0, "scarcity", .9, 5, 9)}));
  for (int month = 0; month < 48; ++month) EXPECT_EQ(scarcity(*plan, month), 5 <= month && month < 9 ? .9 : .4) << month;
}

TEST(Interventions, WithoutAnEndLastToTheEndOfTheRun) {
  const auto plan = make_plan(with({change<Levers>(0, "information", 3.0, 47)}));
  EXPECT_EQ(plan->policy(46).levers.information, 1.2);
  EXPECT_EQ(plan->policy(47).levers.information, 3);
}

TEST(Interventions, RampToTheNewValueAndBackAtOnce) {
  const auto plan = make_plan(with({change<Hub>(stage::West, "fte", 2.0, 10, 17, 4)}));
  const double expected[] = {.8, 1.1, 1.4, 1.7, 2, 2, 2, 2, .8, .8};  // from month 9
  for (int month = 9; month < 19; ++month) EXPECT_NEAR(fte(*plan, month), expected[month - 9], 1e-12) << month;
}

TEST(Interventions, ARampMayBeCutShort) {
  const auto plan = make_plan(with({change<Hub>(stage::West, "fte", 1.8, 2, 4, 10)}));
  EXPECT_NEAR(fte(*plan, 2), .9, 1e-12);
  EXPECT_NEAR(fte(*plan, 3), 1.0, 1e-12);
  EXPECT_NEAR(fte(*plan, 4), .8, 1e-12);
}

// In the file's order, each on the result so far; at the end of one the value is what the others make it.
TEST(Interventions, ActOneAfterTheOther) {
  const auto plan =
      make_plan(with({change<Hub>(stage::West, "fte", 1.6, 3, 30, 4), change<Hub>(stage::West, "fte", 0.0, 4, 8, 2)}));
  EXPECT_NEAR(fte(*plan, 3), 1.0, 1e-12);
  EXPECT_NEAR(fte(*plan, 4), .6, 1e-12);  // half of 1.2
  EXPECT_NEAR(fte(*plan, 5), 0, 1e-12);
  EXPECT_NEAR(fte(*plan, 8), 1.6, 1e-12);
  EXPECT_NEAR(fte(*plan, 30), .8, 1e-12);
  const auto reversed =
      make_plan(with({change<Hub>(stage::West, "fte", 0.0, 4, 8, 2), change<Hub>(stage::West, "fte", 1.6, 3, 30, 4)}));
  EXPECT_NEAR(fte(*reversed, 4), .4 + (1.6 - .4) / 2, 1e-12);
}

TEST(Interventions, ReachEveryNumberOfEveryTable) {
  std::vector<Intervention> list;
  int n = 0;
  const auto add = [&]<class T>(T*, int element) {
    for (const auto& field : fields<T>())
      if (std::holds_alternative<double T::*>(field.member)) list.push_back(change<T>(element, field.name, ++n / 100.0, 2));
  };
  add(static_cast<Levers*>(nullptr), 0);
  add(static_cast<Environment*>(nullptr), 0);
  add(static_cast<Hub*>(nullptr), stage::East);
  add(static_cast<Series*>(nullptr), stage::core_meets);
  const auto plan = make_plan(with(list));
  const Policy& p = plan->policy(2);
  int seen = 0;
  const auto compare = [&]<class T>(const T& now) {
    for (const auto& field : fields<T>())
      if (const auto* member = std::get_if<double T::*>(&field.member)) {
        EXPECT_EQ(now.*(*member), ++seen / 100.0) << field.name;
      }
  };
  compare(p.levers);
  compare(p.environment);
  compare(p.hubs[1]);
  compare(p.series[2]);
  EXPECT_EQ(seen, n);
  EXPECT_GE(n, 17);
  EXPECT_EQ(p.hubs[0], stage_scenario().hubs[0]);
  EXPECT_EQ(p.series[1], stage_scenario().series[1]);
}

TEST(Interventions, NamesListsAndSwitchesActAtOnce) {
  const auto plan = make_plan(with({change<Hub>(stage::West, "seat", int{stage::east}, 3, 5, 12),
                                    change<Hub>(stage::Idle, "serves", std::vector<int>{stage::island}, 3, 5, 12),
                                    change<Hub>(stage::East, "convenor", static_cast<int>(Convenor::members), 3, 5, 12)}));
  for (const int month : {2, 3, 4, 5}) {
    const bool now = month == 3 || month == 4;
    EXPECT_EQ(plan->policy(month).hubs[stage::West].seat, now ? stage::east : stage::west);
    EXPECT_EQ(plan->policy(month).hubs[stage::Idle].serves.size(), now ? 1u : 0u);
    EXPECT_EQ(plan->policy(month).hubs[stage::East].convenor, now ? 1 : 0);
  }
}

TEST(HomeHubs, AreTheNearestThatServeTheRegion) {
  Scenario s = stage_scenario();
  s.hubs[stage::East].serves = {stage::west, stage::east, stage::south, stage::north};
  s.hubs[stage::Idle].serves = {stage::west};
  s.hubs[stage::Idle].seat = stage::south;
  const Stage stage(s);
  const auto& homes = stage.plan->policy(0).home_hubs;
  EXPECT_EQ(homes[stage::west], (std::vector{static_cast<int>(stage::West)}));
  EXPECT_EQ(homes[stage::south], (std::vector{static_cast<int>(stage::West)}));
  EXPECT_EQ(homes[stage::north], (std::vector{static_cast<int>(stage::Circle)}));
  EXPECT_EQ(homes[stage::east], (std::vector{static_cast<int>(stage::East)}));
  EXPECT_TRUE(homes[stage::island].empty());
  for (int i = 0; i < stage.w.n; ++i)
    EXPECT_EQ(stage.w.place[i] / 5, home_of(stage.w, i) < 0 ? stage.w.plan.hubs() : home_of(stage.w, i));
}

TEST(HomeHubs, AtEqualTravelShareByNumber) {
  Scenario s = stage_scenario();
  s.hubs[stage::Idle] = s.hubs[stage::West];
  s.hubs[stage::Idle].name = "Twin";
  s.hubs[stage::Circle].seat = stage::west;
  s.hubs[stage::Circle].serves = {stage::west};
  const Stage stage(s);
  for (int i = 0; i < stage.w.n; ++i) {
    const int region = stage.w.region[i], home = stage.w.place[i] / 5;
    if (region == stage::west) {
      EXPECT_EQ(home, (std::array{0, 2, 3})[static_cast<std::size_t>(i % 3)]);
    }
    if (region == stage::south) {
      EXPECT_EQ(home, (std::array{0, 3})[static_cast<std::size_t>(i % 2)]);
    }
  }
}

TEST(HomeHubs, AreAssignedAnewWhenHubsChange) {
  Stage stage(with({change<Hub>(stage::Idle, "serves", std::vector<int>{stage::island, stage::east}, 3, 5),
                    change<Hub>(stage::East, "seat", int{stage::island}, 7)}));
  for (int month = 0; month < 10; ++month) {
    open_month(stage.w, month);
    for (int i = 0; i < stage.w.n; ++i)
      EXPECT_EQ(stage.w.place[i] / 5, home_of(stage.w, i) < 0 ? 4 : home_of(stage.w, i)) << month;
    for (int i = 0; i < stage.w.n; ++i)
      if (stage.w.region[i] == stage::island) {
        EXPECT_EQ(home_of(stage.w, i), month == 3 || month == 4 ? stage::Idle : -1);
      }
  }
}

TEST(PlannedCost, AddsStaffLeversAndPlannedEventsMonthByMonth) {
  Scenario s = with({change<Hub>(stage::West, "fte", 1.8, 24), change<Hub>(stage::Circle, "serves", std::vector<int>{}, 12, 24)});
  s.series[stage::outreach_day].from = 12;
  s.series[stage::east_meets].until = 36;
  const double staff = (.8 + .3 + .1 + .5) * 75'000 + 75'000 / 2.0;  // the idle hub is paid too
  const double levers = 1.2 * 5'000 + .3 * 8'000 + .25 * 10'000 + 1.5 * 5'000 + .4 * 20'000 + .35 * 5'000;
  const double events = 12 * 300 + 12 * 300 * .75 + 12 * 300 + 2 * 2'000 * .75 + 6 * 1'500 * .75;
  EXPECT_NEAR(make_plan(s)->planned_cost, staff + levers + events, 1e-6);
}

// Recruitment costs what is done: the lever times the mean weight over the field.
TEST(PlannedCost, OfRecruitmentGoesByTheWeightsOfRegionsAndRoles) {
  Scenario s = stage_scenario();
  const double before = make_plan(s)->planned_cost;
  s.regions[stage::east].recruitment = 3;
  s.roles[1].recruitment = .5;
  s.interventions.push_back(change<Role>(0, "recruitment", 0.0, s.calendar.months / 2));
  double role_share[2];
  for (std::size_t role = 0; role < 2; ++role) {
    role_share[role] = 0;
    for (std::size_t sector = 0; sector < sectors; ++sector)
      role_share[role] += s.roles[role].share[sector] * s.organisations.members[sector] / s.organisations.member_count();
  }
  const double regions = 1 + 2 * s.regions[stage::east].share, roles = 1 - .5 * role_share[1] - .5 * role_share[0];
  EXPECT_NEAR(make_plan(s)->planned_cost - before, s.levers.recruitment * s.costs.recruitment * (regions * roles - 1), 1e-6);
}

}  // namespace
}  // namespace coalis::test
