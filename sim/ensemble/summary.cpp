// Statistics over replicates, summed in the order of the replicates.
#include "coalis/ensemble/summary.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <stdexcept>

#include "coalis/core/quantile.hpp"

namespace coalis {

Summary summarise(std::span<const double> values) {
  constexpr double missing = std::numeric_limits<double>::quiet_NaN();
  std::vector<double> present;
  present.reserve(values.size());
  std::copy_if(values.begin(), values.end(), std::back_inserter(present), [](double x) { return !std::isnan(x); });
  const auto n = static_cast<double>(present.size());
  double sum = 0;
  for (const double x : present) sum += x;
  const double mean = present.empty() ? missing : sum / n;
  double squares = 0;
  for (const double x : present) squares += (x - mean) * (x - mean);
  const double sd = present.size() < 2 ? missing : std::sqrt(squares / (n - 1));
  std::sort(present.begin(), present.end());
  const std::span<const double> sorted = present;
  return {mean, sd / std::sqrt(n), sd, quantile(sorted, 0.1), quantile(sorted, 0.5), quantile(sorted, 0.9), present.size()};
}

void Samples::add(std::span<const double> row) {
  if (row.size() != columns_.size()) throw std::invalid_argument("Samples::add: one value a figure");
  for (std::size_t i = 0; i < row.size(); ++i) columns_[i].push_back(row[i]);
}

}  // namespace coalis
