// Lists the few of many: one of the kernels that compilers do not vectorise by themselves.
#pragma once

#include <cstdint>

#if defined(__AVX512F__)
#include <immintrin.h>
#endif

#include "coalis/core/column.hpp"
#include "coalis/core/isa.hpp"

namespace coalis::inline COALIS_ISA {

// Writes the numbers i in begin..end-1 with flag[i] > 0 to out, ascending; returns how many. begin is a multiple of `lanes`; out
// has room for end - begin numbers, rounded up to whole vectors, and may be written up to there.
inline int compact(int begin, int end, const std::int32_t* flag, std::int32_t* out) {
  int count = 0;
#if defined(__AVX512F__)
  const __m512i zero = _mm512_setzero_si512();
  const __m512i lane = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  int i = begin;
  for (; i + lanes <= end; i += lanes) {
    const __mmask16 set = _mm512_cmpgt_epi32_mask(_mm512_loadu_si512(flag + i), zero);
    _mm512_storeu_si512(out + count, _mm512_maskz_compress_epi32(set, _mm512_add_epi32(lane, _mm512_set1_epi32(i))));
    count += __builtin_popcount(set);
  }
#else
  int i = begin;
#endif
  for (; i < end; ++i) {
    out[count] = i;
    count += flag[i] > 0;
  }
  return count;
}

}  // namespace coalis::inline COALIS_ISA
