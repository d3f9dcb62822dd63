// Morris' elementary effects (Morris 1991; mu* and groups: Campolongo, Cariboni, Saltelli 2007): a screening that says with few
// runs which inputs matter at all. Knows nothing of the model: points of the unit cube in, effects out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "coalis/inference/inputs.hpp"
#include "coalis/statistics/interval.hpp"

namespace coalis {

struct MorrisDesign {
  std::vector<std::vector<double>> points;  // [trajectory * (inputs + 1) + step][factor], on the grid of levels, 0 and 1 included
  std::vector<std::size_t> moved;           // [trajectory * inputs + step] the input that moves between step and step + 1
  std::vector<bool> up;                     // the same: its first factor goes up
  std::vector<Input> inputs;
  std::size_t trajectories = 0;
  double step = 0;  // how far a factor moves, as a share of its range
};

// levels: even, 2 or more; the step is levels / (2 (levels - 1)). Every input moves once in a trajectory, in random order; in a
// group each factor goes up or down as its start allows. A pure function of its arguments.
MorrisDesign morris_design(std::size_t factors, std::vector<Input> inputs, std::size_t trajectories, std::size_t levels,
                           std::uint64_t seed);

// In units of the output a full range of the input.
struct MorrisEffect {
  Estimate mu_star;     // mean of absolute effects, with its bootstrap interval over trajectories
  double mu, sigma;     // mean and standard deviation of the effects; NaN for a group, whose factors have no common direction
  std::size_t effects;  // trajectories counted
};

// values: a number a point of the design; NaN is missing and leaves out the effects that touch it. One effect an input.
std::vector<MorrisEffect> morris_effects(const MorrisDesign& design, std::span<const double> values, std::size_t resamples,
                                         std::uint64_t seed);

}  // namespace coalis
