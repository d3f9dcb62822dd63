// Goal attainment (model.md section 3, process 7).
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "coalis/submodels/submodels.hpp"
#include "support/stage.hpp"

namespace coalis::test {
namespace {

int hubs_at_work(const World& w) {
  int count = 0;
  for (const Hub& hub : w.policy->hubs)
    count += !hub.serves.empty() && (hub.fte > 0 || hub.convenor == static_cast<int>(Convenor::members));
  return count;
}

// W and Wx
std::pair<double, double> strengths(const World& w) {
  double all = 0, across = 0;
  for (int i = 0; i < w.n; ++i) {
    if (w.status[i] != enrolled) continue;
    for (const Slot& slot : slots_of(w, i)) {
      if (slot.partner < 0) continue;
      all += slot.strength;
      across += home_of(w, i) != home_of(w, slot.partner) ? slot.strength : 0;
    }
  }
  return {all, across};
}

double fragmentation(const World& w) {
  const double now = static_cast<double>(std::count(w.status.begin(), w.status.begin() + w.n, enrolled));
  double spread = now > 0 ? 1 : 0;
  for (const int span : w.span) spread -= now > 0 ? span / now * (span / now) : 0;
  const auto [all, across] = strengths(w);
  if (hubs_at_work(w) <= 1 || spread <= 1e-12) return 0;
  return w.plan.scenario.parameters.coherence_loss * std::max(0.0, 1 - (all > 0 ? across / all : 0) / spread);
}

double authority(const World& w) {
  double sum = 0, weight = 0;
  for (int h = 0; h < w.plan.hubs(); ++h) {
    const Hub& hub = w.policy->hubs[h];
    if (hub.serves.empty() || w.vacancy[h] > 0 || hub.convenor == static_cast<int>(Convenor::members)) continue;
    sum += hub.fte * hub.authority;
    weight += hub.fte;
  }
  return weight > 0 ? sum / weight : 0;
}

double attained(const World& w) {
  const Parameters& p = w.plan.scenario.parameters;
  int members = 0;
  for (int i = 0; i < w.n; ++i) members += is_member(w, i);
  double staff = 0;
  for (const float f : w.staff) staff += f;
  const double work = members == 0 ? 0
                                   : (w.effort / p.effort_ref + p.tie_effort * strengths(w).first) / members +
                                         p.staff_effort * (1 - std::exp(-staff * p.members_per_fte / members));
  return w.goal +
         p.goal_rate * (1 - std::exp(-work)) * (1 - w.strife * (1 - p.authority_gain * authority(w))) * (1 - fragmentation(w)) *
             w.policy->environment.support * (1 - w.goal) -
         p.goal_decay * w.goal;
}

void expect_attains(Stage& stage) {
  const double expected = attained(stage.w);
  attain_goal(stage.w);
  EXPECT_NEAR(stage.w.goal, expected, 1e-6);
}

// A world in the midst of a month.
Stage midst(const Scenario& s, unsigned state = 5) {
  Stage stage(s, 3);
  vary(stage.w, state);
  stage.w.goal = .1f + .15f * static_cast<float>(state % 5);
  stage.w.strife = .4f;
  stage.w.effort = 35;
  for (std::size_t h = 0; h < stage.w.staff.size(); ++h) stage.w.staff[h] = .05f * static_cast<float>(h + 1);
  return stage;
}

TEST(GoalAttainment, FollowsItsEquationInEveryState) {
  for (unsigned state = 1; state <= 6; ++state) {
    Stage stage = midst(stage_scenario(), state);
    EXPECT_GT(fragmentation(stage.w) + authority(stage.w), .05);
    expect_attains(stage);
  }
}

TEST(GoalAttainment, TiesWithinHubsFragment) {
  Scenario s = stage_scenario();
  s.parameters.coherence_loss = 1;
  Stage stage = midst(s);
  World& w = stage.w;
  for (int i = 0; i < w.n; ++i)
    for (int slot = 0; slot < slots_max; ++slot) {
      const int partner = slots_of(w, i)[slot].partner;
      if (partner >= 0 && home_of(w, i) != home_of(w, partner) && (i + slot) % 4 != 0) set_slot(w, i, slot, -1, 0);
    }
  recount(w);
  const double lost = fragmentation(w);
  EXPECT_GT(lost, .3);
  EXPECT_LT(lost, .95);
  expect_attains(stage);
}

// Spans are those that process 2 found; the enrolled those of now.
TEST(GoalAttainment, SpansAreTheMonthsEnrolledThoseOfNow) {
  Scenario s = stage_scenario();
  s.parameters.coherence_loss = 1;
  Stage stage = midst(s);
  stage.w.span = {20, 10, 2, 0};
  expect_attains(stage);
}

TEST(GoalAttainment, WithoutTiesAllIsFragmented) {
  Scenario s = stage_scenario();
  s.parameters.coherence_loss = 1;
  Stage stage = midst(s);
  for (int i = 0; i < stage.w.n; ++i)
    for (int slot = 0; slot < slots_max; ++slot) set_slot(stage.w, i, slot, -1, 0);
  recount(stage.w);
  expect_attains(stage);
  EXPECT_EQ(fragmentation(stage.w), 1);
}

TEST(GoalAttainment, OneHubAtWorkIsCoherent) {
  Scenario s = stage_scenario();
  s.parameters.coherence_loss = 1;
  s.hubs[stage::East].fte = 0;
  s.hubs[stage::Circle].serves = {};
  Stage stage = midst(s);
  EXPECT_EQ(fragmentation(stage.w), 0);
  expect_attains(stage);
}

// Vacant, members' and idle hubs have no authority; without a filled coordinator hub strife counts in full.
TEST(GoalAttainment, AuthorityIsTheMeanOfFilledCoordinators) {
  for (const auto& vacancy :
       {std::vector{0, 0, 0, 0}, std::vector{2, 0, 0, 0}, std::vector{0, 1, 0, 0}, std::vector{3, 1, 0, 0}}) {
    Stage stage = midst(stage_scenario());
    stage.w.vacancy = vacancy;
    expect_attains(stage);
  }
}

TEST(GoalAttainment, WithoutMembersOrEnrolledGoalsErode) {
  for (const Status status : {nonmember, withdrawn, dormant}) {
    Stage stage = midst(stage_scenario());
    std::fill_n(stage.w.status.begin(), stage.w.n, status);
    recount(stage.w);
    stage.w.effort = 0;
    const float before = stage.w.goal;
    const double expected = attained(stage.w);
    attain_goal(stage.w);
    EXPECT_NEAR(stage.w.goal, expected, 1e-6);
    if (status != dormant) {
      EXPECT_FLOAT_EQ(stage.w.goal, before * .98f);
    }
  }
}

}  // namespace
}  // namespace coalis::test
