#include "coalis/statistics/interval.hpp"

#include <algorithm>
#include <boost/random/mersenne_twister.hpp>
#include <boost/random/uniform_int_distribution.hpp>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "coalis/core/quantile.hpp"

namespace coalis {
namespace {

constexpr double tail = 0.025;

}  // namespace

Estimate bootstrap_interval(std::size_t rows, std::size_t resamples, std::uint64_t seed,
                            const std::function<double(std::span<const std::size_t>)>& estimate) {
  constexpr double missing = std::numeric_limits<double>::quiet_NaN();
  if (rows == 0) return {missing, missing, missing};
  std::vector<std::size_t> drawn(rows);
  std::iota(drawn.begin(), drawn.end(), std::size_t{0});
  Estimate interval{estimate(drawn), missing, missing};
  boost::random::mt19937_64 engine(seed);
  const boost::random::uniform_int_distribution<std::size_t> row(0, rows - 1);
  std::vector<double> values;
  for (std::size_t i = 0; i < resamples; ++i) {
    for (std::size_t& one : drawn) one = row(engine);
    if (const double value = estimate(drawn); !std::isnan(value)) values.push_back(value);
  }
  if (values.empty()) return interval;
  std::sort(values.begin(), values.end());
  interval.low = quantile<double>(values, tail);
  interval.high = quantile<double>(values, 1 - tail);
  return interval;
}

}  // namespace coalis
