// The folder of a store: shards and claims.
#include "coalis/io/store/run_store.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <nlohmann/json.hpp>
#include <utility>

#include "coalis/core/counted.hpp"
#include "io/text/durable.hpp"
#include "io/text/output_file.hpp"
#include "run_index.hpp"
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

std::int64_t seconds_since_1970() {
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

std::string with_parameters_text(const std::string& parameters) {
  return parameters.empty() ? "without parameter sets" : "with the parameter sets of " + parameters;
}

}  // namespace

RunStore::RunStore(fs::path folder, std::string study, std::string kept, Access access, std::string parameters,
                   ReplicateSpan only, const NamedRuns& names)
    : folder_(std::move(folder)),
      study_(std::move(study)),
      kept_(std::move(kept)),
      parameters_(std::move(parameters)),
      access_(access),
      only_(only),
      index_(std::make_unique<io::RunIndex>()) {
  const fs::path claims = folder_ / "claims";
  if (std::error_code ignored; fs::exists(folder_, ignored) && !fs::is_directory(folder_, ignored))
    throw StoreError(folder_.string() + ": is no folder, and runs are kept there; move it away");
  if (access_ != Access::read) {
    make_folder();
    claims_ = ::open(claims.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (claims_ < 0)
      throw StoreError(fmt::format("{}: cannot be opened: {}; check its permissions", claims.string(), std::strerror(errno)));
    join();
  } else {
    claims_ = ::open(claims.c_str(), O_RDONLY | O_CLOEXEC);
  }
  if (access_ != Access::add) refresh();
  name_first(names);
}

// Who ends in order says that nothing will be added to its shard; of others that is found out by who is alone.
RunStore::~RunStore() {
  try {
    if (own_shard_) finish_shard(*own_shard_);
  } catch (const std::exception&) {
    own_shard_.reset();
  }
  if (claims_ >= 0) ::close(claims_);
}

void RunStore::make_folder() {
  std::error_code error;
  fs::create_directories(folder_, error);
  if (error)
    throw StoreError(
        fmt::format("{}: the folder cannot be made: {}; check the path and permissions", folder_.string(), error.message()));
  for (const fs::path& file : {folder_ / "claims", io::manifest_path(folder_), io::manifests_folder(folder_)}) refuse_link(file);
}

// Every process that writes holds a shared lock on one byte; who gets it alone may clean up after the dead.
void RunStore::join() try {
  if (io::set_lock(claims_, presence_byte, io::Lock::exclusive, false)) {
    std::vector<fs::path> folders = io::shard_folders(folder_);
    folders.insert(folders.begin(), folder_);
    for (const fs::path& folder : folders) {
      for (const auto& name : io::files_ending(folder, io::part_ending)) {
        std::error_code ignored;
        fs::remove(folder / name, ignored);
        reports_.push_back(fmt::format("{} was being written when its process ended: its runs will be run again", name));
      }
    }
    begin_manifest();
    if (access_ == Access::write) finish_for_the_dead();
  }
  io::set_lock(claims_, presence_byte, io::Lock::shared, true);
} catch (const io::NoLocks& none) {
  if (none.wanted)
    reports_.push_back(folder_.string() +
                       ": its file system has no locks; several processes may do the same runs, and each counts once. Give them "
                       "parts (--part), then they do not");
  ::close(std::exchange(claims_, -1));
  begin_manifest();
}

// Nobody else is at work: what is behind the last whole batch of a shard will never become one. The file stays as it is: if
// somebody without locks is at work on it all the same, it is finished once more with what it has then.
void RunStore::finish_for_the_dead() {
  refresh();
  for (std::uint32_t number = 0; number < shards_.size(); ++number) {
    const Shard& shard = shards_[number];
    const fs::path path = folder_ / shard.name;
    std::error_code error;
    const std::uint64_t size = fs::file_size(path, error);
    if (error || shard.gone || shard.finished || io::is_first_name(shard.name)) continue;
    if (shard.read == 0) {  // files appear with their first batch
      set_aside(number, "its first batch is not whole");
      continue;
    }
    if (size > shard.read)
      reports_.push_back(
          fmt::format("the last {} of shard {} were being written when its process ended: those runs will be run again",
                      counted(size - shard.read, "byte"), path.filename().string()));
    finish_shard(number);
  }
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

void RunStore::require_parameters(const std::string& parameters, const fs::path& folder) const {
  if (parameters != parameters_)
    throw StoreError(fmt::format(
        "{}: its runs were made {}, and are now asked for {}; runs are not mixed. If the file has changed, put the one back that "
        "they were made with; else move the folder away and begin anew",
        folder.string(), with_parameters_text(parameters), with_parameters_text(parameters_)));
}

void RunStore::append(std::span<const StoredRun> runs, double seconds) {
  if (runs.empty()) return;
  const std::string bytes = io::encode_batch({study_, kept_, parameters_}, runs, seconds, seconds_since_1970());
  own_shard_ ? add_to_shard(bytes) : begin_shard(bytes);
  if (shards_[*own_shard_].read >= shard_bytes) finish_shard(*own_shard_);
}

// The first batch appears whole with its file.
void RunStore::begin_shard(std::string_view bytes) {
  const std::string name = io::new_shard_name();
  io::make_folder_durably((folder_ / name).parent_path());
  io::write_durably(folder_ / name, bytes);
  append_manifest(ordered_json{{"shard", name}}.dump());
  own_shard_ = number_of(name);
  look_at(*own_shard_);
}

void RunStore::add_to_shard(std::string_view bytes) {
  const std::uint32_t number = *own_shard_;
  const std::uint64_t before = shards_[number].read;
  const fs::path path = folder_ / shards_[number].name;
  try {
    io::append_durably(path, bytes);
    look_at(number);
    if (shards_[number].read != before + bytes.size())
      throw StoreError(path.string() + ": does not read back as it was written; check the disk");
  } catch (...) {
    std::error_code ignored;
    fs::resize_file(path, before, ignored);
    own_shard_.reset();  // whatever is at its end, nothing is put behind it
    throw;
  }
}

void RunStore::finish_shard(std::uint32_t number) {
  Shard& shard = shards_[number];
  if (own_shard_ == number) own_shard_.reset();
  append_manifest(ordered_json{
      {"shard", shard.name},
      {"runs", shard.runs},
      {"bytes", shard.read},
      {"finished", seconds_since_1970()},
      {"process",
       ::getpid()}}.dump());
  shard.finished = true, shard.should_runs = shard.runs, shard.should_bytes = shard.read;
}

}  // namespace coalis
