// Appraisal (model.md section 3, process 8).
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "coalis/submodels/submodels.hpp"
#include "support/stage.hpp"

namespace coalis::test {
namespace {

struct Mind {
  double leadership, progress, awareness, load, conflict, commitment, trace;
  int idle;
};

Mind mind_of(const World& w, int i) {
  return {w.leadership[i], w.progress[i], w.awareness[i], w.load[i], w.conflict[i], w.commitment[i], w.trace[i], w.idle[i]};
}

double target(const World& w, int i, const Mind& mind) {
  const Parameters& p = w.plan.scenario.parameters;
  const double ties = strength_of(slots_of(w, i)), burden = mind.load / (static_cast<double>(w.capacity[i]) * w.grant_factor[i]);
  return sigmoid(p.gamma_0 + p.gamma_mission * (2 * w.mission[i] - 1) + p.gamma_leadership * (mind.leadership - .5) +
                 p.gamma_progress * (mind.progress - .5) + p.gamma_ties * ties / (1 + ties) - p.gamma_conflict * mind.conflict -
                 p.gamma_burden * std::min(4.0, burden * burden));
}

Mind appraised(const World& w, int i) {
  const Parameters& p = w.plan.scenario.parameters;
  Mind mind = mind_of(w, i);
  if (!is_member(w, i)) return mind;
  const bool attended = w.attended[i] != 0, informed = w.informed[i] != 0;
  const double exposure = exposure_of(w, i);
  if (!attended) {
    if (informed && exposure > mind.leadership)
      mind.leadership += p.leadership_info * (exposure - mind.leadership);
    else
      mind.leadership *= 1 - p.leadership_fade;
  }
  const double signal = w.goal + p.direct_bonus * w.serves_victims[i] * (1 - w.goal);
  mind.progress +=
      attended || informed ? p.progress_rate * (signal - mind.progress) : p.progress_fade * (signal / 2 - mind.progress);
  mind.progress += p.win_gain * std::min(3, w.needs_met[i]) * (1 - mind.progress);
  mind.awareness *= 1 - p.awareness_decay;
  mind.load = (mind.load + w.hours[i]) / 2;
  if (attended)
    mind.conflict += p.conflict_rate * (w.month_conflict[i] - mind.conflict);
  else
    mind.conflict *= 1 - p.conflict_fade;
  const double aim = target(w, i, mind);
  if (w.plan.scenario.structure.engagement != static_cast<int>(Engagement::trait)) {
    if (attended)
      mind.commitment += p.rate_contact * (aim - mind.commitment);
    else
      mind.commitment += p.rate_idle * ((informed ? 1 : p.neglect) * aim - mind.commitment);
  }
  if (w.status[i] == dormant) mind.trace *= 1 - p.trace_rate;
  mind.idle = attended ? 0 : mind.idle + 1;
  return mind;
}

// The end of a month in which organisations were informed, attended, gave hours and met needs.
Stage eventful(Engagement engagement, unsigned state) {
  Scenario s = stage_scenario();
  s.structure.engagement = static_cast<int>(engagement);
  Stage stage(s, 3);
  World& w = stage.w;
  vary(w, state);
  w.goal = .45f;
  for (int i = 0; i < w.n; ++i) {
    const bool here = w.status[i] == enrolled;
    w.informed[i] = here && i % 2 == 0;
    w.attended[i] = here && i % 3 == 0;
    w.hours[i] = w.attended[i] ? static_cast<float>(i % 7) : 0;
    w.month_conflict[i] = w.attended[i] ? static_cast<float>(i % 5) / 5 : 0;
    w.needs_met[i] = w.serves_victims[i] ? i % 6 : 0;
  }
  return stage;
}

void expect_appraises(Engagement engagement) {
  for (unsigned state = 1; state <= 6; ++state) {
    Stage stage = eventful(engagement, state);
    World& w = stage.w;
    const World before = w;
    appraise(w);
    for (int i = 0; i < w.n; ++i) {
      SCOPED_TRACE(i);
      const Mind expected = appraised(before, i), mind = mind_of(w, i);
      EXPECT_NEAR(mind.leadership, expected.leadership, 2e-6);
      EXPECT_NEAR(mind.progress, expected.progress, 1e-6);
      EXPECT_NEAR(mind.awareness, expected.awareness, 1e-6);
      EXPECT_NEAR(mind.load, expected.load, 1e-5);
      EXPECT_NEAR(mind.conflict, expected.conflict, 1e-6);
      EXPECT_NEAR(mind.commitment, expected.commitment, 2e-6);
      EXPECT_NEAR(mind.trace, expected.trace, 1e-6);
      EXPECT_EQ(mind.idle, expected.idle);
    }
  }
}

TEST(Appraisal, FollowsItsEquations) { expect_appraises(Engagement::mixture); }
TEST(Appraisal, ReinforcementHasTheSame) { expect_appraises(Engagement::reinforcement); }
TEST(Appraisal, TraitKeepsCommitment) {
  expect_appraises(Engagement::trait);
  Stage stage = eventful(Engagement::trait, 2);
  const World before = stage.w;
  appraise(stage.w);
  EXPECT_EQ(before.commitment, stage.w.commitment);
}

TEST(Appraisal, TheBurdenIsCapped) {
  Stage stage = eventful(Engagement::mixture, 1);
  World& w = stage.w;
  std::fill_n(w.load.begin(), w.n, 1000.0f);
  const World before = w;
  appraise(w);
  for (int i = 0; i < w.n; ++i) EXPECT_NEAR(w.commitment[i], appraised(before, i).commitment, 2e-6);
}

}  // namespace
}  // namespace coalis::test
