#include "coalis/core/column.hpp"

#include <new>

#ifdef __linux__
#include <sys/mman.h>

#include <cstdint>
#endif

namespace coalis {
namespace {

// Asks for huge pages around a large block; without them the program is slower, no more.
void wish_huge_pages([[maybe_unused]] void* block, [[maybe_unused]] std::size_t bytes) {
#ifdef __linux__
  constexpr std::size_t page = 4096, large = std::size_t{1} << 20;
  if (bytes < large) return;
  const auto begin = reinterpret_cast<std::uintptr_t>(block), first = begin / page * page;
  madvise(reinterpret_cast<void*>(first), begin + bytes - first, MADV_HUGEPAGE);
#endif
}

}  // namespace

void* allocate_column(std::size_t bytes) {
  void* block = ::operator new (bytes, std::align_val_t{cache_line});
  wish_huge_pages(block, bytes);
  return block;
}

void free_column(void* column) { ::operator delete (column, std::align_val_t{cache_line}); }

}  // namespace coalis
