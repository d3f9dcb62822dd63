#include "leader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <thread>
#include <utility>

#include "coalis/core/seconds.hpp"

namespace coalis::ranks {
namespace {

using std::chrono::milliseconds;

}  // namespace

Leader::Leader(Messages& messages, double patience)
    : messages_(messages), patience_(patience), others_(static_cast<std::size_t>(messages.ranks())) {
  others_.front().left = true;  // itself
  at_work_ = at_work();
}

void Leader::offer(WorkOffered work) {
  const std::lock_guard lock(mutex_);
  leases_.emplace(work.missing, work.sizes, leases_ ? leases_->last_number() : 0);
  work_ = std::move(work);
}

std::optional<Lease> Leader::next(const Watch& watch) {
  std::optional<Clock::time_point> ending;
  while (true) {
    take_back_lost();
    for (const std::string& notice : take_notices()) watch.say(notice);
    {
      const std::lock_guard lock(mutex_);
      if (watch.cancelled() || stop_) over_ = true;
      if (!over_) {
        if (auto lease = leases_->take(0, at_work_)) return lease;
        if (leases_->finished() && to_look_up_.empty() && work_.more) return std::nullopt;
        over_ = leases_->finished() && to_look_up_.empty();
      }
      if (over_ && leases_->all_in()) return std::nullopt;
    }
    // What others have under way is waited for, but not if who waits has asked for the end.
    if (watch.cancelled() && !ending) ending = Clock::now();
    if (ending && seconds_since(*ending) > 5) return std::nullopt;
    std::this_thread::sleep_for(milliseconds(2));
  }
}

// Whether a rank had its runs on disk before it was lost, only the folder says.
void Leader::take_back_lost() {
  std::vector<Lease> leases;
  {
    const std::lock_guard lock(mutex_);
    leases = to_look_up_;
  }
  for (Lease& lease : leases) lease.runs = work_.still_missing(lease.runs);
  const std::lock_guard lock(mutex_);
  to_look_up_.erase(to_look_up_.begin(), to_look_up_.begin() + static_cast<std::ptrdiff_t>(leases.size()));
  for (Lease& lease : leases) leases_->give_back(std::move(lease));
}

std::vector<std::string> Leader::take_notices() {
  const std::lock_guard lock(mutex_);
  return std::exchange(notices_, {});
}

void Leader::kept(const Lease& lease, double seconds, bool stop, std::vector<std::uint64_t> found) {
  const std::lock_guard lock(mutex_);
  const auto known = leases_->kept(lease.number, seconds);
  if (known && work_.take) work_.take(*known, found);
  stop_ = stop_ || stop;
}

bool Leader::all_kept() const {
  const std::lock_guard lock(mutex_);
  return leases_ && leases_->finished() && to_look_up_.empty();
}

std::size_t Leader::kept_by_others() const {
  const std::lock_guard lock(mutex_);
  return leases_ ? leases_->kept_by_others(0) : 0;
}

bool Leader::all_gone() const {
  return std::all_of(others_.begin(), others_.end(), [](const Rank& rank) { return rank.left || rank.lost; });
}

std::uint32_t Leader::at_work() const {
  return static_cast<std::uint32_t>(
             std::count_if(others_.begin(), others_.end(), [](const Rank& rank) { return !rank.left && !rank.lost; })) +
         1;
}

void Leader::serve(const std::atomic<bool>& ended) {
  auto looked = Clock::now();
  for (auto& rank : others_) rank.heard = looked;
  while (!ended || !all_gone()) {
    bool heard = false;
    for (auto message = messages_.receive(); message; message = messages_.receive()) handle(*message), heard = true;
    if (ended) {
      const std::lock_guard lock(mutex_);
      over_ = true;
    }
    answer();
    if (heard) continue;
    if (seconds_since(looked) > 0.1) look_for_lost(), looked = Clock::now();
    std::this_thread::sleep_for(std::chrono::microseconds(200));
  }
  const std::uint64_t together = !lost_any_;  // whether MPI's end may be waited for
  for (int rank = 1; rank < messages_.ranks(); ++rank)
    if (!others_[static_cast<std::size_t>(rank)].lost) messages_.send(rank, Word::go, std::span(&together, 1));
}

void Leader::handle(const Message& message) {
  Rank& rank = others_.at(static_cast<std::size_t>(message.rank));
  rank.heard = Clock::now();
  rank.lost = false;
  switch (message.word) {
    case Word::ask:
      note_kept(message.numbers);
      rank.waits = true;
      break;
    case Word::leave:
      rank.left = true;
      lose(message.rank, message.numbers.empty() ? "" : fmt::format("rank {} has ended: {}", message.rank, message.text()));
      break;
    default: messages_.send(message.rank, Word::beat);
  }
}

// Number of the lease that is kept (0: none), microseconds, whether a run failed and all is to stop; what was found.
void Leader::note_kept(std::span<const std::uint64_t> numbers) {
  if (numbers.size() < 3 || numbers[0] == 0) return;
  const std::lock_guard lock(mutex_);
  const auto known = leases_->kept(numbers[0], static_cast<double>(numbers[1]) / 1e6);
  if (known && work_.take) work_.take(*known, numbers.subspan(3));
  stop_ = stop_ || numbers[2] > 0;
}

// Those that wait, as far as there is work.
void Leader::answer() {
  for (int r = 1; r < messages_.ranks(); ++r) {
    Rank& rank = others_[static_cast<std::size_t>(r)];
    if (!rank.waits || rank.lost || rank.left) continue;
    std::optional<Lease> lease;
    {
      const std::lock_guard lock(mutex_);
      at_work_ = at_work();
      if (!over_ && leases_ && !stop_) lease = leases_->take(static_cast<std::uint32_t>(r), at_work_);
      if (!lease && !over_) return;
      if (lease) lease->about = work_.about;
    }
    rank.waits = false;
    std::vector<std::uint64_t> numbers;
    if (lease) {
      numbers = {lease->number, lease->runs.size()};
      for (const RunRange& range : lease->runs) numbers.insert(numbers.end(), {range.first, range.end});
      numbers.insert(numbers.end(), lease->about.begin(), lease->about.end());
    }
    if (!messages_.send(r, lease ? Word::lease : Word::over, numbers))
      lose(r, fmt::format("rank {} cannot be reached: what it had goes to others", r));
  }
}

void Leader::look_for_lost() {
  for (int r = 1; r < messages_.ranks(); ++r) {
    const Rank& rank = others_[static_cast<std::size_t>(r)];
    if (rank.lost || seconds_since(rank.heard) < patience_) continue;
    lose(r, fmt::format("rank {} has said nothing for {:.0f} seconds: what it had goes to others", r, patience_));
  }
}

// What it had is open again; it may have left of its own accord.
void Leader::lose(int r, const std::string& notice) {
  Rank& rank = others_[static_cast<std::size_t>(r)];
  if (rank.lost || !rank.left || seconds_since(rank.heard) > patience_) rank.lost = lost_any_ = true;
  const std::lock_guard lock(mutex_);
  if (!notice.empty()) notices_.push_back(notice);
  if (leases_)
    for (Lease& lease : leases_->lost(static_cast<std::uint32_t>(r))) to_look_up_.push_back(std::move(lease));
  at_work_ = at_work();
}

}  // namespace coalis::ranks
