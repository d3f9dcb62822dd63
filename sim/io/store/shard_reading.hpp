// Batches of a shard on disk, read by their heads; their records in pages.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "shard.hpp"

namespace coalis::io {

// The head of the batch at a byte of a file that has `size`. Throws StoreError with the reason: no batch, cut off, damaged.
BatchHead head_at(const std::filesystem::path& path, std::uint64_t at, std::uint64_t size);

// What is wrong with the records of a batch, which begin at a byte; "" nothing.
std::string problem_of_records(const std::filesystem::path& path, std::uint64_t at, const BatchHead& head);

}  // namespace coalis::io
