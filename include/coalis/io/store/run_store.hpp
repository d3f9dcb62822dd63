// The runs of a study on disk (docs/formats/runs.md): a folder of shards, each whole or not counted. Several processes may use
// one store at once. What is damaged is said and run again, never used.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "coalis/io/text/file_error.hpp"
#include "coalis/model/record.hpp"
#include "coalis/questions/run_key.hpp"

namespace coalis {

inline constexpr std::string_view runs_format = "coalis-runs";
inline constexpr int runs_format_version = 1;

using StoreError = FileError;

// One run as it is kept: its record, or why it failed.
struct StoredRun {
  RunKey key;
  RunRecord record;   // replicate, hash, outcomes, trajectories, region_trajectories, survey
  std::string cause;  // of a failure; "" otherwise
};

// A line of the manifest.
struct ShardEntry {
  std::string name;
  std::size_t runs = 0, failed = 0;
  std::uintmax_t bytes = 0;
  double seconds = 0;         // that its batch took
  std::int64_t finished = 0;  // seconds since 1970
};

enum class Access { read, write };

class RunStore {
 public:
  // Opens the folder; Access::write makes it if needed, joins the processes at work on it, and removes what dead ones left
  // half-written. `kept`: what is kept of a run (a name); shards that kept something else are passed over. `parameters`: which
  // files of parameter sets its runs have (names and hashes, "" none); a folder with runs of others is refused, for as long as
  // it has any. Throws StoreError.
  RunStore(std::filesystem::path folder, std::string study, std::string kept, Access access, std::string parameters = "");
  ~RunStore();
  RunStore(const RunStore&) = delete;
  RunStore& operator=(const RunStore&) = delete;

  // Looks for shards that have appeared since the last call. Access::write sets damaged ones aside.
  void refresh();
  // The same for what the manifest has gained; costs nothing if that is only what append() has kept.
  void refresh_if_changed();
  // What was found wrong since the last call: sentences for people.
  std::vector<std::string> take_reports();

  bool done(const RunKey& key) const { return runs_.contains(key); }
  const std::string* failure(const RunKey& key) const;  // its cause, if it failed and was not done since; else null
  void forget_failures() { failures_.clear(); }         // so that they are tried again
  std::size_t size() const { return runs_.size(); }
  bool empty() const { return runs_.empty() && failures_.empty(); }
  std::size_t shards() const { return shards_.size(); }
  const std::vector<ShardEntry>& manifest() const { return manifest_; }  // shards in the order in which they were finished
  StoredRun read(const RunKey& key) const;                               // of a run that is done

  // Keeps the runs as one shard: written aside, flushed, renamed, entered into the manifest. Throws StoreError; then nothing of
  // them is kept.
  void append(std::span<const StoredRun> runs, double seconds);

  // A claim on a unit of work: false if another process holds it. It ends with release() or with the process, however it dies.
  bool claim(std::uint64_t unit);
  void release(std::uint64_t unit);
  bool is_claimed(std::uint64_t unit) const;  // by another process
  // The same for what only one process at a time may do; waits.
  void claim_merge();
  void release_merge();
  // Other processes that have the store open to write.
  bool others_at_work() const;

  const std::filesystem::path& folder() const { return folder_; }

 private:
  struct Location {
    std::size_t shard;
    std::uint64_t offset;
    std::uint32_t length;
  };
  void join();
  void enter(const std::string& line);
  void read_manifest();
  void append_manifest(const std::string& line);
  void load(const std::string& name);
  void set_aside(const std::string& name, const std::string& reason);
  void report_missing(std::span<const std::string> names);

  std::filesystem::path folder_;
  std::string study_, kept_, parameters_;
  Access access_;
  int claims_ = -1;                  // file descriptor
  std::uint64_t manifest_read_ = 0;  // bytes
  std::size_t manifest_lines_ = 0;
  std::vector<ShardEntry> manifest_;
  std::map<std::string, std::size_t> expected_runs_;  // by shard, as the manifest has it
  std::vector<std::string> listed_;                   // shards that the manifest has gained and that were not looked at
  std::map<std::string, bool> seen_;                  // shards looked at; true: whole
  std::vector<std::string> shards_;
  std::unordered_map<RunKey, Location, RunKeyHash> runs_;
  std::unordered_map<RunKey, std::string, RunKeyHash> failures_;
  std::vector<std::string> reports_;
};

}  // namespace coalis
