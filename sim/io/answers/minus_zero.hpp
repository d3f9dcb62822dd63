// An answer with 0 in place of -0, which nobody should have to know.
#pragma once

#include <nlohmann/json_fwd.hpp>

namespace coalis {

nlohmann::ordered_json without_minus_zero(nlohmann::ordered_json json);

}  // namespace coalis
