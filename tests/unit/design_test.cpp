// Designs: balance, strata, known points.
#include "coalis/questions/study/design.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "coalis/statistics/unit_points.hpp"

namespace coalis {
namespace {

Factor list(std::string name, std::vector<std::string> values) {
  return {.name = name, .paths = {name}, .values = std::move(values)};
}
Factor range(std::string name, double min, double max, int levels = 0, bool whole = false) {
  return {.name = name, .paths = {name}, .values = {}, .min = min, .max = max, .levels = levels, .whole = whole};
}

DesignPlan factorial(DesignKind kind, std::vector<Factor> factors) { return {kind, std::move(factors), 0, 1, {}}; }

TEST(Design, LevelsOfARangeIncludeItsEndsAndReadWell) {
  EXPECT_EQ(levels_of(range("x", 0, 1, 11)),
            (std::vector<std::string>{"0", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9", "1"}));
  EXPECT_EQ(levels_of(range("x", 2, 12, 3, true)), (std::vector<std::string>{"2", "7", "12"}));
}

TEST(Design, FullFactorialHasEveryCombinationOnce) {
  const DesignPlan plan =
      factorial(DesignKind::full_factorial, {list("a", {"1", "2"}), range("b", 0, 1, 3), list("c", {"true", "false"})});
  const auto points = make_design(plan);
  EXPECT_EQ(points.size(), 12u);
  EXPECT_EQ(design_size(plan), 12);
  EXPECT_EQ(std::set(points.begin(), points.end()).size(), 12u);
  EXPECT_EQ(points[0], (DesignPoint{"1", "0", "true"}));
  EXPECT_EQ(points[1], (DesignPoint{"1", "0", "false"}));  // the last factor changes fastest
  // Balance: each pair of levels of two factors occurs equally often.
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      std::map<std::pair<std::string, std::string>, std::size_t> pairs;
      for (const auto& point : points) ++pairs[{point[i], point[j]}];
      for (const auto& [pair, count] : pairs) EXPECT_EQ(count, 12 / pairs.size());
    }
  }
}

TEST(Design, AFactorialWithoutFactorsIsTheScenarioAsItIs) {
  EXPECT_EQ(make_design(factorial(DesignKind::full_factorial, {})), std::vector<DesignPoint>{{}});
}

TEST(Design, OneFactorChangesOneAtATime) {
  const auto points = make_design(factorial(DesignKind::one_factor, {list("a", {"1", "2"}), range("b", 0, 1, 3)}));
  ASSERT_EQ(points.size(), 6u);
  EXPECT_EQ(points[0], (DesignPoint{"", ""}));
  for (std::size_t i = 1; i < points.size(); ++i) EXPECT_EQ(std::count(points[i].begin(), points[i].end(), ""), 1);
  EXPECT_EQ(points[2], (DesignPoint{"2", ""}));
  EXPECT_EQ(points[4], (DesignPoint{"", "0.5"}));
}

TEST(Design, LatinHypercubeHasOnePointInEveryStratum) {
  for (const std::size_t n : {1, 2, 7, 100}) {
    const auto cube = latin_hypercube(n, 5, 3);
    for (std::size_t factor = 0; factor < 5; ++factor) {
      std::set<int> strata;
      for (const auto& point : cube) strata.insert(static_cast<int>(std::floor(point[factor] * static_cast<double>(n))));
      EXPECT_EQ(strata.size(), n);
      EXPECT_EQ(*strata.begin(), 0);
      EXPECT_EQ(*strata.rbegin(), static_cast<int>(n) - 1);
    }
  }
}

TEST(Design, LatinHypercubeGoesByItsSeedAndIsNoGrid) {
  const auto cube = latin_hypercube(50, 2, 1);
  EXPECT_EQ(cube, latin_hypercube(50, 2, 1));
  EXPECT_NE(cube, latin_hypercube(50, 2, 2));
  double correlation = 0;
  for (const auto& point : cube) correlation += (point[0] - 0.5) * (point[1] - 0.5) * 12 / 50;
  EXPECT_LT(std::abs(correlation), 0.5);  // its standard deviation is 1/7; the same order in both factors gives 1
}

// Joe and Kuo's sequence without the origin: base 2 radical inverses in Gray code order.
TEST(Design, SobolBeginsWithTheKnownPoints) {
  const std::vector<std::vector<double>> known{
      {.5, .5, .5}, {.75, .25, .25}, {.25, .75, .75}, {.375, .375, .625}, {.875, .875, .125}};
  EXPECT_EQ(sobol(5, 3), known);
}

TEST(Design, ALongerSobolSequenceBeginsWithTheShorter) {
  const auto longer = sobol(100, 7);
  const auto shorter = sobol(64, 7);
  EXPECT_TRUE(std::equal(shorter.begin(), shorter.end(), longer.begin()));
}

// Of the points 1 .. 2^k - 1 and the origin, each interval of length 2^-k holds one.
TEST(Design, SobolIsBalancedInEveryFactor) {
  const auto points = sobol(63, 4);
  for (std::size_t factor = 0; factor < 4; ++factor) {
    std::set<int> strata{0};
    for (const auto& point : points) strata.insert(static_cast<int>(point[factor] * 64));
    EXPECT_EQ(strata.size(), 64u);
  }
}

TEST(Design, SamplesStayWithinRangesAndUseEveryLevelEqually) {
  const DesignPlan plan{
      DesignKind::latin_hypercube, {range("x", -2, 3), range("n", 1, 4, 0, true), list("s", {"\"a\"", "\"b\""})}, 40, 9, {}};
  std::map<std::string, int> whole, text;
  for (const auto& point : make_design(plan)) {
    const double x = std::stod(point[0]);
    EXPECT_GE(x, -2);
    EXPECT_LE(x, 3);
    ++whole[point[1]];
    ++text[point[2]];
  }
  EXPECT_EQ(whole, (std::map<std::string, int>{{"1", 10}, {"2", 10}, {"3", 10}, {"4", 10}}));
  EXPECT_EQ(text, (std::map<std::string, int>{{"\"a\"", 20}, {"\"b\"", 20}}));
}

TEST(Design, ATableIsTakenAsItIs) {
  const std::vector<DesignPoint> rows{{"1", ""}, {"2", "\"x\""}};
  const DesignPlan plan{.kind = DesignKind::table, .factors = {list("a", {}), list("b", {})}, .rows = rows};
  EXPECT_EQ(make_design(plan), rows);
  EXPECT_EQ(design_size(plan), 2);
}

}  // namespace
}  // namespace coalis
