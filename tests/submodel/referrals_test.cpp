// Cases and referrals (model.md section 3, process 6). The draws of a need are inside the submodel: what each organisation meets
// is compared in distribution, at six standard errors (error rate 2e-9 a comparison), and exactly where nothing is left to
// chance.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "coalis/core/distributions.hpp"
#include "coalis/submodels/submodels.hpp"
#include "support/stage.hpp"

namespace coalis::test {
namespace {

double mean_cases(const World& w, int i) {
  const Parameters& p = w.plan.scenario.parameters;
  const double serving = static_cast<double>(std::count(w.serves_victims.begin(), w.serves_victims.begin() + w.n, 1));
  return w.policy->environment.cases_per_month / serving * std::min(1.0, p.identify_0 + p.identify_awareness * w.awareness[i]);
}

int cases_of(const World& w, int i) {
  return poisson(w.stream, {Purpose::cases, static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(w.month)},
                 static_cast<float>(mean_cases(w, i)));
}

bool identifies(const World& w, int i) { return w.serves_victims[i] && w.status[i] != withdrawn; }

// The strongest tie (first of equals) to a role: its slot, or -1.
int slot_to(const World& w, const Slots& slots, int role) {
  int best = -1;
  for (int slot = 0; slot < slots_max; ++slot)
    if (slots[slot].partner >= 0 && w.role[slots[slot].partner] == role &&
        (best < 0 || slots[slot].strength > slots[best].strength))
      best = slot;
  return best;
}

// Probability that a need of the organisation for a role is met.
double chance(const World& w, int i, int role) {
  const Parameters& p = w.plan.scenario.parameters;
  const Slots slots = slots_of(w, i);
  const int slot = slot_to(w, slots, role);
  const double met =
      slot >= 0 ? p.referral_0 + p.referral_tie * slots[slot].strength : p.referral_0 + p.outside_referral * w.outside[i];
  return met + (1 - met) * .5 * w.policy->levers.referral_tracking * (slot >= 0 ? 1 : .5);
}

double mean_chance(const World& w, int i) {
  double sum = 0;
  for (int role = 0; role < 3; ++role)
    if (role != w.role[i]) sum += chance(w, i, role) / 2;
  return sum;
}

Scenario busy() {
  Scenario s = stage_scenario();
  s.environment.cases_per_month = 8000;
  s.parameters.needs = 5;
  s.parameters.tie_gain = 0;  // ties do not move
  return s;
}

TEST(Referrals, NeedsAreMetAsTiesRolesAndTrackingSay) {
  double met = 0, needs = 0;
  for (unsigned state = 1; state <= 4; ++state) {
    Stage stage(busy(), 3);
    vary(stage.w, state);
    const World before = stage.w;
    refer_cases(stage.w);
    double met_now = 0, needs_now = 0;
    for (int i = 0; i < before.n; ++i) {
      if (!identifies(before, i)) {
        EXPECT_EQ(stage.w.needs_met[i], 0);
        continue;
      }
      const double n = 5.0 * cases_of(before, i), p = mean_chance(before, i);
      EXPECT_NEAR(stage.w.needs_met[i], n * p, 6 * std::sqrt(n * p * (1 - p)) + .5) << "organisation " << i;
      needs_now += n;
      met_now += stage.w.needs_met[i];
    }
    EXPECT_NEAR(stage.w.service, met_now / needs_now, 1e-6);  // the first month with needs sets S
    met += met_now;
    needs += needs_now;
  }
  EXPECT_GT(needs, 20'000);
  EXPECT_GT(met, 4'000);
}

// Each of the other roles is asked for alike.
TEST(Referrals, RolesAreDrawnUniformlyFromTheOthers) {
  Scenario s = busy();
  s.parameters.referral_0 = 0;
  s.parameters.referral_tie = 1;
  s.parameters.outside_referral = 0;
  s.levers.referral_tracking = 0;
  for (int role = 0; role < 3; ++role) {
    Stage stage(s, 3);
    World& w = stage.w;
    vary(w);
    for (int i = 0; i < w.n; ++i) {
      for (int slot = 0; slot < slots_max; ++slot) set_slot(w, i, slot, -1, 0);
      set_slot(w, i, 2, static_cast<int>(std::find(w.role.begin(), w.role.end(), role) - w.role.begin()), 1);
    }
    refer_cases(w);
    double met = 0, needs = 0;
    for (int i = 0; i < w.n; ++i) {
      if (!identifies(w, i)) continue;
      const double asked = 5.0 * cases_of(w, i);
      if (w.role[i] == role) {
        EXPECT_EQ(w.needs_met[i], 0);
        continue;
      }
      needs += asked;
      met += w.needs_met[i];
    }
    EXPECT_NEAR(met, needs / 2, 6 * std::sqrt(needs / 4)) << "role " << role;
  }
}

// P += (1-P)*0.5*T over a tie, half of that without one.
TEST(Referrals, TrackingHelpsLessWithoutATie) {
  Scenario s = busy();
  s.parameters.referral_0 = .2;
  s.parameters.referral_tie = s.parameters.outside_referral = 0;
  s.levers.referral_tracking = .8;
  for (const bool tied : {false, true}) {
    Stage stage(s, 3);
    World& w = stage.w;
    vary(w);
    for (int i = 0; i < w.n; ++i)
      for (int slot = 0; slot < slots_max; ++slot) {
        const auto partner = std::find(w.role.begin(), w.role.end(), slot);
        if (tied && slot < 3)
          set_slot(w, i, slot, static_cast<int>(partner - w.role.begin()), .5f);
        else
          set_slot(w, i, slot, -1, 0);
      }
    refer_cases(w);
    double met = 0, needs = 0;
    for (int i = 0; i < w.n; ++i)
      if (identifies(w, i)) {
        met += w.needs_met[i];
        needs += 5.0 * cases_of(w, i);
      }
    const double p = .2 + .8 * .5 * .8 * (tied ? 1 : .5);
    EXPECT_NEAR(met, needs * p, 5 * std::sqrt(needs * p * (1 - p))) << (tied ? "tied" : "without ties");  // error rate 6e-7
  }
}

TEST(Referrals, TheShareIdentifiedStopsAtAll) {
  Scenario s = busy();
  s.parameters.identify_awareness = 10;
  Stage stage(s, 3);
  vary(stage.w);
  const World before = stage.w;
  refer_cases(stage.w);
  double met = 0, mean = 0;
  for (int i = 0; i < before.n; ++i)
    if (identifies(before, i)) {
      met += stage.w.needs_met[i];
      mean += 5 * mean_cases(before, i) * mean_chance(before, i);
    }
  EXPECT_NEAR(met, mean, 6 * std::sqrt(25 * mean));
}

// All needs are met: the ties as they stood lead, and each need met strengthens its tie by tie_gain/2 afterwards.
TEST(Referrals, TiesStrengthenAfterwardsNeedByNeed) {
  Scenario s = stage_scenario();
  s.parameters.referral_0 = 1;
  s.parameters.referral_tie = s.parameters.outside_referral = 0;
  s.environment.cases_per_month = 300;
  Stage stage(s, 3);
  World& w = stage.w;
  vary(w);
  const World before = w;
  refer_cases(w);
  int strengthened = 0;
  for (int i = 0; i < w.n; ++i) {
    SCOPED_TRACE(i);
    const Slots old = slots_of(before, i), now = slots_of(w, i);
    const int needs = identifies(before, i) ? 2 * cases_of(before, i) : 0;
    EXPECT_EQ(w.needs_met[i], needs);
    double over_ties = 0;
    bool asked_without_tie = false;
    for (int role = 0; role < 3; ++role) {
      const int best = slot_to(before, old, role);
      asked_without_tie = asked_without_tie || (best < 0 && role != before.role[i]);
    }
    for (int slot = 0; slot < slots_max; ++slot) {
      EXPECT_EQ(now[slot].partner, old[slot].partner);
      const double steps =
          now[slot].strength < 1 - 1e-4 ? std::log((1 - now[slot].strength) / (1 - old[slot].strength)) / std::log(1 - .15) : 0;
      const bool leads = old[slot].partner >= 0 && before.role[old[slot].partner] != before.role[i] &&
                         slot_to(before, old, before.role[old[slot].partner]) == slot;
      if (!leads) {
        EXPECT_EQ(now[slot].strength, old[slot].strength);
      }
      EXPECT_NEAR(steps, std::round(steps), 2e-2);
      over_ties += now[slot].strength < 1 - 1e-4 ? std::round(steps) : needs;
      strengthened += steps > .5;
    }
    if (!asked_without_tie && over_ties < needs) ADD_FAILURE() << "needs were met over ties that did not strengthen";
    EXPECT_NEAR(w.tie_sum[i], strength_of(now), 1e-5);
  }
  EXPECT_GT(strengthened, 10);
}

TEST(Referrals, ServiceEffectivenessMovesFromTheSecondMonthWithNeeds) {
  Stage stage(busy(), 3);
  World& w = stage.w;
  vary(w);
  std::fill_n(w.status.begin(), w.n, withdrawn);
  refer_cases(w);
  EXPECT_FALSE(w.service_known);  // nobody identifies anything
  vary(w);
  refer_cases(w);
  ASSERT_TRUE(w.service_known);
  const float first = w.service;
  open_month(w, 4);
  vary(w, 9);
  const World before = w;
  refer_cases(w);
  double met = 0, needs = 0;
  for (int i = 0; i < w.n; ++i)
    if (identifies(before, i)) {
      met += w.needs_met[i];
      needs += 5 * cases_of(before, i);
    }
  EXPECT_NEAR(w.service, first + .1 * (met / needs - first), 1e-6);
}

TEST(Referrals, OneRoleOnlyHasNoNeedsAndNobodyServingNoCases) {
  Scenario s = busy();
  s.roles = {{"shelter", {1, 1, 1}, 0}};
  Stage one(s, 3);
  vary(one.w);
  refer_cases(one.w);
  EXPECT_FALSE(one.w.service_known);
  s = busy();
  s.parameters.direct_0 = -50;
  Stage none(s, 3);
  vary(none.w);
  refer_cases(none.w);
  EXPECT_FALSE(none.w.service_known);
  s = busy();
  s.parameters.needs = 0;
  Stage needless(s, 3);
  vary(needless.w);
  refer_cases(needless.w);
  EXPECT_FALSE(needless.w.service_known);
}

}  // namespace
}  // namespace coalis::test
