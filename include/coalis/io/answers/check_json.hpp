// The checks of a posterior as JSON, POSTERIOR.check.json: written and read.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "coalis/io/text/json_file.hpp"
#include "coalis/questions/calibration/check.hpp"

namespace coalis {

inline constexpr JsonFormat check_format{"coalis-check", 1, "an answer of coalis calibrate --check",
                                         "name a POSTERIOR.check.json, or make it again with coalis calibrate --check"};

std::string json_text(const PosteriorCheck& check);
// Where it can be written: nothing stands there, or an answer that it replaces. Throws FileError.
void check_answer_path(const std::filesystem::path& path);

// Throws FileError: not such a file, or one in which something that pages show is missing, is of another type, no finite number,
// or of a size that does not fit the rest. What else is missing, as in files of older programs, is NaN or left out.
PosteriorCheck read_check(const std::filesystem::path& path);
// The same from its text; `path` stands for the file in errors.
PosteriorCheck parse_check(std::string_view text, const std::filesystem::path& path);

}  // namespace coalis
