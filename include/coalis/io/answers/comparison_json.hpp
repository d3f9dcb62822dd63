// The answer of a comparison as JSON (docs/formats/comparison.md).
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "coalis/questions/comparison/answer.hpp"

namespace coalis {

nlohmann::ordered_json to_json(const ComparisonAnswer& answer);

}  // namespace coalis
