// Opening a result file for reading, checked.
#pragma once

#include <filesystem>
#include <set>
#include <string>
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
// An open file whose content was compared with its checksums.
struct CheckedFile {
  h5::Handle file;
  bool has_checksums;  // false: of an older program, its content cannot be checked
};
// The same for any kind. A child process reads the file first, whole or the sections `wanted`: the HDF5 library crashes on some
// damaged files. Throws ResultError also for content that is not what was written.
CheckedFile open_checked(const std::filesystem::path& path, const FileKind& kind, const std::set<std::string>& wanted = {});
h5::Handle open_hdf5(const std::filesystem::path& path, const FileKind& kind);
// Returns the format version.
int checked_version(const std::filesystem::path& path, hid_t file, const FileKind& kind);

}  // namespace coalis::io
