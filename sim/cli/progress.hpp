// What long commands have in common: a progress line and Ctrl-C.
#pragma once

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <string>
#include <string_view>

namespace coalis::cli {

double seconds_since(std::chrono::steady_clock::time_point start);

// "42 s", "12 min", "3.5 h"
std::string duration_text(double seconds);

// "120 of 200 replicates, 3 s left" on standard error, if that is a terminal and `wanted`. Runs that are over wipe it, so that
// what is printed next stands on a line of its own.
class ProgressLine {
 public:
  ProgressLine(std::size_t total, bool wanted, std::string_view things = "replicates");
  ~ProgressLine();  // wipes the line
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  void show(std::size_t done);
  void wipe();

 private:
  using Clock = std::chrono::steady_clock;
  std::size_t total_;
  std::string_view things_;
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
  int exit_code() const;  // of a program that was asked to stop: 128 + the signal, 130 or 143

 private:
  struct sigaction interrupt_ {
  }, terminate_{};
};

}  // namespace coalis::cli
