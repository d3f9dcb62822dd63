// Philox4x32-10, a counter-based generator: four random words are a pure function of a counter and a key.
// Salmon, Moraes, Dror, Shaw (2011), Parallel random numbers: as easy as 1, 2, 3. SC '11, doi:10.1145/2063384.2063405.
#pragma once

#include <cstdint>

#include "coalis/core/isa.hpp"

namespace coalis {

struct Words {
  std::uint32_t w[4];
};

inline namespace COALIS_ISA {

// Ten rounds on the counter (d0, d1, d2, d3) under the key (k0, k1). Free of branches: a loop that calls it vectorises.
// Words are kept in 64-bit lanes whose high halves are ignored: the compiler then multiplies without shuffling.
inline Words philox(std::uint32_t d0, std::uint32_t d1, std::uint32_t d2, std::uint32_t d3, std::uint32_t k0, std::uint32_t k1) {
  constexpr std::uint64_t low = 0xFFFFFFFF;
  std::uint64_t c0 = d0, c1 = d1, c2 = d2, c3 = d3;
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t a = 0xD2511F53 * (c0 & low);
    const std::uint64_t b = 0xCD9E8D57 * (c2 & low);
    c0 = (b >> 32) ^ c1 ^ k0;
    c2 = (a >> 32) ^ c3 ^ k1;
    c1 = b;
    c3 = a;
    k0 += 0x9E3779B9;
    k1 += 0xBB67AE85;
  }
  return {{static_cast<std::uint32_t>(c0), static_cast<std::uint32_t>(c1), static_cast<std::uint32_t>(c2),
           static_cast<std::uint32_t>(c3)}};
}

}  // namespace COALIS_ISA
}  // namespace coalis
