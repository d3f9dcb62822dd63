// What a file is, by looking at it: a reader that wanted another kind says so, and which command reads this one.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "coalis/core/diagnostic.hpp"

namespace coalis {

enum class FileFamily { toml, table, json, hdf5, other, unknown };

struct FileIdentity {
  FileFamily family = FileFamily::unknown;
  std::string format;        // as the file says it, "" if it does not
  std::string is;            // "a study", "a table (CSV)"; "" if it cannot be told
  std::string read_by;       // "coalis study run and coalis plan read it"; "" if nothing is known of it
  int line = 1, column = 1;  // where a text says its format
};

// By the beginning of its contents; of HDF5 only that it is.
FileIdentity what_is(std::string_view contents);
// The format that an HDF5 file says it has, "" if it says none; nothing if it is damaged. io/hdf5 has it, and is set here by it:
// a program without HDF5 says of such files only what they are. Returns true.
using FormatOfHdf5 = std::optional<std::string> (*)(const std::filesystem::path&);
bool hdf5_is_looked_into_by(FormatOfHdf5 look);
// The same of a file or folder. Never throws; unknown if it cannot be read.
FileIdentity looks_like(const std::filesystem::path& path);
// With the format of HDF5, which a child process reads: for files that are not opened here.
FileIdentity what_is(const std::filesystem::path& path);
// The same of contents that have been read from it.
FileIdentity what_is(std::string_view contents, const std::filesystem::path& path);
// Of an HDF5 file that says this format.
FileIdentity hdf5_of(std::string_view format);

// "it is a study, not a scenario; coalis study run and coalis plan read it".
std::string another_kind_text(const FileIdentity& identity, std::string_view wanted);

// For readers: that a text is of another kind than `wanted` ("a scenario"), which has the format `format` (TOML), or is a table
// (""). Nothing if it is that kind, or none that is known: then the reader says what is wrong.
std::optional<Diagnostic> another_kind(std::string_view text, const std::string& file, std::string_view format,
                                       std::string_view wanted);

}  // namespace coalis
