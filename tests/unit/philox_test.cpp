// Philox4x32-10 against the published known answers (Random123, kat_vectors) and against its definition on 32-bit words.
#include "coalis/core/philox.hpp"

#include <gtest/gtest.h>

#include <array>

namespace coalis {
namespace {

using Counter = std::array<std::uint32_t, 4>;
using Key = std::array<std::uint32_t, 2>;

Counter philox_of(const Counter& c, const Key& k) {
  const Words words = philox(c[0], c[1], c[2], c[3], k[0], k[1]);
  return {words.w[0], words.w[1], words.w[2], words.w[3]};
}

TEST(Philox, GivesThePublishedAnswers) {
  constexpr std::uint32_t ones = 0xffffffff;
  EXPECT_EQ(philox_of({0, 0, 0, 0}, {0, 0}), (Counter{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(philox_of({ones, ones, ones, ones}, {ones, ones}), (Counter{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox_of({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
            (Counter{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

// Figure 4 and section 4.3 of the paper, word by word.
Counter by_definition(Counter c, Key k) {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t left = std::uint64_t{0xD2511F53} * c[0];
    const std::uint64_t right = std::uint64_t{0xCD9E8D57} * c[2];
    c = {static_cast<std::uint32_t>(right >> 32) ^ c[1] ^ k[0], static_cast<std::uint32_t>(right),
         static_cast<std::uint32_t>(left >> 32) ^ c[3] ^ k[1], static_cast<std::uint32_t>(left)};
    k = {k[0] + 0x9E3779B9u, k[1] + 0xBB67AE85u};
  }
  return c;
}

TEST(Philox, AgreesWithItsDefinitionOnChainedInputs) {
  Counter c{1, 2, 3, 4};
  Key k{5, 6};
  for (int i = 0; i < 10000; ++i) {
    const Counter next = philox_of(c, k);
    ASSERT_EQ(next, by_definition(c, k)) << "input " << i;
    k = {c[0], c[3]};
    c = next;
  }
}

}  // namespace
}  // namespace coalis
