// Opening an HDF5 file of the program for reading, checked by one child process.
#pragma once

#include <filesystem>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "coalis/io/hdf5/result_file.hpp"
#include "hdf5.hpp"

namespace coalis::io {

// A kind of file: its format, the versions that are read, the command that writes it.
struct FileKind {
  std::string_view format;
  int oldest, newest;
  std::string_view name, command, again;  // "result file", "coalis run", "run the scenario again"
};
extern const FileKind result_kind, comparison_kind, study_kind;

// A child process reads the file, whole or the sections `wanted`. Of a file that is none of `kinds` errors say what the first
// says. Throws ResultError: missing, another kind, truncated, too old, too new, not what was written.
CheckedPath check_file(const std::filesystem::path& path, std::span<const FileKind> kinds,
                       const std::set<std::string>& wanted = {});
// Throws ResultError if it is of another kind.
h5::Handle open_hdf5(const CheckedPath& checked, const FileKind& kind);
// Checked whole, then opened.
h5::Handle open_hdf5(const std::filesystem::path& path, const FileKind& kind);
// Of a file that has been checked.
const FileKind& kind_of(const CheckedPath& checked);
// Returns the format version.
int checked_version(const std::filesystem::path& path, hid_t file, const FileKind& kind);

}  // namespace coalis::io
