// The parameter sets of a comparison: which of them each replicate has.
#pragma once

#include <vector>

#include "coalis/core/diagnostic.hpp"
#include "coalis/questions/comparison/ask.hpp"

namespace coalis {

// Gives the comparison its sets, and each scenario what stands behind it then. Adds what is wrong to `problems`; returns whether
// that is nothing.
bool use_sets(const ComparisonOptions& options, const ComparisonInput& input, Comparison& comparison,
              std::vector<Diagnostic>& problems);

// Says of each structure how far it is calibrated: as far as it is for all scenarios, with their own parameters or with the sets.
void mark_structures(const ComparisonInput& input, Comparison& comparison);

}  // namespace coalis
