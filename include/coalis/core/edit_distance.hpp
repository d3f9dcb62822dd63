// How far two words lie apart.
#pragma once

#include <cstddef>
#include <string_view>

namespace coalis {

// Insert, delete, replace, swap neighbours; bytes, case of Latin letters aside.
std::size_t edit_distance(std::string_view a, std::string_view b);

}  // namespace coalis
