// A rank other than 0: asks for runs, does them, says that they are kept.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "coalis/tasks/lessor.hpp"
#include "messages.hpp"

namespace coalis::ranks {

// The program's thread asks and works; that of the messages speaks for it, and says that it lives.
class Follower final : public Lessor {
 public:
  // After four times so many seconds without a word from rank 0, that is lost.
  Follower(Messages& messages, double patience) : messages_(messages), patience_(patience) {}

  // For the thread of the program.
  bool leads() const override { return false; }
  void offer(WorkOffered) override {}
  std::optional<Lease> next(const Watch& watch) override;
  void kept(const Lease& lease, double seconds, bool stop, std::vector<std::uint64_t> found) override;
  std::size_t processes() const override { return static_cast<std::size_t>(messages_.ranks()); }
  bool all_kept() const override { return true; }
  std::size_t kept_by_others() const override { return 0; }

  // For the thread of the messages: until the program has ended and rank 0 lets it go. `last_words`: why it ended early.
  enum class End { together, alone, orphaned };
  End follow(const std::atomic<bool>& ended, const std::string& last_words);

 private:
  using Clock = std::chrono::steady_clock;
  void handle(const Message& message);
  void ask();

  Messages& messages_;
  const double patience_;
  Clock::time_point heard_ = Clock::now(), said_ = Clock::now();
  std::optional<bool> go_;  // as rank 0 has said; whether all end together
  std::mutex mutex_;        // of what follows
  std::condition_variable answered_;
  std::vector<std::uint64_t> report_{0, 0, 0};  // as of Word::ask
  bool to_ask_ = false, over_ = false;
  std::optional<Lease> lease_;
};

}  // namespace coalis::ranks
