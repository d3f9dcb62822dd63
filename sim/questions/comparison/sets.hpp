// The parameter sets of a comparison: which of them each replicate has.
#pragma once

#include <vector>

#include "coalis/core/diagnostic.hpp"
#include "coalis/questions/comparison/ask.hpp"

namespace coalis {

// Gives the comparison its sets, each scenario what stands behind it, and each structure how far it is fitted then. Adds what is
// wrong to `problems`; returns whether that is nothing.
bool use_sets(const ComparisonOptions& options, const ComparisonInput& input, Comparison& comparison,
              std::vector<Diagnostic>& problems);

}  // namespace coalis
