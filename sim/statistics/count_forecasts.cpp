#include "coalis/statistics/count_forecasts.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "coalis/core/double_math.hpp"

namespace coalis {
namespace {

constexpr double least_sum = 1e-2, most_sum = 1e4, least_mean = 1e-4;
constexpr double slack = 1e-12;  // of sums of probabilities

// Members by (of, came): how many.
using Grouped = std::map<std::pair<std::int32_t, std::int32_t>, double>;

// log of x (x + 1) ... (x + n - 1).
double log_rising(double x, std::int32_t n) {
  double sum = 0;
  for (std::int32_t j = 0; j < n; ++j) sum += log_double(x + j);
  return sum;
}

double log_likelihood(const Grouped& members, double sum, double mean) {
  double total = 0;
  for (const auto& [row, count] : members)
    total += count * (log_rising(sum * mean, row.second) + log_rising(sum * (1 - mean), row.first - row.second) -
                      log_rising(sum, row.first));
  return total;
}

// Where f is largest in low..high, f having one peak.
template <class F>
double peak(double low, double high, const F& f) {
  constexpr double golden = 0.6180339887498949;
  constexpr int steps = 60;
  double a = high - golden * (high - low), b = low + golden * (high - low), at_a = f(a), at_b = f(b);
  for (int step = 0; step < steps; ++step) {
    if (at_a < at_b) {
      low = a, a = b, at_a = at_b;
      b = low + golden * (high - low), at_b = f(b);
    } else {
      high = b, b = a, at_b = at_a;
      a = high - golden * (high - low), at_a = f(a);
    }
  }
  return (low + high) / 2;
}

}  // namespace

double crps(std::span<const double> probabilities, std::size_t observed) {
  double score = 0, below = 0;
  for (std::size_t k = 0; k + 1 < probabilities.size(); ++k) {
    below += probabilities[k];
    const double apart = below - (observed <= k ? 1 : 0);
    score += apart * apart;
  }
  return score;
}

double mean_of(std::span<const double> probabilities) {
  double mean = 0;
  for (std::size_t k = 0; k < probabilities.size(); ++k) mean += static_cast<double>(k) * probabilities[k];
  return mean;
}

CountInterval central_interval(std::span<const double> probabilities, double share) {
  const double tail = (1 - share) / 2;
  CountInterval interval{0, probabilities.size() - 1, 0};
  double below = 0;
  bool begun = false;
  for (std::size_t k = 0; k < probabilities.size(); ++k) {
    below += probabilities[k];
    if (!begun && below >= tail - slack) interval.low = k, begun = true;
    if (begun) interval.probability += probabilities[k];
    if (below < 1 - tail - slack) continue;
    interval.high = k;
    break;
  }
  return interval;
}

Probabilities of_trials(std::span<const double> chances) {
  Probabilities p{1};
  for (const double chance : chances) {
    p.push_back(0);
    for (std::size_t k = p.size() - 1; k > 0; --k) p[k] = p[k] * (1 - chance) + p[k - 1] * chance;
    p[0] *= 1 - chance;
  }
  return p;
}

Probabilities binomial(std::size_t n, double p) { return of_trials(std::vector<double>(n, p)); }

Probabilities beta_binomial(std::size_t n, const BetaRates& rates) {
  // Trial by trial: after k of j successes the next comes with (a + k) / (a + b + j) (the urn of Polya).
  Probabilities p{1};
  for (std::size_t j = 0; j < n; ++j) {
    const double sum = rates.a + rates.b + static_cast<double>(j);
    p.push_back(0);
    for (std::size_t k = j + 1; k > 0; --k) {
      const double stays = (rates.b + static_cast<double>(j - std::min(j, k))) / sum;
      const double comes = (rates.a + static_cast<double>(k - 1)) / sum;
      p[k] = (k <= j ? p[k] * stays : 0) + p[k - 1] * comes;
    }
    p[0] *= (rates.b + static_cast<double>(j)) / sum;
  }
  return p;
}

BetaRates fit_beta_binomial(std::span<const CameOf> members) {
  Grouped grouped;
  for (const CameOf& member : members)
    if (member.of > 0) grouped[{member.of, member.came}] += 1;
  if (grouped.empty()) return {};
  const auto mean_for = [&](double log_sum) {
    return peak(least_mean, 1 - least_mean, [&](double mean) { return log_likelihood(grouped, exp_double(log_sum), mean); });
  };
  const auto best_with = [&](double log_sum) { return log_likelihood(grouped, exp_double(log_sum), mean_for(log_sum)); };
  const double log_sum = peak(log_double(least_sum), log_double(most_sum), best_with);
  const double sum = exp_double(log_sum), mean = mean_for(log_sum);
  return {sum * mean, sum * (1 - mean)};
}

}  // namespace coalis
