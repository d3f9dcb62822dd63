// Reads a table at many places: one of the kernels that compilers do not vectorise by themselves, where the table fits into two
// vectors, as do hubs by regions of most coalitions and the organisations at most meetings.
#pragma once

#include <cstdint>

#include "coalis/core/column.hpp"
#include "coalis/core/isa.hpp"
#include "coalis/core/parallel.hpp"

#if defined(__AVX512F__)
#include <immintrin.h>
#endif

namespace coalis::inline COALIS_ISA {

#if defined(__AVX512F__)
inline constexpr int small_table = 2 * lanes;
#else
inline constexpr int small_table = 0;  // gathers are as good
#endif

// out[k] = table[at[k]] for 0 <= k < count, a multiple of `lanes`; every at[k] is below size.
template <class T>
inline void look_up(const T* table, [[maybe_unused]] int size, const std::int32_t* at, int count, T* out) {
  static_assert(sizeof(T) == 4);
#if defined(__AVX512F__)
  if (size <= small_table) {
    const std::uint32_t there = size == small_table ? ~0u : (1u << size) - 1;
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

// Calls f(value, count), where value(k) = table[at[k]] for 0 <= k < count, which is at most a tile: looked up beforehand if the
// table is small, else as the loop goes.
template <class F>
[[gnu::always_inline]] inline void with_looked_up(const float* table, int size, const std::int32_t* at, int count, F f) {
  if (size > small_table) return f([=](int k) { return table[at[k]]; }, count);
  alignas(cache_line) float values[tile_size];
  look_up(table, size, at, count, values);
  const float* looked_up = values;
  f([looked_up](int k) { return looked_up[k]; }, count);
}

}  // namespace coalis::inline COALIS_ISA
