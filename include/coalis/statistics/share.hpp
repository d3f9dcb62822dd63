// The uncertainty of a share.
#pragma once

#include <cstddef>

namespace coalis {

struct Interval {
  double low, high;
};

// Wilson's 95 % interval of a share of `wins` in `runs` (Wilson 1927). runs above 0, wins <= runs; else std::invalid_argument.
// Swapping wins and losses mirrors it exactly: low(wins) = 1 - high(runs - wins).
Interval wilson(std::size_t wins, std::size_t runs);

}  // namespace coalis
