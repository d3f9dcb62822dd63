// Draws from weighted sets.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace coalis {

// Systematic resampling (Kitagawa 1996): how often each of the weighted sets is drawn in `draws`, the expectation draws * weight
// rounded up or down. One uniform number decides, a pure function of the seed. weights: 0 or more, their sum above 0.
std::vector<std::int64_t> systematic_resampling(std::span<const double> weights, std::int64_t draws, std::uint64_t seed);

// The set of each draw when there may be more draws later: that of draw i is a function of weights, seed and i alone. The one
// uniform number of systematic_resampling is moved on by the van der Corput sequence (base 2), so that the first 2^k draws are a
// systematic resampling: each set comes up 2^k * weight times, rounded up or down. weights: as above.
std::vector<std::size_t> growing_resampling(std::span<const double> weights, std::size_t draws, std::uint64_t seed);

}  // namespace coalis
