// Draws weighted anew agree with posteriors that are known in closed form, and count as many as theory says.
#include "coalis/inference/reweighting.hpp"

#include <gtest/gtest.h>

#include <array>
#include <boost/math/distributions/normal.hpp>
#include <cmath>

#include "coalis/core/distributions.hpp"
#include "support/statistics.hpp"

namespace coalis {
namespace {

constexpr Purpose noise_purpose{201}, truth_purpose{202};
constexpr double spread = 0.5;  // of data around the parameter

double standard_normal_of(Stream stream, Purpose purpose) {
  const Words w = draw(stream, {.purpose = purpose});
  return static_cast<double>(normal(w.w[0], w.w[1]));
}

AbcModel mean_model(double observed) {
  AbcModel model;
  model.fitted = {{PriorKind::normal, 0, 1}};
  model.make_simulate = [=] {
    return [=](std::span<const double> values, Stream stream) {
      return std::abs(values[0] + spread * standard_normal_of(stream, noise_purpose) - observed);
    };
  };
  return model;
}

// Of a standard normal: what is believed before.
GivenDraws normal_draws(std::size_t count) { return {prior_draws(mean_model(0), 77, 0, count), std::vector<double>(count, 1.0)}; }

double share_below(const Reweighted& weighted, double value) {
  double below = 0;
  for (const Particle& p : weighted.population) below += p.values[0] < value ? p.weight : 0;
  return below;
}

// Error rate: p < 0.001 for right weights about once in 1,000 seeds.
TEST(Reweighting, ConjugateNormal) {
  constexpr double observed = 1, tolerance = 0.02;
  constexpr std::size_t draws = 4000, runs = 100;
  const Reweighted weighted = reweighted(mean_model(observed), normal_draws(draws), {runs, tolerance, 3}, {});
  EXPECT_EQ(weighted.runs, draws * runs);
  const boost::math::normal posterior(0.8, std::sqrt(0.2)), before;
  double distance = 0, other = 0;
  for (double x = -1; x < 3; x += 0.01) {
    const double share = share_below(weighted, x);
    distance = std::max(distance, std::abs(share - boost::math::cdf(posterior, x)));
    other = std::max(other, std::abs(share - boost::math::cdf(before, x)));
  }
  EXPECT_GT(test::ks_p_value(distance, weighted.effective_size), 0.001);
  EXPECT_LT(test::ks_p_value(other, weighted.effective_size), 1e-9);
  // Kish's size: the square of the mean likelihood over the mean of its square, with the variance of a share of so many runs.
  const double near = 2 * tolerance * boost::math::pdf(boost::math::normal(0, std::sqrt(1.25)), observed);
  const double squared = 4 * tolerance * tolerance * boost::math::pdf(boost::math::normal(0, std::sqrt(1.125)), observed) /
                         (2 * std::sqrt(3.14159265358979) * spread);
  EXPECT_NEAR(static_cast<double>(weighted.near), near * draws * runs, 4 * std::sqrt(near * draws * runs * (1 + runs * near)));
  EXPECT_NEAR(weighted.effective_size, draws * near * near / (squared + near / runs), 0.1 * draws * 0.3);
}

// Truths drawn from what is believed before lie anywhere among the weighted draws. Error rate: 1 in 1,000.
TEST(Reweighting, RanksOfTruthsAreFlat) {
  constexpr std::size_t truths = 300, bins = 10;
  const GivenDraws given = normal_draws(400);
  std::array<int, bins> ranks{};
  for (std::uint32_t t = 0; t < truths; ++t) {
    const double truth = standard_normal_of({99, t}, truth_purpose);
    const double observed = truth + spread * standard_normal_of({98, t}, truth_purpose);
    const Reweighted weighted = reweighted(mean_model(observed), given, {50, 0.1, t}, {});
    ++ranks[std::min<std::size_t>(bins - 1, static_cast<std::size_t>(share_below(weighted, truth) * bins))];
  }
  double chi_squared = 0;
  for (const int count : ranks) chi_squared += (count - 30.0) * (count - 30.0) / 30.0;
  EXPECT_LT(chi_squared, 27.9) << "9 degrees of freedom";
}

TEST(Reweighting, EvidenceFarAwayLeavesFewDraws) {
  const GivenDraws given = normal_draws(1000);
  EXPECT_GT(reweighted(mean_model(0), given, {10, 0.5, 3}, {}).effective_size, 400);
  EXPECT_LT(reweighted(mean_model(4), given, {10, 0.5, 3}, {}).effective_size, 20);
  const Reweighted nothing = reweighted(mean_model(40), given, {10, 0.5, 3}, {});
  EXPECT_TRUE(nothing.population.empty());
  EXPECT_EQ(nothing.effective_size, 0);
}

TEST(Reweighting, WeightsOfTheDrawsAndLimitsOfPriorsCount) {
  AbcModel model = mean_model(0);
  model.fitted[0].limits = {-1, 1};
  model.make_simulate = [] { return [](std::span<const double>, Stream) { return 0.0; }; };
  const Reweighted weighted = reweighted(model, {{{0.5}, {2.0}, {-0.5}, {0.1}}, {1, 5, 3, 0}}, {4, 1, 3}, {});
  EXPECT_EQ(weighted.runs, 8u);
  ASSERT_EQ(weighted.population.size(), 2u);
  EXPECT_DOUBLE_EQ(weighted.population[0].weight, 0.25);
  EXPECT_DOUBLE_EQ(weighted.population[1].weight, 0.75);
  EXPECT_EQ(weighted.population[1].proposal, 8u);  // the first run of the third draw
  EXPECT_DOUBLE_EQ(weighted.effective_size, 1 / (0.0625 + 0.5625));
}

TEST(Reweighting, SameBitsForAnyThreads) {
  const GivenDraws given = normal_draws(200);
  const Reweighted one = reweighted(mean_model(1), given, {10, 0.3, 3}, {.threads = 1});
  const Reweighted three = reweighted(mean_model(1), given, {10, 0.3, 3}, {.threads = 3});
  EXPECT_EQ(one.population, three.population);
  EXPECT_EQ(one.near, three.near);
}

}  // namespace
}  // namespace coalis
