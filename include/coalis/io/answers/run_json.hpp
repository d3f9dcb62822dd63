// The answer of a run as JSON.
#pragma once

#include <string>

#include "coalis/questions/run/answer.hpp"

namespace coalis {

std::string json_text(const RunAnswer& answer);

}  // namespace coalis
