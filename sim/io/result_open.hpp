// Opening a result file for reading, checked.
#pragma once

#include <filesystem>

#include "hdf5.hpp"

namespace coalis::io {

// Throws ResultError: missing, not a result file, truncated, too old, too new.
h5::Handle open_result_file(const std::filesystem::path& path);

}  // namespace coalis::io
