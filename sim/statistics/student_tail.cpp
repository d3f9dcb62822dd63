// Any tail of Student's distribution, by Boost. Apart from the one that every interval needs (intervals.cpp), so that the page in
// the browser has none of it.
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>

#include "coalis/statistics/intervals.hpp"

namespace coalis {
namespace {

using Policy = boost::math::policies::policy<boost::math::policies::promote_double<false>>;

}  // namespace

double student_quantile(std::size_t free, double above) {
  if (free < 1) return std::numeric_limits<double>::quiet_NaN();
  constexpr double decimals = 1e8;  // libm differs in the last bits
  const boost::math::students_t_distribution<double, Policy> distribution(static_cast<double>(free));
  return std::round(boost::math::quantile(boost::math::complement(distribution, above)) * decimals) / decimals;
}

}  // namespace coalis
