// Few replicates. A user with 10 runs reads "± is half of a 95 % interval" and expects that 95 of 100 such intervals hold the
// mean. Error rate: 20,000 intervals that cover in 95 % cover between 94.38 and 95.62 % but once in 15,000 times (4 standard
// errors).
#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

#include "coalis/questions/structures.hpp"
#include "coalis/questions/study/figures.hpp"
#include "coalis/report/words/sentences.hpp"
#include "coalis/statistics/paired_statistics.hpp"
#include "coalis/statistics/variance_parts.hpp"

namespace coalis {
namespace {

constexpr int samples = 20'000;

// Share of samples of n pairs whose interval holds the mean difference, 0.05.
double coverage(std::size_t n, std::uint32_t seed) {
  std::mt19937 engine(seed);
  std::normal_distribution<double> normal;
  int held = 0;
  for (int i = 0; i < samples; ++i) {
    std::vector<double> a(n), b(n);
    for (std::size_t r = 0; r < n; ++r) a[r] = 0.4 + 0.1 * normal(engine), b[r] = a[r] + 0.05 + 0.06 * normal(engine);
    const PairedSummary s = summarise_pairs(a, b, 0.03);
    held += std::abs(s.mean - 0.05) <= half_width(s);
  }
  return held / static_cast<double>(samples);
}

TEST(SmallSamples, NominalIntervalsCover) {
  for (const std::size_t n : {2, 3, 5, 10, 29, 64}) EXPECT_NEAR(coverage(n, static_cast<std::uint32_t>(n)), 0.95, 0.0062) << n;
}

// A level's, and that of replicates that share parameter sets: 10 draws of two.
TEST(SmallSamples, IntervalsOfLevelsAndOfSharedSetsCover) {
  std::mt19937 engine(5);
  std::normal_distribution<double> normal;
  int held = 0, shared = 0;
  for (int i = 0; i < samples; ++i) {
    std::vector<double> x(10), y(20);
    for (double& v : x) v = normal(engine);
    for (std::size_t d = 0; d < 10; ++d) {
      const double set = normal(engine);
      y[2 * d] = set + normal(engine), y[2 * d + 1] = set + normal(engine);
    }
    const Summary level = summarise(x);
    held += std::abs(level.mean) <= half_width(level);
    shared += std::abs(summarise(y).mean) <= half_width(shared_se(y, 2), draws_with_values(y, 2));
  }
  EXPECT_NEAR(held / static_cast<double>(samples), 0.95, 0.0062);
  EXPECT_NEAR(shared / static_cast<double>(samples), 0.95, 0.0062);
}

// "Clear" by chance alone: where two scenarios do not differ, once in 20 times and not more.
TEST(SmallSamples, NothingIsCalledClearTooOften) {
  std::mt19937 engine(6);
  std::normal_distribution<double> normal;
  int clear = 0;
  for (int i = 0; i < samples; ++i) {
    std::vector<double> a(10), b(10);
    for (std::size_t r = 0; r < 10; ++r) a[r] = normal(engine), b[r] = normal(engine);
    clear += clear_sign(summarise_pairs(a, b, 0)) != 0;
  }
  EXPECT_NEAR(clear / static_cast<double>(samples), 0.05, 0.0062);
}

TEST(StudentQuantile, IsThatOfTheTables) {
  EXPECT_EQ(student_quantile(1), 12.70620474);
  EXPECT_EQ(student_quantile(2), 4.30265273);
  EXPECT_EQ(student_quantile(9), 2.26215716);
  EXPECT_EQ(student_quantile(29), 2.04522964);
  EXPECT_EQ(student_quantile(63), 1.99834054);
  EXPECT_EQ(student_quantile(199), 1.97195654);
  EXPECT_EQ(student_quantile(999), 1.96234146);
  EXPECT_EQ(student_quantile(65'535), 1.96000018);
  EXPECT_EQ(student_quantile(4'294'967'295), 1.95996399);  // the normal one and (z^3 + z) / 4 of 2^-32: 1.9599639851
  EXPECT_TRUE(std::isnan(student_quantile(0)));
  for (std::size_t free = 1; free < 3000; ++free) EXPECT_GT(student_quantile(free), student_quantile(free + 1)) << free;
}

TEST(SmallSamples, AnyTailIsOfTheSameDistribution) {
  for (const std::size_t free : {1, 2, 9, 63, 255, 256, 999, 65'535})
    EXPECT_NEAR(student_quantile(free, 0.025), student_quantile(free), 1.1e-8) << free;
  EXPECT_EQ(student_quantile(9, 0.005), 3.24983554);            // printed tables: 3.250
  EXPECT_NEAR(student_quantile(30, 0.0005), 3.64595863, 2e-8);  // 3.646
}

TEST(SmallSamples, OneRunHasNoInterval) {
  EXPECT_TRUE(std::isnan(half_width(0.1, 1)));
  EXPECT_TRUE(std::isnan(half_width(summarise(std::vector<double>{1}))));
  EXPECT_EQ(clear_sign(summarise_pairs(std::vector<double>{0}, std::vector<double>{1}, 0)), 0);
}

}  // namespace
}  // namespace coalis
