// Counts the bytes in use by replacing the global operator new, whose blocks know their size. Nothing is allocated while a month
// runs, so no time that is measured changes.
#include <malloc.h>

#include <atomic>
#include <cstdlib>
#include <new>

#include "cases.hpp"
#include "coalis/engine/simulate.hpp"
#include "coalis/model/world.hpp"

namespace {

std::atomic<std::size_t> in_use{0};

void* counted(void* block) {
  if (block == nullptr) throw std::bad_alloc();
  in_use += malloc_usable_size(block);
  return block;
}

void release(void* block) {
  in_use -= malloc_usable_size(block);
  std::free(block);
}

}  // namespace

void* operator new(std::size_t size) { return counted(std::malloc(size)); }
void* operator new(std::size_t size, std::align_val_t alignment) {
  const auto step = static_cast<std::size_t>(alignment);
  return counted(std::aligned_alloc(step, (size + step - 1) / step * step));
}
void operator delete(void* block) noexcept { release(block); }
void operator delete(void* block, std::size_t) noexcept { release(block); }
void operator delete(void* block, std::align_val_t) noexcept { release(block); }
void operator delete(void* block, std::size_t, std::align_val_t) noexcept { release(block); }

namespace coalis::bench {

std::size_t bytes_in_use() { return in_use; }

double bytes_per_organisation(const Scenario& scenario) {
  const auto plan = make_plan(scenario);
  const std::size_t before = bytes_in_use();
  const World world(*plan, serial_loop());
  return static_cast<double>(bytes_in_use() - before) / scenario.organisations.count();
}

}  // namespace coalis::bench
