// A column: one state variable of all organisations, aligned to a cache line.
#pragma once

#include <cstddef>
#include <new>
#include <vector>

namespace coalis {

// Lanes of the widest vector (16 floats); columns are padded to a multiple of it.
inline constexpr int lanes = 16;

constexpr int padded(int n) { return (n + lanes - 1) / lanes * lanes; }

template <class T>
struct CacheAligned {
  using value_type = T;
  CacheAligned() = default;
  template <class U>
  CacheAligned(const CacheAligned<U>&) {}
  T* allocate(std::size_t n) { return static_cast<T*>(::operator new (n * sizeof(T), std::align_val_t{64})); }
  void deallocate(T* p, std::size_t) { ::operator delete (p, std::align_val_t{64}); }
  bool operator==(const CacheAligned&) const = default;
};

template <class T>
using Column = std::vector<T, CacheAligned<T>>;

}  // namespace coalis
