// The folder of a store: shards, the manifest, claims.
#include "coalis/io/store/run_store.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <nlohmann/json.hpp>
#include <random>
#include <utility>

#include "coalis/core/characters.hpp"
#include "coalis/core/counted.hpp"
#include "coalis/io/text/whole_file.hpp"
#include "io/text/checked_json.hpp"
#include "io/text/durable.hpp"
#include "io/text/output_file.hpp"
#include "shard.hpp"

namespace coalis {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

constexpr std::string_view shard_ending = ".shard";
constexpr std::uint64_t presence_byte = 0, merge_byte = 1, first_unit_byte = 16;  // of the file of claims

fs::path manifest_path(const fs::path& folder) { return folder / "manifest.jsonl"; }

// From a byte on; nothing of a file that is not there. Throws FileError.
std::string read_bytes(const fs::path& path, std::uint64_t from = 0) {
  std::string bytes;
  std::error_code ignored;
  if (fs::exists(path, ignored)) for_each_block(path, from, [&](std::string_view block) { bytes.append(block); });
  return bytes;
}

// What a store writes to under a name of its own is no link to a file elsewhere.
void refuse_link(const fs::path& path) {
  if (std::error_code ignored; fs::is_symlink(fs::symlink_status(path, ignored)))
    throw StoreError(path.string() + ": is a link, and runs are kept in the folder itself; remove it");
}

// The names of a folder's files with that ending, sorted: what is found does not depend on the file system's order.
std::vector<std::string> files_ending(const fs::path& folder, std::string_view ending) {
  std::vector<std::string> names;
  std::error_code error;
  for (auto it = fs::directory_iterator(folder, error); !error && it != fs::directory_iterator(); it.increment(error)) {
    if (std::string name = it->path().filename().string(); name.ends_with(ending)) names.push_back(std::move(name));
  }
  std::sort(names.begin(), names.end());
  return names;
}

// A name that no other process chooses; those of later batches sort later.
std::string new_shard_name() {
  const auto now =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
  return fmt::format("{:013}-{:07}-{:08x}{}", now, ::getpid(), std::random_device{}(), shard_ending);
}

// What a line of the manifest says of a shard. Throws WrongJson, also for what is no name in this folder.
ShardEntry entry_of(const CheckedJson& line) {
  const auto count = [&](const char* key) { return line.find(key) ? line[key].whole<std::uint64_t>(0, 9e18) : 0; };
  ShardEntry entry{line["shard"].text(), count("runs"), count("failed"), count("bytes")};
  if (line.find("seconds")) entry.seconds = line["seconds"].number(0, largest_number);
  entry.finished = static_cast<std::int64_t>(count("finished"));
  line["shard"].require(fs::path(entry.name).filename() == entry.name && entry.name.ends_with(shard_ending),
                        fmt::format("is no name that ends in {}", shard_ending));
  return entry;
}

std::string with_parameters_text(const std::string& parameters) {
  return parameters.empty() ? "without parameter sets" : "with the parameter sets of " + parameters;
}

}  // namespace

RunStore::RunStore(fs::path folder, std::string study, std::string kept, Access access, std::string parameters)
    : folder_(std::move(folder)),
      study_(std::move(study)),
      kept_(std::move(kept)),
      parameters_(std::move(parameters)),
      access_(access) {
  const fs::path claims = folder_ / "claims";
  if (std::error_code ignored; fs::exists(folder_, ignored) && !fs::is_directory(folder_, ignored))
    throw StoreError(folder_.string() + ": is no folder, and runs are kept there; move it away");
  if (access_ == Access::write) {
    std::error_code error;
    fs::create_directories(folder_, error);
    if (error)
      throw StoreError(
          fmt::format("{}: the folder cannot be made: {}; check the path and permissions", folder_.string(), error.message()));
    for (const fs::path& file : {claims, manifest_path(folder_)}) refuse_link(file);
    claims_ = ::open(claims.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (claims_ < 0)
      throw StoreError(fmt::format("{}: cannot be opened: {}; check its permissions", claims.string(), std::strerror(errno)));
    join();
  } else {
    claims_ = ::open(claims.c_str(), O_RDONLY | O_CLOEXEC);
  }
  refresh();
}

RunStore::~RunStore() {
  if (claims_ >= 0) ::close(claims_);
}

// Every process that writes holds a shared lock on one byte; who gets it alone may clean up after the dead.
void RunStore::join() {
  if (io::set_lock(claims_, presence_byte, io::Lock::exclusive, false)) {
    for (const auto& name : files_ending(folder_, io::part_ending)) {
      std::error_code ignored;
      fs::remove(folder_ / name, ignored);
      reports_.push_back(fmt::format("{} was being written when its process ended: its runs will be run again", name));
    }
    if (!fs::exists(manifest_path(folder_))) {
      append_manifest(ordered_json{{"format", runs_format}, {"format_version", runs_format_version}, {"study", study_}}.dump());
    }
  }
  io::set_lock(claims_, presence_byte, io::Lock::shared, true);
}

bool RunStore::others_at_work() const { return claims_ >= 0 && io::is_locked(claims_, presence_byte); }
bool RunStore::claim(std::uint64_t unit) { return io::set_lock(claims_, first_unit_byte + unit, io::Lock::exclusive, false); }
void RunStore::release(std::uint64_t unit) { io::set_lock(claims_, first_unit_byte + unit, io::Lock::none, false); }
bool RunStore::is_claimed(std::uint64_t unit) const { return claims_ >= 0 && io::is_locked(claims_, first_unit_byte + unit); }
void RunStore::claim_merge() { io::set_lock(claims_, merge_byte, io::Lock::exclusive, true); }
void RunStore::release_merge() { io::set_lock(claims_, merge_byte, io::Lock::none, false); }

std::vector<std::string> RunStore::take_reports() { return std::exchange(reports_, {}); }

const std::string* RunStore::failure(const RunKey& key) const {
  const auto found = failures_.find(key);
  return found == failures_.end() || done(key) ? nullptr : &found->second;
}

void RunStore::append_manifest(const std::string& line) {
  io::append_durably(manifest_path(folder_), "\n" + line + "\n");  // the line before may be torn
}

// A line of the manifest. A torn one is passed over: shards speak for themselves. Throws WrongJson.
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

// Lines that have been added since the last call.
void RunStore::read_manifest() {
  std::string text = read_bytes(manifest_path(folder_), manifest_read_);
  text.resize(text.rfind('\n') + 1);  // npos + 1 is 0
  manifest_read_ += text.size();
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    const std::string line = text.substr(at, end - at);
    at = end + 1, ++manifest_lines_;
    try {
      enter(line);
    } catch (const WrongJson& wrong) {
      throw StoreError(fmt::format("{}:{}: is damaged ({}); remove the line: the runs are found without it",
                                   manifest_path(folder_).string(), manifest_lines_, wrong.what()));
    }
  }
}

