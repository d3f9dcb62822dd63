// Threshold models of collective behaviour (Granovetter 1978, doi:10.1086/226707): one person's threshold decides between
// everybody and nobody. Exact.
#include <gtest/gtest.h>

#include <numeric>

#include "coalis/engine/simulate.hpp"
#include "coalis/initialization/initialization.hpp"
#include "coalis/schedule/schedule.hpp"
#include "verification/coalition.hpp"

namespace coalis::test {
namespace {

constexpr int n = 100;

Scenario crowd(int months) {
  Scenario s = plain_coalition(n, months);
  Parameters& p = s.parameters;
  s.structure.decision = static_cast<int>(Decision::threshold);
  p.beta_mission = 40;  // the only slope: mission stands for the threshold
  p.beta_commitment = p.beta_leadership = p.beta_awareness = p.beta_habit = p.beta_cost = p.beta_regularity = 0;
  p.threshold_noise = 0;
  p.global_weight = 1;
  p.initial_attendance = 0;
  s.kinds[0].base = -p.threshold_shift;
  add_series(s, 0, 12);
  return s;
}

// The mission at which 1 - s(u + threshold_shift) is the threshold; 1 stands for threshold 0.
float mission_for(double threshold) { return threshold <= 0 ? 1.0f : static_cast<float>(0.5 + logit(1 - threshold) / 40); }

// Attendances month by month. Thresholds are dealt out in a scattered order, as organisation numbers mean nothing.
std::vector<int> turnouts(const std::vector<double>& thresholds, int months) {
  const Scenario s = crowd(months);
  const auto plan = make_plan(s);
  World w(*plan, serial_loop());
  w.stream = {405, 0};
  initialize(w);
  for (int k = 0; k < n; ++k) w.mission[k * 37 % n] = mission_for(thresholds[static_cast<std::size_t>(k)]);
  std::vector<int> turnout;
  for (int month = 0; month < months; ++month) {
    run_month(w, month);
    turnout.push_back(std::accumulate(w.attended.begin(), w.attended.end(), 0));
  }
  return turnout;
}

// 0, 1/N, ..., (N-1)/N; all but the first half a step lower, off the ties that rounding would decide.
std::vector<double> uniform_thresholds() {
  std::vector<double> thresholds(n);
  for (int k = 1; k < n; ++k) thresholds[static_cast<std::size_t>(k)] = (k - 0.5) / n;
  return thresholds;
}

TEST(Granovetter, OneMoreComesAtEachEventUntilAllDo) {
  const std::vector<int> turnout = turnouts(uniform_thresholds(), n + 10);
  for (int event = 0; event < n + 10; ++event)
    EXPECT_EQ(turnout[static_cast<std::size_t>(event)], std::min(event + 1, n)) << event;
}

TEST(Granovetter, OneThresholdRaisedAndTheInstigatorStaysAlone) {
  std::vector<double> thresholds = uniform_thresholds();
  thresholds[1] = 1.5 / n;
  for (const int came : turnouts(thresholds, n)) EXPECT_EQ(came, 1);
}

TEST(Granovetter, NobodyComesWithoutAnInstigator) {
  std::vector<double> thresholds = uniform_thresholds();
  thresholds[0] = 0.5 / n;
  for (const int came : turnouts(thresholds, 20)) EXPECT_EQ(came, 0);
}

// A gap in the middle stops the cascade where it lies.
TEST(Granovetter, TheCascadeStopsAtAGap) {
  std::vector<double> thresholds = uniform_thresholds();
  for (std::size_t k = 60; k < 70; ++k) thresholds[k] = 0.695;
  const std::vector<int> turnout = turnouts(thresholds, n);
  EXPECT_EQ(turnout[59], 60);
  EXPECT_EQ(turnout.back(), 60);
}

}  // namespace
}  // namespace coalis::test
