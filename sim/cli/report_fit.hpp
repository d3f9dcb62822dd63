// From the answer of `coalis calibrate --check` to the plain data of the report's section on fit.
#pragma once

#include <filesystem>

#include "coalis/report/comparison_page.hpp"

namespace coalis::cli {

// Throws JsonFileError: the file cannot be read, is no answer of `coalis calibrate --check`, of another version, or damaged.
report::Fit read_fit(const std::filesystem::path& path);

}  // namespace coalis::cli
