// Rank 0: hands out runs to those that ask, and to itself.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "coalis/tasks/lessor.hpp"
#include "messages.hpp"

namespace coalis::ranks {

// The program's thread offers, and does leases of its own; that of the messages serves.
class Leader final : public Lessor {
 public:
  // A rank that says nothing for so many seconds is lost.
  Leader(Messages& messages, double patience);

  // For the thread of the program.
  bool leads() const override { return true; }
  void offer(WorkOffered work) override;
  std::optional<Lease> next(const Watch& watch) override;
  void kept(const Lease& lease, double seconds, bool stop, std::vector<std::uint64_t> found) override;
  std::size_t processes() const override { return static_cast<std::size_t>(messages_.ranks()); }
  bool all_kept() const override;
  std::size_t kept_by_others() const override;

  // For the thread of the messages: until the program has ended and all ranks have left or are lost.
  void serve(const std::atomic<bool>& ended);
  // Whether a rank was lost: then nothing waits for all of them.
  bool lost_any() const { return lost_any_; }
  // What has become of ranks, and was not said yet.
  std::vector<std::string> take_notices();

 private:
  using Clock = std::chrono::steady_clock;
  struct Rank {
    Clock::time_point heard = Clock::now();
    bool waits = false, left = false, lost = false;
  };
  void handle(const Message& message);
  void note_kept(std::span<const std::uint64_t> numbers);
  void answer();
  void look_for_lost();
  void lose(int rank, const std::string& notice);
  bool all_gone() const;
  std::uint32_t at_work() const;
  void take_back_lost();

  Messages& messages_;
  const double patience_;
  std::vector<Rank> others_;  // [rank]; of the thread of the messages
  bool lost_any_ = false;
  mutable std::mutex mutex_;  // of what follows
  std::optional<Leases> leases_;
  std::vector<Lease> to_look_up_;  // leases of ranks that were lost
  WorkOffered work_;
  std::vector<std::string> notices_;
  std::uint32_t at_work_ = 1;
  bool over_ = false, stop_ = false;
};

}  // namespace coalis::ranks
