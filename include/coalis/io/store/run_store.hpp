// The runs of a study on disk (docs/formats/runs.md): a folder of shards, whose batches are whole or not counted. Several
// processes may use one store at once, each of which writes shards of its own. What is damaged is said and run again, never used.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "coalis/io/text/file_error.hpp"
#include "coalis/model/record.hpp"
#include "coalis/questions/run_key.hpp"

namespace coalis {

namespace io {
class RunIndex;
struct BatchHead;
struct RunPlace;
}  // namespace io

inline constexpr std::string_view runs_format = "coalis-runs";
inline constexpr int runs_format_version = 2;
// A shard that has so many bytes takes no further batch.
inline constexpr std::uint64_t shard_bytes = 16'000'000;

using StoreError = FileError;

// One run as it is kept: its record, or why it failed.
struct StoredRun {
  RunName name;
  RunRecord record;   // replicate, hash, outcomes, trajectories, region_trajectories, survey
  std::string cause;  // of a failure; "" otherwise
};

// A batch of runs that was kept.
struct KeptBatch {
  std::int64_t finished = 0;  // seconds since 1970
  double seconds = 0;         // that it took
  std::uint64_t runs = 0;
};

// add: writes, and looks at nothing that is there.
enum class Access { read, write, add };

// Replicates by their numbers, both included; all of them by default.
struct ReplicateSpan {
  std::uint64_t first = 0, last = std::numeric_limits<std::uint64_t>::max();
  bool meets(const ReplicateSpan& other) const { return first <= other.last && other.first <= last; }
};

// The runs of a question by what they are called in the first format and now. Shards of the first format name neither point nor
// study, so that what asks for the runs must say which of them they are.
struct NamedRuns {
  std::size_t runs = 0;
  std::function<RunKey(std::size_t run)> key_of = nullptr;
  std::function<RunName(std::size_t run)> name_of = nullptr;
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
  // half-written. `kept`: what is kept of a run (a name); batches that kept something else are passed over. `parameters`: which
  // files of parameter sets its runs have (names and hashes, "" none); a folder with runs of others is refused, for as long as
  // it has any. `only`: batches that have none of these replicates are passed over, unread; runs of others may be unknown.
  // `names`: to find what is in the first format; with Access::write and locks it is kept anew in this one.
  // Throws StoreError.
  RunStore(std::filesystem::path folder, std::string study, std::string kept, Access access, std::string parameters = "",
           ReplicateSpan only = {}, const NamedRuns& names = {});
  ~RunStore();
  RunStore(const RunStore&) = delete;
  RunStore& operator=(const RunStore&) = delete;

  // Looks for batches that have appeared since the last call. Access::write sets damaged shards aside.
  void refresh();
  // The same for what manifests and unfinished shards have gained. Without locks, where every process has a manifest of its own,
  // not more often than that the look costs a twentieth of the time.
  void refresh_if_changed();
  // What was found wrong since the last call: sentences for people.
  std::vector<std::string> take_reports();

  bool done(const RunName& run) const;
  // How many of the first so many replicates of a point.
  std::uint64_t done_of(const RunKey& point, std::uint64_t replicates) const;
  const std::string* failure(const RunName& run) const;  // its cause, if it failed and was not done since; else null
  void forget_failures() { failures_.clear(); }          // so that they are tried again
  std::uint64_t size() const;                            // runs that are done
  bool empty() const { return size() == 0 && failures_.empty(); }
  // The latest batches, by when they were finished.
  const std::vector<KeptBatch>& latest() const { return latest_; }
  // Of a run that is done. Reading is cheapest point by point, replicates in order: a page of them is kept. Throws StoreError.
  StoredRun read(const RunName& run) const;

  // Keeps the runs as one batch, flushed, at the end of a shard of this process. Throws StoreError; then nothing of them is kept.
  void append(std::span<const StoredRun> runs, double seconds);

  // Copies what another folder of runs of the same study has and this one has not, a shard at a time; the other stays as it is.
  // `names`: of its runs in the first format. Throws StoreError: it is none, of another study, or of other parameter sets.
  TakenRuns take_from(const std::filesystem::path& copy, const NamedRuns& names = {});

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
  struct Shard {
    std::string name;                                 // below the folder
    std::uint64_t read = 0;                           // bytes of whole batches
    std::uint64_t runs = 0;                           // in them
    bool finished = false;                            // as a manifest says: nothing will be added
    bool gone = false;                                // set aside, or missing
    std::uint64_t should_runs = 0, should_bytes = 0;  // of a finished one
  };
  struct Loaded {
    std::vector<io::BatchHead> batches;
    std::vector<std::uint64_t> at;
    std::string problem;  // why what follows is no batch
  };
  struct FirstRun {  // in a shard of the first format
    std::uint32_t shard;
    std::uint64_t offset;
    std::uint32_t length;
    bool failed;
  };
  struct Page {
    std::uint32_t shard = 0;
    std::uint64_t at = 0;
    std::string bytes;
  };

  void make_folder();
  void begin_manifest();
  void join();
  void finish_for_the_dead();
  void enter(const std::string& line);
  bool read_manifest(const std::filesystem::path& path);
  std::string manifest_head() const;
  void append_manifest(const std::string& line);
  void require_parameters(const std::string& parameters, const std::filesystem::path& folder) const;
  std::uint32_t number_of(const std::string& name);
  void look_at(std::uint32_t number);
  Loaded load(const std::filesystem::path& path, std::uint64_t from, std::uint64_t to, bool all) const;
  bool is_wanted(const io::BatchHead& head) const;
  void index(std::uint32_t number, const Loaded& loaded);
  void set_aside(std::uint32_t number, const std::string& reason);
  void load_anew();
  void report_missing();
  const std::string& page_of(const io::RunPlace& place) const;
  void begin_shard(std::string_view bytes);
  void add_to_shard(std::string_view bytes);
  void finish_shard(std::uint32_t number);
  void take_shard(const std::filesystem::path& copy, const std::string& name, TakenRuns& taken);
  void take_first(const std::filesystem::path& copy, const NamedRuns& names, TakenRuns& taken);
  void load_first(std::uint32_t number);
  StoredRun read_first(const FirstRun& run) const;
  void name_first(const NamedRuns& names);
  void keep_anew(const NamedRuns& names);

  std::filesystem::path folder_;
  std::string study_, kept_, parameters_;
  Access access_;
  ReplicateSpan only_;
  int claims_ = -1;           // file descriptor
  std::string own_manifest_;  // its name
  std::map<std::filesystem::path, ManifestRead> manifests_read_;
  int newest_version_ = 0;  // that a manifest names
  std::chrono::steady_clock::time_point next_look_{};
  std::vector<Shard> shards_;
  std::map<std::string, std::uint32_t> numbers_;  // of shards, by name
  std::optional<std::uint32_t> own_shard_;        // that takes the next batch
  std::unique_ptr<io::RunIndex> index_;
  std::unordered_map<RunKey, FirstRun, RunKeyHash> first_;         // all that are in the first format
  std::unordered_map<RunName, FirstRun, RunKeyHash> named_first_;  // those that were asked for and are read from there
  std::map<RunName, std::string> failures_;
  std::vector<KeptBatch> latest_;
  mutable Page page_;
  std::vector<std::string> reports_;
};

}  // namespace coalis
