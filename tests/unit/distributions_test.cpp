// The project's own distributions against Boost.Math's distribution functions and Boost.Random's draws.
// Fixed seeds; each statistical comparison fails by chance with probability 1e-4 or less.
#include "coalis/core/distributions.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/exponential.hpp>
#include <boost/math/distributions/extreme_value.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/lognormal.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/poisson.hpp>
#include <boost/random/beta_distribution.hpp>
#include <boost/random/exponential_distribution.hpp>
#include <boost/random/extreme_value_distribution.hpp>
#include <boost/random/gamma_distribution.hpp>
#include <boost/random/lognormal_distribution.hpp>
#include <boost/random/mersenne_twister.hpp>
#include <boost/random/normal_distribution.hpp>
#include <boost/random/poisson_distribution.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "support/statistics.hpp"

namespace coalis {
namespace {

constexpr double error_rate = 1e-4;
constexpr int n = 100000;
constexpr Stream stream{20240501, 3};

template <class F>
std::vector<double> sample(F draw_one) {
  std::vector<double> values(n);
  for (int i = 0; i < n; ++i) values[i] = static_cast<double>(draw_one(static_cast<std::uint32_t>(i)));
  return values;
}

template <class D>
std::vector<double> boost_sample(D distribution) {
  boost::random::mt19937 engine(12345);
  return sample([&](std::uint32_t) { return distribution(engine); });
}

// Clamped to where single precision makes no atoms of its own.
std::vector<double> clamped(std::vector<double> values, double low, double high) {
  for (double& x : values) x = std::clamp(x, low, high);
  return values;
}

template <class D>
auto cdf_of(D distribution) {
  return [distribution](double x) { return boost::math::cdf(distribution, x); };
}

// z-score of the sample's mean and of its variance (fourth moment from the sample).
void expect_moments(const std::vector<double>& values, double mean, double variance) {
  double sum = 0, squares = 0, fourths = 0;
  for (const double x : values) {
    const double d = x - mean;
    sum += d;
    squares += d * d;
    fourths += d * d * d * d;
  }
  const double spread = std::sqrt(fourths / n - (squares / n) * (squares / n));
  EXPECT_GT(test::normal_p_value(sum / n / std::sqrt(variance / n)), error_rate);
  EXPECT_GT(test::normal_p_value((squares / n - variance) / (spread / std::sqrt(n))), error_rate);
}

TEST(Exponential, HasItsDistribution) {
  const auto values = sample([](std::uint32_t i) { return exponential(draw(stream, {Purpose::calendar, i}).w[0]); });
  EXPECT_GT(test::ks_test(values, cdf_of(boost::math::exponential(1.0))), error_rate);
  EXPECT_GT(test::ks_test_two(values, boost_sample(boost::random::exponential_distribution<>(1.0))), error_rate);
  expect_moments(values, 1, 1);
  EXPECT_FLOAT_EQ(exponential(0), 22.18071f);
  EXPECT_EQ(exponential(0xffffffffu), 0.0f);
}

TEST(Normal, HasItsDistribution) {
  const auto values = sample([](std::uint32_t i) {
    const Words words = draw(stream, {Purpose::capacity, i});
    return normal(words.w[0], words.w[1]);
  });
  EXPECT_GT(test::ks_test(values, cdf_of(boost::math::normal())), error_rate);
  EXPECT_GT(test::ks_test_two(values, boost_sample(boost::random::normal_distribution<>())), error_rate);
  expect_moments(values, 0, 1);
}

TEST(Normal, TwoOfAPairAreIndependentNormals) {
  double products = 0, square_products = 0;
  const auto values = sample([&](std::uint32_t i) {
    const Words words = draw(stream, {Purpose::resource, i});
    const TwoNormals z = two_normals(words.w[2], words.w[3]);
    EXPECT_EQ(z.a, normal(words.w[2], words.w[3]));
    const double a = static_cast<double>(z.a), b = static_cast<double>(z.b);
    products += a * b;
    square_products += (a * a - 1) * (b * b - 1);
    return z.b;
  });
  EXPECT_GT(test::ks_test(values, cdf_of(boost::math::normal())), error_rate);
  EXPECT_GT(test::normal_p_value(products / std::sqrt(n)), error_rate);
  EXPECT_GT(test::normal_p_value(square_products / 2 / std::sqrt(n)), error_rate);
}

TEST(Normal, IsFiniteForExtremeWords) {
  for (const std::uint32_t w0 : {0u, 1u, 0x80000000u, 0xffffffffu})
    for (const std::uint32_t w1 : {0u, 0x40000000u, 0x80000000u, 0xffffffffu}) {
      const TwoNormals z = two_normals(w0, w1);
      EXPECT_LE(std::abs(z.a), 6.7f);
      EXPECT_LE(std::abs(z.b), 6.7f);
    }
}

TEST(Gumbel, HasItsDistribution) {
  const auto values = sample([](std::uint32_t i) { return gumbel(draw_word(stream, {Purpose::grant, i})); });
  EXPECT_GT(test::ks_test(values, cdf_of(boost::math::extreme_value())), error_rate);
  EXPECT_GT(test::ks_test_two(values, boost_sample(boost::random::extreme_value_distribution<>(0.0, 1.0))), error_rate);
  expect_moments(values, 0.57721566490153286, 1.6449340668482264);
  for (const std::uint32_t w : {0u, 1u, 0x7fffffffu, 0xfffffffeu, 0xffffffffu}) EXPECT_TRUE(std::isfinite(gumbel(w))) << w;
}

TEST(LognormalFactor, HasMeanOne) {
  const float sigma = 0.8f;
  const auto values = sample([&](std::uint32_t i) {
    const Words words = draw(stream, {Purpose::capacity, i, 1});
    return lognormal_factor(sigma, normal(words.w[0], words.w[1]));
  });
  const double s = static_cast<double>(sigma);
  EXPECT_GT(test::ks_test(values, cdf_of(boost::math::lognormal(-s * s / 2, s))), error_rate);
  EXPECT_GT(test::ks_test_two(values, boost_sample(boost::random::lognormal_distribution<>(-s * s / 2, s))), error_rate);
  expect_moments(values, 1, std::exp(s * s) - 1);
  EXPECT_EQ(lognormal_factor(0.0f, 3.0f), 1.0f);
}

class GammaShape : public testing::TestWithParam<float> {};

TEST_P(GammaShape, HasItsDistribution) {
  const double shape = static_cast<double>(GetParam());
  const auto values = sample([](std::uint32_t i) { return gamma(stream, {Purpose::mission, i, 2}, GetParam()); });
  EXPECT_GT(test::ks_test(values, cdf_of(boost::math::gamma_distribution<>(shape)), 1e-30), error_rate);
  const auto others = boost_sample(boost::random::gamma_distribution<>(shape));
  EXPECT_GT(test::ks_test_two(clamped(values, 1e-37, 1e9), clamped(others, 1e-37, 1e9)), error_rate);
  expect_moments(values, shape, shape);
}

TEST_P(GammaShape, HasItsDistributionOnALogarithmicScale) {
  const double shape = static_cast<double>(GetParam());
  const auto values = sample([](std::uint32_t i) { return log_gamma_draw(stream, {Purpose::mission, i, 3}, GetParam()); });
  for (const double x : values) ASSERT_TRUE(std::isfinite(x));
  // Near 0 the distribution function is x^shape / Gamma(shape + 1), also where x itself would underflow.
  const auto f = [shape](double y) {
    return y < -60 ? std::exp(shape * y - std::lgamma(shape + 1))
                   : boost::math::cdf(boost::math::gamma_distribution<>(shape), std::exp(y));
  };
  EXPECT_GT(test::ks_test(values, f), error_rate);
}

INSTANTIATE_TEST_SUITE_P(Shapes, GammaShape, testing::Values(0.02f, 0.3f, 1.0f, 2.5f, 40.0f, 1000.0f));

struct BetaShapes {
  float a, b;
};
class Beta : public testing::TestWithParam<BetaShapes> {};

TEST_P(Beta, HasItsDistribution) {
  const auto [a, b] = GetParam();
  const double da = static_cast<double>(a), db = static_cast<double>(b);
  const auto values = sample([p = GetParam()](std::uint32_t i) { return beta(stream, {Purpose::commitment, i}, p.a, p.b); });
  for (const double x : values) ASSERT_TRUE(x >= 0 && x <= 1);
  EXPECT_GT(test::ks_test(values, cdf_of(boost::math::beta_distribution<>(da, db)), 1e-30, 0.9999), error_rate);
  expect_moments(values, da / (da + db), da * db / ((da + db) * (da + db) * (da + db + 1)));
  if (a >= 0.1f && b >= 0.1f) {  // below, Boost 1.74's own draws underflow to 0/0
    const auto others = boost_sample(boost::random::beta_distribution<>(da, db));
    EXPECT_GT(test::ks_test_two(clamped(values, 1e-37, 1 - 1e-6), clamped(others, 1e-37, 1 - 1e-6)), error_rate);
  }
}

INSTANTIATE_TEST_SUITE_P(Shapes, Beta,
                         testing::Values(BetaShapes{5, 2}, BetaShapes{2, 5}, BetaShapes{1, 1}, BetaShapes{0.16f, 7.84f},
                                         BetaShapes{7.84f, 0.16f}, BetaShapes{0.3f, 5.7f}, BetaShapes{0.5f, 0.5f},
                                         BetaShapes{0.02f, 0.98f}, BetaShapes{0.02f, 0.02f}, BetaShapes{300, 500}));

TEST(BetaDraw, IsNeverMissingForDegenerateShapes) {
  for (std::uint32_t i = 0; i < 20000; ++i) {
    for (const auto [a, b] : {BetaShapes{0, 6}, BetaShapes{6, 0}, BetaShapes{1e-6f, 1e-6f}, BetaShapes{1e-6f, 6}}) {
      const float x = beta(stream, {Purpose::awareness, i}, a, b);
      ASSERT_TRUE(x >= 0 && x <= 1) << a << ' ' << b << ' ' << x;
    }
    ASSERT_EQ(beta(stream, {Purpose::awareness, i}, 0, 6), 0.0f);
    ASSERT_EQ(beta(stream, {Purpose::awareness, i}, 6, 0), 1.0f);
  }
}

TEST(BetaDraw, EndsForMissingShapes) {
  constexpr float missing = std::numeric_limits<float>::quiet_NaN();
  EXPECT_TRUE(std::isnan(beta(stream, {Purpose::awareness}, missing, 2)));
  EXPECT_TRUE(std::isnan(gamma(stream, {Purpose::awareness}, missing)));
}

TEST(Betas, EqualTheSingleDrawsBitForBit) {
  constexpr int begin = 32;
  constexpr int end = 32 + 16 * 256;
  std::vector<float> a(end), b(end), out(end, 7.0f);
  for (int i = 0; i < end; ++i) {
    a[i] = 0.02f + 8.0f * uniform(draw_word(stream, {Purpose::role, static_cast<std::uint32_t>(i)}));
    b[i] = 0.02f + 8.0f * uniform(draw_word(stream, {Purpose::serves, static_cast<std::uint32_t>(i)}));
  }
  betas(stream, Purpose::awareness, begin, end, a.data() + begin, b.data() + begin, out.data() + begin);
  int redone = 0;
  for (int i = begin; i < end; ++i) {
    const Address at{Purpose::awareness, static_cast<std::uint32_t>(i)};
    ASSERT_EQ(out[i], beta(stream, at, a[i], b[i])) << i;
    const Words words = draw(stream, at), boosts = draw(stream, {.purpose = at.purpose, .entity = at.entity, .sub = 1});
    redone += !beta_attempt(words.w[0], words.w[1], words.w[2], boosts.w[0], boosts.w[1], a[i], b[i]).accepted;
  }
  EXPECT_GT(redone, 0);
  EXPECT_LT(redone, (end - begin) / 10);
  EXPECT_EQ(out[begin - 1], 7.0f);
}

class Poisson : public testing::TestWithParam<float> {};

TEST_P(Poisson, HasItsDistribution) {
  const double mean = static_cast<double>(GetParam());
  const auto values = sample([](std::uint32_t i) { return poisson(stream, {Purpose::cases, i}, GetParam()); });
  const auto others = boost_sample(boost::random::poisson_distribution<int, double>(mean));
  const std::size_t most = static_cast<std::size_t>(mean + 12 * std::sqrt(mean) + 20);
  std::vector<double> observed(most, 0.0), expected(most);
  for (std::size_t k = 0; k < most; ++k) expected[k] = n * boost::math::pdf(boost::math::poisson(mean), static_cast<double>(k));
  for (const double k : values) observed.at(static_cast<std::size_t>(k)) += 1;
  EXPECT_GT(test::chi_square_test(observed, expected), error_rate);
  EXPECT_GT(test::ks_test_two(values, others), error_rate);
  expect_moments(values, mean, mean);
}

INSTANTIATE_TEST_SUITE_P(Means, Poisson, testing::Values(0.01f, 0.5f, 3.0f, 8.0f, 8.5f, 40.0f, 1000.0f));

TEST(PoissonDraw, IsZeroForMeanZeroAndTakesTheFirstWord) {
  for (std::uint32_t i = 0; i < 1000; ++i) {
    const Address at{Purpose::cases, i, 5};
    EXPECT_EQ(poisson(stream, at, 0.0f), 0);
    EXPECT_EQ(poisson(stream, at, 2.5f), poisson_by_inversion(draw(stream, at).w[0], 2.5f));
  }
  EXPECT_EQ(poisson_by_inversion(0, 8.0f), 0);
  EXPECT_LE(poisson_by_inversion(0xffffffffu, 0.1f), 10);
  EXPECT_LE(poisson_by_inversion(0xffffffffu, 8.0f), 60);
}

}  // namespace
}  // namespace coalis
