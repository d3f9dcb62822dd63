// What comes of a comparison.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "coalis/questions/comparison/comparison.hpp"
#include "coalis/questions/comparison/samples.hpp"

namespace coalis {

struct PrecisionReached {
  bool reached = true;
  std::vector<double> half_widths;  // of every scenario but the reference; NaN if it cannot be said
  double needed = 0;                // replicates in all for all of them, NaN if it cannot be said
};
// After the replicates that the samples have.
PrecisionReached precision_of(const PairedSamples& samples, const WantedPrecision& wanted);

// The scenarios under a structure, with their own parameters or with the parameter sets of the replicates.
struct VariantRun {
  std::size_t structure;  // into Comparison::structures
  PairedSamples samples;
  // With parameter sets: a second run of every replicate with its set and other luck. It tells what sets differ by from what luck
  // does; no other figure is made of it.
  std::optional<PairedSamples> again;
};

struct ComparisonAnswer {
  Comparison question;
  PairedSamples samples;
  std::optional<PrecisionReached> precision = {};
  std::optional<PairedSamples> again = {};  // as VariantRun::again, of `samples`
  std::vector<VariantRun> variants = {};    // of the other structures; none after an interruption
  bool whole = true;                        // false: interrupted, what was finished is here
  std::string file{};                       // that holds it, "" none

  std::size_t replicates() const { return samples.replicates(); }
  bool cut_short() const { return !precision && replicates() < question.replicates; }
  const Scenario& reference() const { return question.scenarios.front().scenario; }
};

}  // namespace coalis
