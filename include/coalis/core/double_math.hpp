// exp, log, powers and roots in double precision from plain arithmetic: what is inferred has the same bits on every machine, too.
// The C library's differ between processors with and without fused multiply-add. Reduction as in math.hpp; Taylor series, which
// need no fit.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>

namespace coalis {

namespace double_terms {
// ln 2; the first part ends in 20 empty bits, so that its product with an exponent is exact.
inline constexpr double ln_high = 0x1.62e42fee00000p-1, ln_low = 0x1.a39ef35793c76p-33;

inline constexpr auto series = [] {  // 1 / 15! ... 1 / 2!
  std::array<double, 14> terms{};
  double factorial = 1;
  for (std::size_t k = 2; k <= 15; ++k) terms[15 - k] = 1 / (factorial *= static_cast<double>(k));
  return terms;
}();
}  // namespace double_terms

// Within 1 unit in the last place. Results below the normal range are 0; exp(-inf) = 0; inf above 709.78; NaN gives NaN.
inline double exp_double(double x) {
  if (std::isnan(x)) return x;
  if (x > 709.782712893384) return std::numeric_limits<double>::infinity();
  if (x < -708.3964185322641) return 0;
  constexpr double shifter = 0x1.8p52;  // adding it rounds to an integer
  const double n = (x * 0x1.71547652b82fep0 + shifter) - shifter;
  const double r = (x - n * double_terms::ln_high) - n * double_terms::ln_low;
  double tail = 0;  // (exp(r) - 1 - r) / r^2
  for (const double term : double_terms::series) tail = tail * r + term;
  const double mantissa = 1 + (r + r * r * tail);
  return std::ldexp(mantissa, static_cast<int>(n));  // exact
}

// Within 1 unit in the last place. log(0) = -inf, log(inf) = inf; NaN below 0 and for NaN.
inline double log_double(double x) {
  using limits = std::numeric_limits<double>;
  if (std::isnan(x) || x < 0) return limits::quiet_NaN();
  if (x == 0) return -limits::infinity();
  if (x > limits::max()) return x;
  int k;
  double m = std::frexp(x, &k);               // exact
  if (m < 0x1.6a09e667f3bcdp-1) m *= 2, --k;  // sqrt(1/2) <= m < sqrt(2)
  const double f = m - 1, s = f / (2 + f), s2 = s * s, half = 0.5 * f * f;
  double series = 0;  // of 2 atanh(s) = log(m), beyond 2 s
  for (int j = 25; j >= 3; j -= 2) series = (series + 2.0 / j) * s2;
  return k * double_terms::ln_high - ((half - (s * (half + series) + k * double_terms::ln_low)) - f);
}

// x to the power of y, x above 0: within 1e-13 of its size for results between 1e-30 and 1e30.
inline double power_double(double x, double y) { return exp_double(y * log_double(x)); }

// The largest k with 10^k <= x, for x above 0 and finite.
inline int power_of_ten_in(double x) {
  int k = 0;
  for (; x >= 10; x /= 10) ++k;
  for (double tens = 1; x * tens < 1; tens *= 10) --k;
  return k;
}

inline double root_of_squares(double a, double b) { return std::sqrt(a * a + b * b); }

}  // namespace coalis
