// What is assumed, not found (model.md section 1): printed with every result.
#pragma once

#include <span>
#include <string_view>

namespace coalis {

// One sentence an assumption.
std::span<const std::string_view> assumptions();
// What to make of everything beyond them.
std::string_view beyond_assumptions();

}  // namespace coalis
