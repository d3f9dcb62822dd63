// Convening (model.md section 3, process 4): the calendar, and whether a due event is held.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "coalis/submodels/submodels.hpp"
#include "support/stage.hpp"

namespace coalis::test {
namespace {

// One series alone on the stage.
Scenario one_series(double per_year, double phase, double regularity = 1) {
  Scenario s = stage_scenario();
  s.series.resize(1);
  s.series[0].per_year = per_year;
  s.series[0].phase = phase;
  s.series[0].regularity = regularity;
  return s;
}

// Events due in each month.
std::vector<int> calendar(Stage& stage, int months) {
  std::vector<int> due;
  for (int month = 0; month < months; ++month) {
    open_month(stage.w, month);
    plan_events(stage.w);
    due.push_back(stage.w.due[0]);
    EXPECT_EQ(stage.w.events_due, stage.w.due[0] > 0);
  }
  return due;
}
std::vector<int> calendar(const Scenario& s, int months) {
  Stage stage(s);
  return calendar(stage, months);
}

TEST(Calendar, RegularSeriesKeepTheirMonths) {
  EXPECT_EQ(calendar(one_series(12, 0), 4), (std::vector{1, 1, 1, 1}));
  EXPECT_EQ(calendar(one_series(4, 0), 9), (std::vector{0, 0, 1, 0, 0, 1, 0, 0, 1}));
  EXPECT_EQ(calendar(one_series(4, 2), 6), (std::vector{1, 0, 0, 1, 0, 0}));
  EXPECT_EQ(calendar(one_series(1, 8), 17), (std::vector{0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0}));
  EXPECT_EQ(calendar(one_series(30, 0), 4), (std::vector{2, 3, 2, 3}));
  EXPECT_EQ(calendar(one_series(0, 5), 3), (std::vector{0, 0, 0}));
}

TEST(Calendar, RoundingDoesNotLoseAnEvent) {
  // Sums of 1/12, 5/12, 7/12 ... are never exact; after whole years there were as many events as planned.
  for (const double per_year : {1, 5, 7, 10, 11}) {
    const auto due = calendar(one_series(per_year, 0), 48);
    for (int year = 1; year <= 4; ++year)
      EXPECT_EQ(std::accumulate(due.begin(), due.begin() + 12 * year, 0), per_year * year)
          << per_year << " a year, year " << year;
  }
}

TEST(Calendar, PhaseIsSetInTheFirstMonthThatTheSeriesRuns) {
  Scenario s = one_series(4, 1);
  s.series[0].from = 5;
  s.series[0].until = 12;
  EXPECT_EQ(calendar(s, 16), (std::vector{0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0}));
}

// The hub serves nobody in months 4 to 6: the accumulator stands still, and the phase is not set again.
TEST(Calendar, StandsStillWhileTheHubServesNobody) {
  Scenario s = one_series(4, 1);
  s.interventions.push_back(change<Hub>(stage::West, "serves", std::vector<int>{}, 4, 7));
  EXPECT_EQ(calendar(s, 13), (std::vector{0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0}));
}

TEST(Calendar, IrregularSeriesAddExponentialTime) {
  Stage stage(one_series(18, 3, .25));
  double sum = 3.0 * 18 / 12;
  for (int month = 0; month < 48; ++month) {
    open_month(stage.w, month);
    plan_events(stage.w);
    const double x =
        exponential_of(draw(stage.w.stream, {Purpose::calendar, hash_name("all meet"), static_cast<std::uint32_t>(month)}).w[0]);
    const double next = sum + 18.0 / 12 * (.25 + .75 * x);
    EXPECT_NEAR(stage.w.accumulator[0], next, 1e-4) << "month " << month;
    EXPECT_EQ(stage.w.due[0], std::floor(next + 1e-9) - std::floor(sum + 1e-9)) << "month " << month;
    sum = next;
  }
}

// Events held of many due, each draw on its own; the chance they should have had.
void expect_held(Stage& stage, int series, double chance) {
  World& w = stage.w;
  const Series& calling = w.policy->series[series];
  const std::uint32_t hub = hash_name(w.policy->hubs[calling.hub].name),
                      kind = hash_name(w.plan.scenario.kinds[calling.kind].name);
  int held = 0;
  const int held_before = w.events_held[calling.kind];
  const double cost_before = w.cost_in[w.month];
  for (std::uint32_t nth = 0; nth < 40; ++nth) {
    const double lot = share_of(draw(w.stream, {Purpose::hold, hub, static_cast<std::uint32_t>(w.month), nth, kind}).w[0]);
    const bool is_held = hold_event(w, series);
    if (std::abs(lot - chance) > tie_of_draw) {
      EXPECT_EQ(is_held, lot < chance) << "event " << nth << " of " << calling.name << ", chance " << chance;
    }
    held += is_held;
  }
  EXPECT_EQ(w.events_held[calling.kind] - held_before, held);
  EXPECT_NEAR(w.cost_in[w.month] - cost_before, held * w.plan.scenario.kinds[calling.kind].event_cost, 1e-6);
}

TEST(Holding, DependsOnTheVisibilityOfTheHub) {
  for (const float visibility : {0.0f, .1f, .3f, .45f, .5f, .9f}) {
    Stage stage(stage_scenario(), 3);
    stage.w.visibility[stage::East] = visibility;
    expect_held(stage, stage::east_meets, .15 + .85 * std::min(1.0, visibility / .5));
  }
}

TEST(Holding, AVacantHubHoldsTheFloor) {
  Stage stage(stage_scenario(), 3);
  stage.w.visibility[stage::East] = .4f;
  stage.w.vacancy[stage::East] = 1;
  expect_held(stage, stage::east_meets, .15);
}

TEST(Holding, MembersConveneByCommitmentAndSizeVacantOrNot) {
  for (const int vacancy : {0, 2})
    for (const float commitment : {0.0f, .3f, .6f, .9f}) {
      Stage stage(stage_scenario(), 3);
      World& w = stage.w;
      w.vacancy[stage::Circle] = vacancy;
      w.span[stage::Circle] = 16;
      w.span_commitment[stage::Circle] = commitment;
      w.visibility[stage::Circle] = .5f;
      expect_held(stage, stage::circle_trains, .15 + .85 * std::min(1.0, commitment / .6) / (1 + 16 / 20.0));
    }
}

TEST(Holding, SomeKindsAreAlwaysHeld) {
  Stage stage(stage_scenario(), 3);
  stage.w.visibility[stage::East] = 0;
  stage.w.vacancy[stage::East] = 2;
  for (int event = 0; event < 20; ++event) EXPECT_TRUE(hold_event(stage.w, stage::outreach_day));
  EXPECT_EQ(stage.w.events_held[stage::outreach], 20);
  EXPECT_EQ(stage.w.cost_in[3], 20 * 2000);
}

// Counted by hub and kind: two series of a hub and kind share one row of draws, another hub or kind has its own.
TEST(Holding, DrawsAreKeyedByTheHowManyThEventOfHubAndKind) {
  Stage stage(stage_scenario(), 3);
  World& w = stage.w;
  w.visibility[stage::West] = .2f;
  const double chance = .15 + .85 * .4;
  for (std::uint32_t nth = 0; nth < 30; ++nth) {
    hold_event(w, stage::east_meets);
    hold_event(w, stage::circle_trains);
    const double lot = share_of(draw(w.stream, {Purpose::hold, hash_name("West"), 3, nth, hash_name("meeting")}).w[0]);
    EXPECT_EQ(hold_event(w, nth % 2 ? stage::all_meet : stage::core_meets), lot < chance);
  }
}

}  // namespace
}  // namespace coalis::test
