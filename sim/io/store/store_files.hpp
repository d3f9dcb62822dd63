// The files of a store's folder by their names (docs/formats/runs.md).
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace coalis::io {

inline constexpr std::string_view shard_ending = ".shard";

std::filesystem::path manifest_path(const std::filesystem::path& folder);
// Of what processes without locks add: a file each.
std::filesystem::path manifests_folder(const std::filesystem::path& folder);
// All of them, the common one first; those that are there.
std::vector<std::filesystem::path> manifests(const std::filesystem::path& folder);

// A name that no other process chooses; those of later ones sort later.
std::string new_store_name(std::string_view ending);

// The names of a folder's files with that ending, sorted: what is found does not depend on the file system's order.
std::vector<std::string> files_ending(const std::filesystem::path& folder, std::string_view ending);

// From a byte on; nothing of a file that is not there. Throws FileError.
std::string read_bytes(const std::filesystem::path& path, std::uint64_t from = 0);

}  // namespace coalis::io
