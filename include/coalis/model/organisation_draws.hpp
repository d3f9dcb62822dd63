// Draws of organisations: of their numbers, side by side, or, with a roster, of their keys (World::keys), which stay when rows
// are added, removed or moved.
#pragma once

#include <cstdint>

#include "coalis/core/distributions.hpp"
#include "coalis/model/world.hpp"

namespace coalis::inline COALIS_ISA {

// The entity of organisation i in addresses of draws.
inline std::uint32_t entity(const std::uint32_t* keys, std::int32_t i) { return keys ? keys[i] : static_cast<std::uint32_t>(i); }

// Of month, index and sub: the word of organisations begin to end; both multiples of 16.
inline void organisation_words(const World& w, Purpose purpose, std::uint32_t month, std::uint32_t sub, int begin, int end,
                               std::uint32_t* out) {
  if (!w.keys) return draw_words(w.stream, purpose, month, 0, sub, begin, end, out);
  const Stream stream = w.stream;
  const std::uint32_t* key = w.keys + begin;
  COALIS_LANES
  for (int k = 0; k < end - begin; ++k) out[k] = draw_word(stream, {purpose, key[k], month, 0, sub});
}

// The same for whole blocks; of `at` all but the entity.
inline void organisation_blocks(const World& w, const Address& at, int begin, int end, std::uint32_t* w0, std::uint32_t* w1,
                                std::uint32_t* w2, std::uint32_t* w3) {
  if (!w.keys) return draw_blocks(w.stream, at.purpose, at.month, at.index, at.sub, begin, end, w0, w1, w2, w3);
  draw_blocks_of(w.stream, at, w.keys + begin, end - begin, w0, w1, w2, w3);
}

// f of standard normals. Two neighbours share two words, one takes the cosine, the other the sine of Box and Muller; with keys
// each has a block of its own.
template <class F>
void organisation_normals(const World& w, Purpose purpose, std::uint32_t month, Range tile, float* out, F f) {
  const int count = tile.end - tile.begin;
  alignas(cache_line) std::uint32_t words[tile_size];
  if (w.keys) {
    const Stream stream = w.stream;
    const std::uint32_t* key = w.keys + tile.begin;
    COALIS_LANES
    for (int k = 0; k < count; ++k) {
      const Words block = draw(stream, {purpose, key[k], month});
      out[k] = f(two_normals(block.w[0], block.w[1]).a);
    }
    return;
  }
  draw_words(w.stream, purpose, month, 0, 0, tile.begin, tile.end, words);
  const int pairs = count / 2;
  COALIS_LANES
  for (int pair = 0; pair < pairs; ++pair) {
    const TwoNormals z = two_normals(words[2 * pair], words[2 * pair + 1]);
    out[2 * pair] = f(z.a);
    out[2 * pair + 1] = f(z.b);
  }
}

}  // namespace coalis::inline COALIS_ISA
