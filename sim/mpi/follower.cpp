#include "follower.hpp"

#include <thread>
#include <utility>

#include "coalis/core/seconds.hpp"

namespace coalis::ranks {

std::optional<Lease> Follower::next(const Watch& watch) {
  std::unique_lock lock(mutex_);
  to_ask_ = true;
  while (!lease_ && !over_ && !watch.cancelled()) answered_.wait_for(lock, std::chrono::milliseconds(100));
  return std::exchange(lease_, std::nullopt);
}

void Follower::kept(const Lease& lease, double seconds, bool stop, std::vector<std::uint64_t> found) {
  const std::lock_guard lock(mutex_);
  report_ = {lease.number, static_cast<std::uint64_t>(seconds * 1e6), stop ? 1u : 0u};
  report_.insert(report_.end(), found.begin(), found.end());
}

Follower::End Follower::follow(const std::atomic<bool>& ended, const std::string& last_words) {
  bool left = false;
  heard_ = Clock::now();
  while (true) {
    bool heard = false;
    for (auto message = messages_.receive(); message; message = messages_.receive()) handle(*message), heard = true;
    if (go_) return *go_ ? End::together : End::alone;
    if (ended && !left) {
      ask();  // what was kept last
      messages_.send(0, Word::leave, last_words);
      left = true;
    }
    if (!left) ask();
    if (heard) continue;
    if (seconds_since(said_) > patience_ / 6) messages_.send(0, Word::beat), said_ = Clock::now();
    if (seconds_since(heard_) > 4 * patience_) {
      const std::lock_guard lock(mutex_);
      over_ = true;
      answered_.notify_all();
      if (ended) return End::orphaned;
    }
    std::this_thread::sleep_for(std::chrono::microseconds(200));
  }
}

void Follower::handle(const Message& message) {
  heard_ = Clock::now();
  if (message.word == Word::go) go_ = message.numbers.at(0) > 0;
  const std::lock_guard lock(mutex_);
  if (message.word == Word::over) over_ = true;
  if (message.word == Word::lease) {
    lease_ = Lease{message.numbers.at(0), {}};
    const std::size_t ranges_end = 2 + 2 * message.numbers.at(1);
    for (std::size_t i = 2; i < ranges_end; i += 2) lease_->runs.push_back({message.numbers.at(i), message.numbers.at(i + 1)});
    lease_->about.assign(message.numbers.begin() + static_cast<std::ptrdiff_t>(ranges_end), message.numbers.end());
  }
  answered_.notify_all();
}

void Follower::ask() {
  std::vector<std::uint64_t> report;
  {
    const std::lock_guard lock(mutex_);
    if (!std::exchange(to_ask_, false)) return;
    report = std::exchange(report_, {0, 0, 0});
  }
  messages_.send(0, Word::ask, report);
  said_ = Clock::now();
}

}  // namespace coalis::ranks
