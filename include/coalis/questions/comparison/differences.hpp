// The plain numbers of a paired difference, of which sentences are made.
#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "coalis/model/scenario.hpp"
#include "coalis/statistics/paired_statistics.hpp"

namespace coalis {

// A paired difference of one outcome, option minus reference, in the outcome's own unit (paired_statistics.hpp has the
// statistics).
struct OutcomeDifference {
  std::string outcome;                        // its name (model.md section 9)
  double reference, other;                    // mean levels
  double mean, se;                            // of the differences, NaN if it cannot be said
  double low, high;                           // middle 80 % of the runs
  double matters;                             // the difference that matters, 0 or more
  std::size_t above, below, pairs, left_out;  // runs with a difference > matters, < -matters; with both values, without
  bool same;                                  // no run differs at all
  double grain = 0;                           // of the values (statistics/intervals.hpp)
  std::size_t draws = 0;                      // of parameter sets that runs share; 0: runs are independent
  std::optional<int> decimals{};              // of mean and levels where several are said together (words/sentences.hpp)
};
OutcomeDifference plain_numbers(const std::string& outcome, const PairedSummary& summary, double matters);

// A mean paired difference and half the width of its 95 % interval; NaN: not known.
struct MeanDifference {
  double mean = std::numeric_limits<double>::quiet_NaN(), half_width = std::numeric_limits<double>::quiet_NaN();
};
MeanDifference mean_difference(const OutcomeDifference& difference);

// Months of the run until two scenarios begin to differ, which they do by what changes during the run alone; 0 if they differ in
// anything else or in nothing.
int months_alike(const Scenario& reference, const Scenario& other);

// Levers of either that lie outside the range that evidence supports, each once.
std::vector<std::string> extrapolated_levers(const Scenario& reference, const Scenario& other);

}  // namespace coalis
