#include "rate.hpp"

#include <array>
#include <chrono>

#include "cli/print.hpp"
#include "coalis/core/seconds.hpp"

namespace coalis::ranks {
namespace {

// A report, and a lease of one range.
constexpr std::array<std::uint64_t, 3> numbers{1, 2, 3};

void ask_without_end(Messages& messages) {
  while (true) {
    messages.send(0, Word::ask, numbers);
    auto answer = messages.receive();
    while (!answer) answer = messages.receive();
    if (answer->word == Word::over) return;
  }
}

}  // namespace

void measure_rate(Messages& messages, double seconds) {
  if (messages.rank() > 0) return ask_without_end(messages);
  const auto start = std::chrono::steady_clock::now();
  std::size_t heard = 0;
  for (int left = messages.ranks() - 1; left > 0;) {
    const auto message = messages.receive();
    if (!message) continue;
    ++heard;
    const bool over = seconds_since(start) > seconds;
    messages.send(message->rank, over ? Word::over : Word::lease, numbers);
    left -= over;
  }
  cli::print_answer("{:.0f} leases a second, by {} ranks that ask\n", static_cast<double>(heard) / seconds_since(start),
                    messages.ranks() - 1);
}

}  // namespace coalis::ranks
