// Parameters that must lie within bounds together, because the model meets their sum.
#pragma once

#include <string_view>
#include <vector>

#include "coalis/core/fields.hpp"
#include "coalis/model/scenario.hpp"

namespace coalis {

struct ParameterSum {
  std::string_view name;  // for people
  std::string_view key;   // of one of the parameters
  double value;
  Bounds bounds;
};

// The sums of a scenario whose single values lie within their own bounds.
std::vector<ParameterSum> parameter_sums(const Scenario& scenario);

// The bounds allow it; 0.7 + 0.3 may be more than 1 in the last digit.
bool within_bounds(const ParameterSum& sum);

}  // namespace coalis
