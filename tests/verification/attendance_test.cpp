// Attendance under benefit and cost against the binomial distribution.
// The draws behind it are verified in tests/unit (philox, draws, distributions).
#include <gtest/gtest.h>

#include <boost/math/distributions/binomial.hpp>

#include "coalis/core/math.hpp"
#include "support/statistics.hpp"
#include "verification/coalition.hpp"

namespace coalis::test {
namespace {

constexpr double error_rate = 1e-4;  // of every p-value below

void flatten_choice(Parameters& p) {
  for (double* beta : {&p.beta_mission, &p.beta_commitment, &p.beta_leadership, &p.beta_awareness, &p.beta_social, &p.beta_habit,
                       &p.beta_cost, &p.beta_regularity})
    *beta = 0;
}

// Events of two kinds, up to three a month, some of them not held, some for all and some for the hub, two at irregular times.
Scenario flat_coalition(double p) {
  Scenario s = plain_coalition(40, 24);
  flatten_choice(s.parameters);
  for (Kind& kind : s.kinds) {
    kind.base = logit(p);
    kind.networking = 1;
  }
  s.kinds[0].always_held = false;
  add_series(s, 0, 20);
  add_series(s, 0, 6).regularity = 0.3;
  s.series.back().audience = static_cast<int>(Audience::all);
  add_series(s, 2, 4).phase = 1;
  return s;
}

class Binomial : public testing::TestWithParam<double> {};

// Chi-square over the counts of 250 x 40 organisations, given the events held.
TEST_P(Binomial, EventsAttendedGivenEventsHeld) {
  const double p = GetParam();
  const Scenario s = flat_coalition(p);
  std::vector<double> observed(100), expected(100);
  double fewest = 100, most = 0;
  for_replicates(s, 401, 250, [&](const RunRecord& record) {
    const double held = outcome(record, "events_held.meeting") + outcome(record, "events_held.training");
    fewest = std::min(fewest, held);
    most = std::max(most, held);
    const auto meetings = attended(record, s, 0), trainings = attended(record, s, 2);
    for (std::size_t i = 0; i < meetings.size(); ++i) ++observed[static_cast<std::size_t>(meetings[i] + trainings[i])];
    const boost::math::binomial_distribution<> binomial(held, p);
    for (int k = 0; k <= held; ++k) expected[static_cast<std::size_t>(k)] += 40 * boost::math::pdf(binomial, k);
  });
  EXPECT_LT(fewest + 5, most) << "the number of events held should vary";
  EXPECT_GT(chi_square_test(observed, expected), error_rate);
}
INSTANTIATE_TEST_SUITE_P(Attendance, Binomial, testing::Values(0.1, 0.35, 0.8));

// The binomial holds for an organisation; this is for an event: attendances of different organisations are independent.
TEST(Attendance, TurnoutOfAnEventIsBinomial) {
  Scenario s = plain_coalition(30, 24);
  flatten_choice(s.parameters);
  s.kinds[0].base = logit(0.25);
  add_series(s, 0, 12);
  std::vector<double> observed(31), expected(31);
  const boost::math::binomial_distribution<> binomial(30, 0.25);
  for_replicates(s, 402, 200, [&](const RunRecord& record) {
    for (const float share : trajectory(record, s, "participation.meeting"))
      ++observed[static_cast<std::size_t>(share * 30 + 0.5f)];
    for (int k = 0; k <= 30; ++k) expected[static_cast<std::size_t>(k)] += 24 * boost::math::pdf(binomial, k);
  });
  EXPECT_GT(chi_square_test(observed, expected), error_rate);
}

// trait: commitment is an organisation's own for good, so that its chance of coming is the same at every event.
Scenario coalition_of_traits() {
  Scenario s = plain_coalition(60, 36);
  Parameters& p = s.parameters;
  s.structure.engagement = static_cast<int>(Engagement::trait);
  p.beta_leadership = p.beta_awareness = p.beta_cost = p.beta_social = 0;
  p.beta_habit = 3;  // trait has no habit
  p.commitment_precision = 3;
  s.kinds[0].base = -0.3;
  s.kinds[0].networking = 1;
  add_series(s, 0, 12);
  return s;
}

double chance_of(const Scenario& s, float mission, float commitment) {
  const Parameters& p = s.parameters;
  return 1 / (1 + std::exp(-(s.kinds[0].base + p.beta_mission * (mission - 0.5) + p.beta_commitment * (commitment - 0.5))));
}

// Three z-tests: the chance itself by its size (ten chi-square cells), the spread of counts around the organisation's own
// expectation, and the correlation of one month with the next.
TEST(Attendance, TraitEventsAreIndependentGivenTheOrganisation) {
  const Scenario s = coalition_of_traits();
  std::vector<double> came(10), expected(10), variance(10);
  Mean spread, lag;
  for_replicates(s, 403, 60, [&](const RunRecord& record) {
    const auto mission = final_state(record, s, "mission_alignment"), commitment = final_state(record, s, "commitment");
    const auto count = attended(record, s, 0);
    for (std::size_t i = 0; i < count.size(); ++i) {
      const double chance = chance_of(s, mission[i], commitment[i]), once = chance * (1 - chance);
      const auto decile = static_cast<std::size_t>(chance * 9.9999);
      came[decile] += count[i];
      expected[decile] += 36 * chance;
      variance[decile] += 36 * once;
      if (chance < 0.02 || chance > 0.98) continue;  // heavy tails of the standardised
      spread.add((count[i] - 36 * chance) * (count[i] - 36 * chance) / (36 * once));
      for (int month = 1; month < 36; ++month) {
        const double before = state_in(record, s, "attended", month - 1)[i], now = state_in(record, s, "attended", month)[i];
        lag.add((before - chance) * (now - chance) / once);
      }
    }
  });
  double statistic = 0;
  for (std::size_t d = 0; d < 10; ++d) statistic += (came[d] - expected[d]) * (came[d] - expected[d]) / variance[d];
  EXPECT_GT(boost::math::cdf(boost::math::complement(boost::math::chi_squared(10), statistic)), error_rate);
  EXPECT_GT(normal_p_value(spread.z(1)), error_rate);
  EXPECT_GT(normal_p_value(lag.z(0)), error_rate);
}

// Variance of the counts over organisations, over that of a binomial with the same mean: 1 if all were alike.
double dispersion(const Scenario& s, std::uint64_t seed) {
  Mean counts;
  for_replicates(s, seed, 60, [&](const RunRecord& record) {
    for (const std::int32_t count : attended(record, s, 0)) counts.add(count);
  });
  const double mean = counts.mean() / 36;
  return counts.variance() / (36 * mean * (1 - mean));
}

// Standard error of the dispersion of n = 3600 alike organisations: sqrt(2/n) = 0.024; 5 of them, error rate 6e-7.
TEST(Attendance, TraitCountsAreOverDispersed) {
  Scenario s = coalition_of_traits();
  const double unlike = dispersion(s, 404);
  s.parameters.beta_mission = s.parameters.beta_commitment = 0;
  const double alike = dispersion(s, 404);
  EXPECT_NEAR(alike, 1, 0.12);
  EXPECT_GT(unlike, 4);
}

}  // namespace
}  // namespace coalis::test
