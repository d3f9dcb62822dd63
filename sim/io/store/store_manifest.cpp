// What the manifests of a store say, and the look for shards.
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>

#include "coalis/core/counted.hpp"
#include "coalis/io/store/run_store.hpp"
#include "io/text/checked_json.hpp"
#include "io/text/durable.hpp"
#include "store_files.hpp"

namespace coalis {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

// What a line says of a shard.
struct Line {
  std::string shard;
  std::optional<std::uint64_t> runs;  // of a finished one
  std::uint64_t bytes = 0;
};

// Throws WrongJson, also for what is no name in this folder.
Line line_of(const CheckedJson& json) {
  const auto count = [&](const char* key) { return json.find(key) ? json[key].whole<std::uint64_t>(0, 9e18) : 0; };
  Line line{json["shard"].text(), {}, count("bytes")};
  if (json.find("runs")) line.runs = count("runs");
  json["shard"].require(io::is_shard_name(line.shard), fmt::format("is no name that ends in {}", io::shard_ending));
  return line;
}

}  // namespace

std::string RunStore::manifest_head() const {
  return ordered_json{{"format", runs_format}, {"format_version", runs_format_version}, {"study", study_}}.dump();
}

// The common one says what the folder is. One of the first format is told so, which an older program then refuses.
void RunStore::begin_manifest() {
  const fs::path path = io::manifest_path(folder_);
  if (io::write_new(path, manifest_head() + "\n")) return;
  read_manifest(path);
  if (newest_version_ < runs_format_version)
    io::append_durably(path, "\n" + manifest_head() + "\n");  // the line before may be torn
}

// A file of its own: on some file systems of clusters what two append at once is torn.
void RunStore::append_manifest(const std::string& line) {
  const fs::path folder = io::manifests_folder(folder_);
  if (own_manifest_.empty()) {
    io::make_folder_durably(folder);
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
  if (line.find("format_version")) {
    const auto version = json["format_version"].is_number_integer() ? json["format_version"].get<int>() : 0;
    if (version < 1 || version > runs_format_version) {
      throw StoreError(
          fmt::format("{}: has format version {}, this program reads {}; use the Coalis that began it, or remove the folder",
                      folder_.string(), json["format_version"].dump(), runs_format_version));
    }
    newest_version_ = std::max(newest_version_, version);
  }
  if (line.find("gone")) {
    const std::string& name = line["gone"].text();
    line["gone"].require(io::is_shard_name(name), fmt::format("is no name that ends in {}", io::shard_ending));
    shards_[number_of(name)].gone = true;
    return;
  }
  if (line.find("format")) return line["format"].require(json["format"] == runs_format, fmt::format("is not {}", runs_format));
  const Line said = line_of(line);
  const std::uint32_t number = number_of(said.shard);
  Shard& shard = shards_[number];
  if (!said.runs || own_shard_ == number) return;
  shard.finished = true;
  if (said.bytes > shard.should_bytes || shard.should_bytes == 0) shard.should_runs = *said.runs, shard.should_bytes = said.bytes;
}

// Lines that have been added to a manifest since the last call; whether there are any.
bool RunStore::read_manifest(const fs::path& path) {
  ManifestRead& read = manifests_read_[path];
  std::error_code error;
  if (const auto size = fs::file_size(path, error); !error && size == read.bytes) return false;
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
  return !text.empty();
}

// Shards in the order of their names, so that of equal runs the same count whoever looks.
void RunStore::refresh() {
  for (const fs::path& path : io::manifests(folder_)) read_manifest(path);
  for (const auto& name : io::shards_in(folder_)) look_at(number_of(name));
  report_missing();
}

void RunStore::refresh_if_changed() {
  using Clock = std::chrono::steady_clock;
  const auto begin = Clock::now();
  if (!has_locks() && begin < next_look_) return;
  bool changed = false;
  for (const fs::path& path : io::manifests(folder_)) changed = read_manifest(path) || changed;
  for (std::uint32_t number = 0; number < shards_.size(); ++number) {
    const Shard& shard = shards_[number];
    if (!io::is_first_name(shard.name) && !(shard.finished && shard.read >= shard.should_bytes)) look_at(number);
  }
  if (changed) report_missing();
  constexpr int rests = 20;
  next_look_ = Clock::now() + rests * (Clock::now() - begin);
}

// Shards that a manifest knows as finished and the folder does not have. Where another machine's may be seen late, that says
// nothing.
void RunStore::report_missing() {
  for (Shard& shard : shards_) {
    std::error_code ignored;
    if (!has_locks() || shard.gone || shard.read > 0 || !shard.finished || fs::exists(folder_ / shard.name, ignored)) continue;
    shard.gone = true;
    reports_.push_back(fmt::format("shard {} is missing: its {} will be run again", fs::path(shard.name).filename().string(),
                                   counted(shard.should_runs, "run")));
    if (access_ == Access::write) append_manifest(ordered_json{{"gone", shard.name}, {"why", "missing"}}.dump());
  }
}

}  // namespace coalis
