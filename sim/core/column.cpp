#include "coalis/core/column.hpp"

#include <atomic>
#include <cstdint>
#include <new>

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace coalis {
namespace {

constexpr std::size_t page = 4096;
constexpr bool is_large(std::size_t bytes) { return bytes >= std::size_t{1} << 20; }

// Where in its page the next large column begins: 7 lines further than the one before, room for a pointer before it.
std::size_t next_offset() {
  static std::atomic<std::size_t> columns{0};
  return cache_line * (1 + 7 * columns++ % (page / cache_line - 1));
}

// A wish: without huge pages the program is slower, no more.
void wish_huge_pages([[maybe_unused]] char* begin, [[maybe_unused]] char* end) {
#ifdef __linux__
  const auto first = reinterpret_cast<std::uintptr_t>(begin) / page * page;
  madvise(reinterpret_cast<void*>(first), reinterpret_cast<std::uintptr_t>(end) - first, MADV_HUGEPAGE);
#endif
}

}  // namespace

void* allocate_column(std::size_t bytes) {
  if (!is_large(bytes)) return ::operator new(bytes, std::align_val_t{cache_line});
  char* start = static_cast<char*>(::operator new(bytes + 2 * page, std::align_val_t{cache_line}));
  wish_huge_pages(start, start + bytes + 2 * page);
  const std::size_t into_page = reinterpret_cast<std::uintptr_t>(start) % page;
  char* column = start + (page - into_page) + next_offset();
  reinterpret_cast<char**>(column)[-1] = start;
  return column;
}

void free_column(void* column, std::size_t bytes) {
  if (!is_large(bytes)) return ::operator delete(column, std::align_val_t{cache_line});
  ::operator delete(static_cast<char**>(column)[-1], std::align_val_t{cache_line});
}

}  // namespace coalis