void RunStore::refresh() {
  read_manifest();
  for (const auto& name : files_ending(folder_, shard_ending)) {
    if (!seen_.contains(name)) load(name);
  }
  report_missing(std::exchange(listed_, {}));
}

void RunStore::refresh_if_changed() {
  std::error_code error;
  if (const auto size = fs::file_size(manifest_path(folder_), error); error || size == manifest_read_) return;
  read_manifest();
  const auto listed = std::exchange(listed_, {});
  for (const auto& name : listed) {
    if (std::error_code ignored; fs::exists(folder_ / name, ignored)) load(name);
  }
  report_missing(listed);
}

// Shards that the manifest knows and the folder does not have.
void RunStore::report_missing(std::span<const std::string> names) {
  for (const auto& name : names) {
    std::error_code ignored;
    if (seen_.contains(name) || fs::exists(folder_ / name, ignored)) continue;
    const auto runs = expected_runs_.find(name);
    if (runs == expected_runs_.end()) continue;  // known to be gone
    reports_.push_back(fmt::format("shard {} is missing: its {} will be run again", name, counted(runs->second, "run")));
    seen_[name] = false;
    if (access_ == Access::write) append_manifest(ordered_json{{"gone", name}, {"why", "missing"}}.dump());
  }
}

void RunStore::load(const std::string& name) {
  const std::string bytes = read_bytes(folder_ / name);
  io::ShardIndex index;
  try {
    index = io::decode_shard(bytes);
  } catch (const std::exception& error) {
    return set_aside(name, error.what());
  }
  seen_[name] = true;
  if (index.parameters != parameters_)
    throw StoreError(fmt::format(
        "{}: its runs were made {}, and are now asked for {}; runs are not mixed. If the file has changed, put the one back that "
        "they were made with; else move the folder away and begin anew",
        folder_.string(), with_parameters_text(index.parameters), with_parameters_text(parameters_)));
  if (index.kept != kept_) return;
  for (const auto& run : index.runs) {
    if (run.failed) {
      failures_.emplace(run.key, io::decode_run(std::string_view(bytes).substr(run.offset, run.length)).cause);
    } else {
      runs_.emplace(run.key, Location{shards_.size(), run.offset, run.length});
    }
  }
  shards_.push_back(name);
}

void RunStore::set_aside(const std::string& name, const std::string& reason) {
  seen_[name] = false;
  const auto expected = expected_runs_.find(name);
  const std::string runs = expected == expected_runs_.end() ? "runs" : counted(expected->second, "run");
  std::string report = fmt::format("shard {} is damaged ({}): its {} will be run again", name, reason, runs);
  if (access_ == Access::write) {
    std::error_code error;
    fs::create_directories(folder_ / "damaged", error);
    fs::rename(folder_ / name, folder_ / "damaged" / name, error);
    if (error)
      throw StoreError(fmt::format("{}: is damaged and cannot be moved to {}: {}", (folder_ / name).string(),
                                   (folder_ / "damaged").string(), error.message()));
    append_manifest(ordered_json{{"gone", name}, {"why", visible(reason, Lines::one)}}.dump());
    report += fmt::format("; it is kept as {}", (folder_ / "damaged" / name).string());
  }
  reports_.push_back(std::move(report));
}

StoredRun RunStore::read(const RunKey& key) const {
  const Location& at = runs_.at(key);
  const fs::path path = folder_ / shards_[at.shard];
  if (const std::string bytes = bytes_of_file(path, at.offset, at.length); bytes.size() == at.length) {
    if (auto run = io::decode_run(bytes); run.key == key) return run;
  }
  throw StoreError(path.string() + ": has changed since it was opened; give the same command again");
}

void RunStore::append(std::span<const StoredRun> runs, double seconds) {
  if (runs.empty()) return;
  const std::string name = new_shard_name();
  const std::string bytes = io::encode_shard({study_, kept_, parameters_}, runs);
  io::write_durably(folder_ / name, bytes);
  const auto failed = std::count_if(runs.begin(), runs.end(), [](const StoredRun& run) { return !run.cause.empty(); });
  const auto now = std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
  append_manifest(ordered_json{
      {"shard", name},
      {"runs", runs.size()},
      {"failed", failed},
      {"bytes", bytes.size()},
      {"seconds", seconds},
      {"finished", now},
      {"process",
       ::getpid()}}.dump());
  load(name);
}

}  // namespace coalis
