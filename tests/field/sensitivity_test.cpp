// What an outcome hangs on. A user whose outcome does not vary (a planned cost, when only parameters move) expects to be told so,
// not that every parameter explains all of it; a user who reads shares of the variance expects that an input explains no more
// alone than with others, and that single inputs explain no more than everything.
#include "coalis/inference/sensitivity.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "coalis/report/words/sensitivity_text.hpp"
#include "coalis/statistics/intervals.hpp"

namespace coalis {
namespace {

SensitivityPlan plan_of(std::size_t factors, std::size_t points, bool screening) {
  SensitivityPlan plan;
  for (std::size_t f = 0; f < factors; ++f) {
    plan.names.push_back("x" + std::to_string(f));
    plan.paths.push_back("parameters.x" + std::to_string(f));
  }
  if (screening) plan.morris = MorrisPlan{20, 4};
  plan.sobol = SobolPlan{points};
  plan.groups = false;
  plan.resamples = 50;
  return plan;
}

// grain: how far apart values may lie and still be the same.
void expect_constant(const SensitivityAnswer& answer, double value, double grain = 0) {
  EXPECT_FALSE(answer.varies);
  EXPECT_NEAR(answer.mean, value, std::max(grain, 1e-9 * std::abs(value)));
  EXPECT_EQ(answer.sd, 0);
  EXPECT_TRUE(std::isnan(answer.seed.parameters)) << answer.seed.parameters;
  EXPECT_TRUE(std::isnan(answer.seed.left)) << answer.seed.left;
  for (const SobolIndex& index : answer.indices->of) {
    EXPECT_TRUE(std::isnan(index.first.value)) << index.first.value;
    EXPECT_TRUE(std::isnan(index.total.value)) << index.total.value;
    EXPECT_FALSE(index.first_above_total());
  }
  for (const MorrisEffect& effect : answer.screening) EXPECT_EQ(effect.mu_star.value, 0);
}

// Sums of these over points and replicates are rounded, so that a mean of equal values differs from them.
TEST(Sensitivity, AConstantIsSaidNotToVary) {
  for (const double value : {0.1, 1 / 3.0, 38'517.29, 1e-7, -0.7, 1.1e6 / 3}) {
    for (const std::size_t replicates : {1, 3, 16}) {
      const auto plan = plan_of(3, 64, true);
      const auto design = sensitivity_design(plan);
      const auto recorded = static_cast<double>(static_cast<float>(value));
      expect_constant(sensitivity_answer(plan, design, std::vector<double>(design.size() * replicates, recorded), replicates),
                      recorded);
    }
  }
}

// A cost that is added up in another order at some points is the same cost.
TEST(Sensitivity, TheLastBitOfSinglePrecisionIsNoVariation) {
  const auto plan = plan_of(3, 64, false);
  const auto design = sensitivity_design(plan);
  std::vector<double> values(design.size() * 4, static_cast<double>(38'517.29f));
  for (std::size_t i = 0; i < values.size(); i += 7) values[i] = static_cast<double>(std::nextafter(38'517.29f, 0.0f));
  expect_constant(sensitivity_answer(plan, design, values, 4), static_cast<double>(38'517.29f), grain_of(values));
  // Of a difference between two such costs the grain is that of the costs.
  std::vector<double> differences;
  for (const double v : values) differences.push_back(v - static_cast<double>(38'517.29f));
  const SensitivityAnswer answer = sensitivity_answer(plan, design, differences, 4, grain_of(values));
  EXPECT_FALSE(answer.varies);
  EXPECT_EQ(answer.sd, 0);
}

// Luck moves it, no parameter does: the same at every point, another in every replicate.
TEST(Sensitivity, WhatOnlyLuckMovesHasNoShares) {
  const auto plan = plan_of(3, 64, false);
  const auto design = sensitivity_design(plan);
  std::vector<double> values;
  for (std::size_t p = 0; p < design.size(); ++p)
    for (const double luck : {0.1, 0.7, 0.3}) values.push_back(static_cast<double>(static_cast<float>(luck)));
  const SensitivityAnswer answer = sensitivity_answer(plan, design, values, 3);
  EXPECT_FALSE(answer.varies);
  EXPECT_EQ(answer.sd, 0);
  EXPECT_EQ(answer.seed.parameters, 0);
  EXPECT_EQ(answer.seed.seed, 1);
  EXPECT_TRUE(std::isnan(answer.seed.left));
}

TEST(Sensitivity, WhatVariesLittleStillVaries) {
  const auto plan = plan_of(2, 256, false);
  const auto design = sensitivity_design(plan);
  std::vector<double> values;  // one member in 10,000 more or less
  for (std::size_t p = 0; p < design.size(); ++p)
    values.push_back(static_cast<double>(static_cast<float>(0.5 + 1e-4 * (design.point(p)[0] > 0.5))));
  const SensitivityAnswer answer = sensitivity_answer(plan, design, values, 1);
  EXPECT_TRUE(answer.varies);
  EXPECT_NEAR(answer.indices->of[0].first.value, 1, 0.05);
  EXPECT_NEAR(answer.indices->of[1].total.value, 0, 1e-3);
}

// Two dozen factors of which each explains a little, as in Illinois.
TEST(Sensitivity, ManySmallSharesAddUp) {
  constexpr std::size_t factors = 24;
  const auto plan = plan_of(factors, 256, false);
  const auto design = sensitivity_design(plan);
  std::vector<double> values, weights;
  double squares = 0;
  for (std::size_t f = 0; f < factors; ++f)
    weights.push_back(1 / (1.0 + static_cast<double>(f))), squares += weights[f] * weights[f];
  for (std::size_t p = 0; p < design.size(); ++p) {
    double value = 0.4;
    for (std::size_t f = 0; f < factors; ++f) value += weights[f] * (design.point(p)[f] - 0.5);
    values.push_back(value);
  }
  const SensitivityAnswer answer = sensitivity_answer(plan, design, values, 1);
  double sum = 0, width = 0;
  for (std::size_t f = 0; f < factors; ++f) {
    const SobolIndex& index = answer.indices->of[f];
    const double share = weights[f] * weights[f] / squares;
    EXPECT_NEAR(index.first.value, share, 0.03) << f;
    EXPECT_NEAR(index.total.value, share, 0.03) << f;
    EXPECT_LT(index.first.value, index.total.value + 0.03) << f;
    sum += index.first.value;
    // Of a normal output the error of a small first order is sqrt(2 S / points), and 95 % lie within 1.96 of them.
    const double expected = 2 * 1.96 * std::sqrt(2 * share / 256);
    width = std::max(width, (index.first.high - index.first.low) / expected);
  }
  EXPECT_NEAR(sum, 1, 0.05);
  EXPECT_LT(width, 1.25);
}

TEST(Sensitivity, AFirstOrderAboveItsTotalIsSaid) {
  const auto index = [](double first, double total) {
    return SobolIndex{{first, first - 0.1, first + 0.1}, {total, total - 0.1, total + 0.1}};
  };
  SensitivityTarget target;
  target.shares = {{"parameters.tie_prob", false, index(0.4, 0.3), {}}, {"parameters.beta_mission", false, index(0.3, 0.4), {}}};
  EXPECT_EQ(above_total_names(target), "parameters.tie_prob");
  target.shares.front().index = index(0.3, 0.3);
  EXPECT_EQ(above_total_names(target), "");
}

TEST(Sensitivity, MissingPointsStayMissing) {
  const auto plan = plan_of(2, 16, false);
  const auto design = sensitivity_design(plan);
  std::vector<double> values(design.size(), 0.1);
  values[3] = std::nan("");
  const SensitivityAnswer answer = sensitivity_answer(plan, design, values, 1);
  EXPECT_EQ(answer.left_out, 1u);
  EXPECT_FALSE(answer.varies);
  const SensitivityAnswer none = sensitivity_answer(plan, design, std::vector<double>(design.size(), std::nan("")), 1);
  EXPECT_FALSE(none.varies);
  EXPECT_TRUE(std::isnan(none.mean));
}

}  // namespace
}  // namespace coalis
