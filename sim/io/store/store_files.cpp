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
