// Statistics of weighted draws.
#pragma once

#include <span>

namespace coalis {

// weights: 0 or more, not all 0; as many as values.
double weighted_mean(std::span<const double> values, std::span<const double> weights);
double weighted_sd(std::span<const double> values, std::span<const double> weights);
// The smallest value up to which the share `probability` of the weight lies.
double weighted_quantile(std::span<const double> values, std::span<const double> weights, double probability);

}  // namespace coalis
