// Viewpoint dynamics: DeGroot's averaging against its moments, Friedkin and Johnsen's at its limits, bounded confidence without
// bounds.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "coalis/io/scenario/scenario_file.hpp"
#include "support/statistics.hpp"
#include "support/support.hpp"
#include "verification/coalition.hpp"

namespace coalis::test {
namespace {

constexpr double error_rate = 1e-4;  // of every p-value below

// n organisations of spread views that all come to every meeting.
Scenario talkers(int n, int months, Influence influence) {
  Scenario s = plain_coalition(n, months);
  s.structure.influence = static_cast<int>(influence);
  s.roles[0].viewpoint = -0.5;
  s.roles[1].viewpoint = 0.5;
  s.parameters.viewpoint_rate = 0.6;
  s.kinds[0].base = irresistible;
  s.kinds[0].networking = 1;
  add_series(s, 0, 12);
  return s;
}

struct Views {
  double mean = 0, squares = 0;  // squares: sum of squared deviations from the mean
  float least, most;
  explicit Views(std::span<const float> v) {
    for (const float x : v) mean += x / static_cast<double>(v.size());
    for (const float x : v) squares += (x - mean) * (x - mean);
    const auto [low, high] = std::minmax_element(v.begin(), v.end());
    least = *low;
    most = *high;
  }
};

TEST(DeGroot, RangeNeverGrowsAndViewsMeet) {
  const Scenario s = talkers(50, 60, Influence::degroot);
  for_replicates(s, 411, 20, [&](const RunRecord& record) {
    Views before(final_state(record, s, "viewpoint_anchor"));
    const float first = before.most - before.least;
    for (int month = 0; month < 60; ++month) {
      const Views now(state_in(record, s, "viewpoint", month));
      EXPECT_GE(now.least, before.least - 1e-6f);
      EXPECT_LE(now.most, before.most + 1e-6f);
      before = now;
    }
    EXPECT_LT(before.most - before.least, 0.001f * first);
  });
}

// Each of n moves the share a of the way to the mean of k others, drawn uniformly with replacement. Then, of the views' sum of
// squares S,
//   E[squares about the old mean] / S = (1 - a n/(n-1))^2 + a^2/k (1 - 1/(n-1)^2),   E[new mean - old mean] = 0,
//   Var[new mean] / S = a^2/(k n^2) (1 - 1/(n-1)^2).
// Few organisations, so that drawing oneself, or never the last, would show.
TEST(DeGroot, MomentsOfOneMeeting) {
  constexpr int n = 7;
  Scenario s = talkers(n, 1, Influence::degroot);
  const double a = s.parameters.viewpoint_rate, k = s.parameters.partners;
  Mean shift, shift_squared, squares;
  for_replicates(s, 412, 20000, [&](const RunRecord& record) {
    const Views before(final_state(record, s, "viewpoint_anchor")), after(final_state(record, s, "viewpoint"));
    const double moved = after.mean - before.mean;
    shift.add(moved / std::sqrt(before.squares));
    shift_squared.add(moved * moved / before.squares);
    squares.add((after.squares + n * moved * moved) / before.squares);
  });
  const double others = 1 - 1.0 / ((n - 1) * (n - 1)), closer = 1 - a * n / (n - 1);
  EXPECT_GT(normal_p_value(shift.z(0)), error_rate);
  EXPECT_GT(normal_p_value(shift_squared.z(a * a / (k * n * n) * others)), error_rate);
  EXPECT_GT(normal_p_value(squares.z(closer * closer + a * a / k * others)), error_rate);
}

// The mean view of everybody, meeting after meeting: kept in expectation.
TEST(DeGroot, MeanIsKeptInExpectation) {
  const Scenario s = talkers(40, 24, Influence::degroot);
  Mean shift;
  for_replicates(s, 413, 400, [&](const RunRecord& record) {
    shift.add(Views(final_state(record, s, "viewpoint")).mean - Views(final_state(record, s, "viewpoint_anchor")).mean);
  });
  EXPECT_GT(normal_p_value(shift.z(0)), error_rate);
  EXPECT_LT(shift.standard_error(), 0.005);
}

// Friedkin and Johnsen: moments of the move of one meeting from common first views, as DeGroot's, pulled back by the anchoring b.
TEST(FriedkinJohnsen, OneMeetingIsDeGrootPulledBack) {
  Scenario s = talkers(30, 1, Influence::degroot);
  const RunRecord free = run(s, 414);
  s.structure.influence = static_cast<int>(Influence::friedkin_johnsen);
  s.parameters.anchoring = 0.3;
  const RunRecord held = run(s, 414);
  const auto anchor = final_state(free, s, "viewpoint_anchor"), a = final_state(free, s, "viewpoint"),
             b = final_state(held, s, "viewpoint");
  for (std::size_t i = 0; i < a.size(); ++i) EXPECT_NEAR(b[i], 0.7f * a[i] + 0.3f * anchor[i], 1e-6f);
}

TEST(FriedkinJohnsen, AnchoringOneFreezesViews) {
  Scenario s = talkers(50, 24, Influence::friedkin_johnsen);
  s.parameters.anchoring = 1;
  const RunRecord frozen = run(s, 415);
  for (int month = 0; month < 24; ++month)
    EXPECT_TRUE(std::ranges::equal(state_in(frozen, s, "viewpoint", month), final_state(frozen, s, "viewpoint_anchor"))) << month;
  s.parameters.anchoring = 0.9;
  const RunRecord moving = run(s, 415);
  EXPECT_FALSE(std::ranges::equal(final_state(moving, s, "viewpoint"), final_state(moving, s, "viewpoint_anchor")));
}

// Views lie within -1..1, so that nothing is contested at tolerance 2. Bit for bit, over the whole Illinois run.
TEST(BoundedConfidence, AtToleranceTwoIsFriedkinJohnsen) {
  const auto state = [](const char* influence, const char* tolerance) {
    const std::vector<std::string> overrides{std::string("structure.influence=") + influence,
                                             std::string("parameters.tolerance=") + tolerance};
    const ScenarioFile file = read_scenario(source_dir() / "scenarios/illinois.toml", overrides);
    EXPECT_TRUE(file.ok());
    return run(file.scenario, 416).hash;
  };
  EXPECT_EQ(state("bounded_confidence", "2"), state("friedkin_johnsen", "2"));
  EXPECT_EQ(state("repulsion", "2"), state("friedkin_johnsen", "2"));
  EXPECT_NE(state("bounded_confidence", "0.4"), state("friedkin_johnsen", "0.4"));
}

}  // namespace
}  // namespace coalis::test
