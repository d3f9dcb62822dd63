// An arena of oneTBB for the time of some work.
#pragma once

#include <oneapi/tbb/task_arena.h>

#include <map>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace coalis {

// Lent out, and taken back for the next: of every arena that had helpers oneTBB 2021.8 keeps 7 kB for ever, and looks through all
// it has kept. Work that goes on side by side has an arena each.
class LentArena {
 public:
  explicit LentArena(int threads) : threads_(threads), arena_(take(threads)) {}
  ~LentArena() { give_back(threads_, std::move(arena_)); }
  LentArena(const LentArena&) = delete;
  LentArena& operator=(const LentArena&) = delete;

  template <class F>
  auto execute(F&& work) {
    return arena_->execute(std::forward<F>(work));
  }

 private:
  using Arena = std::unique_ptr<tbb::task_arena>;
  struct Idle {
    std::mutex mutex;
    std::map<int, std::vector<Arena>> arenas;  // by threads
  };
  static Idle& idle() {
    static Idle& all = *new Idle;  // never destroyed, as the scheduler may be gone before at the end of the process
    return all;
  }
  static Arena take(int threads) {
    const std::lock_guard lock(idle().mutex);
    auto& arenas = idle().arenas[threads];
    if (arenas.empty()) return std::make_unique<tbb::task_arena>(threads);
    Arena last = std::move(arenas.back());
    arenas.pop_back();
    return last;
  }
  static void give_back(int threads, Arena arena) {
    const std::lock_guard lock(idle().mutex);
    idle().arenas[threads].push_back(std::move(arena));
  }

  int threads_;
  Arena arena_;
};

}  // namespace coalis
