// Statistics of paired differences: replicate r of every scenario shares all draws, so that what differs between their runs is
// what the scenarios differ in. docs/decisions/0006-paired-comparison.md says why each figure is as it is.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "coalis/statistics/intervals.hpp"
#include "coalis/statistics/summary.hpp"

namespace coalis {

struct Spread {
  double low, high;
};

// A figure of two scenarios over replicates. Differences are other - reference, over the replicates in which both have a value;
// a figure that cannot be had is NaN. Swapping the two mirrors every figure exactly: differences change their sign, ranges their
// sign and ends, `above` and `below` change places.
struct PairedSummary {
  Summary reference, other;  // levels, each over all of its own values
  double mean, se, sd, median;
  Spread half, most, nearly_all;  // the middle 50, 80 and 95 % of the replicates (quantiles of type 7)
  double above, between, below;   // shares of the pairs with a difference > d, in -d..d, < -d (`beyond`); d: that matters
  double unpaired, unpaired_se;   // difference of the levels' means, with the standard error of independent samples
  double variance_reduction;      // (var reference + var other) / var difference, over the pairs; NaN if the latter is 0
  std::size_t pairs, left_out;    // replicates with both values, without
  double grain = 0;               // grain_of the values: closer than that, two differences are equal
  std::size_t draws = 0;          // of parameter sets that the replicates share; 0: replicates are independent
};

// values[replicate]; both spans have equal length, NaN is missing.
PairedSummary summarise_pairs(std::span<const double> reference, std::span<const double> other, double matters);

// Half the width of the nominal 95 % interval of the mean difference (intervals.hpp); NaN below two independent pairs.
double half_width(const PairedSummary& difference);
// Whether a mean difference is clear: its interval excludes 0; with `matters`, it is also at least that. 1, -1 or 0.
int clear_sign(const PairedSummary& difference, double matters = 0);
// Replicates after which half the width of the interval is at most `precision`, if the standard deviation is as it was found.
double replicates_needed(double sd, double precision);
// A comparison for precision looks at its half-widths after 64, 128, 256, ... replicates and nowhere else.
inline constexpr std::size_t first_look = 64;
// The last such number that is not above `most`; 0 if there is none.
std::size_t last_look(std::size_t most);

// Means and standard errors of differences of arrays (trajectories), element by element over replicates; NaN is left out.
class MeanDifferences {
 public:
  void add(std::span<const float> reference, std::span<const float> other);
  double mean(std::size_t element) const;        // NaN without values
  double se(std::size_t element) const;          // NaN below two values
  double half_width(std::size_t element) const;  // of the 95 % interval of the mean; the same

 private:
  struct Moments {
    std::size_t n = 0;
    double mean = 0, squares = 0;
  };
  std::vector<Moments> moments_;
};

// The first of `months` elements, from `begin` on, in which something has happened: values differ between replicates, or the mean
// is no longer the first one. 0 if that never comes.
std::size_t first_movement(const MeanDifferences& levels, std::size_t begin, std::size_t months);

// The first month from which a mean difference stays at or beyond half of its last value, `first` or later. None if the last
// value is below noise: missing, 0, or not clear by half the width of its interval.
std::optional<int> month_of_half(std::span<const double> mean, double last_half_width, std::size_t first = 0);

}  // namespace coalis
