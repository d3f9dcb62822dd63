// Eigen's matrices, with the same bits on every machine: a product adds up in blocks whose size Eigen would take from the
// processor's caches.
#pragma once

#include <Eigen/Dense>

namespace coalis {

inline const bool blocks_are_fixed = [] {
  Eigen::setCpuCacheSizes(32 << 10, 256 << 10, 2 << 20);
  return true;
}();

}  // namespace coalis
