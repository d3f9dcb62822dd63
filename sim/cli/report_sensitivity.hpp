// The page of a sensitivity result, from its file.
#pragma once

#include <filesystem>
#include <string>

#include "coalis/report/pages/sensitivity_page.hpp"

namespace coalis::cli {

// Whether a JSON file says that it is a result of coalis sensitivity.
bool is_sensitivity_result(const std::filesystem::path& path);

// Throws JsonFileError: no such file, or damaged. title: "" the study's name.
report::SensitivityPage sensitivity_page(const std::filesystem::path& path, const std::string& title, const std::string& command);

}  // namespace coalis::cli
