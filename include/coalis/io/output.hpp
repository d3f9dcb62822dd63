// Outputs that a command was asked for: checked before the first run, written whole.
#pragma once

#include <filesystem>
#include <span>
#include <string_view>

namespace coalis {

// Each can become a file (as check_result_path says), and no two are one. Throws FileError.
void check_outputs(std::span<const std::filesystem::path> paths, bool overwrite);

// A text as a file that appears whole: written aside, flushed, put in place. Throws FileError, also as check_result_path does.
void write_output(const std::filesystem::path& path, std::string_view text, bool overwrite);

}  // namespace coalis
