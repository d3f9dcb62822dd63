// Reading a JSON file that a command of this program has written: what it is is checked in one place.
#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "coalis/io/text/file_error.hpp"

namespace coalis {

// What such a file says of itself.
struct JsonFormat {
  std::string_view name;    // its `format`: "coalis-check"
  int version = 1;          // its `version`, the one that this program reads
  std::string_view is;      // "an answer of coalis calibrate --check"
  std::string_view advice;  // what to do about a file that is something else, or damaged: "name a POSTERIOR.check.json"
  int oldest = 0;           // version that is still read; 0: `version` alone
};

using JsonFileError = FileError;

// The error for a file of this format with something else wrong.
JsonFileError json_file_error(const std::filesystem::path& path, const JsonFormat& format, std::string_view problem);

// The object as text, each level indented by so many blanks. Its last member, `content`, is the checksum (XXH3) of all that
// stands before it, which parse_json() compares.
std::string checked_json_text(const nlohmann::ordered_json& json, int indent);

// The file's object. Throws JsonFileError: no such file, not readable, no JSON (with line and column), no file of this program,
// of another format, of an older or newer version; changed since it was written. Files of older programs have no checksum.
nlohmann::ordered_json read_json_file(const std::filesystem::path& path, const JsonFormat& format);
// The same of its text; `path` stands for the file in errors.
nlohmann::ordered_json parse_json(std::string_view text, const std::filesystem::path& path, const JsonFormat& format);

}  // namespace coalis
