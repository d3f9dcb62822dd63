#include "coalis/statistics/weighted.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace coalis {

double weighted_mean(std::span<const double> values, std::span<const double> weights) {
  return std::inner_product(values.begin(), values.end(), weights.begin(), 0.0) /
         std::accumulate(weights.begin(), weights.end(), 0.0);
}

double weighted_sd(std::span<const double> values, std::span<const double> weights) {
  const double mean = weighted_mean(values, weights);
  double squares = 0, total = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    squares += weights[i] * (values[i] - mean) * (values[i] - mean);
    total += weights[i];
  }
  return std::sqrt(squares / total);
}

double weighted_quantile(std::span<const double> values, std::span<const double> weights, double probability) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  const double wanted = probability * std::accumulate(weights.begin(), weights.end(), 0.0);
  double below = 0;
  for (const std::size_t i : order) {
    below += weights[i];
    if (below >= wanted) return values[i];
  }
  return values[order.back()];
}

}  // namespace coalis
