// The scale as a table; the interval computed from whichever of wins and losses is the smaller, so that both give the same bits.
#include "coalis/report/likelihood.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

namespace coalis {
namespace {

constexpr double normal_95 = 1.959963984540054;  // 97.5 % quantile of the standard normal distribution

// Words below one half stand for the scale's own 33, 10 and 1 %, not for one minus those above.
struct Step {
  double at_least, at_most;  // of the interval's lower and upper bound
  Likelihood above, below;
};

constexpr std::array<Step, 4> scale{
    {{0.99, 0.01, {"virtually certain", "99-100 %"}, {"exceptionally unlikely", "0-1 %"}},
     {0.90, 0.10, {"very likely", "90-100 %"}, {"very unlikely", "0-10 %"}},
     {0.66, 0.33, {"likely", "66-100 %"}, {"unlikely", "0-33 %"}},
     {0.5000001, 0.4999999, {"more likely than not", "50-100 %"}, {"more unlikely than likely", "0-50 %"}}}};
constexpr Likelihood even{"about as likely as not", "33-66 %"};

}  // namespace

Interval wilson(std::size_t wins, std::size_t runs) {
  if (runs == 0 || wins > runs) throw std::invalid_argument("wilson: wins in runs, at least one run");
  const bool few = wins <= runs - wins;
  const auto n = static_cast<double>(runs), k = static_cast<double>(few ? wins : runs - wins);
  const double z2 = normal_95 * normal_95;
  const double centre = (k + z2 / 2) / (n + z2);
  const double half = normal_95 / (n + z2) * std::sqrt(k * (n - k) / n + z2 / 4);
  const double low = k > 0 ? std::max(0.0, centre - half) : 0, high = centre + half;
  return few ? Interval{low, high} : Interval{1 - high, 1 - low};
}

std::optional<Likelihood> likelihood(std::size_t wins, std::size_t runs) {
  const Interval share = wilson(wins, runs);
  for (const Step& step : scale) {
    if (share.low >= step.at_least) return step.above;
    if (share.high <= step.at_most) return step.below;
  }
  if (share.low >= 0.33 && share.high <= 0.66) return even;
  return std::nullopt;
}

std::string counted_share(std::size_t wins, std::size_t runs, std::string_view what) {
  const Interval share = wilson(wins, runs);
  return fmt::format("{} of {} {} ({:.0f}-{:.0f} %)", wins, runs, what, 100 * share.low, 100 * share.high);
}

}  // namespace coalis
