// Opening a result file for reading, checked.
#pragma once

#include <filesystem>
#include <string_view>

#include "hdf5.hpp"

namespace coalis::io {

// Throws ResultError: missing, not a result file, truncated, too old, too new.
h5::Handle open_result_file(const std::filesystem::path& path);

// A kind of file: its format, the versions that are read, the command that writes it.
struct FileKind {
  std::string_view format;
  int oldest, newest;
  std::string_view name, command, again;  // "result file", "coalis run", "run the scenario again"
};
// The same for any kind; returns the format version.
h5::Handle open_hdf5(const std::filesystem::path& path, const FileKind& kind);
int checked_version(const std::filesystem::path& path, hid_t file, const FileKind& kind);

}  // namespace coalis::io
