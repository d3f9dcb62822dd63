// Quantiles of unordered values are those of the sorted values, bit for bit, whatever their distribution.
#include "coalis/statistics/quantiles.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <functional>
#include <limits>
#include <random>
#include <vector>

#include "coalis/core/quantile.hpp"

namespace coalis {
namespace {

constexpr std::array probabilities{0.0, 0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975, 1.0};

template <class T>
void expect_as_sorted(const std::vector<T>& values, const char* what) {
  std::array<double, probabilities.size()> found{};
  std::vector<T> disordered = values, sorted = values;
  quantiles_of<T>(disordered, probabilities, found);
  std::sort(sorted.begin(), sorted.end());
  for (std::size_t k = 0; k < probabilities.size(); ++k) {
    const double expected = quantile<T>(sorted, probabilities[k]);
    EXPECT_EQ(std::bit_cast<std::uint64_t>(found[k]), std::bit_cast<std::uint64_t>(expected))
        << what << ", " << values.size() << " values, probability " << probabilities[k] << ": " << found[k] << " for "
        << expected;
  }
}

template <class T>
void every_distribution() {
  std::mt19937 engine(3);
  std::normal_distribution<double> normal(0.4, 0.2);
  std::cauchy_distribution<double> heavy(0, 1);
  std::uniform_int_distribution<int> counts(0, 9);
  const std::vector<std::pair<const char*, std::function<double()>>> draws{
      {"normal", [&] { return normal(engine); }},
      {"heavy tails", [&] { return heavy(engine); }},
      {"counts", [&] { return counts(engine); }},
      {"one value", [&] { return 0.25; }},
      {"mostly one value", [&] { return counts(engine) ? 1.0 : normal(engine); }},
      {"very wide", [&] { return std::exp(20 * heavy(engine) / (1 + std::abs(heavy(engine)))); }},
      {"beyond the range of differences", [&] { return (counts(engine) - 5) * double(std::numeric_limits<T>::max()) / 5; }},
      {"infinite", [&] { return counts(engine) ? normal(engine) : std::numeric_limits<double>::infinity(); }},
      {"the least numbers", [&] { return counts(engine) * double(std::numeric_limits<T>::denorm_min()); }}};
  for (const auto& [what, draw] : draws) {
    for (const std::size_t n : {1, 2, 3, 7, 128, 129, 130, 1000, 2048, 30011}) {
      std::vector<T> values(n);
      for (T& x : values) x = static_cast<T>(draw());
      expect_as_sorted(values, what);
    }
  }
}

TEST(Quantiles, OfFloatsAreThoseOfSortedValues) { every_distribution<float>(); }
TEST(Quantiles, OfDoublesAreThoseOfSortedValues) { every_distribution<double>(); }

TEST(Quantiles, OfInfiniteValuesAreNumbers) {
  const double infinite = std::numeric_limits<double>::infinity();
  const std::array<double, 5> values{0, 1, infinite, infinite, infinite};
  const std::span<const double> sorted(values);
  EXPECT_EQ(quantile(sorted, 0.25), 1);  // the next is infinite, but has no part in it
  EXPECT_EQ(quantile(sorted, 0.3), infinite);
  EXPECT_EQ(quantile(sorted, 0.7), infinite);
  EXPECT_EQ(quantile(sorted, 1), infinite);
}

TEST(Quantiles, OfNothingAreMissing) {
  std::array<double, probabilities.size()> found{};
  quantiles_of(std::span<double>(), probabilities, found);
  for (const double x : found) EXPECT_TRUE(std::isnan(x));
}

}  // namespace
}  // namespace coalis
