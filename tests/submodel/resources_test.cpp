// Resources (model.md section 3, process 1).
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <set>

#include "coalis/submodels/submodels.hpp"
#include "support/stage.hpp"

namespace coalis::test {
namespace {

std::uint32_t word(const World& w, Purpose purpose, int i) {
  return draw_word(w.stream, {purpose, static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(w.month)});
}

// Who wins a grant, by the text: restricted pot first, then the open pot among all that have not won.
std::set<int> winners(const World& w, int restricted, int open) {
  const double participation = w.plan.scenario.parameters.grant_participation;
  std::vector<int> order;
  for (int i = 0; i < w.n; ++i)
    if (w.status[i] != withdrawn) order.push_back(i);
  const auto score = [&](int i) { return participation * w.trace[i] - std::log(exponential_of(word(w, Purpose::grant, i))); };
  std::sort(order.begin(), order.end(), [&](int a, int b) { return score(a) > score(b); });
  std::set<int> won;
  for (const int i : order)
    if (w.serves_victims[i] && restricted > 0) {
      won.insert(i);
      --restricted;
    }
  for (const int i : order)
    if (open > 0 && won.insert(i).second) --open;
  return won;
}

void expect_grants(Stage& stage, int restricted, int open) {
  World& w = stage.w;
  const World before = w;
  const Parameters& p = w.plan.scenario.parameters;
  allocate_grants(w);
  const std::set<int> won = winners(before, restricted, open);
  for (int i = 0; i < w.n; ++i)
    EXPECT_FLOAT_EQ(w.grant_factor[i], before.status[i] == withdrawn ? before.grant_factor[i]
                                       : won.count(i)                ? static_cast<float>(1 + p.grant_gain)
                                                                     : static_cast<float>(1 - p.grant_loss))
        << "organisation " << i;
}

// 89 of 100 organisations have not withdrawn.
Stage after_withdrawals(double scarcity, double restricted, int month = 12) {
  Scenario s = stage_scenario();
  s.environment.scarcity = scarcity;
  s.environment.restricted = restricted;
  Stage stage(s, month);
  vary(stage.w);
  int left = 11;
  for (int i = 0; i < stage.w.n; ++i) {
    if (stage.w.status[i] == withdrawn) stage.w.status[i] = nonmember;
    if (i % 9 == 4 && left-- > 0) stage.w.status[i] = withdrawn;
  }
  return stage;
}

TEST(Resources, GrantsGoToTheBestOfBothPots) {
  Stage stage = after_withdrawals(.7, .4);  // floor(.3*89 + .5) = 27 grants, floor(.4*27 + .5) = 11 of them restricted
  expect_grants(stage, 11, 16);
}

TEST(Resources, HalfAGrantIsAGrant) {
  Stage stage = after_withdrawals(.5, .5, 24);  // 44.5 and 22.5, rounded up
  expect_grants(stage, 23, 22);
}

TEST(Resources, RoundsAsInDecimals) {
  Scenario s = stage_scenario();
  s.organisations.members = {115, 0, 0};
  s.environment = {.6, .9, 0, 40};
  Stage stage(s, 12);  // (1-.9)*115 is 11.5, and just below in binary
  expect_grants(stage, 0, 12);
}

TEST(Resources, MoneyLeftInTheRestrictedPotIsLost) {
  Stage stage = after_withdrawals(.1, .9);
  World& w = stage.w;
  std::erase_if(w.serving, [&](int i) { return w.status[i] == withdrawn; });
  ASSERT_GT(w.serving.size(), 7u);
  for (std::size_t k = 7; k < w.serving.size(); ++k) w.serves_victims[w.serving[k]] = 0;
  w.serving.resize(7);
  const World before = w;
  expect_grants(stage, 72, 8);  // 80 grants, 72 restricted of which 7 are given
  int won = 0;
  for (int i = 0; i < w.n; ++i) won += before.status[i] != withdrawn && w.grant_factor[i] == 1.25f;
  EXPECT_EQ(won, 7 + 8);
}

TEST(Resources, NoScarcityGivesToAllAndFullScarcityToNone) {
  Stage all = after_withdrawals(0, 0);
  expect_grants(all, 0, 89);
  Stage none = after_withdrawals(1, .5);
  expect_grants(none, 0, 0);
}

TEST(Resources, GrantRoundsAreInMonths12And24) {
  for (const int month : {0, 1, 11, 12, 13, 24, 30, 36}) {
    Stage stage(stage_scenario(), month);
    allocate_grants(stage.w);
    const bool changed =
        std::any_of(stage.w.grant_factor.begin(), stage.w.grant_factor.begin() + 100, [](float g) { return g != 1; });
    EXPECT_EQ(changed, month == 12 || month == 24 || month == 36) << "month " << month;
  }
}

TEST(Resources, HoursVaryAroundCapacityTimesGrantFactor) {
  Stage stage(stage_scenario(), 7);
  World& w = stage.w;
  vary(w);
  w.events_due = true;
  draw_resources(w);
  const double sigma = w.plan.scenario.parameters.resource_sigma;
  for (int i = 0; i < w.n; ++i) {
    // Neighbours share two words: one takes the cosine, the other the sine.
    const double radius = std::sqrt(2 * exponential_of(word(w, Purpose::resource, i & ~1)));
    const double turn = 2 * std::numbers::pi * share_of(word(w, Purpose::resource, i | 1));
    const double z = radius * (i % 2 == 0 ? std::cos(turn) : std::sin(turn));
    EXPECT_NEAR(w.resources[i], w.capacity[i] * w.grant_factor[i] * std::exp(sigma * z - sigma * sigma / 2), 1e-4)
        << "organisation " << i;
  }
}

TEST(Resources, WithoutVariationHoursAreTheCapacity) {
  Scenario s = stage_scenario();
  s.parameters.resource_sigma = 0;
  Stage stage(s, 3);
  vary(stage.w);
  stage.w.events_due = true;
  draw_resources(stage.w);
  for (int i = 0; i < stage.w.n; ++i) EXPECT_FLOAT_EQ(stage.w.resources[i], stage.w.capacity[i] * stage.w.grant_factor[i]);
}

}  // namespace
}  // namespace coalis::test
