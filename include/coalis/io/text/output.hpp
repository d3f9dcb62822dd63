// Outputs that a command was asked for: checked before the first run, written whole.
#pragma once

#include <filesystem>
#include <span>
#include <string_view>

namespace coalis {

// Throws FileError if `path` cannot become a file: it exists and `overwrite` is false, it is no regular file, its folder is
// missing, or the command reads or has written it (files_in_use.hpp). For commands to ask before the first run.
void check_output_path(const std::filesystem::path& path, bool overwrite);
// Each can become a file, and no two are one. Throws FileError.
void check_outputs(std::span<const std::filesystem::path> paths, bool overwrite);

// A text as a file that appears whole: written aside, flushed, put in place. Throws FileError, also as check_output_path does.
void write_output(const std::filesystem::path& path, std::string_view text, bool overwrite);

}  // namespace coalis
