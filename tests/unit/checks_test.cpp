// What a posterior leaves open, on draws made for the purpose.
#include "coalis/inference/checks.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "coalis/core/distributions.hpp"
#include "coalis/statistics/weighted.hpp"

namespace coalis {
namespace {

double z(std::uint32_t entity, std::uint32_t number) {
  const Words w = draw({7, number}, {.purpose = Purpose{200}, .entity = entity});
  return static_cast<double>(normal(w.w[0], w.w[1]));
}

// The sum of the first two is known to 0.1 of its prior's standard deviation; the third is as it was.
TEST(Directions, KnowASumAndNotItsParts) {
  WeightedDraws prior, posterior;
  for (std::uint32_t i = 0; i < 4000; ++i) {
    prior.values.push_back({z(0, i), 2 * z(1, i), z(2, i)});
    prior.weights.push_back(1);
    const double difference = z(3, i), sum = 0.1 * z(4, i);
    posterior.values.push_back({(sum + difference) / std::sqrt(2.0), 2 * (sum - difference) / std::sqrt(2.0), z(5, i)});
    posterior.weights.push_back(1);
  }
  const auto found = directions(prior, posterior, 3);
  ASSERT_EQ(found.size(), 3u);
  EXPECT_NEAR(found[0].variance_left, 0.01, 0.002);
  EXPECT_NEAR(found[0].loadings[0], std::sqrt(0.5), 0.02);
  EXPECT_NEAR(found[0].loadings[1], std::sqrt(0.5), 0.02);  // in units of the prior: the 2 does not show
  EXPECT_NEAR(found[1].variance_left, 1, 0.15);
  EXPECT_NEAR(found[2].variance_left, 1, 0.15);
}

TEST(Weighted, QuantilesAndMoments) {
  const std::vector<double> values{3, 1, 2}, weights{1, 1, 2};
  EXPECT_EQ(weighted_mean(values, weights), 2);
  EXPECT_NEAR(weighted_sd(values, weights), std::sqrt(0.5), 1e-12);
  EXPECT_EQ(weighted_quantile(values, weights, 0.2), 1);
  EXPECT_EQ(weighted_quantile(values, weights, 0.5), 2);
  EXPECT_EQ(weighted_quantile(values, weights, 0.9), 3);
}

}  // namespace
}  // namespace coalis
