#include "coalis/statistics/intervals.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace coalis {
namespace {

constexpr double two_sided = 0.95;

// What lies within t of 0 under Student's t with `free` degrees of freedom (Abramowitz and Stegun 1964, 26.7.3 and 26.7.4).
double within(double t, std::size_t free) {
  const auto n = static_cast<double>(free);
  const double cosine = std::sqrt(n / (n + t * t)), sine = t / std::sqrt(n + t * t);
  const bool odd = free % 2 == 1;
  double term = odd ? cosine : 1, sum = free == 1 ? 0 : term;
  for (std::size_t k = odd ? 3 : 2; k + 2 <= free; k += 2) {
    term *= cosine * cosine * static_cast<double>(k - 1) / static_cast<double>(k);
    sum += term;
  }
  return odd ? 2 / std::numbers::pi * (std::atan2(t, std::sqrt(n)) + sine * sum) : sine * sum;
}

// Four terms about the normal quantile (the same, 26.7.5); from 256 degrees of freedom on within 1e-12.
double expanded(double free) {
  constexpr double z = 1.9599639845400545, z2 = z * z;
  constexpr double g1 = z * (z2 + 1) / 4, g2 = z * ((5 * z2 + 16) * z2 + 3) / 96,
                   g3 = z * (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384,
                   g4 = z * ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) / 92160;
  return z + (g1 + (g2 + (g3 + g4 / free) / free) / free) / free;
}

// By secants from there.
double solved(std::size_t free) {
  double t = expanded(static_cast<double>(free)), before = 0.999 * t, error_before = within(before, free) - two_sided;
  for (int i = 0; i < 30; ++i) {
    const double error = within(t, free) - two_sided;
    if (std::abs(error) < 1e-14 || error == error_before) break;
    const double step = error * (t - before) / (error - error_before);
    before = t, error_before = error, t -= step;
  }
  return t;
}

}  // namespace

double student_quantile(std::size_t free) {
  constexpr std::size_t many = 256;
  if (free < 1) return std::numeric_limits<double>::quiet_NaN();
  constexpr double decimals = 1e8;  // libm differs in the last bits
  return std::round((free < many ? solved(free) : expanded(static_cast<double>(free))) * decimals) / decimals;
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
