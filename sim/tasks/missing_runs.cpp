// Batches of missing runs.
#include "coalis/tasks/missing_runs.hpp"

#include <algorithm>
#include <chrono>
#include <new>
#include <numeric>
#include <random>
#include <thread>
#include <utility>

#include "coalis/core/seconds.hpp"

namespace coalis {

RunStanding standing_of(std::size_t runs, const std::function<RunKey(std::size_t run)>& key_of, const RunStore& store) {
  RunStanding now;
  if (store.empty()) return {0, 0, runs};
  for (std::size_t run = 0; run < runs; ++run) {
    const RunKey key = key_of(run);
    if (store.done(key))
      ++now.done;
    else if (store.failure(key))
      ++now.failed;
  }
  now.missing = runs - now.done - now.failed;
  return now;
}

KeptRuns::KeptRuns(RunsToKeep runs, RunStore& store, Claims& claims, const Watch& watch)
    : runs_(std::move(runs)), store_(store), claims_(claims), watch_(watch) {
  begun_ = standing();
  stored_before_ = store_.size();
  if (!store_.has_locks() && !runs_.part && !runs_.lessor) scatter();
}

// Who cannot claim goes its own way through the units, so that two seldom do one at the same time.
void KeptRuns::scatter() {
  const std::size_t count = units();
  if (count < 3) return;
  std::random_device random;
  scattered_from_ = random() % count;
  do {
    stride_ = 1 + random() % (count - 1);
  } while (std::gcd(stride_, count) != 1);
}

std::size_t KeptRuns::unit_at(std::size_t place) const {
  return first_unit() + (scattered_from_ + place * stride_) % std::max<std::size_t>(1, units());
}

RunStanding KeptRuns::standing() const {
  if (!watch_.cancelled()) return standing_of(size(), runs_.key_of, store_);
  const std::size_t done = done_so_far(), failed = std::min(size() - done, causes_.size());
  return {done, failed, size() - done - failed};
}

void KeptRuns::run() {
  if (runs_.lessor) return run_leases();
  while (open() && !stopped_ && !watch_.cancelled()) {
    const auto units = claim();
    const auto runs = missing_runs(units);
    if (!runs.empty()) run_batch(runs);
    for (const auto unit : units) {
      claims_.release(unit);
      if (misses(unit)) held_.push_back(unit);
    }
    if (runs.empty() && units.empty()) wait_for_others();
  }
}

std::vector<RunRange> KeptRuns::missing_of(const std::vector<RunRange>& ranges) const {
  std::vector<RunRange> missing;
  for (const RunRange& range : ranges) {
    for (std::size_t run = range.first; run < range.end; ++run) {
      if (!is_missing(run)) continue;
      if (missing.empty() || missing.back().end < run) missing.push_back({run, run});
      missing.back().end = run + 1;
    }
  }
  return missing;
}

void KeptRuns::run_leases() {
  Lessor& lessor = *runs_.lessor;
  if (lessor.leads()) {
    const auto still_missing = [this](const std::vector<RunRange>& ranges) {
      store_.refresh();
      return missing_of(ranges);
    };
    lessor.offer({missing_of({{0, size()}}), runs_.leases, still_missing});
  }
  while (const auto lease = lessor.next(watch_)) {
    const auto start = std::chrono::steady_clock::now();
    std::vector<std::size_t> runs;
    for (const RunRange& range : lease->runs)
      for (std::size_t run = range.first; run < range.end; ++run) runs.push_back(run);
    run_batch(runs);
    tell(store_, watch_);
    if (watch_.cancelled()) break;  // it may be kept in part
    lessor.kept(*lease, seconds_since(start), stopped_);
  }
  if (lessor.leads()) see_what_others_kept();
}

// Some file systems show late what another machine has written.
void KeptRuns::see_what_others_kept() {
  constexpr double patience = 30;  // seconds
  const auto start = std::chrono::steady_clock::now();
  store_.refresh();
  tell(store_, watch_);
  while (runs_.lessor->all_kept() && seconds_since(start) < patience && standing().missing > 0) wait_for_others();
}

bool KeptRuns::misses(std::size_t unit) const {
  for (std::size_t run = begin_of(unit); run < end_of(unit); ++run) {
    if (is_missing(run)) return true;
  }
  return false;
}

// As many units as there are threads, of those that no other process has; first those that one had when last looked at.
std::vector<std::size_t> KeptRuns::claim() {
  const auto most = static_cast<std::size_t>(thread_count(runs_.threads));
  std::vector<std::size_t> units;
  const auto offer = [&](std::size_t unit) {
    if (!misses(unit)) return;
    (units.size() < most && claims_.claim(unit) ? units : held_).push_back(unit);
  };
  for (const auto unit : std::exchange(held_, {})) offer(unit);
  while (units.size() < most && next_ < this->units()) offer(unit_at(next_++));
  store_.refresh_if_changed();  // others may have finished them just before
  tell(store_, watch_);
  return units;
}

std::vector<std::size_t> KeptRuns::missing_runs(const std::vector<std::size_t>& units) const {
  std::vector<std::size_t> runs;
  for (const auto unit : units) {
    for (std::size_t run = begin_of(unit); run < end_of(unit); ++run) {
      if (is_missing(run)) runs.push_back(run);
    }
  }
  return runs;
}

void KeptRuns::wait_for_others() {
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  store_.refresh_if_changed();
  tell(store_, watch_);
}

// Each thread takes a runner from a pool and gives it back, so that they last from batch to batch.
// It is asked by places in the batch, for in a study runs may have larger numbers than replicates.
Runner KeptRuns::pooled_runner(const std::vector<std::size_t>& runs) {
  auto runner = [&] {
    const std::lock_guard lock(mutex_);
    if (pool_.empty()) return std::make_unique<KeptRunner>(runs_.make_runner());
    auto taken = std::move(pool_.back());
    pool_.pop_back();
    return taken;
  }();
  const std::shared_ptr<KeptRunner> shared(runner.release(), [this](KeptRunner* back) {
    const std::lock_guard lock(mutex_);
    pool_.emplace_back(back);
  });
  return [this, shared, &runs](std::uint32_t place, RunRecord& record) {
    const std::size_t run = runs[place];
    try {
      (*shared)(run, record);
    } catch (const std::exception& error) {
      *shared = nullptr;  // frees its memory first
      *shared = runs_.make_runner();
      const std::lock_guard lock(mutex_);
      const bool memory = dynamic_cast<const std::bad_alloc*>(&error) != nullptr;
      causes_[run] = memory ? "the memory did not suffice" : *error.what() ? error.what() : "unknown";
      if (runs_.stop_on_failure) stopped_ = true;
    }
  };
}

void KeptRuns::run_batch(const std::vector<std::size_t>& runs) {
  const auto start = std::chrono::steady_clock::now();
  std::vector<StoredRun> finished;
  finished.reserve(runs.size());
  std::size_t succeeded = 0;
  const auto keep = [&](const RunRecord& record) {
    const std::size_t run = runs[finished.size()];
    StoredRun& kept = finished.emplace_back(StoredRun{runs_.key_of(run), {}, {}});
    kept.record.replicate = runs_.replicate_of(run);
    if (const auto cause = cause_of(run)) {
      kept.cause = *cause;
      if (runs_.on_failure) runs_.on_failure(run, *cause);
    } else {
      kept.record.hash = record.hash;
      kept.record.outcomes = record.outcomes;
      kept.record.trajectories = record.trajectories;
      kept.record.region_trajectories = record.region_trajectories;
      kept.record.survey = record.survey;
      ++succeeded;
    }
  };
  const std::size_t share = runs.size() / (8 * static_cast<std::size_t>(thread_count(runs_.threads)));
  const Execution execution{
      .threads = runs_.threads,
      .batch = static_cast<int>(std::clamp<std::size_t>(share, 1, 32)),
      .cancel = watch_.cancel,
      .progress = [&](std::size_t done) {
        if (watch_.progress)
          watch_.progress(begun_.done + done_here_ + done + (runs_.lessor ? runs_.lessor->kept_by_others() : 0), size());
      }};
  std::vector<std::uint32_t> places(runs.size());
  std::iota(places.begin(), places.end(), 0u);
  execute(
      places, [&] { return pooled_runner(runs); }, execution, keep);
  store_.append(finished, seconds_since(start));
  done_here_ += finished.size(), succeeded_here_ += succeeded;
  if (runs_.on_batch) runs_.on_batch(finished.size(), seconds_since(start));
}

std::optional<std::string> KeptRuns::cause_of(std::size_t run) {
  const std::lock_guard lock(mutex_);
  const auto found = causes_.find(run);
  return found == causes_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<FailedRun> KeptRuns::failures(const std::function<std::string(std::size_t)>& describe, std::size_t most) const {
  std::vector<FailedRun> list;
  for (std::size_t run = 0; run < size() && list.size() < most; ++run)
    if (const auto* cause = store_.failure(runs_.key_of(run))) list.push_back({runs_.replicate_of(run), describe(run), *cause});
  return list;
}

void tell(RunStore& store, const Watch& watch) {
  for (const auto& report : store.take_reports()) watch.say(report);
}

}  // namespace coalis
