// See signals.hpp.
#include "signals.hpp"

#include "coalis/io/text/temporaries.hpp"

namespace coalis::cli {
namespace {

std::atomic<bool> stop_requested{false};
std::atomic<int> stop_signal{SIGINT};
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int>::is_always_lock_free);  // set by a signal handler

// The handler is reset by then, so that the signal ends the program as it would have.
void end(int signal) {
  remove_temporaries();
  ::raise(signal);
}

void on(int signal, void (*handler)(int), int flags) {
  struct sigaction action {};
  action.sa_handler = handler;
  action.sa_flags = flags;
  ::sigaction(signal, &action, nullptr);
}

void end_on(int signal) { on(signal, &end, static_cast<int>(SA_RESETHAND | SA_NODEFER)); }

void ask_to_stop(int signal) {
  stop_signal.store(signal, std::memory_order_relaxed);
  stop_requested.store(true, std::memory_order_relaxed);
  end_on(signal);  // the second time
}

bool is_ignored(int signal) {
  struct sigaction now {};
  ::sigaction(signal, nullptr, &now);
  return now.sa_handler == SIG_IGN;
}

}  // namespace

void prepare_signals() {
  on(SIGXFSZ, SIG_IGN, 0);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGQUIT, SIGXCPU})
    if (!is_ignored(signal)) end_on(signal);
}

Interruption::Interruption() {
  stop_requested = false;
  for (std::size_t i = 0; i < signals.size(); ++i) {
    ::sigaction(signals[i], nullptr, &before_[i]);
    if (signals[i] == SIGHUP && is_ignored(SIGHUP)) continue;  // nohup
    on(signals[i], &ask_to_stop, SA_RESTART);
  }
}

Interruption::~Interruption() {
  for (std::size_t i = 0; i < signals.size(); ++i) ::sigaction(signals[i], &before_[i], nullptr);
}

const std::atomic<bool>& Interruption::requested() const { return stop_requested; }
int Interruption::exit_code() { return 128 + stop_signal; }
bool Interruption::was_requested() { return stop_requested; }

}  // namespace coalis::cli
