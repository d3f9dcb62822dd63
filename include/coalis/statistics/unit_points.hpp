// Points in the unit cube, [point][factor], within [0, 1). Random numbers come from Boost, whose engines and integer draws are
// the same everywhere.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace coalis {

// Most factors that a Sobol' sequence can have: the direction numbers of Joe and Kuo (2008) that Boost.Random has.
std::size_t sobol_factors_max();

// Latin hypercube (McKay, Beckman, Conover 1979): in every factor one point in each of `points` equal strata, at random inside.
std::vector<std::vector<double>> latin_hypercube(std::size_t points, std::size_t factors, std::uint64_t seed);
// Sobol' sequence without the point at 0; the first so many points of a longer one.
std::vector<std::vector<double>> sobol(std::size_t points, std::size_t factors);

}  // namespace coalis
