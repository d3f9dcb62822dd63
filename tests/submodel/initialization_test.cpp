// Initialization (model.md section 5). Distributions by chi-square and Kolmogorov-Smirnov tests of 20,000 organisations under a
// fixed seed; a test fails below p = 1e-6, so that a right program fails with another seed about once in 50,000 times.
#include "coalis/initialization/initialization.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/math/distributions/beta.hpp>
#include <cmath>

#include "support/stage.hpp"
#include "support/statistics.hpp"

namespace coalis::test {
namespace {

constexpr double rare = 1e-6;
constexpr int many = 20'000;

Scenario large() {
  Scenario s = stage_scenario();
  s.organisations.members = {12'000, 5'000, 3'000};
  s.organisations.nonmembers = 10'000;
  s.organisations.founding_share = .3;
  s.organisations.entry_window = 12;
  return s;
}

// One large world for all tests.
const World& large_world() {
  static const Stage stage(large());
  return stage.w;
}

double beta_cdf(double a, double b, double x) {
  return boost::math::cdf(boost::math::beta_distribution<>(a, b), std::clamp(x, 0.0, 1.0));
}
double uniform_cdf(double x) { return std::clamp(x, 0.0, 1.0); }
double normal_cdf(double z) { return std::erfc(-z / std::sqrt(2.0)) / 2; }
std::uint32_t word(const World& w, Purpose purpose, int i) {
  return draw_word(w.stream, {purpose, static_cast<std::uint32_t>(i)});
}

// p-value of counts of outcomes 0, 1, ... under probabilities, over the organisations that `counts` accepts.
template <class Outcome>
double frequencies(const std::vector<double>& probability, int begin, int end, Outcome outcome) {
  std::vector<double> observed(probability.size()), expected(probability);
  double n = 0;
  for (int i = begin; i < end; ++i)
    if (const int k = outcome(i); k >= 0) {
      ++observed[static_cast<std::size_t>(k)];
      ++n;
    }
  for (double& e : expected) e *= n;
  return chi_square_test(observed, expected);
}

TEST(Initialization, SectorsHaveExactCountsAmongMembers) {
  const World& w = large_world();
  for (const auto& [sector, count] : {std::pair{0, 12'000}, {1, 5'000}, {2, 3'000}})
    EXPECT_EQ(std::count(w.sector.begin(), w.sector.begin() + many, sector), count);
  // At random among members, in proportion among others.
  const std::vector shares{.6, .25, .15};
  EXPECT_GT(frequencies(shares, 0, 5'000, [&](int i) { return w.sector[i]; }), rare);
  EXPECT_GT(frequencies(shares, many, w.n, [&](int i) { return w.sector[i]; }), rare);
}

TEST(Initialization, RegionsAndRolesFollowTheirShares) {
  const World& w = large_world();
  EXPECT_GT(frequencies({.36, .22, .16, .14, .12}, 0, w.n, [&](int i) { return w.region[i]; }), rare);
  const std::vector<double> shares[] = {{.5, .2, .3}, {.2, .5, .3}, {.3, .3, .4}};
  for (int sector = 0; sector < 3; ++sector) {
    const std::vector<double> of_role{shares[0][static_cast<std::size_t>(sector)], shares[1][static_cast<std::size_t>(sector)],
                                      shares[2][static_cast<std::size_t>(sector)]};
    EXPECT_GT(frequencies(of_role, 0, w.n, [&](int i) { return w.sector[i] == sector ? w.role[i] : -1; }), rare);
  }
}

TEST(Initialization, MissionIsAMixtureOfBetas) {
  const World& w = large_world();
  const std::vector<float> sample(w.mission.begin(), w.mission.begin() + many);
  EXPECT_GT(ks_test(sample, [](double x) { return .61 * beta_cdf(5, 2, x) + .39 * beta_cdf(2, 5, x); }), rare);
}

// The distribution function of each organisation's own beta makes its commitment uniform.
TEST(Initialization, CommitmentIsBetaAroundWhatTheMissionSays) {
  const World& w = large_world();
  std::vector<double> sample;
  for (int i = 0; i < many; ++i) {
    const double mu = std::clamp(.06 + .59 * w.mission[i], .02, .98);
    sample.push_back(beta_cdf(mu * 8, (1 - mu) * 8, w.commitment[i]));
  }
  EXPECT_GT(ks_test(sample, uniform_cdf), rare);
}

TEST(Initialization, MeanCommitmentIsKeptOffTheBounds) {
  for (const auto& [base, slope, mean] : {std::tuple{0.0, 0.0, .02}, {1.0, .5, .98}}) {
    Scenario s = large();
    s.parameters.commitment_base = base;
    s.parameters.commitment_mission = slope;
    const Stage stage(s);
    std::vector<double> sample;
    for (int i = 0; i < many; ++i) sample.push_back(stage.w.commitment[i]);
    const double m = mean;
    EXPECT_GT(ks_test(
                  sample, [m](double x) { return beta_cdf(m * 8, (1 - m) * 8, x); }, 1e-4, 1 - 1e-4),
              rare);
  }
}

TEST(Initialization, AwarenessIsBetaAroundWhatTheMissionSays) {
  const World& w = large_world();
  std::vector<double> sample;
  for (int i = 0; i < many; ++i) {
    const double mean = .05 + .3 * w.mission[i];
    sample.push_back(beta_cdf(6 * mean, 6 * (1 - mean), w.awareness[i]));
  }
  EXPECT_GT(ks_test(sample, uniform_cdf), rare);
}

TEST(Initialization, CapacityIsLogNormalAroundItsMedian) {
  const World& w = large_world();
  std::vector<double> sample;
  for (int i = 0; i < many; ++i) sample.push_back(std::log(w.capacity[i] / 6) / .8);
  EXPECT_GT(ks_test(sample, normal_cdf), rare);
}

TEST(Initialization, ViewpointsAreNormalAroundTheRolesAndClamped) {
  const World& w = large_world();
  std::vector<double> sample;
  for (int i = 0; i < many; ++i) {
    const double mean = w.plan.scenario.roles[w.role[i]].viewpoint;
    EXPECT_LE(std::abs(w.anchor[i]), 1);
    EXPECT_EQ(w.viewpoint[i], w.anchor[i]);
    sample.push_back((w.anchor[i] - mean) / .35);
  }
  EXPECT_GT(ks_test(sample, normal_cdf, -1.7, 1.7 /* (1 - .4) / .35, where clamping begins */), rare);
  EXPECT_GT(std::count(w.anchor.begin(), w.anchor.begin() + many, -1.0f), 100);
}

TEST(Initialization, ThoseWithTheMissionServeVictims) {
  const World& w = large_world();
  int serving = 0;
  for (int i = 0; i < w.n; ++i) {
    const double lot = share_of(word(w, Purpose::serves, i)), chance = sigmoid(-1 + 3.2 * w.mission[i]);
    if (std::abs(lot - chance) > tie_of_draw) {
      EXPECT_EQ(w.serves_victims[i], lot < chance) << i;
    }
    serving += w.serves_victims[i];
  }
  EXPECT_EQ(static_cast<int>(w.serving.size()), serving);
}

TEST(Initialization, OutsideCollaborationIsUniformWhereThereIsAny) {
  const World& w = large_world();
  EXPECT_GT(frequencies({.6, .4}, 0, w.n, [&](int i) { return w.outside[i] > 0; }), rare);
  std::vector<double> sample;
  for (int i = 0; i < w.n; ++i)
    if (w.outside[i] > 0) sample.push_back((w.outside[i] - .3) / .4);
  EXPECT_GT(ks_test(sample, uniform_cdf), rare);
}

TEST(Initialization, TypesAndEntriesAreDrawnIndependently) {
  const World& w = large_world();
  EXPECT_GT(frequencies({.2, .5, .3}, 0, w.n, [&](int i) { return w.type[i]; }), rare);
  std::vector<double> entries(13, .7 / 12);
  entries[0] = .3;
  EXPECT_GT(frequencies(entries, 0, many, [&](int i) { return w.entry[i]; }), rare);
  EXPECT_GT(frequencies(entries, 0, many, [&](int i) { return w.type[i] == conditional ? w.entry[i] : -1; }), rare);
  EXPECT_TRUE(std::all_of(w.entry.begin() + many, w.entry.begin() + w.n, [](int entry) { return entry == never; }));
}

TEST(Initialization, EverythingElseStartsAsGiven) {
  Stage stage(stage_scenario(), 5);
  World& w = stage.w;
  for (int again = 0; again < 2; ++again) {
    for (int i = 0; i < w.n; ++i) {
      EXPECT_FLOAT_EQ(w.leadership[i], .595f);
      EXPECT_FLOAT_EQ(w.progress[i], .3f);
      EXPECT_EQ(w.grant_factor[i], 1);
      EXPECT_EQ(w.trace[i] + w.conflict[i] + w.load[i] + static_cast<float>(w.idle[i]), 0);
      EXPECT_EQ(w.status[i], nonmember);
      EXPECT_EQ(strength_of(slots_of(w, i)), 0);
      EXPECT_EQ(slots_of(w, i)[7].partner, -1);
      for (const auto& events : w.attended_events) EXPECT_EQ(events[i], 0);
    }
    // By the scenario's own values: not those convened by members or serving nowhere.
    EXPECT_EQ(w.visibility, (std::vector{.3f, .3f, 0.0f, 0.0f}));
    EXPECT_FLOAT_EQ(w.goal, .15f);
    EXPECT_EQ(w.strife, 0);
    EXPECT_FALSE(w.service_known);
    EXPECT_EQ(w.vacancy, (std::vector{0, 0, 0, 0}));
    vary(w);  // a second replicate in the same memory
    w.vacancy = {1, 2, 3, 4};
    w.goal = w.strife = .9f;
    w.service_known = true;
    for (auto& events : w.attended_events) std::fill(events.begin(), events.end(), 7);
    initialize(w);
  }
}

TEST(Initialization, ReinforcementStartsAllAlike) {
  Scenario s = stage_scenario();
  s.structure.engagement = static_cast<int>(Engagement::reinforcement);
  const Stage stage(s);
  for (int i = 0; i < stage.w.n; ++i) EXPECT_FLOAT_EQ(stage.w.commitment[i], .06f + .59f / 2);
}

TEST(Initialization, OrganisationsAreListedByRegion) {
  const World& w = large_world();
  int listed = 0;
  for (int region = 0; region < 5; ++region)
    for (int at = w.region_begin[region]; at < w.region_begin[region + 1]; ++at, ++listed)
      EXPECT_EQ(w.region[w.region_members[at]], region);
  EXPECT_EQ(listed, w.n);
}

}  // namespace
}  // namespace coalis::test
