#include "coalis/statistics/unit_points.hpp"

#include <algorithm>
#include <boost/random/mersenne_twister.hpp>
#include <boost/random/sobol.hpp>
#include <boost/random/uniform_int_distribution.hpp>
#include <numeric>

namespace coalis {
namespace {

constexpr unsigned unit_bits = 53;

// 53 random bits as a number in [0, 1).
double unit(std::uint64_t bits) { return static_cast<double>(bits >> (64 - unit_bits)) * 0x1p-53; }

}  // namespace

std::size_t sobol_factors_max() { return boost::random::default_sobol_table::max_dimension; }

std::vector<std::vector<double>> latin_hypercube(std::size_t points, std::size_t factors, std::uint64_t seed) {
  boost::random::mt19937_64 engine(seed);
  std::vector<std::vector<double>> cube(points, std::vector<double>(factors));
  std::vector<std::size_t> strata(points);
  for (std::size_t factor = 0; factor < factors; ++factor) {
    std::iota(strata.begin(), strata.end(), std::size_t{0});
    for (std::size_t i = points; i > 1; --i) {  // Fisher and Yates; std::shuffle differs between libraries
      std::swap(strata[i - 1], strata[boost::random::uniform_int_distribution<std::size_t>(0, i - 1)(engine)]);
    }
    for (std::size_t i = 0; i < points; ++i) {
      const double inside = std::min(unit(engine()), 0.999999);  // rounding must not reach the next stratum
      cube[i][factor] = (static_cast<double>(strata[i]) + inside) / static_cast<double>(points);
    }
  }
  return cube;
}

std::vector<std::vector<double>> sobol(std::size_t points, std::size_t factors) {
  std::vector<std::vector<double>> cube(points, std::vector<double>(factors));
  if (factors == 0) return cube;
  boost::random::sobol_engine<std::uint64_t, 64> engine(factors);
  for (auto& point : cube) {
    for (double& coordinate : point) coordinate = unit(engine());
  }
  return cube;
}

}  // namespace coalis
