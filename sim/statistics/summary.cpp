// Statistics over replicates, summed in the order of the replicates.
#include "coalis/statistics/summary.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "coalis/statistics/intervals.hpp"
#include "coalis/statistics/quantiles.hpp"

namespace coalis {

namespace {

Summary summary_of(std::vector<double> values) {
  constexpr double missing = std::numeric_limits<double>::quiet_NaN();
  std::erase_if(values, [](double x) { return std::isnan(x); });
  const auto n = static_cast<double>(values.size());
  double sum = 0;
  for (const double x : values) sum += x;
  const double mean = values.empty() ? missing : sum / n;
  double squares = 0;
  for (const double x : values) squares += (x - mean) * (x - mean);
  const double sd = values.size() < 2 ? missing : std::sqrt(squares / (n - 1));
  constexpr std::array probabilities{0.1, 0.5, 0.9};
  std::array<double, probabilities.size()> q{};
  quantiles_of<double>(values, probabilities, q);
  return {mean, sd / std::sqrt(n), sd, q[0], q[1], q[2], values.size()};
}

}  // namespace

double half_width(const Summary& s) { return half_width(s.se, s.draws > 0 ? s.draws : s.n); }

Summary summarise(std::span<const double> values) { return summary_of({values.begin(), values.end()}); }

void Samples::add(std::span<const double> row) {
  if (row.size() != rows_.columns()) throw std::invalid_argument("Samples::add: one value a figure");
  rows_.add(row);
}

Summary Samples::summary(std::size_t figure) const { return summary_of(values(figure)); }

}  // namespace coalis
