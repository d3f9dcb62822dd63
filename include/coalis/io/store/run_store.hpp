// The runs of a study on disk (docs/formats/runs.md): a folder of shards, each whole or not counted. Several processes may use
// one store at once. What is damaged is said and run again, never used.
#pragma once

#include <cstdint>
#include <filesystem>
#include <limits>
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

// add: writes, and looks at nothing that is there.
enum class Access { read, write, add };

// Replicates by their numbers, both included; all of them by default.
struct ReplicateSpan {
  std::uint32_t first = 0, last = std::numeric_limits<std::uint32_t>::max();
  bool meets(const ReplicateSpan& other) const { return first <= other.last && other.first <= last; }
};

// What came of a copy of the store that another machine has worked on.
struct TakenRuns {
  std::size_t shards = 0, runs = 0;  // that were new here
  std::size_t passed_over = 0;       // shards whose runs are all here already, or that keep something else
  std::size_t damaged = 0;           // shards
};

class RunStore {
 public:
  // Opens the folder; Access::write makes it if needed, joins the processes at work on it, and removes what dead ones left
  // half-written. `kept`: what is kept of a run (a name); shards that kept something else are passed over. `parameters`: which
  // files of parameter sets its runs have (names and hashes, "" none); a folder with runs of others is refused, for as long as
  // it has any. `only`: shards that have none of these replicates are passed over, unread; runs of others may be unknown.
  // Throws StoreError.
  RunStore(std::filesystem::path folder, std::string study, std::string kept, Access access, std::string parameters = "",
           ReplicateSpan only = {});
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

  // Copies what another folder of runs of the same study has and this one has not, a shard at a time; the other stays as it is.
  // Throws StoreError: it is none, of another study, or of other parameter sets.
  TakenRuns take_from(const std::filesystem::path& copy);

  // Without locks (coalis/io/text/file_locks.hpp) every claim succeeds: several processes may then do the same runs, of which one
  // counts.
  bool has_locks() const { return claims_ >= 0 || access_ == Access::read; }
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
  struct ManifestRead {
    std::uint64_t bytes = 0;
    std::size_t lines = 0;
  };
  struct Location {
    std::size_t shard;
    std::uint64_t offset;
    std::uint32_t length;
  };
  void join();
  void enter(const std::string& line);
  void read_manifest(const std::filesystem::path& path);
  std::string manifest_head() const;
  void append_manifest(const std::string& line);
  void require_parameters(const std::string& parameters, const std::filesystem::path& folder) const;
  void keep(const ShardEntry& shard, std::string_view bytes);
  bool is_of_others(const std::string& name) const;
  void load(const std::string& name);
  void set_aside(const std::string& name, const std::string& reason);
  void report_missing(std::span<const std::string> names);

  std::filesystem::path folder_;
  std::string study_, kept_, parameters_;
  Access access_;
  ReplicateSpan only_;
  int claims_ = -1;           // file descriptor
  std::string own_manifest_;  // its name, without locks
  std::map<std::filesystem::path, ManifestRead> manifests_read_;
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
