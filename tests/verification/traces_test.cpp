// The participation trace p against the exponential average that it is.
#include <gtest/gtest.h>

#include <cmath>

#include "support/statistics.hpp"
#include "verification/coalition.hpp"

namespace coalis::test {
namespace {

constexpr double error_rate = 1e-4;  // of every p-value below
constexpr double chance = 0.3;

// Members that come with the same probability every month, whatever they did before.
Scenario coins(int months, double rate) {
  Scenario s = plain_coalition(2000, months);
  Parameters& p = s.parameters;
  for (double* beta : {&p.beta_mission, &p.beta_commitment, &p.beta_leadership, &p.beta_awareness, &p.beta_social, &p.beta_habit,
                       &p.beta_cost, &p.beta_regularity})
    *beta = 0;
  p.trace_rate = rate;
  s.kinds[0].base = logit(chance);
  add_series(s, 0, 12);
  return s;
}

// After k events: mean P (1-(1-r)^k), variance P(1-P) r (1-(1-r)^2k) / (2-r); third central moment alike. z-tests over members.
TEST(Trace, MomentsAreThoseOfAnExponentialAverage) {
  for (const double rate : {0.1, 0.3, 0.7}) {
    const Scenario s = coins(18, rate);
    const RunRecord record = run(s, 421);
    for (const int events : {1, 3, 18}) {
      const double kept = std::pow(1 - rate, events);
      const double mean = chance * (1 - kept), variance = chance * (1 - chance) * rate * (1 - kept * kept) / (2 - rate);
      Mean first, second;
      for (const float p : state_in(record, s, "participation_trace", events - 1)) {
        first.add(p);
        second.add((p - mean) * (p - mean));
      }
      EXPECT_GT(normal_p_value(first.z(mean)), error_rate) << rate << ", " << events;
      EXPECT_GT(normal_p_value(second.z(variance)), error_rate) << rate << ", " << events;
    }
  }
}

// Event by event it is the average of this organisation's own attendance; what is not held is not counted.
TEST(Trace, FollowsTheOwnAttendance) {
  Scenario s = coins(36, 0.3);
  s.kinds[0].always_held = false;
  const RunRecord record = run(s, 422);
  const auto held = trajectory(record, s, "events_held.meeting");
  std::vector<float> expected(2000);
  int quiet = 0;
  for (int month = 0; month < 36; ++month) {
    const auto came = state_in(record, s, "attended", month), trace = state_in(record, s, "participation_trace", month);
    quiet += held[static_cast<std::size_t>(month)] == 0;
    for (std::size_t i = 0; i < 2000; ++i) {
      expected[i] += held[static_cast<std::size_t>(month)] * 0.3f * (came[i] - expected[i]);
      ASSERT_NEAR(trace[i], expected[i], 2e-6f) << month;
    }
  }
  EXPECT_GT(quiet, 3);
}

}  // namespace
}  // namespace coalis::test
