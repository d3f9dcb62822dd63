// Sums over organisations with a fixed order: sixteen lanes, then a fixed tree, chunk by chunk, so that bits depend neither on
// the instruction set nor on the number of threads.
#pragma once

#include "coalis/core/isa.hpp"
#include "coalis/model/world.hpp"

namespace coalis::inline COALIS_ISA {

// The fixed tree.
template <class T>
T tree_sum(T (&sum)[lanes]) {
  for (int width = lanes / 2; width > 0; width /= 2)
    for (int lane = 0; lane < width; ++lane) sum[lane] += sum[lane + width];
  return sum[0];
}

// Sum of value(i) over a range of whole vectors.
template <class F>
double lane_sum(Range range, F value) {
  float sum[lanes] = {};
  for (int block = range.begin; block < range.end; block += lanes) {
    COALIS_LANES
    for (int lane = 0; lane < lanes; ++lane) sum[lane] += value(block + lane);
  }
  return tree_sum(sum);
}

// The same over all organisations.
template <class F>
double sum_over(World& w, F value) {
  for_chunks(w.loop, w.lanes_n, [&](Range range, int chunk) { w.partial[chunk] = lane_sum(range, value); });
  double total = 0;
  for (int chunk = 0; chunk < chunk_count(w.lanes_n); ++chunk) total += w.partial[chunk];
  return total;
}

// Values that fade are set to 0 before they become subnormal and slow every loop (ODD 4, numbers).
inline float faded(float x) { return x < 1e-6f ? 0.0f : x; }

}  // namespace coalis::inline COALIS_ISA
