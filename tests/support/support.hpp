// What tests share.
#pragma once

#include <filesystem>
#include <string>

namespace coalis::test {

inline std::filesystem::path source_dir() { return COALIS_SOURCE_DIR; }

// The bytes of a file; empty without one.
std::string contents(const std::filesystem::path& path);

}  // namespace coalis::test
