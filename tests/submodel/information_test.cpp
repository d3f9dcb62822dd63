// Information (model.md section 3, process 3).
#include <gtest/gtest.h>

#include <cmath>

#include "coalis/submodels/submodels.hpp"
#include "support/stage.hpp"

namespace coalis::test {
namespace {

// Informs and compares; returns how many were informed.
int expect_informs(Stage& stage) {
  World& w = stage.w;
  const World before = w;
  const Parameters& p = w.plan.scenario.parameters;
  inform(w);
  int informed = 0;
  for (int i = 0; i < w.n; ++i) {
    SCOPED_TRACE(i);
    const double rate = p.info_rate * w.policy->levers.information * (p.info_floor + (1 - p.info_floor) * exposure_of(before, i));
    const double chance = 1 - std::exp(-rate);
    const double lot =
        share_of(draw(w.stream, {Purpose::monthly, static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(w.month)}).w[0]);
    if (std::abs(lot - chance) > tie_of_draw) {
      EXPECT_EQ(w.informed[i], before.status[i] == enrolled && lot < chance);
    }
    EXPECT_NEAR(w.awareness[i], before.awareness[i] + (w.informed[i] ? p.info_gain * (1 - before.awareness[i]) : 0), 1e-6);
    informed += w.informed[i];
  }
  return informed;
}

TEST(Information, ReachesTheEnrolledByExposure) {
  int informed = 0;
  for (int month = 0; month < 20; ++month) {
    Stage stage(stage_scenario(), month);
    vary(stage.w, static_cast<unsigned>(month));
    informed += expect_informs(stage);
  }
  EXPECT_GT(informed, 200);
}

TEST(Information, WithoutBulletinsNobodyIsInformed) {
  Scenario s = stage_scenario();
  s.levers.information = 0;
  Stage stage(s);
  vary(stage.w);
  EXPECT_EQ(expect_informs(stage), 0);
}

TEST(Information, WithoutFloorOnlyTheExposedAreInformed) {
  Scenario s = stage_scenario();
  s.parameters.info_floor = 0;
  s.parameters.info_rate = 100;
  Stage stage(s);
  vary(stage.w);
  expect_informs(stage);
  for (int i = 0; i < stage.w.n; ++i)
    if (home_of(stage.w, i) < 0) {
      EXPECT_EQ(stage.w.informed[i], 0);
    }
}

}  // namespace
}  // namespace coalis::test
