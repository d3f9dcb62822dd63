#include "coalis/inference/sobol_indices.hpp"

#include <array>
#include <bit>
#include <boost/random/mersenne_twister.hpp>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "coalis/statistics/unit_points.hpp"

namespace coalis {
namespace {

constexpr int digits = 53;
constexpr double missing = std::numeric_limits<double>::quiet_NaN();

// Maps the binary digits of a coordinate: row i, from the leading digit, mixes digit i with random ones before it.
class Scramble {
 public:
  explicit Scramble(boost::random::mt19937_64& engine) {
    for (int i = 0; i < digits; ++i) {
      const std::uint64_t own = std::uint64_t{1} << (digits - 1 - i);
      const std::uint64_t before = ((std::uint64_t{1} << digits) - 1) & ~(2 * own - 1);
      rows_[i] = own | (engine() & before);
    }
    shift_ = engine() >> (64 - digits);
  }
  double operator()(double coordinate) const {
    const auto x = static_cast<std::uint64_t>(coordinate * 0x1p53);
    std::uint64_t y = 0;
    for (const std::uint64_t row : rows_) y = 2 * y + static_cast<std::uint64_t>(std::popcount(row & x) % 2);
    return static_cast<double>(y ^ shift_) * 0x1p-53;
  }

 private:
  std::array<std::uint64_t, digits> rows_{};
  std::uint64_t shift_;
};

// The rows (base points) of a design without missing values, and the estimators over resamples of them.
class Rows {
 public:
  Rows(const SaltelliDesign& design, std::span<const double> values) : design_(design), values_(values) {
    for (std::size_t j = 0; j < design.points; ++j) {
      bool whole = true;
      for (std::size_t block = 0; block < design.inputs.size() + 2; ++block) whole = whole && !std::isnan(at(block, j));
      if (whole) whole_.push_back(j);
    }
  }
  std::size_t size() const { return whole_.size(); }
  double a(std::size_t row) const { return at(0, whole_[row]); }
  double b(std::size_t row) const { return at(1, whole_[row]); }
  double mixed(std::size_t input, std::size_t row) const { return at(2 + input, whole_[row]); }

  double mean(std::span<const std::size_t> rows) const {
    double sum = 0;
    for (const std::size_t row : rows) sum += a(row) + b(row);
    return sum / (2 * static_cast<double>(rows.size()));
  }
  double variance(std::span<const std::size_t> rows) const {
    const double centre = mean(rows);
    double squares = 0;
    for (const std::size_t row : rows) squares += (a(row) - centre) * (a(row) - centre) + (b(row) - centre) * (b(row) - centre);
    return squares / (2 * static_cast<double>(rows.size()) - 1);
  }
  // Jansen: half the mean square of what remains of a difference, as a share of the variance.
  double total(std::size_t input, std::span<const std::size_t> rows) const {
    double squares = 0;
    for (const std::size_t row : rows) squares += (a(row) - mixed(input, row)) * (a(row) - mixed(input, row));
    return share(squares, rows);
  }
  // Jansen: what is left of 1; its error falls with the index, to nothing at 1.
  double first_by_rest(std::size_t input, std::span<const std::size_t> rows) const {
    double squares = 0;
    for (const std::size_t row : rows) squares += (b(row) - mixed(input, row)) * (b(row) - mixed(input, row));
    return 1 - share(squares, rows);
  }
  // Saltelli: the product of what A and its mixture differ by with B, about the mean; its error falls to nothing with the total.
  double first_by_product(std::size_t input, std::span<const std::size_t> rows) const {
    const double centre = mean(rows);
    double products = 0;
    for (const std::size_t row : rows) products += (b(row) - centre) * (mixed(input, row) - a(row));
    return share(2 * products, rows);
  }
  // Whether Jansen's first order has the smaller error: of a normal output the variances are 2 (1 - S)^2 and 2 T.
  bool by_rest(std::size_t input, std::span<const std::size_t> rows) const {
    const double rest = 1 - first_by_product(input, rows);
    return rest * rest < total(input, rows);
  }

 private:
  double at(std::size_t block, std::size_t j) const { return values_[block * design_.points + j]; }
  double share(double squares, std::span<const std::size_t> rows) const {
    const double whole = variance(rows);
    return whole > 0 ? squares / (2 * static_cast<double>(rows.size())) / whole : missing;
  }

  const SaltelliDesign& design_;
  std::span<const double> values_;
  std::vector<std::size_t> whole_;
};

}  // namespace

std::vector<std::vector<double>> scrambled_sobol(std::size_t points, std::size_t factors, std::uint64_t seed) {
  std::vector<std::vector<double>> cube;
  if (points == 0) return cube;
  cube = sobol(points - 1, factors);
  cube.insert(cube.begin(), std::vector<double>(factors, 0.0));
  boost::random::mt19937_64 engine(seed);
  for (std::size_t f = 0; f < factors; ++f) {
    const Scramble scramble(engine);
    for (auto& point : cube) point[f] = scramble(point[f]);
  }
  return cube;
}

SaltelliDesign saltelli_design(std::size_t factors, std::vector<Input> inputs, std::size_t points, std::uint64_t seed) {
  SaltelliDesign design{points, std::move(inputs), {}};
  const auto both = scrambled_sobol(points, 2 * factors, seed);
  const auto half = static_cast<std::ptrdiff_t>(factors);
  for (const auto& point : both) design.cube.emplace_back(point.begin(), point.begin() + half);
  for (const auto& point : both) design.cube.emplace_back(point.begin() + half, point.end());
  for (const Input& input : design.inputs) {
    for (std::size_t j = 0; j < points; ++j) {
      std::vector<double> mixed = design.cube[j];
      for (const std::size_t f : input.factors) mixed[f] = design.cube[points + j][f];
      design.cube.push_back(std::move(mixed));
    }
  }
  return design;
}

SobolIndices sobol_indices(const SaltelliDesign& design, std::span<const double> values, std::size_t resamples,
                           std::uint64_t seed) {
  const Rows rows(design, values);
  SobolIndices result{missing, missing, rows.size(), {}};
  // The value of an interval is that of all rows once.
  result.mean = bootstrap_interval(rows.size(), 0, seed, [&](auto all) { return rows.mean(all); }).value;
  result.variance = bootstrap_interval(rows.size(), 0, seed, [&](auto all) { return rows.variance(all); }).value;
  std::vector<std::size_t> all(rows.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  for (std::size_t i = 0; i < design.inputs.size(); ++i) {
    const bool by_rest = rows.by_rest(i, all);
    const auto first = [&](auto drawn) { return by_rest ? rows.first_by_rest(i, drawn) : rows.first_by_product(i, drawn); };
    result.of.push_back({bootstrap_interval(rows.size(), resamples, seed, first),
                         bootstrap_interval(rows.size(), resamples, seed, [&](auto drawn) { return rows.total(i, drawn); })});
  }
  return result;
}

RangeEnds range_ends(const SaltelliDesign& design, std::span<const double> values, std::size_t factor) {
  constexpr double fifth = 0.2;
  double low = 0, high = 0;
  std::size_t lows = 0, highs = 0;
  for (std::size_t j = 0; j < 2 * design.points; ++j) {
    if (std::isnan(values[j])) continue;
    if (design.cube[j][factor] < fifth) low += values[j], ++lows;
    if (design.cube[j][factor] >= 1 - fifth) high += values[j], ++highs;
  }
  return {lows > 0 ? low / static_cast<double>(lows) : missing, highs > 0 ? high / static_cast<double>(highs) : missing};
}

}  // namespace coalis
