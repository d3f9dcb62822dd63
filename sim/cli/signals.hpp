// The one place for signals: what the program does when it is asked to stop, and its exit code then.
#pragma once

#include <array>
#include <atomic>
#include <csignal>

namespace coalis::cli {

// For the whole program: a signal that ends it (SIGINT, SIGTERM, SIGHUP, SIGPIPE ...) removes files that are being written first.
// A file that may not grow (SIGXFSZ) is an error of writing as a full disk is. nohup's wish to survive SIGHUP is kept.
void prepare_signals();

// In the help of every command that can be interrupted.
inline constexpr const char* interruption_codes = "130, 143 or 129 interrupted by Ctrl-C, SIGTERM or SIGHUP";

// While it lives, the first SIGINT (Ctrl-C), SIGTERM or SIGHUP sets a flag, so that what is done can be kept; the second ends the
// program. One at a time.
class Interruption {
 public:
  Interruption();
  ~Interruption();
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;
  const std::atomic<bool>& requested() const;
  // Of a program that was asked to stop, also later: 128 + the signal.
  static int exit_code();
  // Whether the last one was asked.
  static bool was_requested();

 private:
  static constexpr std::array signals{SIGINT, SIGTERM, SIGHUP};
  std::array<struct sigaction, 3> before_{};
};

}  // namespace coalis::cli
