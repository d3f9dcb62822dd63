// A sensitivity analysis as a whole: the points at which to run, and what the outputs at them say. Knows nothing of the model.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "coalis/inference/morris.hpp"
#include "coalis/inference/seed_share.hpp"
#include "coalis/inference/sobol_indices.hpp"

namespace coalis {

struct MorrisPlan {
  std::size_t trajectories = 30, levels = 4;
};
struct SobolPlan {
  std::size_t points = 256;  // base points
};

// What is asked for. Groups are moved as well as single factors if one holds several factors.
struct SensitivityPlan {
  std::vector<std::string> names, paths;  // of each factor: of its column, of the (first) key that it moves
  std::optional<MorrisPlan> morris;
  std::optional<SobolPlan> sobol;
  bool groups = true;
  std::uint64_t seed = 1;
  std::size_t resamples = 1000;  // of the bootstrap
};

struct SensitivityDesign {
  std::optional<MorrisDesign> screening, group_screening;
  std::optional<SaltelliDesign> indices;

  std::size_t size() const;                                // points in all: those of the screenings, then of the indices
  const std::vector<double>& point(std::size_t at) const;  // in the unit cube, a coordinate a factor
};
SensitivityDesign sensitivity_design(const SensitivityPlan& plan);
// How many points it has, without making them.
std::size_t points_of(const SensitivityPlan& plan);

struct SensitivityAnswer {
  bool varies;           // some point's mean differs from another's; without, sd is 0 and there are no effects or shares
  double mean, sd;       // of the output's mean over replicates, over all points of the indices (else of the screening)
  std::size_t left_out;  // points without a value
  std::vector<MorrisEffect> screening, group_screening;  // as the inputs of the designs
  std::optional<SobolIndices> indices;                   // the same
  std::vector<RangeEnds> ends;                           // [factor], with indices
  SeedShare seed;
};

// values[point * replicates + replicate]: one output. Estimates are of its mean over replicates; NaN is missing. Means closer
// than `grain` (statistics/intervals.hpp) are the same; 0: that of the values.
SensitivityAnswer sensitivity_answer(const SensitivityPlan& plan, const SensitivityDesign& design, std::span<const double> values,
                                     std::size_t replicates, double grain = 0);

}  // namespace coalis
