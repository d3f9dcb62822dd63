#include "coalis/inference/seed_share.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace coalis {
namespace {

// About their mean; exactly 0 if no two differ by more than the grain, which the rounding of a mean must not pass for variation.
double sum_of_squares(const std::vector<double>& values, double grain) {
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  if (*high - *low <= grain) return 0;
  double mean = 0, squares = 0;
  for (const double value : values) mean += value / static_cast<double>(values.size());
  for (const double value : values) squares += (value - mean) * (value - mean);
  return squares;
}

}  // namespace

SeedShare seed_share(std::span<const double> values, std::size_t replicates, double grain) {
  constexpr double missing = std::numeric_limits<double>::quiet_NaN();
  std::vector<double> by_point, by_replicate(replicates, 0.0), whole;
  for (std::size_t first = 0; replicates > 0 && first + replicates <= values.size(); first += replicates) {
    const auto own = values.subspan(first, replicates);
    if (std::any_of(own.begin(), own.end(), [](double value) { return std::isnan(value); })) continue;
    double sum = 0;
    for (std::size_t r = 0; r < replicates; ++r) {
      sum += own[r];
      by_replicate[r] += own[r];
      whole.push_back(own[r]);
    }
    by_point.push_back(sum / static_cast<double>(replicates));
  }
  const auto n = static_cast<double>(by_point.size()), r = static_cast<double>(replicates);
  if (by_point.size() < 2 || replicates < 2) return {missing, missing, missing, missing};
  for (double& value : by_replicate) value /= n;

  constexpr double rounding = 1e-12;
  const double all = sum_of_squares(whole, grain);
  const double points = r * sum_of_squares(by_point, grain), columns = n * sum_of_squares(by_replicate, grain);
  const double rest = all - points - columns > rounding * all ? all - points - columns : 0;
  const double mean_points = points / (n - 1), mean_columns = columns / (r - 1), both = rest / ((n - 1) * (r - 1));
  const double parameters = std::max(0.0, (mean_points - both) / r), seed = std::max(0.0, (mean_columns - both) / n);
  const double variance = parameters + seed + both;
  if (!(variance > 0)) return {missing, missing, missing, missing};
  return {parameters / variance, seed / variance, both / variance, mean_points > 0 ? std::min(1.0, both / mean_points) : missing};
}

}  // namespace coalis
