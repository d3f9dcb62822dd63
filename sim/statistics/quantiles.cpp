// See quantiles.hpp. Values are put in order only at the ranks that quantiles need.
#include "coalis/statistics/quantiles.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "coalis/core/quantile.hpp"

namespace coalis {

template <class T>
void quantiles_of(std::span<T> values, std::span<const double> probabilities, std::span<double> result) {
  auto ordered = values.begin();  // all before are in order as far as it matters, and below all behind
  for (const double probability : probabilities) {
    if (values.empty()) break;
    const auto below = values.begin() + static_cast<std::ptrdiff_t>(probability * static_cast<double>(values.size() - 1));
    for (const auto at : {below, std::min(below + 1, values.end() - 1)}) {
      if (at < ordered) continue;
      std::nth_element(ordered, at, values.end());
      ordered = at + 1;
    }
  }
  for (std::size_t k = 0; k < probabilities.size(); ++k) result[k] = quantile(std::span<const T>(values), probabilities[k]);
}

template void quantiles_of(std::span<float>, std::span<const double>, std::span<double>);
template void quantiles_of(std::span<double>, std::span<const double>, std::span<double>);

}  // namespace coalis
