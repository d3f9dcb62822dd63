// What the differences of runs vary by: chance, parameters, the model's structure. Numbers in, numbers out.
#pragma once

#include <cstddef>
#include <span>

namespace coalis {

// The law of total variance for a mean difference: of single replicates (chance), of the means of parameter sets, of the means of
// structures. The three add up to the variance of the whole, exactly: moments of the runs made, with weights, nothing taken off.
struct VarianceParts {
  double mean;
  double chance, parameters, structure;
  double parameter_noise;  // what chance alone adds to `parameters` if every set's replicates were independent
};

// Differences of one structure and parameter set.
struct Cell {
  std::size_t structure;
  double weight;                        // of the set
  std::span<const double> differences;  // NaN is left out; a cell without any has no weight
};
// Every structure has equal weight, within it every set its own. NaN without differences.
VarianceParts variance_parts(std::span<const Cell> cells);

// The same law where every parameter set is drawn at random and has a few replicates of its own: one-way analysis of variance
// with random effects (Searle, Casella and McCulloch 1992, Variance components, ch. 3). What chance puts between the means of
// so small groups is taken off.
struct SharedParts {
  double chance, parameters;     // of the variance of single replicates; parameters: 0 where its estimate is below
  double share;                  // parameters / (chance + parameters); NaN if nothing varies
  double share_low, share_high;  // nominal 95 % interval of it, jackknife over draws, within 0..1
};
// values[replicate], NaN is left out; `together` replicates after each other share a draw. NaN with less than three draws, or
// without two replicates that share one.
SharedParts shared_parts(std::span<const double> values, std::size_t together);
// Standard error of the mean of such values: draws are independent, replicates of one draw are not. With together = 1 that of
// summarise(). NaN with less than two draws.
double shared_se(std::span<const double> values, std::size_t together);
// Draws with a value.
std::size_t draws_with_values(std::span<const double> values, std::size_t together);

}  // namespace coalis
