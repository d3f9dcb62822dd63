// Names in fixed memory, so that a signal handler can read them.
#include "temporaries.hpp"

#include <unistd.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstring>

#include "coalis/io/text/temporaries.hpp"

namespace coalis {
namespace {

enum State : int { unused, being_noted, noted };

struct Slot {
  std::atomic<int> state{unused};
  std::array<char, 4096> name;
};
static_assert(std::atomic<int>::is_always_lock_free);

std::array<Slot, 64> slots;

}  // namespace

void remove_temporaries() {
  for (Slot& slot : slots)
    if (slot.state.load(std::memory_order_acquire) == noted) ::unlink(slot.name.data());
}

int io::note_temporary(const std::filesystem::path& path) {
  const std::string& name = path.native();
  if (name.size() >= slots[0].name.size()) return -1;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    int expected = unused;
    if (!slots[i].state.compare_exchange_strong(expected, being_noted)) continue;
    std::memcpy(slots[i].name.data(), name.c_str(), name.size() + 1);
    slots[i].state.store(noted, std::memory_order_release);
    return static_cast<int>(i);
  }
  return -1;
}

void io::forget_temporary(int note) {
  if (note >= 0) slots[static_cast<std::size_t>(note)].state.store(unused, std::memory_order_release);
}

}  // namespace coalis
