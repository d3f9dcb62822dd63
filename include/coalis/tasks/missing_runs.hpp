// Runs that outlive the program: those that a store does not have are run in batches, and each batch is kept as one shard.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "coalis/ensemble/ensemble.hpp"
#include "coalis/io/store/run_store.hpp"
#include "coalis/report/words/failed_runs.hpp"
#include "coalis/tasks/claims.hpp"
#include "coalis/tasks/lessor.hpp"
#include "coalis/tasks/watch.hpp"

namespace coalis {

// Fills the record of one run. Each thread has its own.
using KeptRunner = std::function<void(std::size_t run, RunRecord& record)>;

struct RunsToKeep {
  std::size_t count = 0;
  std::function<RunKey(std::size_t run)> key_of;  // of the runs 0..count-1, in the order in which they are done
  std::function<std::uint32_t(std::size_t run)> replicate_of;
  std::function<KeptRunner()>
      make_runner;       // one a thread, which lasts from batch to batch; takes a run's number; one that throws is replaced
  std::size_t unit = 1;  // runs that are claimed together; must depend on the runs alone
  // The number of run 0 among all that are divided into units: those to keep may be a part of them.
  std::size_t first = 0;
  bool part = false;  // others keep runs in the same store that are none of these
  int threads = 0;
  Lessor* lessor = nullptr;  // who hands the runs out, in the place of claims; who does not lead need not know what is kept
  LeaseSizes leases{};
  bool stop_on_failure = true;
  std::function<void(std::size_t run, const std::string& cause)> on_failure = nullptr;
  std::function<void(std::size_t runs, double seconds)> on_batch = nullptr;
};

// How runs stand in a store.
struct RunStanding {
  std::size_t done = 0, failed = 0, missing = 0;
};

// Looks at every run that the store may have.
RunStanding standing_of(std::size_t runs, const std::function<RunKey(std::size_t run)>& key_of, const RunStore& store);

class KeptRuns {
 public:
  // Store, claims and watch must outlive it.
  KeptRuns(RunsToKeep runs, RunStore& store, Claims& claims, const Watch& watch);

  // Claims units, runs what is missing of them, keeps it, releases; until nothing is missing, a run failed or it is cancelled.
  // Throws StoreError.
  void run();

  std::size_t size() const { return runs_.count; }
  // For the beginning and the end. Once it is cancelled, who waits does not wait for a look at every run: counted is what the
  // store has gained.
  RunStanding standing() const;
  const RunStanding& begun() const { return begun_; }
  // Runs that are done, without a look at every one: those at the beginning and what the store has gained since.
  std::size_t done_so_far() const {
    if (runs_.lessor) return std::min(size(), begun_.done + succeeded_here_ + runs_.lessor->kept_by_others());
    return std::min(size(), begun_.done + (runs_.part ? succeeded_here_ : store_.size() - stored_before_));
  }

  // The first so many that failed; `describe` says what they are of.
  std::vector<FailedRun> failures(const std::function<std::string(std::size_t run)>& describe, std::size_t most = 20) const;

 private:
  bool is_missing(std::size_t run) const {
    const RunKey key = runs_.key_of(run);
    return !store_.done(key) && !store_.failure(key);
  }
  std::size_t first_unit() const { return runs_.first / runs_.unit; }
  std::size_t units() const { return size() == 0 ? 0 : (runs_.first + size() - 1) / runs_.unit + 1 - first_unit(); }
  std::size_t unit_at(std::size_t place) const;
  void scatter();
  bool open() const { return next_ < units() || !held_.empty(); }
  // Its runs that are to be kept.
  std::size_t begin_of(std::size_t unit) const { return std::max(unit * runs_.unit, runs_.first) - runs_.first; }
  std::size_t end_of(std::size_t unit) const { return std::min((unit + 1) * runs_.unit, runs_.first + size()) - runs_.first; }
  bool misses(std::size_t unit) const;
  std::vector<std::size_t> claim();
  std::vector<std::size_t> missing_runs(const std::vector<std::size_t>& units) const;
  void wait_for_others();
  std::vector<RunRange> missing_of(const std::vector<RunRange>& ranges) const;
  void run_leases();
  void see_what_others_kept();
  Runner pooled_runner(const std::vector<std::size_t>& runs);
  void run_batch(const std::vector<std::size_t>& runs);
  std::optional<std::string> cause_of(std::size_t run);

  RunsToKeep runs_;
  RunStore& store_;
  Claims& claims_;
  const Watch& watch_;
  RunStanding begun_;  // when the work was begun
  std::size_t stored_before_ = 0, done_here_ = 0, succeeded_here_ = 0;
  std::size_t scattered_from_ = 0, stride_ = 1;  // the order in which units are gone through
  // What a batch costs must not depend on how many units there are: those before the next one are done, or held by others.
  std::size_t next_ = 0;
  std::vector<std::size_t> held_;
  std::mutex mutex_;  // of what follows
  std::vector<std::unique_ptr<KeptRunner>> pool_;
  std::map<std::size_t, std::string> causes_;
  std::atomic<bool> stopped_ = false;
};

// Says what the store found wrong.
void tell(RunStore& store, const Watch& watch);

}  // namespace coalis
