// What could be done otherwise, as JSON (docs/formats/options.md).
#pragma once

#include <string>

#include "coalis/questions/policy/listed.hpp"

namespace coalis {

std::string json_text(const ListedOptions& list);

}  // namespace coalis
