// Quantiles by linear interpolation between order statistics: type 7 of Hyndman and Fan (1996), the default of R and NumPy.
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>
#include <span>

namespace coalis {

// sorted: ascending, without missing values; probability in 0..1. NaN when there are no values.
template <class T>
double quantile(std::span<const T> sorted, double probability) {
  if (sorted.empty()) return std::numeric_limits<double>::quiet_NaN();
  const double position = probability * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(std::floor(position));
  const double low = sorted[below];
  if (below + 1 == sorted.size()) return low;
  const double high = sorted[below + 1], part = position - static_cast<double>(below);
  if (std::isinf(low) || (std::isinf(high) && part == 0)) return low;  // the difference would be no number
  return low + part * (high - low);
}

}  // namespace coalis
