// What long commands have in common: a progress line and Ctrl-C.
#pragma once

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstddef>

namespace coalis::cli {

// "120 of 200 replicates, 3 s left" on standard error, if that is a terminal and `wanted`.
class ProgressLine {
 public:
  ProgressLine(std::size_t total, bool wanted);
  ~ProgressLine();  // wipes the line
  void show(std::size_t done);

 private:
  using Clock = std::chrono::steady_clock;
  std::size_t total_;
  bool shown_;
  Clock::time_point start_ = Clock::now(), last_ = start_;
};

// While it lives, the first Ctrl-C (or SIGTERM) sets a flag and the second ends the program.
class Interruption {
 public:
  Interruption();
  ~Interruption();
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;
  const std::atomic<bool>& requested() const;

 private:
  struct sigaction interrupt_ {
  }, terminate_{};
};

}  // namespace coalis::cli
