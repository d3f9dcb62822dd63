// What long commands have in common: a progress line, and Ctrl-C (signals.hpp).
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

#include "coalis/core/seconds.hpp"
#include "coalis/report/words/plain_text.hpp"
#include "signals.hpp"

namespace coalis::cli {

// "120 of 200 replicates, 3 s left" on standard error, if that is a terminal and `wanted`. Runs that are over wipe it, so that
// what is printed next stands on a line of its own.
class ProgressLine {
 public:
  ProgressLine(std::size_t total, bool wanted, std::string_view things = "replicates");
  ~ProgressLine();  // wipes the line
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  void show(std::size_t done);
  void show(std::size_t done, std::size_t of) { total_ = of, show(done); }
  void wipe();

 private:
  using Clock = std::chrono::steady_clock;
  std::size_t total_;
  std::string_view things_;
  bool shown_;
  Clock::time_point start_ = Clock::now(), last_ = start_;
};

}  // namespace coalis::cli
