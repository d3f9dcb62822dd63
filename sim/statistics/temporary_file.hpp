// A temporary file without a name, gone when the process ends, however it ends.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

namespace coalis {

// Where the bytes are from now on, released with the last copy; null if they could not be written (temporary_file_trouble()), or
// where there are no temporary files.
std::shared_ptr<const std::uint64_t> write_aside(const void* bytes, std::size_t size);
// Throws std::runtime_error if the file cannot be read.
void read_aside(std::uint64_t at, void* bytes, std::size_t size);

}  // namespace coalis
