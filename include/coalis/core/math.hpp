// exp, log, logistic, sine and cosine in single precision from plain arithmetic, so that their bits do not depend on the
// machine, the C library or the compiler (contraction is off). Free of branches: a loop that calls them vectorises.
// Reduction as in Cephes expf and logf (Moshier); polynomials are own minimax fits.
#pragma once

#include <bit>
#include <cstdint>
#include <limits>

#include "coalis/core/isa.hpp"

namespace coalis::inline COALIS_ISA {

inline constexpr float ln2_high = 0.693359375f;  // 9 bits: its product with an exponent is exact
inline constexpr float ln2_low = -2.12194440e-4f;

// Within 1 unit in the last place. Results below the normal range are 0; exp(-inf) = 0; exp(x) = inf above 88.72283; NaN
// gives NaN.
inline float exp(float x) {
  constexpr float shifter = 12582912.0f;  // 1.5 * 2^23: adding it rounds to an integer, kept in the low bits
  const float shifted = x * 1.44269504f + shifter;
  const float n = shifted - shifter;
  const float r = (x - n * ln2_high) - n * ln2_low;
  const float r2 = r * r;
  const float tail = (0.499999934f + 0.166665204f * r) + r2 * ((0.0416683908f + 0.00836874512f * r) + r2 * 0.001381454f);
  const float mantissa = 1.0f + (r + r2 * tail);
  const std::uint32_t bits = std::bit_cast<std::uint32_t>(mantissa) + (std::bit_cast<std::uint32_t>(shifted) << 23);
  const float y = std::bit_cast<float>(bits);
  const float upper = x <= 88.72283f ? y : x + std::numeric_limits<float>::infinity();  // NaN stays NaN
  return x < -87.33654f ? 0.0f : upper;
}

// Within 1 unit in the last place. Zeros and subnormal numbers of either sign count as 0: -inf. log(inf) = inf; NaN below 0
// and for NaN.
inline float log(float x) {
  const std::uint32_t bits = std::bit_cast<std::uint32_t>(x) - 0x3f3504f3u;  // 0x3f3504f3 is sqrt(1/2)
  const float k = static_cast<float>(static_cast<std::int32_t>(bits) >> 23);
  const float f = std::bit_cast<float>((bits & 0x007fffffu) + 0x3f3504f3u) - 1.0f;  // sqrt(1/2) - 1 <= f < sqrt(2) - 1
  const float f2 = f * f;
  const float f4 = f2 * f2;
  const float low = (0.333333317f - 0.25000821f * f) + f2 * (0.200012269f - 0.166233573f * f);
  const float high = (0.14201758f - 0.131601824f * f) + f2 * (0.12761577f - 0.0763449653f * f);
  const float tail = f2 * f * (low + f4 * high) + k * ln2_low - 0.5f * f2;
  const float y = (f + tail) + k * ln2_high;
  using limits = std::numeric_limits<float>;
  const float upper = x <= limits::max() ? y : limits::infinity();
  const float lower = x > -limits::min() ? -limits::infinity() : limits::quiet_NaN();
  return x >= limits::min() ? upper : lower;
}

// 1 / (1 + exp(-x)), within 3 units in the last place; 0 below -88.7, 1 from 17 on. Safe for every x.
inline float logistic(float x) { return 1.0f / (1.0f + exp(-x)); }

// sin(2 pi b) for -1/4 <= b <= 1/4.
inline float sin_quarter(float b) {
  const float z = b * b;
  const float z2 = z * z;
  return b * ((6.28318527f - 41.3416775f * z) + z2 * ((81.6022312f - 76.5749907f * z) + z2 * 39.7109081f));
}

// cos(2 pi u) for u in [0, 1), a multiple of 2^-24 (then the reduction is exact).
inline float cos_two_pi(float u) {
  const float t = u - 0.5f;
  return sin_quarter((t < 0.0f ? -t : t) - 0.25f);
}

// sin(2 pi u) for u in [0, 1), a multiple of 2^-24.
inline float sin_two_pi(float u) {
  const float t = u - 0.5f;
  const float size = t < 0.0f ? -t : t;
  const float folded = size > 0.25f ? 0.5f - size : size;
  return sin_quarter(t < 0.0f ? folded : -folded);
}

}  // namespace coalis::inline COALIS_ISA
