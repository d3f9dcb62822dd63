// Philox for many counters side by side: one of the kernels that compilers do not vectorise well by themselves (they multiply 64
// by 64 bits, and g++ 12 keeps one group of blocks in flight). The bits are those of philox(). A vector has a counter's word in
// each of its 64-bit lanes, in the low half: what products leave in the high half is never read.
#pragma once

#include "coalis/core/philox.hpp"

#if defined(__SSE2__)
#define COALIS_PHILOX_LANES
#include <immintrin.h>

namespace coalis::inline COALIS_ISA {

// Vectors of the instruction set.
namespace wide {

#if defined(__AVX512F__)
using Vector = __m512i;
inline constexpr int groups_in_flight = 4;  // that hide the latency of the products
inline Vector load(const std::uint32_t* at) { return _mm512_loadu_si512(at); }
inline void store(std::uint32_t* at, Vector x) { _mm512_storeu_si512(at, x); }
inline Vector everywhere(std::uint32_t x) { return _mm512_set1_epi32(static_cast<int>(x)); }
inline Vector plus(Vector a, Vector b) { return _mm512_add_epi32(a, b); }
// With masks, because g++ 12 warns falsely of those without.
inline Vector product(Vector a, Vector b) { return _mm512_maskz_mul_epu32(0xFF, a, b); }  // of the low halves
inline Vector high_half(Vector x) { return _mm512_maskz_srli_epi64(0xFF, x, 32); }        // in the place of the low one
inline Vector difference(Vector a, Vector b, Vector c) { return _mm512_ternarylogic_epi64(a, b, c, 0x96); }  // a ^ b ^ c
inline Vector join(Vector low, Vector high) { return _mm512_mask_shuffle_epi32(low, 0xAAAA, high, _MM_PERM_CCAA); }
inline Vector even_lanes(Vector a, Vector b) { return _mm512_maskz_unpacklo_epi64(0xFF, a, b); }  // a0 b0 a2 b2 ...
inline Vector odd_lanes(Vector a, Vector b) { return _mm512_maskz_unpackhi_epi64(0xFF, a, b); }   // a1 b1 a3 b3 ...
#elif defined(__AVX2__)
using Vector = __m256i;
inline constexpr int groups_in_flight = 2;
inline Vector load(const std::uint32_t* at) { return _mm256_loadu_si256(reinterpret_cast<const Vector*>(at)); }
inline void store(std::uint32_t* at, Vector x) { _mm256_storeu_si256(reinterpret_cast<Vector*>(at), x); }
inline Vector everywhere(std::uint32_t x) { return _mm256_set1_epi32(static_cast<int>(x)); }
inline Vector plus(Vector a, Vector b) { return _mm256_add_epi32(a, b); }
inline Vector product(Vector a, Vector b) { return _mm256_mul_epu32(a, b); }
inline Vector high_half(Vector x) { return _mm256_srli_epi64(x, 32); }
inline Vector difference(Vector a, Vector b, Vector c) { return _mm256_xor_si256(_mm256_xor_si256(b, c), a); }
inline Vector join(Vector low, Vector high) { return _mm256_blend_epi32(low, _mm256_slli_epi64(high, 32), 0xAA); }
inline Vector even_lanes(Vector a, Vector b) { return _mm256_unpacklo_epi64(a, b); }
inline Vector odd_lanes(Vector a, Vector b) { return _mm256_unpackhi_epi64(a, b); }
#else
using Vector = __m128i;
inline constexpr int groups_in_flight = 2;
inline Vector load(const std::uint32_t* at) { return _mm_loadu_si128(reinterpret_cast<const Vector*>(at)); }
inline void store(std::uint32_t* at, Vector x) { _mm_storeu_si128(reinterpret_cast<Vector*>(at), x); }
inline Vector everywhere(std::uint32_t x) { return _mm_set1_epi32(static_cast<int>(x)); }
inline Vector plus(Vector a, Vector b) { return _mm_add_epi32(a, b); }
inline Vector product(Vector a, Vector b) { return _mm_mul_epu32(a, b); }
inline Vector high_half(Vector x) { return _mm_srli_epi64(x, 32); }
inline Vector difference(Vector a, Vector b, Vector c) { return _mm_xor_si128(_mm_xor_si128(b, c), a); }
inline Vector join(Vector low, Vector high) {
  return _mm_unpacklo_epi32(_mm_shuffle_epi32(low, _MM_SHUFFLE(3, 1, 2, 0)), _mm_shuffle_epi32(high, _MM_SHUFFLE(3, 1, 2, 0)));
}
inline Vector even_lanes(Vector a, Vector b) { return _mm_unpacklo_epi64(a, b); }
inline Vector odd_lanes(Vector a, Vector b) { return _mm_unpackhi_epi64(a, b); }
#endif

inline constexpr int words = sizeof(Vector) / sizeof(std::uint32_t), counters = words / 2;

// first + number(k) in the k-th word.
template <class F>
inline Vector numbered(std::uint32_t first, F number) {
  std::uint32_t numbers[words];
  for (std::uint32_t k = 0; k < words; ++k) numbers[k] = number(k);
  return plus(everywhere(first), load(numbers));
}

}  // namespace wide

// Counters or blocks, one in each lane.
struct LaneBlocks {
  wide::Vector w[4];
};

// The keys of the rounds, in every lane: made once for many counters.
struct RoundKeys {
  wide::Vector of[10][2];
  RoundKeys(std::uint32_t k0, std::uint32_t k1) {
    for (auto& key : of) {
      key[0] = wide::everywhere(k0);
      key[1] = wide::everywhere(k1);
      k0 += 0x9E3779B9;
      k1 += 0xBB67AE85;
    }
  }
};

// Puts philox of the counters in the place of the counters.
template <int groups>
inline void philox_lanes(LaneBlocks (&blocks)[groups], const RoundKeys& keys) {
  using namespace wide;
  const Vector first = everywhere(0xD2511F53), second = everywhere(0xCD9E8D57);
  for (const auto& key : keys.of)
    for (LaneBlocks& c : blocks) {
      const Vector a = product(c.w[0], first), b = product(c.w[2], second);
      c.w[0] = difference(high_half(b), c.w[1], key[0]);
      c.w[2] = difference(high_half(a), c.w[3], key[1]);
      c.w[1] = b;
      c.w[3] = a;
    }
}

}  // namespace coalis::inline COALIS_ISA
#endif
