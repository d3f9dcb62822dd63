// Reading POSTERIOR.check.json, the answer of coalis calibrate --check.
#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>

namespace coalis::cli {

// Throws FileError: not such a file, or one in which something is missing, is of another type, no finite number, or of a size
// that does not fit the rest. What is made of the answer need not look again.
nlohmann::ordered_json read_check(const std::filesystem::path& path);

}  // namespace coalis::cli
