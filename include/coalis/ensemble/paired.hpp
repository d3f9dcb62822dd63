// Paired comparisons: replicate r of every scenario shares all draws, so that what differs between their runs is what the
// scenarios differ in. Statistics of the differences, and the executor that runs all scenarios of a replicate together.
// docs/decisions/0006-paired-comparison.md says why each figure is as it is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "coalis/ensemble/ensemble.hpp"
#include "coalis/ensemble/intervals.hpp"
#include "coalis/ensemble/summary.hpp"
#include "coalis/model/scenario.hpp"
#include "coalis/observation/record.hpp"

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

// The first month from which a mean difference stays at or beyond half of its last value. None if the last value is below noise:
// missing, 0, or not clear by half the width of its interval.
std::optional<int> month_of_half(std::span<const double> mean, double last_half_width);

// The trajectory whose last value is the outcome, if there is one: flows of a month (participation, hours, costs) have none.
std::optional<std::size_t> level_trajectory(std::size_t outcome);

// All that an answer is made of: outcomes of every replicate, mean differences over time. The first scenario is the reference.
class PairedSamples {
 public:
  // matters: the difference that matters, one an outcome.
  PairedSamples(std::size_t scenarios, int months, std::vector<double> matters);

  // One replicate: a record a scenario. Records without trajectories give no month_of_half.
  void add(std::span<const RunRecord> records);

  std::size_t scenarios() const { return outcomes_.size(); }
  std::size_t replicates() const { return outcomes_.front().replicates(); }
  double matters(std::size_t outcome) const { return matters_.at(outcome); }
  std::vector<double> values(std::size_t scenario, std::size_t outcome) const { return outcomes_.at(scenario).values(outcome); }
  PairedSummary difference(std::size_t scenario, std::size_t outcome) const;
  std::optional<int> half_month(std::size_t scenario, std::size_t outcome) const;

 private:
  int months_;
  std::vector<double> matters_;
  std::vector<Samples> outcomes_;              // [scenario]
  std::vector<MeanDifferences> trajectories_;  // [scenario - 1]
};

// Takes the records of all scenarios, replicate by replicate in the order of the list.
using PairedSink = std::function<void(std::span<const RunRecord>)>;

// Runs the listed replicates of all scenarios, all scenarios of a replicate in one task, and returns how many replicates the sink
// received. Order, memory, cancellation and errors are those of run_ensemble.
std::size_t run_paired(std::span<const Scenario> scenarios, std::uint64_t seed, std::span<const std::uint32_t> replicates,
                       const Recording& recording, const Execution& execution, const PairedSink& sink);

// The same where scenarios have variants (parameter sets): replicate r of all of them has variant variant_of(r), so that a pair
// shares its variant as it shares its draws. variants[variant][scenario]; the same scenarios in the same order in each.
std::size_t run_paired(std::span<const std::vector<Scenario>> variants,
                       const std::function<std::size_t(std::uint32_t replicate)>& variant_of, std::uint64_t seed,
                       std::span<const std::uint32_t> replicates, const Recording& recording, const Execution& execution,
                       const PairedSink& sink);

}  // namespace coalis
