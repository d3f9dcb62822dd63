// The one error of reading and writing files.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

#include "coalis/core/characters.hpp"

namespace coalis {

// Says which file, what is wrong with it and what to do.
struct FileError : std::runtime_error {
  // In one line, whatever is in a path; `more`: a line that follows.
  explicit FileError(std::string_view what, bool disk_full = false, std::string_view more = "")
      : std::runtime_error(visible(what, Lines::one) + (more.empty() ? "" : "\n" + visible(more, Lines::one))), full(disk_full) {}
  bool full;  // the disk, or a quota
};

}  // namespace coalis
