// What an outcome hangs on, as JSON: the answer, and the result file from which it can be made again
// (docs/formats/sensitivity.md).
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "coalis/questions/sensitivity/sensitivity.hpp"

namespace coalis {

// What a result file says that it is.
inline constexpr std::string_view sensitivity_format = "coalis-sensitivity";

std::string json_text(const SensitivityFindings& findings, const SensitivityQuestion& question);
// A result file's: with the values of all runs.
std::string json_text(const SensitivityFindings& findings, const SensitivityQuestion& question, const SensitivityValues& values);

// The values of such a file. Throws FileError: it is no such file, or not of exactly this design.
SensitivityValues read_sensitivity_values(const std::filesystem::path& path, const SensitivityQuestion& question);

// The answer that stands in such a file, whatever its design. Throws FileError: no such file, or damaged.
SensitivityFindings read_sensitivity_findings(const std::filesystem::path& path);

}  // namespace coalis
