// Quantiles of many unordered values, without sorting them all.
#pragma once

#include <span>

namespace coalis {

// The quantiles (type 7, as core/quantile.hpp has them of sorted values, bit for bit) at `probabilities` (0..1, ascending) to
// `result`; NaN of no values. values: without NaN; what they are afterwards is not said.
template <class T>
void quantiles_of(std::span<T> values, std::span<const double> probabilities, std::span<double> result);

}  // namespace coalis
