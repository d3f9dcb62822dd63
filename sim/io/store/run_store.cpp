// The folder of a store: shards and claims.
#include "coalis/io/store/run_store.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <nlohmann/json.hpp>
#include <utility>

#include "coalis/core/characters.hpp"
#include "coalis/core/counted.hpp"
#include "coalis/io/text/whole_file.hpp"
#include "io/text/durable.hpp"
#include "io/text/output_file.hpp"
#include "shard.hpp"
#include "store_files.hpp"

namespace coalis {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

constexpr std::uint64_t presence_byte = 0, merge_byte = 1, first_unit_byte = 16;  // of the file of claims

// What a store writes to under a name of its own is no link to a file elsewhere.
void refuse_link(const fs::path& path) {
  if (std::error_code ignored; fs::is_symlink(fs::symlink_status(path, ignored)))
    throw StoreError(path.string() + ": is a link, and runs are kept in the folder itself; remove it");
}

std::string with_parameters_text(const std::string& parameters) {
  return parameters.empty() ? "without parameter sets" : "with the parameter sets of " + parameters;
}

}  // namespace

RunStore::RunStore(fs::path folder, std::string study, std::string kept, Access access, std::string parameters,
                   ReplicateSpan only)
    : folder_(std::move(folder)),
      study_(std::move(study)),
      kept_(std::move(kept)),
      parameters_(std::move(parameters)),
      access_(access),
      only_(only) {
  const fs::path claims = folder_ / "claims";
  if (std::error_code ignored; fs::exists(folder_, ignored) && !fs::is_directory(folder_, ignored))
    throw StoreError(folder_.string() + ": is no folder, and runs are kept there; move it away");
  if (access_ != Access::read) {
    std::error_code error;
    fs::create_directories(folder_, error);
    if (error)
      throw StoreError(
          fmt::format("{}: the folder cannot be made: {}; check the path and permissions", folder_.string(), error.message()));
    for (const fs::path& file : {claims, io::manifest_path(folder_), io::manifests_folder(folder_)}) refuse_link(file);
    claims_ = ::open(claims.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (claims_ < 0)
      throw StoreError(fmt::format("{}: cannot be opened: {}; check its permissions", claims.string(), std::strerror(errno)));
    join();
  } else {
    claims_ = ::open(claims.c_str(), O_RDONLY | O_CLOEXEC);
  }
  if (access_ != Access::add) refresh();
}

RunStore::~RunStore() {
  if (claims_ >= 0) ::close(claims_);
}

// Every process that writes holds a shared lock on one byte; who gets it alone may clean up after the dead.
void RunStore::join() try {
  if (io::set_lock(claims_, presence_byte, io::Lock::exclusive, false)) {
    for (const auto& name : io::files_ending(folder_, io::part_ending)) {
      std::error_code ignored;
      fs::remove(folder_ / name, ignored);
      reports_.push_back(fmt::format("{} was being written when its process ended: its runs will be run again", name));
    }
    if (!fs::exists(io::manifest_path(folder_))) append_manifest(manifest_head());
  }
  io::set_lock(claims_, presence_byte, io::Lock::shared, true);
} catch (const io::NoLocks& none) {
  if (none.wanted)
    reports_.push_back(folder_.string() +
                       ": its file system has no locks; several processes may do the same runs, and each counts once. Give them "
                       "parts (--part), then they do not");
  ::close(std::exchange(claims_, -1));
  io::write_new(io::manifest_path(folder_), manifest_head() + "\n");
}

bool RunStore::others_at_work() const { return claims_ >= 0 && io::is_locked(claims_, presence_byte); }
bool RunStore::claim(std::uint64_t unit) {
  return !has_locks() || io::set_lock(claims_, first_unit_byte + unit, io::Lock::exclusive, false);
}
void RunStore::release(std::uint64_t unit) {
  if (has_locks()) io::drop_lock(claims_, first_unit_byte + unit);
}
bool RunStore::is_claimed(std::uint64_t unit) const { return claims_ >= 0 && io::is_locked(claims_, first_unit_byte + unit); }
void RunStore::claim_merge() {
  if (has_locks()) io::set_lock(claims_, merge_byte, io::Lock::exclusive, true);
}
void RunStore::release_merge() {
  if (has_locks()) io::drop_lock(claims_, merge_byte);
}

std::vector<std::string> RunStore::take_reports() { return std::exchange(reports_, {}); }

const std::string* RunStore::failure(const RunKey& key) const {
  const auto found = failures_.find(key);
  return found == failures_.end() || done(key) ? nullptr : &found->second;
}

void RunStore::require_parameters(const std::string& parameters, const fs::path& folder) const {
  if (parameters != parameters_)
    throw StoreError(fmt::format(
        "{}: its runs were made {}, and are now asked for {}; runs are not mixed. If the file has changed, put the one back that "
        "they were made with; else move the folder away and begin anew",
        folder.string(), with_parameters_text(parameters), with_parameters_text(parameters_)));
}

// Of a part's process: a look at the first bytes spares it the runs of the others.
bool RunStore::is_of_others(const std::string& name) const {
  constexpr ReplicateSpan all;
  if (only_.first == all.first && only_.last == all.last) return false;
  const auto has = io::replicates_in(bytes_of_file(folder_ / name, 0, io::looked_at_of_a_head));
  return has && !has->meets(only_);
}

void RunStore::load(const std::string& name) {
  if (is_of_others(name)) return void(seen_[name] = true);
  const std::string bytes = io::read_bytes(folder_ / name);
  io::ShardIndex index;
  try {
    index = io::decode_shard(bytes);
  } catch (const std::exception& error) {
    return set_aside(name, error.what());
  }
  seen_[name] = true;
  require_parameters(index.parameters, folder_);
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
    const bool done_by_another = !has_locks() && error == std::errc::no_such_file_or_directory;
    if (error && !done_by_another)
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
  const std::string bytes = io::encode_shard({study_, kept_, parameters_}, runs);
  const auto failed = std::count_if(runs.begin(), runs.end(), [](const StoredRun& run) { return !run.cause.empty(); });
  keep({io::new_store_name(io::shard_ending), runs.size(), static_cast<std::size_t>(failed), bytes.size(), seconds}, bytes);
}

void RunStore::keep(const ShardEntry& shard, std::string_view bytes) {
  io::write_durably(folder_ / shard.name, bytes);
  const auto now = std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
  append_manifest(ordered_json{
      {"shard", shard.name},
      {"runs", shard.runs},
      {"failed", shard.failed},
      {"bytes", bytes.size()},
      {"seconds", shard.seconds},
      {"finished", now},
      {"process",
       ::getpid()}}.dump());
  load(shard.name);
}

}  // namespace coalis
