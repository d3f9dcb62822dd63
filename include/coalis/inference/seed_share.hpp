// How much of an output's variance is the seed's: chance that no parameter explains (two-way analysis of variance of points and
// replicates, crossed, for every point runs the same replicates).
#pragma once

#include <cstddef>
#include <span>

namespace coalis {

// Shares of the variance of a single run over parameters and replicates; they add up to 1. Components estimated below 0 are 0.
struct SeedShare {
  double parameters;  // what the mean over many replicates varies
  double seed;        // what a replicate adds to all points alike
  double both;        // what a replicate adds to one point only
  double left;        // of the variance of a point's mean over the replicates run: the share that chance has left in it
};

// values[point * replicates + replicate]; a point with a missing value (NaN) is left out. NaN with fewer than two points or
// replicates, or without variance; `left` is NaN where the means of all points are the same. Values closer than `grain`
// (statistics/intervals.hpp) are the same.
SeedShare seed_share(std::span<const double> values, std::size_t replicates, double grain = 0);

}  // namespace coalis
