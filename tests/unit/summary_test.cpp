// Statistics over replicates against values worked out by hand (quantiles: R's default, type 7).
#include "coalis/statistics/summary.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>

namespace coalis {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

TEST(Summary, OfOneToFive) {
  const std::array values{3.0, 1.0, 5.0, 2.0, 4.0};
  const Summary s = summarise(values);
  EXPECT_DOUBLE_EQ(s.mean, 3);
  EXPECT_DOUBLE_EQ(s.sd, std::sqrt(2.5));
  EXPECT_DOUBLE_EQ(s.se, std::sqrt(0.5));
  EXPECT_DOUBLE_EQ(s.q10, 1.4);
  EXPECT_DOUBLE_EQ(s.q50, 3);
  EXPECT_DOUBLE_EQ(s.q90, 4.6);
  EXPECT_EQ(s.n, 5u);
}

TEST(Summary, LeavesMissingValuesOut) {
  const std::array values{missing, 1.0, missing, 2.0};
  const Summary s = summarise(values);
  EXPECT_DOUBLE_EQ(s.mean, 1.5);
  EXPECT_DOUBLE_EQ(s.se, 0.5);
  EXPECT_EQ(s.n, 2u);
}

TEST(Summary, OfOneValueHasNoError) {
  const std::array values{7.0};
  const Summary s = summarise(values);
  EXPECT_DOUBLE_EQ(s.mean, 7);
  EXPECT_DOUBLE_EQ(s.q10, 7);
  EXPECT_TRUE(std::isnan(s.sd));
  EXPECT_TRUE(std::isnan(s.se));
}

TEST(Summary, OfNothingIsMissing) {
  const std::array values{missing};
  const Summary s = summarise(values);
  for (const double x : {s.mean, s.se, s.sd, s.q10, s.q50, s.q90}) EXPECT_TRUE(std::isnan(x));
  EXPECT_EQ(s.n, 0u);
}

TEST(Samples, KeepFiguresApart) {
  Samples samples(2);
  samples.add(std::array{1.0, 10.0});
  samples.add(std::array{3.0, missing});
  EXPECT_DOUBLE_EQ(samples.summary(0).mean, 2);
  EXPECT_DOUBLE_EQ(samples.summary(1).mean, 10);
  EXPECT_EQ(samples.summary(1).n, 1u);
  EXPECT_THROW(samples.add(std::array{1.0}), std::invalid_argument);
}

}  // namespace
}  // namespace coalis
