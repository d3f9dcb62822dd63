// Distributions on random words and, where the number of words is not fixed, on addresses.
// Own, on own exp and log (core/math.hpp), because Boost's and the standard library's call libm, whose bits differ between
// machines. Tested against Boost's in distribution.
#pragma once

#include <cmath>
#include <cstdint>

#include "coalis/core/draws.hpp"
#include "coalis/core/math.hpp"

namespace coalis::inline COALIS_ISA {

// Mean 1; between 0 and 22.2.
inline float exponential(std::uint32_t w) { return -log(positive_uniform(w)); }

struct TwoNormals {
  float a, b;
};

// Two independent standard normals, at most 6.7 in size (Box and Muller 1958).
inline TwoNormals two_normals(std::uint32_t w0, std::uint32_t w1) {
  const float radius = std::sqrt(2.0f * exponential(w0));
  const float turn = uniform(w1);
  return {radius * cos_two_pi(turn), radius * sin_two_pi(turn)};
}

// The first of the two.
inline float normal(std::uint32_t w0, std::uint32_t w1) { return std::sqrt(2.0f * exponential(w0)) * cos_two_pi(uniform(w1)); }

// Standard Gumbel, -log(-log(u)); finite for every word (-3.1 to 18.1).
inline float gumbel(std::uint32_t w) {
  const float e = exponential(w);
  return -log(e > 0x1p-26f ? e : 0x1p-26f);
}

// Log-normal with mean 1: exp(sigma z - sigma^2 / 2).
inline float lognormal_factor(float sigma, float z) { return exp(sigma * z - 0.5f * sigma * sigma); }

// One attempt of Marsaglia and Tsang (2000, doi:10.1145/358407.358414) at a gamma draw of scale 1, on a logarithmic scale,
// so that small shapes do not underflow. x: a standard normal. To be accepted with probability exp(log_accept), on average
// at least 95 of 100; never if NaN.
struct GammaAttempt {
  float log_value;
  float log_accept;
};
inline GammaAttempt gamma_attempt(float x, std::uint32_t w_boost, float shape) {
  const bool small = shape < 1.0f;  // then a draw of shape + 1 times u^(1/shape)
  const float d = (small ? shape + 1.0f : shape) - 1.0f / 3.0f;
  const float root = 1.0f + x / std::sqrt(9.0f * d);
  const float log_v = 3.0f * log(root);  // NaN for a negative root
  const float v = root * root * root;
  const float boost = small ? exponential(w_boost) / (shape > 1e-30f ? shape : 1e-30f) : 0.0f;
  return {log(d) + log_v - boost, 0.5f * x * x + d * (1.0f - v + log_v)};
}

// Attempts count up to the last index, so that a shape that is NaN ends too.
inline constexpr std::uint32_t last_attempt = 0xfff;

// Logarithm of a gamma draw of scale 1; finite. Shape: 0 to about 10^4 (above, single precision blurs the acceptance).
inline float log_gamma_draw(Stream stream, Address at, float shape) {
  for (;; ++at.index) {
    const Words words = draw(stream, at);
    const GammaAttempt attempt = gamma_attempt(normal(words.w[0], words.w[1]), words.w[3], shape);
    if (uniform(words.w[2]) < exp(attempt.log_accept) || at.index >= last_attempt) return attempt.log_value;
  }
}

// Gamma of scale 1; 0 if below the normal range.
inline float gamma(Stream stream, Address at, float shape) { return exp(log_gamma_draw(stream, at, shape)); }

// One attempt at a beta draw: x / (x + y) of two gammas, from their logarithms. Takes the blocks of 2 sub and 2 sub + 1.
struct BetaAttempt {
  float value;
  bool accepted;
};
inline BetaAttempt beta_attempt(Stream stream, Address at, float a, float b) {
  const Words words = draw(stream, {at.purpose, at.entity, at.month, at.index, 2 * at.sub});
  const Words boosts = draw(stream, {at.purpose, at.entity, at.month, at.index, 2 * at.sub + 1});
  const TwoNormals normals = two_normals(words.w[0], words.w[1]);
  const GammaAttempt x = gamma_attempt(normals.a, boosts.w[0], a);
  const GammaAttempt y = gamma_attempt(normals.b, boosts.w[1], b);
  return {logistic(x.log_value - y.log_value), uniform(words.w[2]) < exp(x.log_accept + y.log_accept)};
}

// Beta(a, b) in [0, 1], never NaN. a, b: as gamma; not both 0.
inline float beta(Stream stream, Address at, float a, float b) {
  for (;; ++at.index) {
    const BetaAttempt attempt = beta_attempt(stream, at, a, b);
    if (attempt.accepted || at.index >= last_attempt) return attempt.value;
  }
}

// out[k] = beta(stream, {purpose, begin + k}, a[k], b[k]) up to `end`; begin and end are multiples of 16: the first attempts of
// all at once, then the few that were not accepted one by one.
inline void betas(Stream stream, Purpose purpose, int begin, int end, const float* a, const float* b, float* out) {
  constexpr float rejected = -1.0f;
  const int count = end - begin;
  COALIS_LANES
  for (int k = 0; k < count; ++k) {
    const BetaAttempt attempt = beta_attempt(stream, {purpose, static_cast<std::uint32_t>(begin + k)}, a[k], b[k]);
    out[k] = attempt.accepted ? attempt.value : rejected;
  }
  for (int k = 0; k < count; ++k) {
    const Address second{.purpose = purpose, .entity = static_cast<std::uint32_t>(begin + k), .index = 1};
    if (out[k] == rejected) out[k] = beta(stream, second, a[k], b[k]);
  }
}

// Poisson by inversion from one word; mean 0..8. Stops where a word no longer resolves the tail.
inline int poisson_by_inversion(std::uint32_t w, float mean) {
  float left = positive_uniform(w);
  float probability = exp(-mean);
  int k = 0;
  while (left > probability && probability > 0x1p-32f) {
    left -= probability;
    ++k;
    probability *= mean / static_cast<float>(k);
  }
  return k;
}

// Poisson, mean 0 or more: a sum of draws of mean at most 8, each by inversion from a word of its own, the first from the
// first word of the address. Takes time in proportion to the mean.
inline int poisson(Stream stream, Address at, float mean) {
  constexpr float part = 8.0f;
  DrawEngine words(stream, at);
  int sum = 0;
  for (; mean > part; mean -= part) sum += poisson_by_inversion(words(), part);
  return sum + poisson_by_inversion(words(), mean);
}

}  // namespace coalis::inline COALIS_ISA
