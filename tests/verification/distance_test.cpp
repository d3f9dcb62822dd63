// A perfect model scores about its degrees of freedom: evidence drawn from the model itself.
#include "coalis/inference/distance.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "coalis/io/questions/evidence_file.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "support/support.hpp"

namespace coalis {
namespace {

struct Moments {
  double mean = 0, se = 0;
};

// Mean distance of pairs of surveys of which the one plays the evidence.
Moments own_distance(std::span<const ComparedItem> items, std::span<const SurveyCounts> surveys) {
  double sum = 0, squares = 0;
  const double pairs = static_cast<double>(surveys.size() / 2);
  for (std::size_t i = 0; i + 1 < surveys.size(); i += 2) {
    double d = 0;
    for (const ComparedItem& item : items) d += item.distance(item.cells_of(surveys[i]), surveys[i + 1]);
    sum += d;
    squares += d * d;
  }
  const double mean = sum / pairs;
  return {mean, std::sqrt((squares / pairs - mean * mean) / pairs)};
}

class DistanceOfIllinois : public testing::Test {
 protected:
  const Scenario scenario_ = read_scenario(test::source_dir() / "scenarios" / "illinois.toml").scenario;
  std::vector<ComparedItem> items_ = [] {
    std::vector<std::string> problems;
    return compared_items(read_evidence(test::source_dir() / "scenarios" / "evidence.toml").items, "calibrate", problems);
  }();
};

// Error rate: 4 standard errors of a mean of 500 pairs, about 1 in 15,000, and as much for the design effects from 500 others.
TEST_F(DistanceOfIllinois, OfAPerfectModelIsNearItsDegreesOfFreedom) {
  set_design_effects(items_, simulated_surveys(scenario_, 11, 0, 1000, {}));
  const auto others = simulated_surveys(scenario_, 12, 0, 1000, {});
  const Moments d = own_distance(items_, others);
  const double df = degrees_of_freedom(items_);
  EXPECT_NEAR(d.mean, df, 4 * std::sqrt(2.0) * d.se);
  EXPECT_LT(d.se, 0.05 * df);  // so that the test above says something
}

// Without design effects the same model would be told that it does not fit.
TEST_F(DistanceOfIllinois, NeedsTheDesignEffects) {
  const Moments d = own_distance(items_, simulated_surveys(scenario_, 12, 0, 1000, {}));
  EXPECT_GT(d.mean, 1.2 * degrees_of_freedom(items_));
}

// The scenario's own parameters fit about as the independent implementation found (13.3 on about 20 degrees of freedom), before
// any design effect. 4,000 surveys leave an error of about 0.2; the rest is room for another treatment of unreported categories.
TEST_F(DistanceOfIllinois, OfThePointFit) {
  const auto surveys = simulated_surveys(scenario_, 1, 0, 4000, {});
  double sum = 0;
  for (const ComparedItem& item : items_) {
    std::vector<std::int32_t> pooled(item.counts.size(), 0);
    for (const SurveyCounts& survey : surveys)
      for (std::size_t k = 0; k < pooled.size(); ++k) pooled[k] += item.cells_of(survey)[k];
    sum += homogeneity_deviance(item.counts, pooled);
  }
  EXPECT_NEAR(sum, 13.3, 3);
}

}  // namespace
}  // namespace coalis
