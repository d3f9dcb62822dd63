#include "coalis/questions/comparison/answer.hpp"

#include <algorithm>
#include <cmath>

namespace coalis {

PrecisionReached precision_of(const PairedSamples& samples, const WantedPrecision& wanted) {
  PrecisionReached result;
  for (std::size_t i = 1; i < samples.scenarios(); ++i) {
    const PairedSummary s = samples.difference(i, wanted.outcome);
    result.half_widths.push_back(half_width(s));
    result.reached = result.reached && result.half_widths.back() <= wanted.half_width;
    const double needed = replicates_needed(s.sd, wanted.half_width);
    result.needed = std::isnan(s.sd) || std::isnan(result.needed) ? s.sd : std::max(result.needed, needed);
  }
  return result;
}

}  // namespace coalis
