// Computed from whichever of wins and losses is the smaller, so that both give the same bits.
#include "coalis/statistics/share.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace coalis {
namespace {

constexpr double normal_95 = 1.959963984540054;  // 97.5 % quantile of the standard normal distribution

}  // namespace

Interval wilson(std::size_t wins, std::size_t runs) {
  if (runs == 0 || wins > runs) throw std::invalid_argument("wilson: wins in runs, at least one run");
  const bool few = wins <= runs - wins;
  const auto n = static_cast<double>(runs), k = static_cast<double>(few ? wins : runs - wins);
  const double z2 = normal_95 * normal_95;
  const double centre = (k + z2 / 2) / (n + z2);
  const double half = normal_95 / (n + z2) * std::sqrt(k * (n - k) / n + z2 / 4);
  const double low = k > 0 ? std::max(0.0, centre - half) : 0, high = centre + half;
  return few ? Interval{low, high} : Interval{1 - high, 1 - low};
}

}  // namespace coalis
