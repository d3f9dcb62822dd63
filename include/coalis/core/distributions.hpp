// Distributions on random words and, where the number of words is not fixed, on addresses.
// Own, on own exp and log (core/math.hpp), because Boost's and the standard library's call libm, whose bits differ between
// machines. Tested against Boost's in distribution.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

#include "coalis/core/compact.hpp"
#include "coalis/core/draws.hpp"
#include "coalis/core/math.hpp"
#include "coalis/core/parallel.hpp"

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

// One attempt at a beta draw: x / (x + y) of two gammas, from their logarithms; takes two blocks, of the second two words.
struct BetaAttempt {
  float value;
  bool accepted;
};
inline BetaAttempt beta_attempt(std::uint32_t w0, std::uint32_t w1, std::uint32_t w2, std::uint32_t boost_a,
                                std::uint32_t boost_b, float a, float b) {
  const TwoNormals normals = two_normals(w0, w1);
  const GammaAttempt x = gamma_attempt(normals.a, boost_a, a);
  const GammaAttempt y = gamma_attempt(normals.b, boost_b, b);
  return {logistic(x.log_value - y.log_value), uniform(w2) < exp(x.log_accept + y.log_accept)};
}

// Beta(a, b) in [0, 1], never NaN. a, b: as gamma; not both 0. Takes the blocks of 2 sub and 2 sub + 1.
inline float beta(Stream stream, Address at, float a, float b) {
  for (;; ++at.index) {
    const Words words = draw(stream, {at.purpose, at.entity, at.month, at.index, 2 * at.sub});
    const Words boosts = draw(stream, {at.purpose, at.entity, at.month, at.index, 2 * at.sub + 1});
    const BetaAttempt attempt = beta_attempt(words.w[0], words.w[1], words.w[2], boosts.w[0], boosts.w[1], a, b);
    if (attempt.accepted || at.index >= last_attempt) return attempt.value;
  }
}

// Attempts of a tile of entities, side by side.
struct BetaAttempts {
  alignas(cache_line) std::uint32_t word[4][tile_size], boost[4][tile_size];
  alignas(cache_line) float a[tile_size], b[tile_size];
  alignas(cache_line) float value[tile_size];  // -1: not accepted
};
inline void attempt_all(BetaAttempts& t, int count) {
  COALIS_LANES
  for (int k = 0; k < count; ++k) {
    const BetaAttempt attempt =
        beta_attempt(t.word[0][k], t.word[1][k], t.word[2][k], t.boost[0][k], t.boost[1][k], t.a[k], t.b[k]);
    t.value[k] = attempt.accepted ? attempt.value : -1.0f;
  }
}

// betas() of a tile: first attempts of all, then again and again of those that were not accepted. `entities`: those of the tile,
// or null if they are begin to end.
inline void betas_of_tile(Stream stream, Purpose purpose, int begin, int end, const std::uint32_t* entities, const float* a,
                          const float* b, float* out) {
  BetaAttempts t;
  const int count = end - begin;
  const auto entity_of = [=](int k) { return entities ? entities[k] : static_cast<std::uint32_t>(begin + k); };
  if (entities) {
    draw_blocks_of(stream, {.purpose = purpose}, entities, count, t.word[0], t.word[1], t.word[2], t.word[3]);
    draw_blocks_of(stream, {.purpose = purpose, .sub = 1}, entities, count, t.boost[0], t.boost[1], t.boost[2], t.boost[3]);
  } else {
    draw_blocks(stream, purpose, 0, 0, 0, begin, end, t.word[0], t.word[1], t.word[2], t.word[3]);
    draw_blocks(stream, purpose, 0, 0, 1, begin, end, t.boost[0], t.boost[1], t.boost[2], t.boost[3]);
  }
  std::copy_n(a, count, t.a);
  std::copy_n(b, count, t.b);
  attempt_all(t, count);
  alignas(cache_line) std::int32_t rejected[tile_size], left[tile_size];
  alignas(cache_line) std::uint32_t again[tile_size];
  for (int k = 0; k < count; ++k) {
    out[k] = t.value[k];
    rejected[k] = t.value[k] < 0;
  }
  int missing = compact(0, count, rejected, left);
  for (std::uint32_t index = 1; missing > 0 && index < last_attempt; ++index) {
    const int whole = padded(missing);
    std::fill(left + missing, left + whole, left[0]);
    for (int k = 0; k < whole; ++k) t.a[k] = a[left[k]], t.b[k] = b[left[k]], again[k] = entity_of(left[k]);
    draw_blocks_of(stream, {.purpose = purpose, .index = index}, again, whole, t.word[0], t.word[1], t.word[2]);
    draw_blocks_of(stream, {.purpose = purpose, .index = index, .sub = 1}, again, whole, t.boost[0], t.boost[1]);
    attempt_all(t, whole);
    const int tried = std::exchange(missing, 0);
    for (int k = 0; k < tried; ++k) {
      out[left[k]] = t.value[k];
      left[missing] = left[k];
      missing += t.value[k] < 0;
    }
  }
  for (int k = 0; k < missing; ++k)
    out[left[k]] =
        beta(stream, {.purpose = purpose, .entity = entity_of(left[k]), .index = last_attempt}, a[left[k]], b[left[k]]);
}

// out[k] = beta(stream, {purpose, begin + k}, a[k], b[k]) up to `end`; begin and end are multiples of 16. `entities`: of begin to
// end, if they are others.
inline void betas(Stream stream, Purpose purpose, int begin, int end, const float* a, const float* b, float* out,
                  const std::uint32_t* entities = nullptr) {
  for_tiles({begin, end}, [=](Range tile) {
    const int k = tile.begin - begin;
    betas_of_tile(stream, purpose, tile.begin, tile.end, entities ? entities + k : nullptr, a + k, b + k, out + k);
  });
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
