// The one error of reading and writing files.
#pragma once

#include <stdexcept>
#include <string>

namespace coalis {

// Says which file, what is wrong with it and what to do.
struct FileError : std::runtime_error {
  explicit FileError(const std::string& what, bool disk_full = false) : std::runtime_error(what), full(disk_full) {}
  bool full;  // the disk, or a quota
};

}  // namespace coalis
