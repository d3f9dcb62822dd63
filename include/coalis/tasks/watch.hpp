// How whoever started a task follows it and can stop it. A task knows no terminal, no signal and no thread of another. One that
// reads and asks, and is cancelled meanwhile, gives neither a question nor problems.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <string>

namespace coalis {

struct Watch {
  const std::atomic<bool>* cancel = nullptr;  // once true, what is under way is finished and nothing else is begun
  std::function<void(std::size_t done, std::size_t of)> progress = nullptr;  // of runs; never called by two threads at once
  std::function<void(const std::string& sentence)> notice = nullptr;         // what a user should know and is no error

  bool cancelled() const { return cancel && cancel->load(std::memory_order_relaxed); }
  void say(const std::string& sentence) const {
    if (notice) notice(sentence);
  }
};

}  // namespace coalis
