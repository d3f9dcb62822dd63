// Tests of goodness of fit. Every statistical test of the project has a fixed seed and states its error rate.
#pragma once

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

namespace coalis::test {

// Asymptotic two-sided p-value of a Kolmogorov-Smirnov distance, upper bound by its first term; n: effective sample size.
inline double ks_p_value(double distance, double n) { return 2 * std::exp(-2 * n * distance * distance); }

// p-value of the sample under the continuous distribution function, compared at the sample's values inside [low, high] only
// (outside, rounding makes atoms of what is continuous).
template <class Sample, class F>
double ks_test(Sample sample, F distribution_function, double low = -std::numeric_limits<double>::infinity(),
               double high = std::numeric_limits<double>::infinity()) {
  std::sort(sample.begin(), sample.end());
  const double n = static_cast<double>(sample.size());
  double distance = 0;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const double x = static_cast<double>(sample[i]);
    if (!(x >= low && x <= high)) continue;
    const double f = distribution_function(x);
    distance = std::max({distance, f - static_cast<double>(i) / n, static_cast<double>(i + 1) / n - f});
  }
  return ks_p_value(distance, n);
}

// p-value of two samples having one distribution.
template <class A, class B>
double ks_test_two(A a, B b) {
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  const double n = static_cast<double>(a.size());
  const double m = static_cast<double>(b.size());
  double distance = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    const double x = std::min(static_cast<double>(a[i]), static_cast<double>(b[j]));
    while (i < a.size() && static_cast<double>(a[i]) <= x) ++i;
    while (j < b.size() && static_cast<double>(b[j]) <= x) ++j;
    distance = std::max(distance, std::abs(static_cast<double>(i) / n - static_cast<double>(j) / m));
  }
  return ks_p_value(distance, n * m / (n + m));
}

// p-value of Pearson's chi-square; neighbouring cells are merged until each expects at least 5.
inline double chi_square_test(const std::vector<double>& observed, const std::vector<double>& expected) {
  double statistic = 0;
  double o = 0;
  double e = 0;
  double rest = 0;
  for (const double x : expected) rest += x;
  int cells = 0;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    o += observed[i];
    e += expected[i];
    rest -= expected[i];
    if (e < 5 || (rest < 5 && i + 1 < expected.size())) continue;
    statistic += (o - e) * (o - e) / e;
    ++cells;
    o = e = 0;
  }
  return cells < 2 ? 1 : boost::math::cdf(boost::math::complement(boost::math::chi_squared(cells - 1), statistic));
}

// Two-sided p-value of a standard normal deviate.
inline double normal_p_value(double z) {
  return 2 * boost::math::cdf(boost::math::complement(boost::math::normal(), std::abs(z)));
}

}  // namespace coalis::test
