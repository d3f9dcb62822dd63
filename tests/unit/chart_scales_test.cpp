// Scales, ticks, label positions and quantile dots.
#include "coalis/report/charts/chart_scales.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>

#include "coalis/report/charts/charts.hpp"

namespace coalis::chart {
namespace {

TEST(ChartScales, TicksAreRoundAndWithin) {
  EXPECT_EQ(ticks(0, 100, 6).values, (std::vector<double>{0, 20, 40, 60, 80, 100}));
  EXPECT_EQ(ticks(-7, 23, 7).values, (std::vector<double>{-5, 0, 5, 10, 15, 20}));
  EXPECT_EQ(ticks(0.1, 0.35, 6).values, (std::vector<double>{0.1, 0.15, 0.2, 0.25, 0.3, 0.35}));
  EXPECT_EQ(ticks(0.1, 0.35, 6).decimals, 2);
  EXPECT_EQ(ticks(38000, 171000, 5).decimals, 0);
}

// As a plotting library does: "2 4 6" and once "x 10^-10", not "0.0000000002" at each tick.
TEST(ChartScales, LabelsOfHugeAndTinyTicksHaveAUnit) {
  const Ticks huge = ticks(0, 5e13, 6), tiny = ticks(0, 7e-10, 4), usual = ticks(0, 0.0008, 4), close = ticks(0.5, 0.50001, 4);
  EXPECT_EQ(huge.power, 13);
  EXPECT_EQ(huge.decimals, 0);
  EXPECT_EQ(huge.labelled(4e13), 4);
  EXPECT_EQ(tiny.power, -10);
  EXPECT_EQ(tiny.decimals, 0);
  EXPECT_NEAR(tiny.labelled(4e-10), 4, 1e-12);
  EXPECT_EQ(usual.power, 0);
  EXPECT_EQ(close.power, 0);
  EXPECT_EQ(ticks(0, 999e6, 6).power, 0);
}

TEST(ChartScales, TicksOfRangesWiderThanNumbersEnd) {
  constexpr double most = std::numeric_limits<double>::max();
  for (const double high : {1e300, 1e305, 1e308, most}) {
    EXPECT_GE(ticks(0, high, 6).values.size(), 1u);
    EXPECT_GE(ticks(-high, high, 3).values.size(), 1u);  // a width that is infinite
  }
}

TEST(ChartScales, TicksOfRandomRanges) {
  std::mt19937 random(1);
  std::uniform_real_distribution<double> unit(-1, 1);
  for (int i = 0; i < 2000; ++i) {
    const double scale = std::pow(10, 8 * unit(random)), low = scale * unit(random),
                 high = low + scale * (std::abs(unit(random)) + 1e-3);
    const int most = 2 + i % 8;
    const Ticks found = ticks(low, high, most);
    ASSERT_GE(found.values.size(), 1u);
    ASSERT_LE(found.values.size(), static_cast<std::size_t>(most));
    for (std::size_t k = 0; k < found.values.size(); ++k) {
      const double slack = 1e-8 * (high - low);
      EXPECT_GE(found.values[k], low - slack);
      EXPECT_LE(found.values[k], high + slack);
      // What is printed is the tick, not something near it.
      const double in_units = found.labelled(found.values[k]) * std::pow(10, found.decimals);
      if (found.values.size() > 1) {
        EXPECT_NEAR(in_units, std::round(in_units), 1e-6 * std::abs(in_units) + 1e-9);
      }
    }
  }
}

TEST(ChartScales, EncloseWhatIsThere) {
  Extent extent;
  for (const double v : {3.0, missing, -2.0, 1.0 / 0.0}) extent.add(v);
  const Scale scale = enclosing(extent, 100, 200);
  EXPECT_EQ(scale(-2), 100);
  EXPECT_EQ(scale(3), 200);
  EXPECT_EQ(enclosing({}, 0, 10)(0.5), 5);
  Extent point;
  point.add(0.46);
  EXPECT_NEAR(enclosing(point, 0, 10)(0.46), 5, 1e-12);
}

TEST(ChartScales, LabelsStandApartInOrderAndNear) {
  const std::vector<double> wanted{50, 52, 51, 200, 0};
  const std::vector<double> placed = spread(wanted, 15, 8, 242);
  std::vector<std::size_t> order(wanted.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return wanted[a] < wanted[b]; });
  for (std::size_t i = 1; i < order.size(); ++i) EXPECT_GE(placed[order[i]] - placed[order[i - 1]], 15 - 1e-9);
  EXPECT_EQ(placed[3], 200);
  EXPECT_EQ(placed[4], 8);
  EXPECT_NEAR(placed[2], 51, 1e-9);
}

TEST(ChartScales, LabelsKeepWithinTheirRoom) {
  std::mt19937 random(2);
  std::uniform_real_distribution<double> anywhere(-50, 300);
  for (int i = 0; i < 500; ++i) {
    std::vector<double> wanted(1 + i % 20);
    for (double& w : wanted) w = anywhere(random);
    std::vector<double> placed = spread(wanted, 15, 0, 200);
    std::sort(placed.begin(), placed.end());
    EXPECT_GE(placed.front(), -1e-9);
    EXPECT_LE(placed.back(), 200 + 1e-9);
    const double gap = std::min(15.0, wanted.size() > 1 ? 200.0 / static_cast<double>(wanted.size() - 1) : 15.0);
    for (std::size_t k = 1; k < placed.size(); ++k) EXPECT_GE(placed[k] - placed[k - 1], gap - 1e-9);
  }
  EXPECT_TRUE(spread({}, 15, 0, 100).empty());
}

TEST(ChartScales, FiftyDotsAreQuantiles) {
  std::vector<double> values(200);
  std::iota(values.begin(), values.end(), 0.0);
  std::shuffle(values.begin(), values.end(), std::mt19937(3));
  const std::vector<double> dots = quantile_dots(values, 50);
  ASSERT_EQ(dots.size(), 50u);
  for (std::size_t i = 0; i < 50; ++i) EXPECT_NEAR(dots[i], 199 * (static_cast<double>(i) + 0.5) / 50, 1e-9);
  // The share of dots above a value is the share of runs above it, to a dot.
  for (const double cut : {10.0, 99.5, 150.0}) {
    const auto above = [cut](const std::vector<double>& v) {
      return static_cast<double>(std::count_if(v.begin(), v.end(), [cut](double x) { return x > cut; })) /
             static_cast<double>(v.size());
    };
    EXPECT_NEAR(above(dots), above(values), 0.02 + 1e-9);
  }
}

TEST(ChartScales, FewRunsAreDotsThemselves) {
  EXPECT_EQ(quantile_dots(std::vector<double>{3, missing, 1, 2}, 50), (std::vector<double>{1, 2, 3}));
  EXPECT_TRUE(quantile_dots({}, 50).empty());
}

TEST(ChartScales, ZonesCountEveryRunOnce) {
  const std::vector<double> values{-0.031, -0.03, 0, 0.03, 0.031, 0.5, missing};
  const Zones found = zones(values, 0.03);
  EXPECT_EQ(found.below, 1u);
  EXPECT_EQ(found.within, 3u);
  EXPECT_EQ(found.above, 2u);
  EXPECT_EQ(found.all(), 6u);
}

}  // namespace
}  // namespace coalis::chart
