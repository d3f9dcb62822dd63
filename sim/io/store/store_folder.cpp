// See store_folder.hpp.
#include "coalis/io/store/store_folder.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <sstream>
#include <vector>

#include "coalis/io/store/run_store.hpp"
#include "coalis/io/text/files_in_use.hpp"
#include "coalis/io/text/whole_file.hpp"
#include "io/text/output_file.hpp"
#include "store_files.hpp"

namespace coalis {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> entries_of(const fs::path& folder) {
  std::vector<fs::path> entries;
  std::error_code error;
  for (auto it = fs::directory_iterator(folder, error); !error && it != fs::directory_iterator(); it.increment(error))
    entries.push_back(it->path());
  return entries;
}

bool is_shard(const fs::path& path) { return path.extension() == ".shard"; }

bool is_being_written(const fs::path& path) {
  const std::string name = path.filename().string();
  return name.ends_with(io::part_ending) || name.ends_with(io::unlocked_ending);
}

void remove_file(const fs::path& path) {
  std::error_code error;
  if (fs::remove(path, error); error)
    throw StoreError(
        fmt::format("{}: cannot be removed, as --restart asks: {}; check its permissions", path.string(), error.message()));
}

}  // namespace

std::optional<std::string> study_kept_in(const fs::path& folder) {
  constexpr std::size_t looked_at = std::size_t{1} << 16;
  const fs::path manifest = folder / "manifest.jsonl";
  std::error_code error;
  if (!fs::is_regular_file(manifest, error)) return std::nullopt;
  const FilesInUse::Looking looking;
  std::istringstream lines(bytes_of_file(manifest, 0, looked_at));
  for (std::string line; std::getline(lines, line);) {
    const auto json = nlohmann::json::parse(line, nullptr, false);
    if (json.is_object() && json.contains("study") && json["study"].is_string()) return json["study"].get<std::string>();
  }
  return std::nullopt;
}

bool has_shards(const fs::path& folder) { return !io::shards_in(folder).empty(); }

void remove_store(const fs::path& folder, std::string_view also) {
  std::error_code not_empty;
  std::vector<fs::path> folders = io::shard_folders(folder);
  folders.push_back(folder / "damaged");
  for (const fs::path& one : folders) {
    for (const fs::path& entry : entries_of(one))
      if (is_shard(entry) || is_being_written(entry)) remove_file(entry);
    fs::remove(one, not_empty);
  }
  for (const fs::path& entry : entries_of(folder)) {
    const std::string name = entry.filename().string();
    if (is_shard(entry) || is_being_written(entry) || name == "manifest.jsonl" || name == "claims" || name == also)
      remove_file(entry);
  }
  for (const fs::path& entry : entries_of(io::manifests_folder(folder)))
    if (entry.extension() == ".jsonl") remove_file(entry);
  fs::remove(io::manifests_folder(folder), not_empty);
  fs::remove(folder, not_empty);
}

}  // namespace coalis
