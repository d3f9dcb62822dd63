// The answer of a run for people.
#pragma once

#include <string>

#include "coalis/questions/run/answer.hpp"

namespace coalis {

std::string to_text(const RunAnswer& answer);

}  // namespace coalis
