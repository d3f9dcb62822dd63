// The answer of a comparison as JSON (docs/formats/comparison.md).
#pragma once

#include <string>

#include "coalis/questions/comparison/answer.hpp"

namespace coalis {

std::string json_text(const ComparisonAnswer& answer);

}  // namespace coalis
