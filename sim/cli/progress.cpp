// See progress.hpp.
#include "progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "terminal.hpp"

namespace coalis::cli {
namespace {

std::atomic<bool> stop_requested{false};
std::atomic<int> stop_signal{SIGINT};
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int>::is_always_lock_free);  // set by a signal handler

}  // namespace

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::string duration_text(double seconds) {
  const auto s = static_cast<long>(std::ceil(seconds));
  if (s < 100) return fmt::format("{} s", s);
  return s < 6000 ? fmt::format("{} min", (s + 30) / 60) : fmt::format("{:.1f} h", seconds / 3600);
}

ProgressLine::ProgressLine(std::size_t total, bool wanted, std::string_view things)
    : total_(total), things_(things), shown_(wanted && shows_progress()) {}

ProgressLine::~ProgressLine() { wipe(); }

void ProgressLine::wipe() {
  if (shown_) wipe_progress();
}

void ProgressLine::show(std::size_t done) {
  const auto now = Clock::now();
  if (!shown_ || done == 0 || now - last_ < std::chrono::milliseconds(100)) return;
  last_ = now;
  const double elapsed = std::chrono::duration<double>(now - start_).count();
  const double left = elapsed * static_cast<double>(total_ - std::min(done, total_)) / static_cast<double>(done);
  show_progress(fmt::format("{} of {} {}, {} left", done, total_, things_, duration_text(left)));
}

Interruption::Interruption() {
  stop_requested = false;
  struct sigaction action {};
  action.sa_handler = [](int signal) {
    stop_signal.store(signal, std::memory_order_relaxed);
    stop_requested.store(true, std::memory_order_relaxed);
  };
  action.sa_flags = SA_RESETHAND | SA_RESTART;
  ::sigaction(SIGINT, &action, &interrupt_);
  ::sigaction(SIGTERM, &action, &terminate_);
}

Interruption::~Interruption() {
  ::sigaction(SIGINT, &interrupt_, nullptr);
  ::sigaction(SIGTERM, &terminate_, nullptr);
}

const std::atomic<bool>& Interruption::requested() const { return stop_requested; }
int Interruption::exit_code() const { return 128 + stop_signal; }

}  // namespace coalis::cli
