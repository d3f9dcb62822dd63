// Decay in closed form: a tie nobody renews, goal attainment nobody works for, a fund that gives nothing.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "coalis/engine/simulate.hpp"
#include "coalis/initialization/initialization.hpp"
#include "coalis/schedule/schedule.hpp"
#include "support/statistics.hpp"
#include "verification/coalition.hpp"

namespace coalis::test {
namespace {

// Everybody ties itself to one partner, with strength 1, at the one meeting there is, in month 0.
Scenario one_meeting(int members, int months) {
  Scenario s = plain_coalition(members, months);
  Parameters& p = s.parameters;
  s.kinds[0].base = irresistible;
  s.kinds[0].networking = 1;
  add_series(s, 0, 12).until = 1;
  p.partners = p.slots = 1;
  p.tie_prob = p.tie_gain = p.contested_tie = 1;
  p.contact_rate = p.rivalry = 0;
  return s;
}

// The meeting's tie is 1; process 5 of the same month lets it decay for the first time.
TEST(Ties, DecayAloneIsGeometricUntilTheSmallest) {
  for (const double decay : {0.02, 0.142, 0.5}) {
    Scenario s = one_meeting(40, 60);
    s.parameters.tie_decay = decay;
    const RunRecord record = run(s, 431);
    for (int month = 0; month < 60; ++month) {
      const double left = std::pow(1 - decay, month + 1);
      ASSERT_GT(std::abs(left - s.parameters.tie_min), 1e-5) << "a tie of rounding";
      const double expected = left < s.parameters.tie_min ? 0 : left;
      for (const float strength : state_in(record, s, "tie_strength", month)) ASSERT_NEAR(strength, expected, 1e-5) << month;
      const double share = expected > 0;
      EXPECT_EQ(trajectory(record, s, "inside_collaboration")[static_cast<std::size_t>(month)], share);
    }
  }
}

// Under rivalry in full scarcity: with a partner of the same role and region twice as fast, of another role as before.
TEST(Ties, RivalsDecayFaster) {
  Scenario s = one_meeting(40, 12);
  s.regions = {{"Seat", 0.5}, {"Elsewhere", 0.5}};
  s.travel = {0.5, 1, 1, 0.5};
  s.hubs[0].serves = {0, 1};
  s.parameters.rivalry = 0.8;
  s.environment.scarcity = 0.5;
  s.levers.joint_grants = 0.25;
  s.parameters.role_overlap = 0.5;
  const RunRecord record = run(s, 432);
  const auto role = final_number(record, s, "role"), region = final_number(record, s, "region");
  const double full = 0.8 * 0.5 * 0.75;
  std::set<double> met;
  for (const Tie& tie : record.ties) {
    const double rival = role[tie.owner] != role[tie.partner] ? 0 : region[tie.owner] != region[tie.partner] ? full * 0.5 : full;
    EXPECT_NEAR(tie.strength, std::pow(1 - s.parameters.tie_decay * (1 + rival), 12), 1e-5);
    met.insert(rival);
  }
  EXPECT_EQ(met.size(), 3u);
}

// The one contact is any of the others alike: chi-square over how far round the circle it lies. Error rate 1e-4.
TEST(Ties, ContactsAreUniformOverTheOthers) {
  constexpr int n = 12;
  const Scenario s = one_meeting(n, 1);
  std::vector<double> distance(n - 1), partner(n);
  double ties = 0;
  for_replicates(s, 433, 2000, [&](const RunRecord& record) {
    for (const Tie& tie : record.ties) {
      ASSERT_NE(tie.owner, tie.partner);
      ++distance[static_cast<std::size_t>((tie.partner - tie.owner + n) % n - 1)];
      ++partner[static_cast<std::size_t>(tie.partner)];
      ++ties;
    }
  });
  EXPECT_GT(chi_square_test(distance, std::vector<double>(n - 1, ties / (n - 1))), 1e-4);
  EXPECT_GT(chi_square_test(partner, std::vector<double>(n, ties / n)), 1e-4);
}

Scenario left_alone(int months) {
  Scenario s = plain_coalition(30, months);
  s.parameters.contact_rate = 0;
  s.hubs[0].fte = 0;
  s.environment.support = 1;
  return s;
}

TEST(Goal, DecaysGeometricallyWithoutWork) {
  Scenario s = left_alone(120);
  s.parameters.goal_0 = 0.9;
  s.parameters.goal_decay = 0.03;
  const RunRecord record = run(s, 434);
  for (int month = 0; month < 120; ++month)
    ASSERT_NEAR(trajectory(record, s, "goal_attainment")[static_cast<std::size_t>(month)], 0.9 * std::pow(0.97, month + 1), 1e-5);
}

// Staff alone, always in place: y = staff_effort (1-exp(-f members_per_fte/members)) is constant, so that G approaches
// advance/(advance+goal_decay) geometrically.
TEST(Goal, ApproachesItsLevelGeometricallyUnderSteadyStaff) {
  Scenario s = left_alone(120);
  s.hubs[0].fte = 0.1;
  s.parameters.turnover = 0;
  s.environment.support = 0.7;
  const double y = 0.3 * (1 - std::exp(-0.1 * s.parameters.members_per_fte / 30)),
               advance = s.parameters.goal_rate * (1 - std::exp(-y)) * 0.7;
  const double rate = advance + s.parameters.goal_decay, level = advance / rate;
  const RunRecord record = run(s, 435);
  for (int month = 0; month < 120; ++month)
    ASSERT_NEAR(trajectory(record, s, "goal_attainment")[static_cast<std::size_t>(month)],
                level + (s.parameters.goal_0 - level) * std::pow(1 - rate, month + 1), 1e-5);
}

// Grant factors at the end; the first round is in month 12.
std::vector<float> grants(Scenario s, int months) {
  s.calendar.months = months;
  const RunRecord record = run(s, 436);
  const auto g = final_state(record, s, "grant_factor");
  return {g.begin(), g.end()};
}

TEST(Grants, FullScarcityMakesLosersOfAll) {
  Scenario s = plain_coalition(100, 13);
  s.organisations.nonmembers = 50;
  s.environment.scarcity = 1;
  for (const float g : grants(s, 12)) EXPECT_EQ(g, 1.0f);
  for (const float g : grants(s, 13)) EXPECT_EQ(g, static_cast<float>(1 - s.parameters.grant_loss));
  for (const float g : grants(s, 25)) EXPECT_EQ(g, static_cast<float>(1 - s.parameters.grant_loss));
}

TEST(Grants, WithoutScarcityAllWin) {
  Scenario s = plain_coalition(100, 13);
  for (const float g : grants(s, 13)) EXPECT_EQ(g, static_cast<float>(1 + s.parameters.grant_gain));
}

// 150 organisations, scarcity .5: 75 grants, 60 of them for those that serve victims, of whom there are fewer: the rest is lost.
TEST(Grants, PotsAreCountedOut) {
  Scenario s = plain_coalition(100, 13);
  s.organisations.nonmembers = 50;
  s.environment.scarcity = 0.5;
  s.environment.restricted = 0.8;
  const RunRecord record = run(s, 437);
  const auto g = final_state(record, s, "grant_factor");
  const auto serves = final_number(record, s, "serves_victims");
  const auto serving = std::count(serves.begin(), serves.end(), 1);
  ASSERT_LT(serving, 60);
  EXPECT_EQ(std::count_if(g.begin(), g.end(), [](float x) { return x > 1; }), serving + 15);
  for (std::size_t i = 0; i < g.size(); ++i) EXPECT_TRUE(!serves[i] || g[i] > 1);
}

}  // namespace
}  // namespace coalis::test
