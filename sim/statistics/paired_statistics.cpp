// Everything is computed so that the negated differences give the negated figures, bit for bit: upper quantiles are the negated
// lower ones of the negated values, the median is the mean of both ways.
#include "coalis/statistics/paired_statistics.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <stdexcept>

#include "coalis/core/quantile.hpp"

namespace coalis {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

// Values in order, and negated in order.
class Ordered {
 public:
  explicit Ordered(std::vector<double> values) : up_(std::move(values)), down_(up_) {
    std::sort(up_.begin(), up_.end());
    std::transform(down_.begin(), down_.end(), down_.begin(), std::negate());
    std::sort(down_.begin(), down_.end());
  }
  double low(double probability) const { return quantile<double>(up_, probability); }
  double high(double probability) const { return -quantile<double>(down_, probability); }  // the 1 - probability quantile
  double median() const { return 0.5 * (low(0.5) + high(0.5)); }
  Spread without(double tail) const { return {low(tail), high(tail)}; }

 private:
  std::vector<double> up_, down_;
};

double square(double x) { return x * x; }

}  // namespace

PairedSummary summarise_pairs(std::span<const double> reference, std::span<const double> other, double matters) {
  if (reference.size() != other.size()) throw std::invalid_argument("summarise_pairs: a value a replicate in both");
  std::vector<double> first, second, differences;
  for (std::size_t i = 0; i < reference.size(); ++i) {
    if (std::isnan(reference[i]) || std::isnan(other[i])) continue;
    first.push_back(reference[i]);
    second.push_back(other[i]);
    differences.push_back(other[i] - reference[i]);
  }
  const std::size_t pairs = differences.size();
  const auto share = [&](auto&& condition) {
    return pairs == 0 ? missing
                      : static_cast<double>(std::count_if(differences.begin(), differences.end(), condition)) / double(pairs);
  };
  const double grain = std::max(grain_of(first), grain_of(second));
  const Summary levels[] = {summarise(reference), summarise(other)};
  Summary difference = summarise(differences);
  const double both = square(summarise(first).sd) + square(summarise(second).sd);
  const Ordered ordered(differences);
  if (pairs > 0 && ordered.low(0) == ordered.low(1)) {  // all equal: no rounding in their mean passes for variation
    difference.mean = differences.front();
    if (pairs > 1) difference.sd = difference.se = 0;
  }
  return {.reference = levels[0],
          .other = levels[1],
          .mean = difference.mean,
          .se = difference.se,
          .sd = difference.sd,
          .median = ordered.median(),
          .half = ordered.without(0.25),
          .most = ordered.without(0.1),
          .nearly_all = ordered.without(0.025),
          .above = share([&](double d) { return beyond(d, matters, grain) > 0; }),
          .between = share([&](double d) { return beyond(d, matters, grain) == 0; }),
          .below = share([&](double d) { return beyond(d, matters, grain) < 0; }),
          .unpaired = levels[1].mean - levels[0].mean,
          .unpaired_se = std::sqrt(square(levels[0].se) + square(levels[1].se)),
          .variance_reduction = difference.sd > grain ? both / square(difference.sd) : missing,
          .pairs = pairs,
          .left_out = reference.size() - pairs,
          .grain = grain};
}

double half_width(const PairedSummary& d) { return half_width(d.se, d.draws > 0 ? d.draws : d.pairs); }

int clear_sign(const PairedSummary& d, double matters) {
  return std::abs(d.mean) < matters - d.grain ? 0 : clear_sign(d.mean, half_width(d), d.grain);
}

// The quantile depends on the number: from that of infinitely many up, a few more.
double replicates_needed(double sd, double precision) {
  constexpr double most = 1e15;  // more cannot be run
  double needed = std::max(2.0, std::ceil(square(1.95996398 * sd / precision)));
  while (needed < most && half_width(sd / std::sqrt(needed), static_cast<std::size_t>(needed)) > precision) ++needed;
  return needed;
}

std::size_t last_look(std::size_t most) {
  if (most < first_look) return 0;
  std::size_t look = first_look;
  while (look <= most / 2) look *= 2;
  return look;
}

void MeanDifferences::add(std::span<const float> reference, std::span<const float> other) {
  if (reference.size() != other.size()) throw std::invalid_argument("MeanDifferences::add: arrays of equal size");
  moments_.resize(reference.size());
  for (std::size_t i = 0; i < reference.size(); ++i) {
    const double difference = double(other[i]) - double(reference[i]);
    if (std::isnan(difference)) continue;
    Moments& m = moments_[i];  // Welford's updates
    const double from_old = difference - m.mean;
    m.mean += from_old / static_cast<double>(++m.n);
    m.squares += from_old * (difference - m.mean);
  }
}

double MeanDifferences::mean(std::size_t element) const {
  return element < moments_.size() && moments_[element].n > 0 ? moments_[element].mean : missing;
}

double MeanDifferences::se(std::size_t element) const {
  if (element >= moments_.size() || moments_[element].n < 2) return missing;
  const auto n = static_cast<double>(moments_[element].n);
  return std::sqrt(moments_[element].squares / (n - 1) / n);
}

double MeanDifferences::half_width(std::size_t element) const {
  return element < moments_.size() ? coalis::half_width(se(element), moments_[element].n) : missing;
}

std::size_t first_movement(const MeanDifferences& levels, std::size_t begin, std::size_t months) {
  for (std::size_t m = 0; m < months; ++m) {
    const double mean = levels.mean(begin + m);
    if (std::isfinite(mean) && (levels.se(begin + m) > 0 || mean != levels.mean(begin))) return m;
  }
  return 0;
}

std::optional<int> month_of_half(std::span<const double> mean, double last_half_width, std::size_t first) {
  if (mean.empty() || clear_sign(mean.back(), last_half_width) == 0) return std::nullopt;
  std::size_t month = mean.size() - 1;
  while (month > first && mean[month - 1] / mean.back() >= 0.5) --month;
  return static_cast<int>(month);
}

}  // namespace coalis
