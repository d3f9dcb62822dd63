// What tests share.
#pragma once

#include <filesystem>

namespace coalis::test {

inline std::filesystem::path source_dir() { return COALIS_SOURCE_DIR; }

}  // namespace coalis::test
