// A column: one state variable of all organisations, aligned to a cache line.
#pragma once

#include <cstddef>
#include <vector>

namespace coalis {

// Lanes of the widest vector (16 floats); columns are padded to a multiple of it.
inline constexpr int lanes = 16;

inline constexpr std::size_t cache_line = 64;  // bytes

constexpr int padded(int n) { return (n + lanes - 1) / lanes * lanes; }

// Memory for a column, in huge pages if it is large and the system has some.
void* allocate_column(std::size_t bytes);
void free_column(void* column);

template <class T>
struct CacheAligned {
  using value_type = T;
  CacheAligned() = default;
  template <class U>
  CacheAligned(const CacheAligned<U>&) {}
  T* allocate(std::size_t n) { return static_cast<T*>(allocate_column(n * sizeof(T))); }
  void deallocate(T* p, std::size_t) { free_column(p); }
  bool operator==(const CacheAligned&) const = default;
};

template <class T>
using Column = std::vector<T, CacheAligned<T>>;

}  // namespace coalis
