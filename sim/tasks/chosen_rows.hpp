// Which rows of a file are run again, and when what they give is what was recorded.
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace coalis {

// All of them, or `sample` evenly spaced from the first to the last.
inline std::vector<std::size_t> chosen_rows(std::size_t rows, std::size_t sample) {
  const std::size_t count = sample == 0 ? rows : std::min(sample, rows);
  std::vector<std::size_t> chosen;
  for (std::size_t i = 0; i < count; ++i) chosen.push_back(count == 1 ? 0 : i * (rows - 1) / (count - 1));
  return chosen;
}

// Equal bits; what is missing is missing in both.
inline bool same_value(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b) || (std::isnan(a) && std::isnan(b));
}

}  // namespace coalis
