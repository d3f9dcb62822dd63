// Short names of options side by side.
#pragma once

#include <cstddef>
#include <string>

namespace coalis {

// "A" to "Z", then "S27", "S28": by its place from 0.
inline std::string letter_of(std::size_t place) {
  return place < 26 ? std::string(1, static_cast<char>('A' + place)) : "S" + std::to_string(place + 1);
}

}  // namespace coalis
