// Version of the model.
#pragma once

#include <string_view>

namespace coalis {

// Changes whenever any recorded bit may change.
inline constexpr std::string_view model_version = "1.0";

}  // namespace coalis
