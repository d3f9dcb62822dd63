// The scale as a table.
#include "coalis/report/words/likelihood.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>

#include "coalis/report/words/plain_text.hpp"

namespace coalis {
namespace {

// Words below one half stand for the scale's own 33, 10 and 1 %, not for one minus those above.
struct Step {
  double at_least, at_most;  // of the interval's lower and upper bound
  Likelihood above, below;
};

constexpr std::array<Step, 4> likelihood_scale{
    {{0.99, 0.01, {"virtually certain", "99-100 %"}, {"exceptionally unlikely", "0-1 %"}},
     {0.90, 0.10, {"very likely", "90-100 %"}, {"very unlikely", "0-10 %"}},
     {0.66, 0.33, {"likely", "66-100 %"}, {"unlikely", "0-33 %"}},
     {0.5000001, 0.4999999, {"more likely than not", "50-100 %"}, {"more unlikely than likely", "0-50 %"}}}};
constexpr Likelihood even{"about as likely as not", "33-66 %"};

}  // namespace

std::optional<Likelihood> likelihood(std::size_t wins, std::size_t runs) {
  const Interval share = wilson(wins, runs);
  for (const Step& step : likelihood_scale) {
    if (share.low >= step.at_least) return step.above;
    if (share.high <= step.at_most) return step.below;
  }
  if (share.low >= 0.33 && share.high <= 0.66) return even;
  return std::nullopt;
}

// Rounded outwards: what is printed contains the interval, so that it is within the word's range only where the interval is.
std::string counted_share(std::size_t wins, std::size_t runs, std::string_view what) {
  constexpr double exact = 1e-9;  // of whole percentages
  const Interval share = wilson(wins, runs);
  return fmt::format("{} of {} {} ({:.0f}-{:.0f} %)", wins, runs, what, std::floor(100 * share.low + exact),
                     std::ceil(100 * share.high - exact));
}

}  // namespace coalis
