// Forecasts of how many times something happens, and how good they were (docs/forecast.md).
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "coalis/statistics/attendance.hpp"

namespace coalis {

using Probabilities = std::vector<double>;  // [number], from 0 to the most; they add up to 1

// Continuous ranked probability score (Gneiting and Raftery 2007): sum over k of (P(number <= k) - [observed <= k])^2, in the
// unit of the number; 0 is best. observed: 0..most.
double crps(std::span<const double> probabilities, std::size_t observed);

double mean_of(std::span<const double> probabilities);

// The central interval: from the least number with P(number <= it) >= (1 - share) / 2 to the least with at least the rest.
// A number is whole, so that more than `share` lies in it.
struct CountInterval {
  std::size_t low = 0, high = 0;
  double probability = 0;
  bool holds(std::size_t number) const { return low <= number && number <= high; }
};
CountInterval central_interval(std::span<const double> probabilities, double share);

Probabilities binomial(std::size_t n, double p);
// How many of independent trials succeed, each with a probability of its own.
Probabilities of_trials(std::span<const double> chances);

// Rates of members are beta(a, b): a came-like, b stayed-away-like.
struct BetaRates {
  double a = 1, b = 1;
  double mean() const { return a / (a + b); }
};
// Number of successes in n trials of one unknown rate.
Probabilities beta_binomial(std::size_t n, const BetaRates& rates);
// Of most likelihood for members that came so often, of so many. a + b lies in 0.01..10,000: alike members lead to the upper end,
// all or nothing to the lower; the mean in 0.0001..0.9999. Rows without meetings count nothing; without any rows: a = b = 1.
BetaRates fit_beta_binomial(std::span<const CameOf> members);

}  // namespace coalis
