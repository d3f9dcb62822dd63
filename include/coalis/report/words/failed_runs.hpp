// Which runs failed and why.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace coalis {

struct FailedRun {
  std::uint32_t replicate = 0;
  std::string of;  // "point 3 (hubs.Chicago.fte = 0.5)"
  std::string cause;
};

// "2 of 400 runs failed:", then the first of them, a line each, and how many more there are.
std::string failures_text(std::size_t failed, std::size_t runs, std::span<const FailedRun> first);

}  // namespace coalis
