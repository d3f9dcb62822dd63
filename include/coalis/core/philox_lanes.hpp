// Philox for sixteen counters or more at a time: one of the kernels that compilers do not vectorise well by themselves (g++ 12
// multiplies 64 by 64 bits and keeps one group of blocks in flight). The bits are those of philox().
#pragma once

#include "coalis/core/philox.hpp"

#if defined(__AVX512F__) && defined(__AVX512DQ__)
#define COALIS_PHILOX_LANES
#include <immintrin.h>

namespace coalis::inline COALIS_ISA {

// Eight blocks, one in each 64-bit lane; the high halves of the lanes are left over from products and do not count.
struct EightBlocks {
  __m512i w[4];
};

// x in every 64-bit lane.
inline __m512i in_lanes(std::uint32_t x) { return _mm512_set1_epi64(static_cast<long long>(x)); }

// Puts philox of the counters in the place of the counters. Four groups hide the latency of the products.
template <int groups>
inline void philox_lanes(EightBlocks (&blocks)[groups], std::uint32_t k0, std::uint32_t k1) {
  constexpr int all_of_three = 0x96;  // exclusive or
  const __m512i first = in_lanes(0xD2511F53), second = in_lanes(0xCD9E8D57);
  for (int round = 0; round < 10; ++round) {
    const __m512i key_0 = in_lanes(k0), key_1 = in_lanes(k1);
    for (EightBlocks& c : blocks) {
      const __m512i a = _mm512_mul_epu32(c.w[0], first), b = _mm512_mul_epu32(c.w[2], second);
      c.w[0] = _mm512_ternarylogic_epi64(_mm512_srli_epi64(b, 32), c.w[1], key_0, all_of_three);
      c.w[2] = _mm512_ternarylogic_epi64(_mm512_srli_epi64(a, 32), c.w[3], key_1, all_of_three);
      c.w[1] = b;
      c.w[3] = a;
    }
    k0 += 0x9E3779B9;
    k1 += 0xBB67AE85;
  }
}

// Words of sixteen blocks, to out[0..15].
inline void store_words(std::uint32_t* out, __m512i of_first_eight, __m512i of_second_eight) {
  const __m512i low_halves = _mm512_setr_epi32(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
  _mm512_storeu_si512(out, _mm512_permutex2var_epi32(of_first_eight, low_halves, of_second_eight));
}

// Words of one block after the other, of four of the eight blocks, to out[0..15].
inline void store_in_order(std::uint32_t* out, const EightBlocks& blocks, __m512i order) {
  constexpr __mmask16 high_halves = 0xAAAA;
  const __m512i words_01 = _mm512_mask_shuffle_epi32(blocks.w[0], high_halves, blocks.w[1], _MM_PERM_CCAA);
  const __m512i words_23 = _mm512_mask_shuffle_epi32(blocks.w[2], high_halves, blocks.w[3], _MM_PERM_CCAA);
  _mm512_storeu_si512(out, _mm512_permutex2var_epi64(words_01, order, words_23));
}
inline void store_first_four(std::uint32_t* out, const EightBlocks& blocks) {
  store_in_order(out, blocks, _mm512_setr_epi64(0, 8, 1, 9, 2, 10, 3, 11));
}
inline void store_last_four(std::uint32_t* out, const EightBlocks& blocks) {
  store_in_order(out, blocks, _mm512_setr_epi64(4, 12, 5, 13, 6, 14, 7, 15));
}

// first, first + 1, ..., first + 7
inline __m512i eight_from(int first) {
  return _mm512_add_epi64(_mm512_setr_epi64(0, 1, 2, 3, 4, 5, 6, 7), in_lanes(static_cast<std::uint32_t>(first)));
}

}  // namespace coalis::inline COALIS_ISA
#endif
