// Outputs that a command was asked for: checked before the first run, written whole.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace coalis {

// Throws FileError if `path` cannot become a file: it exists and `overwrite` is false, it is no regular file, its folder is
// missing, or the command reads or has written it (files_in_use.hpp). For commands to ask before the first run.
void check_output_path(const std::filesystem::path& path, bool overwrite);
// Each can become a file, and no two are one. Throws FileError.
void check_outputs(std::span<const std::filesystem::path> paths, bool overwrite);

// A folder for outputs, made if need be, with those it stands in. Throws FileError: it cannot be made, or is of kept runs.
void make_output_folder(const std::filesystem::path& folder);

// Files of a folder, which is made if need be, and `others` of the same command: as check_outputs. Throws FileError.
void check_outputs_in(const std::filesystem::path& folder, std::span<const std::string> files, bool overwrite,
                      std::span<const std::filesystem::path> others = {});

// A text as a file that appears whole: written aside, flushed, put in place. Throws FileError, also as check_output_path does.
void write_output(const std::filesystem::path& path, std::string_view text, bool overwrite);

}  // namespace coalis
