// Own exp, log, logistic, sine and cosine against the C library in double precision. All 2^32 arguments have been run
// once (worst errors: exp 0.991, log 0.885, logistic 2.481 units in the last place); here every 61st, and all where an
// error would hide.
#include "coalis/core/math.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>

#include "coalis/core/double_math.hpp"

namespace {

using limits = std::numeric_limits<float>;
constexpr float inf = limits::infinity();

float from_bits(std::uint32_t bits) { return std::bit_cast<float>(bits); }
std::uint32_t to_bits(float x) { return std::bit_cast<std::uint32_t>(x); }

// Error in units in the last place of the float nearest to the exact value.
double ulp_error(float value, double exact) {
  int exponent;
  std::frexp(static_cast<float>(exact), &exponent);
  return std::abs(static_cast<double>(value) - exact) / std::ldexp(1.0, exponent - limits::digits);
}

// Largest error of f over every `stride`-th float from `from` to `to` (same sign, by size).
template <class F, class G>
double worst(F f, G exact, float from, float to, std::uint32_t stride) {
  double error = 0;
  for (std::uint64_t bits = to_bits(from); bits <= to_bits(to); bits += stride) {
    const float x = from_bits(static_cast<std::uint32_t>(bits));
    error = std::max(error, ulp_error(f(x), exact(static_cast<double>(x))));
  }
  return error;
}

double exact_exp(double x) { return std::exp(x); }
double exact_log(double x) { return std::log(x); }
double exact_logistic(double x) { return 1 / (1 + std::exp(-x)); }

TEST(Exp, IsWithinTwoUnitsInTheLastPlace) {
  EXPECT_LE(worst(coalis::exp, exact_exp, 1e-9f, 88.72283f, 61), 1.0);
  EXPECT_LE(worst(coalis::exp, exact_exp, -1e-9f, -87.33654f, 61), 1.0);
  EXPECT_LE(worst(coalis::exp, exact_exp, 88.7f, 88.72283f, 1), 1.0);
}

TEST(Exp, IsDefinedEverywhere) {
  EXPECT_EQ(coalis::exp(0.0f), 1.0f);
  EXPECT_EQ(coalis::exp(-0.0f), 1.0f);
  EXPECT_EQ(coalis::exp(limits::denorm_min()), 1.0f);
  EXPECT_EQ(coalis::exp(inf), inf);
  EXPECT_EQ(coalis::exp(-inf), 0.0f);
  EXPECT_EQ(coalis::exp(std::nextafter(88.72283f, inf)), inf);
  EXPECT_EQ(coalis::exp(limits::max()), inf);
  EXPECT_EQ(coalis::exp(limits::lowest()), 0.0f);
  EXPECT_TRUE(std::isnan(coalis::exp(limits::quiet_NaN())));
  EXPECT_TRUE(std::isnan(coalis::exp(from_bits(0xffffffffu))));
}

TEST(Exp, GivesZeroForSubnormalResults) {
  EXPECT_GE(coalis::exp(-87.33654f), limits::min());
  for (float x = std::nextafter(-87.33654f, -inf); x > -104.0f; x = std::nextafter(x, -inf)) ASSERT_EQ(coalis::exp(x), 0.0f) << x;
}

TEST(Log, IsWithinTwoUnitsInTheLastPlace) {
  EXPECT_LE(worst(coalis::log, exact_log, limits::min(), limits::max(), 61), 1.0);
  EXPECT_LE(worst(coalis::log, exact_log, 0.99f, std::nextafter(1.0f, 0.0f), 1), 1.0);
  EXPECT_LE(worst(coalis::log, exact_log, std::nextafter(1.0f, 2.0f), 1.01f, 1), 1.0);
  EXPECT_LE(worst(coalis::log, exact_log, 1.39f, 1.43f, 1), 1.0);
}

TEST(Log, IsDefinedEverywhere) {
  EXPECT_EQ(coalis::log(1.0f), 0.0f);
  EXPECT_EQ(coalis::log(0.0f), -inf);
  EXPECT_EQ(coalis::log(-0.0f), -inf);
  EXPECT_EQ(coalis::log(limits::denorm_min()), -inf);
  EXPECT_EQ(coalis::log(std::nextafter(limits::min(), 0.0f)), -inf);
  EXPECT_EQ(coalis::log(-limits::denorm_min()), -inf);
  EXPECT_EQ(coalis::log(inf), inf);
  EXPECT_TRUE(std::isnan(coalis::log(-limits::min())));
  EXPECT_TRUE(std::isnan(coalis::log(-1.0f)));
  EXPECT_TRUE(std::isnan(coalis::log(-inf)));
  EXPECT_TRUE(std::isnan(coalis::log(limits::quiet_NaN())));
}

TEST(Logistic, IsCloseAndSafe) {
  EXPECT_LE(worst(coalis::logistic, exact_logistic, 1e-9f, 1000.0f, 61), 3.0);
  EXPECT_LE(worst(coalis::logistic, exact_logistic, -1e-9f, -87.0f, 61), 3.0);
  EXPECT_EQ(coalis::logistic(0.0f), 0.5f);
  EXPECT_EQ(coalis::logistic(limits::max()), 1.0f);
  EXPECT_EQ(coalis::logistic(limits::lowest()), 0.0f);
  EXPECT_TRUE(std::isnan(coalis::logistic(limits::quiet_NaN())));
}

TEST(SineAndCosine, AreCloseOnEveryUniform) {
  double error = 0;
  for (int i = 0; i < 1 << 24; i += 3) {
    const float u = static_cast<float>(i) * 0x1p-24f;
    const double angle = 2 * std::numbers::pi * static_cast<double>(u);
    error = std::max({error, std::abs(static_cast<double>(coalis::cos_two_pi(u)) - std::cos(angle)),
                      std::abs(static_cast<double>(coalis::sin_two_pi(u)) - std::sin(angle))});
  }
  EXPECT_LE(error, 2.5e-7);
  EXPECT_EQ(coalis::sin_two_pi(0.0f), 0.0f);
  EXPECT_EQ(coalis::sin_two_pi(0.5f), 0.0f);
  EXPECT_EQ(coalis::cos_two_pi(0.25f), 0.0f);
  EXPECT_EQ(coalis::cos_two_pi(0.75f), 0.0f);
}

// Of doubles; exact: the C library's in extended precision.
double ulps(double value, long double exact) {
  int exponent;
  std::frexp(static_cast<double>(exact), &exponent);
  return static_cast<double>(std::abs(static_cast<long double>(value) - exact) / std::ldexp(1.0L, exponent - 53));
}

TEST(ExpOfDoubles, IsWithinOneUnitInTheLastPlace) {
  double error = 0;
  for (int i = -708'000; i <= 709'000; i += 7) {
    const double x = i * 1e-3 + 1e-5;
    error = std::max(error, ulps(coalis::exp_double(x), std::exp(static_cast<long double>(x))));
  }
  EXPECT_LE(error, 1.0);
  using doubles = std::numeric_limits<double>;
  EXPECT_EQ(coalis::exp_double(0), 1);
  EXPECT_EQ(coalis::exp_double(-800), 0);
  EXPECT_EQ(coalis::exp_double(-doubles::infinity()), 0);
  EXPECT_EQ(coalis::exp_double(710), doubles::infinity());
  EXPECT_TRUE(std::isnan(coalis::exp_double(doubles::quiet_NaN())));
}

TEST(PowerOfTen, IsTheOneBelow) {
  EXPECT_EQ(coalis::power_of_ten_in(1), 0);
  EXPECT_EQ(coalis::power_of_ten_in(9.99), 0);
  EXPECT_EQ(coalis::power_of_ten_in(1000), 3);
  EXPECT_EQ(coalis::power_of_ten_in(0.001), -3);
  EXPECT_EQ(coalis::power_of_ten_in(0.0099), -3);
}

TEST(LogOfDoubles, IsWithinOneUnitInTheLastPlace) {
  double error = 0;
  for (double x = 1e-308; x < 1e308; x *= 1.0037)
    error = std::max(error, ulps(coalis::log_double(x), std::log(static_cast<long double>(x))));
  for (double x = 0.5; x < 2; x += 1e-5)
    error = std::max(error, ulps(coalis::log_double(x), std::log(static_cast<long double>(x))));
  EXPECT_LE(error, 1.0);
  using doubles = std::numeric_limits<double>;
  EXPECT_EQ(coalis::log_double(1), 0);
  EXPECT_EQ(coalis::log_double(0), -doubles::infinity());
  EXPECT_EQ(coalis::log_double(doubles::infinity()), doubles::infinity());
  EXPECT_TRUE(std::isnan(coalis::log_double(-1)));
  EXPECT_NEAR(coalis::power_double(0.3, 1.7) / std::pow(0.3, 1.7), 1, 1e-14);
}

}  // namespace
