// See store_files.hpp.
#include "store_files.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <random>
#include <utility>

#include "coalis/io/text/whole_file.hpp"

namespace coalis::io {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t folder_letters = 2;  // hexadecimal: 256 folders

bool is_folder_name(const std::string& name) {
  return name.size() == folder_letters && name.find_first_not_of("0123456789abcdef") == std::string::npos;
}

}  // namespace

fs::path manifest_path(const fs::path& folder) { return folder / "manifest.jsonl"; }
fs::path manifests_folder(const fs::path& folder) { return folder / "manifests"; }

std::vector<fs::path> manifests(const fs::path& folder) {
  std::vector<fs::path> paths;
  std::error_code ignored;
  if (fs::exists(manifest_path(folder), ignored)) paths.push_back(manifest_path(folder));
  for (const std::string& name : files_ending(manifests_folder(folder), ".jsonl"))
    paths.push_back(manifests_folder(folder) / name);
  return paths;
}

std::string new_store_name(std::string_view ending) {
  const auto now =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
  return fmt::format("{:013}-{:07}-{:08x}{}", now, ::getpid(), std::random_device{}(), ending);
}

std::string new_shard_name() {
  const std::string name = new_store_name(shard_ending);
  return name.substr(name.size() - shard_ending.size() - folder_letters, folder_letters) + "/" + name;
}

bool is_first_name(const std::string& name) { return fs::path(name).filename() == name && name.ends_with(shard_ending); }

bool is_shard_name(const std::string& name) {
  const fs::path path(name);
  return is_first_name(name) || (is_first_name(path.filename().string()) && is_folder_name(path.parent_path().string()));
}

std::vector<fs::path> shard_folders(const fs::path& folder) {
  std::vector<fs::path> folders;
  std::error_code error;
  for (auto it = fs::directory_iterator(folder, error); !error && it != fs::directory_iterator(); it.increment(error))
    if (is_folder_name(it->path().filename().string())) folders.push_back(it->path());
  std::sort(folders.begin(), folders.end());
  return folders;
}

std::vector<std::string> shards_in(const fs::path& folder) {
  std::vector<std::string> names = files_ending(folder, shard_ending);
  for (const fs::path& one : shard_folders(folder))
    for (const std::string& name : files_ending(one, shard_ending)) names.push_back((one.filename() / name).string());
  return names;
}

std::vector<std::string> files_ending(const fs::path& folder, std::string_view ending) {
  std::vector<std::string> names;
  std::error_code error;
  for (auto it = fs::directory_iterator(folder, error); !error && it != fs::directory_iterator(); it.increment(error)) {
    if (std::string name = it->path().filename().string(); name.ends_with(ending)) names.push_back(std::move(name));
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string read_bytes(const fs::path& path, std::uint64_t from) {
  std::string bytes;
  std::error_code ignored;
  if (fs::exists(path, ignored)) for_each_block(path, from, [&](std::string_view block) { bytes.append(block); });
  return bytes;
}

}  // namespace coalis::io
