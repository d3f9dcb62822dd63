#include "coalis/statistics/variance_parts.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <vector>

#include "coalis/statistics/intervals.hpp"

namespace coalis {
namespace {

struct Moments {
  double n = 0, mean = 0, variance = 0;  // variance: divided by n
};

Moments moments(std::span<const double> values) {
  Moments m;
  for (const double x : values) {
    if (std::isnan(x)) continue;
    m.mean += x;
    ++m.n;
  }
  if (m.n == 0) return m;
  m.mean /= m.n;
  for (const double x : values)
    if (!std::isnan(x)) m.variance += (x - m.mean) * (x - m.mean) / m.n;
  return m;
}

// Sums over draws for an analysis of variance; a draw can be taken out again.
struct DrawSums {
  double draws = 0, replicates = 0, squares = 0;         // number of draws and replicates, squares of a draw's replicates
  double total = 0, of_means = 0, inside = 0, free = 0;  // sums of values; squares of means times replicates; within draws

  DrawSums& add(const Moments& m, double sign) {
    draws += sign, replicates += sign * m.n, squares += sign * m.n * m.n;
    total += sign * m.n * m.mean, of_means += sign * m.n * m.mean * m.mean;
    inside += sign * m.n * m.variance, free += sign * (m.n - 1);
    return *this;
  }
  double chance() const { return inside / free; }
  // Unbiased, so that it may be below 0.
  double parameters() const {
    const double between = (of_means - total * total / replicates) / (draws - 1);
    return (between - chance()) / ((replicates - squares / replicates) / (draws - 1));
  }
  double share() const { return parameters() / (chance() + parameters()); }
};

// The draws with a value, of values less their mean, so that sums of squares keep their digits; less the first one before that,
// so that what does not vary gives zeros.
std::vector<Moments> draws_of(std::span<const double> values, std::size_t together) {
  std::vector<Moments> draws;
  const auto first = std::find_if(values.begin(), values.end(), [](double x) { return !std::isnan(x); });
  if (first == values.end()) return draws;
  std::vector<double> from_first(values.begin(), values.end());
  for (double& x : from_first) x -= *first;
  const double centre = moments(from_first).mean;
  const std::span<const double> all(from_first);
  for (std::size_t i = 0; i < all.size(); i += together) {
    Moments m = moments(all.subspan(i, std::min(together, all.size() - i)));
    m.mean -= centre;
    if (m.n > 0) draws.push_back(m);
  }
  return draws;
}

}  // namespace

VarianceParts variance_parts(std::span<const Cell> cells) {
  constexpr double missing = std::numeric_limits<double>::quiet_NaN();
  struct Entry {
    double weight;
    Moments m;
  };
  std::map<std::size_t, std::vector<Entry>> structures;
  for (const Cell& cell : cells)
    if (const Moments m = moments(cell.differences); m.n > 0 && cell.weight > 0)
      structures[cell.structure].push_back({cell.weight, m});
  if (structures.empty()) return {missing, missing, missing, missing, missing};

  VarianceParts parts{0, 0, 0, 0, 0};
  const double share = 1.0 / static_cast<double>(structures.size());
  std::vector<double> means;
  for (const auto& [structure, entries] : structures) {
    double total = 0, mean = 0;
    for (const Entry& e : entries) total += e.weight;
    for (const Entry& e : entries) mean += e.weight / total * e.m.mean;
    for (const Entry& e : entries) {
      const double weight = share * e.weight / total;
      parts.chance += weight * e.m.variance;
      parts.parameters += weight * (e.m.mean - mean) * (e.m.mean - mean);
      if (entries.size() > 1) parts.parameter_noise += weight * e.m.variance / e.m.n;
    }
    means.push_back(mean);
    parts.mean += share * mean;
  }
  for (const double mean : means) parts.structure += share * (mean - parts.mean) * (mean - parts.mean);
  return parts;
}

SharedParts shared_parts(std::span<const double> values, std::size_t together) {
  constexpr double missing = std::numeric_limits<double>::quiet_NaN();
  const auto draws = draws_of(values, together);
  DrawSums sums;
  for (const Moments& m : draws) sums.add(m, 1);
  if (draws.size() < 3 || sums.free <= 0) return {missing, missing, missing, missing, missing};
  SharedParts parts{sums.chance(), std::max(0.0, sums.parameters()), missing, missing, missing};
  if (!(parts.chance + parts.parameters > 0)) return parts;
  parts.share = parts.parameters / (parts.chance + parts.parameters);
  std::vector<double> without;
  for (const Moments& m : draws) without.push_back(DrawSums(sums).add(m, -1).share());
  const Moments spread = moments(without);
  const double half = half_width(std::sqrt(spread.variance * (spread.n - 1)), without.size());
  parts.share_low = std::clamp(sums.share() - half, 0.0, 1.0);
  parts.share_high = std::clamp(sums.share() + half, 0.0, 1.0);
  return parts;
}

std::size_t draws_with_values(std::span<const double> values, std::size_t together) { return draws_of(values, together).size(); }

double shared_se(std::span<const double> values, std::size_t together) {
  const auto draws = draws_of(values, together);
  double squares = 0, replicates = 0;
  for (const Moments& m : draws) squares += m.n * m.n * m.mean * m.mean, replicates += m.n;
  const auto n = static_cast<double>(draws.size());
  return n < 2 ? std::numeric_limits<double>::quiet_NaN() : std::sqrt(squares * n / (n - 1)) / replicates;
}

}  // namespace coalis
