// Reads a table at many places: one of the kernels that compilers do not vectorise by themselves, where the table fits into two
// vectors, as do hubs by regions of most coalitions and the organisations at most meetings.
#pragma once

#include <cstdint>

#include "coalis/core/column.hpp"
#include "coalis/core/isa.hpp"

#if defined(__AVX512F__)
#include <immintrin.h>
#endif

namespace coalis::inline COALIS_ISA {

// out[k] = table[at[k]] for 0 <= k < count, a multiple of `lanes`; every at[k] is below size.
template <class T>
inline void look_up(const T* table, [[maybe_unused]] int size, const std::int32_t* at, int count, T* out) {
  static_assert(sizeof(T) == 4);
#if defined(__AVX512F__)
  if (size <= 2 * lanes) {
    const std::uint32_t there = size == 2 * lanes ? ~0u : (1u << size) - 1;
    const __m512i first = _mm512_maskz_loadu_epi32(static_cast<__mmask16>(there), table);
    const __m512i second = _mm512_maskz_loadu_epi32(static_cast<__mmask16>(there >> lanes), table + lanes);
    for (int k = 0; k < count; k += lanes)
      _mm512_storeu_si512(out + k, _mm512_permutex2var_epi32(first, _mm512_loadu_si512(at + k), second));
    return;
  }
#endif
  COALIS_LANES
  for (int k = 0; k < count; ++k) out[k] = table[at[k]];
}

}  // namespace coalis::inline COALIS_ISA
