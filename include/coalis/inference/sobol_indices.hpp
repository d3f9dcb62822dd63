// Sobol' indices: which share of an output's variance each input explains alone (first order) and with all it takes part in
// (total). Design: Saltelli et al. (2010), on a scrambled Sobol' sequence. Estimators: of the total Jansen (1999), of the first
// order Saltelli et al. (2010), or Jansen where the index is so large that his has the smaller error. Knows nothing of the model.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "coalis/inference/inputs.hpp"
#include "coalis/statistics/interval.hpp"

namespace coalis {

// Sobol' sequence from the point at 0 on, scrambled by a random lower triangular matrix and a digital shift in every dimension
// (Matousek 1998): each point is uniform in [0, 1), the first 2^m keep the sequence's balance. [point][factor]; a pure function.
std::vector<std::vector<double>> scrambled_sobol(std::size_t points, std::size_t factors, std::uint64_t seed);

struct SaltelliDesign {
  std::size_t points = 0;  // base points N
  std::vector<Input> inputs;
  // A, then B, then for each input A with the input's factors from B: N * (2 + inputs) points of the unit cube, [point][factor].
  std::vector<std::vector<double>> cube;
};
// points: a power of 2 keeps the balance of the sequence.
SaltelliDesign saltelli_design(std::size_t factors, std::vector<Input> inputs, std::size_t points, std::uint64_t seed);

struct SobolIndex {
  Estimate first, total;  // bootstrap over base points, which the sequence makes wider than need be
  // An input explains alone no more than with others: if an estimate says so, it is error, and nothing is known of the order.
  bool first_above_total() const { return first.value > total.value; }
};

struct SobolIndices {
  double mean, variance;       // of the output over A and B
  std::size_t points;          // base points counted
  std::vector<SobolIndex> of;  // [input]; NaN if the output does not vary
};

// values: a number a point of the design; a base point with a missing value (NaN) anywhere is left out.
SobolIndices sobol_indices(const SaltelliDesign& design, std::span<const double> values, std::size_t resamples,
                           std::uint64_t seed);

// Means of the output over the points of A and B where a factor lies in the lowest and in the highest fifth of its range.
struct RangeEnds {
  double low, high;  // NaN without values
};
RangeEnds range_ends(const SaltelliDesign& design, std::span<const double> values, std::size_t factor);

}  // namespace coalis
