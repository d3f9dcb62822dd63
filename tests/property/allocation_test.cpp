// A warmed Simulator allocates nothing: memory is taken before the first run. This file replaces the program's operator new.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

#include "coalis/engine/simulate.hpp"
#include "support/seven.hpp"

namespace {
std::atomic<long> allocations{0};

void* counted(std::size_t size, std::size_t alignment) {
  ++allocations;
  const std::size_t whole = (std::max<std::size_t>(size, 1) + alignment - 1) / alignment * alignment;
  if (void* memory = std::aligned_alloc(alignment, whole)) return memory;
  throw std::bad_alloc();
}
}  // namespace

void* operator new(std::size_t size) { return counted(size, alignof(std::max_align_t)); }
void* operator new[](std::size_t size) { return counted(size, alignof(std::max_align_t)); }
void* operator new(std::size_t size, std::align_val_t alignment) { return counted(size, static_cast<std::size_t>(alignment)); }
void* operator new[](std::size_t size, std::align_val_t alignment) { return counted(size, static_cast<std::size_t>(alignment)); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }

namespace coalis::test {
namespace {

TEST(Allocation, IsCounted) {
  const long before = allocations;
  const std::vector<int> some(1000, 1);
  EXPECT_GT(allocations + some[5] - 1, before);
}

TEST(Allocation, AWarmedSimulatorTakesNoMemory) {
  for (const NamedScenario& named : seven_scenarios())
    for (const auto set : instruction_sets()) {
      Simulator simulator(make_plan(named.scenario), set);
      RunRecord record;
      simulator.run(1, 0, outcomes_only, record);
      const long before = allocations;
      simulator.run(1, 1, outcomes_only, record);
      EXPECT_EQ(allocations - before, 0) << named.name << " on " << set;
    }
}

// The record keeps its memory too, whatever it holds.
TEST(Allocation, NorDoesAFullRecord) {
  for (const NamedScenario& named : seven_scenarios()) {
    Simulator simulator(make_plan(named.scenario));
    RunRecord record;
    simulator.run(1, 0, everything, record);
    const long before = allocations;
    simulator.run(1, 1, everything, record);
    EXPECT_EQ(allocations - before, 0) << named.name;
  }
}

}  // namespace
}  // namespace coalis::test
