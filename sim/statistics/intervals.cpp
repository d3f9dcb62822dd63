#include "coalis/statistics/intervals.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>

namespace coalis {
namespace {

// Plain double: long double differs from machine to machine.
using Policy = boost::math::policies::policy<boost::math::policies::promote_double<false>>;

}  // namespace

double student_quantile(std::size_t free) {
  if (free < 1) return std::numeric_limits<double>::quiet_NaN();
  const boost::math::students_t_distribution<double, Policy> distribution(static_cast<double>(free));
  constexpr double decimals = 1e8;  // libm differs in the last bits
  return std::round(boost::math::quantile(boost::math::complement(distribution, 0.025)) * decimals) / decimals;
}

double half_width(double se, std::size_t values) {
  return values < 2 ? std::numeric_limits<double>::quiet_NaN() : student_quantile(values - 1) * se;
}

double grain_of(std::span<const double> values) {
  double largest = 0;
  for (const double x : values)
    if (std::isfinite(x)) largest = std::max(largest, std::abs(x));
  return 0x1p-23 * largest;
}

int beyond(double difference, double matters, double grain) {
  if (difference > matters + grain) return 1;
  return difference < -matters - grain ? -1 : 0;
}

int clear_sign(double mean, double half_width, double grain) {
  if (!(std::abs(mean) > half_width)) return 0;
  return beyond(mean, 0, grain);
}

}  // namespace coalis
