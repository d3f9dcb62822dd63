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
// Of what each process adds.
std::filesystem::path manifests_folder(const std::filesystem::path& folder);
// All of them, the common one first; those that are there.
std::vector<std::filesystem::path> manifests(const std::filesystem::path& folder);

// A name that no other process chooses; those of later ones sort later.
std::string new_store_name(std::string_view ending);
// The same of a shard, with the folder that it is in: "9c/1763801234567-0004711-9f3c029c.shard".
std::string new_shard_name();
// Whether a text is such a name, or that of a shard of the first format, which is in no folder.
bool is_shard_name(const std::string& name);
bool is_first_name(const std::string& name);

// The names of a folder's files with that ending, sorted: what is found does not depend on the file system's order.
std::vector<std::string> files_ending(const std::filesystem::path& folder, std::string_view ending);
// The shards of a store, below its folder, sorted; those of the first format first.
std::vector<std::string> shards_in(const std::filesystem::path& folder);
// The folders within it that have shards.
std::vector<std::filesystem::path> shard_folders(const std::filesystem::path& folder);

// From a byte on; nothing of a file that is not there. Throws FileError.
std::string read_bytes(const std::filesystem::path& path, std::uint64_t from = 0);

}  // namespace coalis::io
