// What the manifests of a store say, and the look for shards.
#include <fmt/format.h>

#include <cstddef>
#include <nlohmann/json.hpp>
#include <utility>

#include "coalis/core/counted.hpp"
#include "coalis/io/store/run_store.hpp"
#include "io/text/checked_json.hpp"
#include "io/text/durable.hpp"
#include "store_files.hpp"

namespace coalis {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

// What a line says of a shard. Throws WrongJson, also for what is no name in this folder.
ShardEntry entry_of(const CheckedJson& line) {
  const auto count = [&](const char* key) { return line.find(key) ? line[key].whole<std::uint64_t>(0, 9e18) : 0; };
  ShardEntry entry{line["shard"].text(), count("runs"), count("failed"), count("bytes")};
  if (line.find("seconds")) entry.seconds = line["seconds"].number(0, largest_number);
  entry.finished = static_cast<std::int64_t>(count("finished"));
  line["shard"].require(fs::path(entry.name).filename() == entry.name && entry.name.ends_with(io::shard_ending),
                        fmt::format("is no name that ends in {}", io::shard_ending));
  return entry;
}

}  // namespace

std::string RunStore::manifest_head() const {
  return ordered_json{{"format", runs_format}, {"format_version", runs_format_version}, {"study", study_}}.dump();
}

// Without locks the file is this process's own: on some file systems of clusters what two append at once is torn.
void RunStore::append_manifest(const std::string& line) {
  if (has_locks()) return io::append_durably(io::manifest_path(folder_), "\n" + line + "\n");  // the line before may be torn
  const fs::path folder = io::manifests_folder(folder_);
  if (own_manifest_.empty()) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
      throw StoreError(fmt::format("{}: the folder cannot be made: {}; check its permissions", folder.string(), error.message()));
    own_manifest_ = io::new_store_name(".jsonl");
    io::append_durably(folder / own_manifest_, manifest_head() + "\n");
  }
  io::append_durably(folder / own_manifest_, line + "\n");
}

// A line of a manifest. A torn one is passed over: shards speak for themselves. Throws WrongJson.
void RunStore::enter(const std::string& text) {
  const auto json = ordered_json::parse(text, nullptr, false);
  if (json.is_discarded()) return;
  const CheckedJson line(json);
  if (line.find("format_version") && json["format_version"] != runs_format_version) {
    throw StoreError(
        fmt::format("{}: has format version {}, this program reads {}; use the Coalis that began it, or remove the folder",
                    folder_.string(), json["format_version"].dump(), runs_format_version));
  }
  if (line.find("gone")) return void(expected_runs_.erase(line["gone"].text()));
  if (line.find("format")) return line["format"].require(json["format"] == runs_format, fmt::format("is not {}", runs_format));
  const ShardEntry entry = entry_of(line);
  if (!expected_runs_.emplace(entry.name, entry.runs).second) return;
  manifest_.push_back(entry);
  if (!seen_.contains(entry.name)) listed_.push_back(entry.name);
}

// Lines that have been added to a manifest since the last call.
void RunStore::read_manifest(const fs::path& path) {
  ManifestRead& read = manifests_read_[path];
  std::string text = io::read_bytes(path, read.bytes);
  text.resize(text.rfind('\n') + 1);  // npos + 1 is 0
  read.bytes += text.size();
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    const std::string line = text.substr(at, end - at);
    at = end + 1, ++read.lines;
    try {
      enter(line);
    } catch (const WrongJson& wrong) {
      throw StoreError(fmt::format("{}:{}: is damaged ({}); remove the line: the runs are found without it", path.string(),
                                   read.lines, wrong.what()));
    }
  }
}

void RunStore::refresh() {
  for (const fs::path& path : io::manifests(folder_)) read_manifest(path);
  for (const auto& name : io::files_ending(folder_, io::shard_ending)) {
    if (!seen_.contains(name)) load(name);
  }
  report_missing(std::exchange(listed_, {}));
}

void RunStore::refresh_if_changed() {
  bool changed = false;
  for (const fs::path& path : io::manifests(folder_)) {
    std::error_code error;
    if (const auto size = fs::file_size(path, error); error || size == manifests_read_[path].bytes) continue;
    read_manifest(path);
    changed = true;
  }
  if (!changed) return;
  const auto listed = std::exchange(listed_, {});
  for (const auto& name : listed) {
    if (std::error_code ignored; fs::exists(folder_ / name, ignored)) load(name);
  }
  report_missing(listed);
}

// Shards that the manifest knows and the folder does not have. Where another machine's may be seen late, that says nothing.
void RunStore::report_missing(std::span<const std::string> names) {
  for (const auto& name : names) {
    std::error_code ignored;
    if (!has_locks() || seen_.contains(name) || fs::exists(folder_ / name, ignored)) continue;
    const auto runs = expected_runs_.find(name);
    if (runs == expected_runs_.end()) continue;  // known to be gone
    reports_.push_back(fmt::format("shard {} is missing: its {} will be run again", name, counted(runs->second, "run")));
    seen_[name] = false;
    if (access_ == Access::write) append_manifest(ordered_json{{"gone", name}, {"why", "missing"}}.dump());
  }
}

}  // namespace coalis
