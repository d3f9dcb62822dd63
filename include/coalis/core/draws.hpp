// Random draws as pure functions of (seed, replicate, purpose, entity, month, index): no generator is kept or passed around.
//
// Layout of a draw: key = seed (low, high); counter = {entity, replicate, purpose << 24 | month << 12 | index, sub}.
// It is injective for month and index below 4096, so two draws share words only if they share seed, replicate and the whole
// address (philox is a bijection of the counter under each key). `sub` is for whatever else a draw depends on, such as the
// hash of a name. Draws that may take many blocks (gamma, beta, poisson, DrawEngine) count `index` up from the one given:
// start them at index 0 and tell them apart by `sub` or `entity`.
#pragma once

#include <cstdint>
#include <limits>
#include <string_view>

#include "coalis/core/isa.hpp"
#include "coalis/core/philox_lanes.hpp"

namespace coalis {

struct Stream {
  std::uint64_t seed = 0;
  std::uint32_t replicate = 0;
};

// What a draw is for. "word" marks purposes whose blocks four entities share (draw_word); the entity is an organisation
// unless said otherwise. New purposes go to the end.
enum class Purpose : std::uint8_t {
  // initialisation
  sector,           // word
  region,           // word
  role,             // word
  mission_related,  // word
  mission,          // beta
  capacity,         // word: two neighbours share a pair of normals
  commitment,       // beta
  serves,           // word
  awareness,        // beta
  viewpoint,        // word: as capacity
  outside,          // word; index 0: whether, 1: how much
  decision_type,    // word
  founding,         // word
  entry,            // word
  // the months
  grant,            // word, by month
  resource,         // word, by month: as capacity
  vacancy,          // entity: hash of the hub's name; by month
  monthly,          // block, by month: information, contact, membership
  chance_contact,   // block, by month
  calendar,         // entity: hash of the series' name; by month
  hold,             // entity: hash of the hub's name; by month; sub: hash of the kind's name; index: how-many-th event
  attendance,       // word, by month; sub: hash of the kind's name; index: how-many-th event to which invited
  threshold_noise,  // word, as attendance, whose word is the first of the normal, this the second
  contact,          // block of four partners; month and sub as attendance; index: that of attendance and the block
  contact_tie,      // block of four chances; as contact
  cases,            // poisson, by month
  needs,            // engine, by month
  // observation
  survey,        // block
  survey_noise,  // block: two normals
};

// month and index: 0..4095.
struct Address {
  Purpose purpose;
  std::uint32_t entity = 0;
  std::uint32_t month = 0;
  std::uint32_t index = 0;
  std::uint32_t sub = 0;
};

inline namespace COALIS_ISA {

inline std::uint32_t counter_word(Purpose purpose, std::uint32_t month, std::uint32_t index) {
  return std::uint32_t{static_cast<std::uint8_t>(purpose)} << 24 | (month & 0xfffu) << 12 | (index & 0xfffu);
}

// The block of an address.
inline Words draw(Stream stream, Address at) {
  return philox(at.entity, stream.replicate, counter_word(at.purpose, at.month, at.index), at.sub,
                static_cast<std::uint32_t>(stream.seed), static_cast<std::uint32_t>(stream.seed >> 32));
}

// The word of one entity, for purposes whose blocks four entities share.
inline std::uint32_t draw_word(Stream stream, Address at) {
  const std::uint32_t entity = at.entity;
  at.entity = entity >> 2;
  return draw(stream, at).w[entity & 3];
}

#ifdef COALIS_PHILOX_LANES
inline RoundKeys keys_of(Stream stream) {
  return {static_cast<std::uint32_t>(stream.seed), static_cast<std::uint32_t>(stream.seed >> 32)};
}

// The shared blocks from `block` on of 4 * groups * counters entities, word by word. What unpacking takes from the even lanes
// comes first, and so they have the first numbers.
template <int groups>
inline void draw_shared(std::uint32_t replicate, const RoundKeys& keys, Address at, int block, std::uint32_t* out) {
  using namespace wide;
  LaneBlocks blocks[groups];
  for (int k = 0; k < groups; ++k) {
    const std::uint32_t first = static_cast<std::uint32_t>(block + k * counters);
    blocks[k] = {{numbered(first, [](std::uint32_t word) { return word / 4 + word / 2 % 2 * (counters / 2); }),
                  everywhere(replicate), everywhere(counter_word(at.purpose, at.month, at.index)), everywhere(at.sub)}};
  }
  philox_lanes(blocks, keys);
  for (int k = 0; k < groups; ++k, out += 4 * counters) {
    const Vector words_01 = join(blocks[k].w[0], blocks[k].w[1]), words_23 = join(blocks[k].w[2], blocks[k].w[3]);
    store(out, even_lanes(words_01, words_23));
    store(out + words, odd_lanes(words_01, words_23));
  }
}

// Where blocks go, word by word; what is not wanted goes nowhere.
struct BlockWords {
  std::uint32_t* w[4];
};

// The blocks of the entities in `vectors` vectors from place k on: those in even places are counted in one group, those in odd
// places in another. who(k), counter(k): a vector from that place on.
template <int vectors, class Who, class Counter>
inline void draw_apart(std::uint32_t replicate, const RoundKeys& keys, std::uint32_t sub, int k, Who who, Counter counter,
                       const BlockWords& out) {
  using namespace wide;
  LaneBlocks blocks[2 * vectors];
  for (int v = 0; v < vectors; ++v) {
    const Vector entities = who(k + v * words), counters_of = counter(k + v * words);
    blocks[2 * v] = {{entities, everywhere(replicate), counters_of, everywhere(sub)}};
    blocks[2 * v + 1] = {{high_half(entities), everywhere(replicate), high_half(counters_of), everywhere(sub)}};
  }
  philox_lanes(blocks, keys);
  for (int j = 0; j < 4; ++j)
    for (int v = 0; v < vectors && out.w[j]; ++v)
      store(out.w[j] + k + v * words, join(blocks[2 * v].w[j], blocks[2 * v + 1].w[j]));
}
template <class Who, class Counter>
inline void draw_all_apart(Stream stream, std::uint32_t sub, int count, Who who, Counter counter, const BlockWords& out) {
  constexpr int at_once = wide::groups_in_flight / 2, step = at_once * wide::words;
  const RoundKeys keys = keys_of(stream);
  int k = 0;
  for (; k + step <= count; k += step) draw_apart<at_once>(stream.replicate, keys, sub, k, who, counter, out);
  for (; k < count; k += wide::words) draw_apart<1>(stream.replicate, keys, sub, k, who, counter, out);
}
#endif

// out[k] = draw_word of entity begin + k, up to `end`; both multiples of 16.
inline void draw_words(Stream stream, Purpose purpose, std::uint32_t month, std::uint32_t index, std::uint32_t sub, int begin,
                       int end, std::uint32_t* out) {
#ifdef COALIS_PHILOX_LANES
  const Address at{.purpose = purpose, .month = month, .index = index, .sub = sub};
  constexpr int group = 4 * wide::counters, step = wide::groups_in_flight * group;
  const RoundKeys keys = keys_of(stream);
  int i = begin;
  for (; i + step <= end; i += step, out += step) draw_shared<wide::groups_in_flight>(stream.replicate, keys, at, i / 4, out);
  for (; i + group <= end; i += group, out += group) draw_shared<1>(stream.replicate, keys, at, i / 4, out);
  if (i == end) return;
  std::uint32_t more[group];
  draw_shared<1>(stream.replicate, keys, at, i / 4, more);
  for (int k = 0; k < end - i; ++k) out[k] = more[k];
#else
  const int first = begin / 4, count = (end - begin) / 4;
  COALIS_LANES
  for (int k = 0; k < count; ++k) {
    const Words words = draw(stream, {purpose, static_cast<std::uint32_t>(first + k), month, index, sub});
    for (int j = 0; j < 4; ++j) out[4 * k + j] = words.w[j];
  }
#endif
}

// w0[k], ..., w3[k] = the block of entity begin + k, up to `end`; both multiples of 16.
inline void draw_blocks(Stream stream, Purpose purpose, std::uint32_t month, std::uint32_t index, std::uint32_t sub, int begin,
                        int end, std::uint32_t* w0, std::uint32_t* w1, std::uint32_t* w2, std::uint32_t* w3) {
#ifdef COALIS_PHILOX_LANES
  const auto who = [begin](int k) {
    return wide::numbered(static_cast<std::uint32_t>(begin + k), [](std::uint32_t word) { return word; });
  };
  const auto counter = [at = counter_word(purpose, month, index)](int) { return wide::everywhere(at); };
  draw_all_apart(stream, sub, end - begin, who, counter, {{w0, w1, w2, w3}});
#else
  COALIS_LANES
  for (int k = 0; k < end - begin; ++k) {
    const Words words = draw(stream, {purpose, static_cast<std::uint32_t>(begin + k), month, index, sub});
    w0[k] = words.w[0];
    w1[k] = words.w[1];
    w2[k] = words.w[2];
    w3[k] = words.w[3];
  }
#endif
}

// The same of `count` entities wherever they are, a multiple of 16; of `at` all but the entity. A null pointer takes no word.
// `indices`: those of the entities, instead of that of `at`.
inline void draw_blocks_of(Stream stream, Address at, const std::uint32_t* entities, int count, std::uint32_t* w0,
                           std::uint32_t* w1 = nullptr, std::uint32_t* w2 = nullptr, std::uint32_t* w3 = nullptr,
                           const std::uint32_t* indices = nullptr) {
#ifdef COALIS_PHILOX_LANES
  const std::uint32_t first = counter_word(at.purpose, at.month, indices ? 0 : at.index);
  const auto who = [entities](int k) { return wide::load(entities + k); };
  const auto counter = [first](int) { return wide::everywhere(first); };
  const auto own_counter = [first, indices](int k) { return wide::plus(wide::everywhere(first), wide::load(indices + k)); };
  const BlockWords out{{w0, w1, w2, w3}};
  if (indices)
    draw_all_apart(stream, at.sub, count, who, own_counter, out);
  else
    draw_all_apart(stream, at.sub, count, who, counter, out);
#else
  for (int k = 0; k < count; ++k) {
    const Words words = draw(stream, {at.purpose, entities[k], at.month, indices ? indices[k] : at.index, at.sub});
    for (int j = 0; std::uint32_t* const out : {w0, w1, w2, w3}) {
      if (out) out[k] = words.w[j];
      ++j;
    }
  }
#endif
}

// In [0, 1): a multiple of 2^-24.
inline float uniform(std::uint32_t w) {
  return static_cast<float>(static_cast<std::int32_t>(w >> 8)) * 0x1p-24f;  // signed: AVX2 converts no other
}

// In (0, 1]: from 2^-32 up in steps of 2^-31, rounded to single precision. For logarithms.
inline float positive_uniform(std::uint32_t w) {
  return static_cast<float>(static_cast<std::int32_t>(w >> 1)) * 0x1p-31f + 0x1p-32f;
}

// An integer in 0..n-1 (0 for n = 0); the bias is at most n / 2^32.
inline std::uint32_t below(std::uint32_t w, std::uint32_t n) { return static_cast<std::uint32_t>((std::uint64_t{w} * n) >> 32); }

// FNV-1a, 32 bits. Names of hubs, kinds and series enter addresses by it, so that adding one does not shift the draws of
// the others.
inline constexpr std::uint32_t hash_name(std::string_view name) {
  std::uint32_t hash = 0x811c9dc5u;
  for (const char c : name) hash = (hash ^ static_cast<std::uint8_t>(c)) * 0x01000193u;
  return hash;
}

// The address of the next block of a draw that needs many: index counts up, then the high half of sub.
inline Address next_block(Address at) {
  at.index = (at.index + 1) & 0xfffu;
  at.sub += at.index == 0 ? 0x10000u : 0u;
  return at;
}

// The words of successive blocks from an address on, as a uniform random bit generator (C++20, Boost.Random).
class DrawEngine {
 public:
  using result_type = std::uint32_t;
  DrawEngine(Stream stream, Address at) : stream_(stream), at_(at) {}
  // The same, when the block of the address has been drawn already.
  DrawEngine(Stream stream, Address at, const Words& first) : stream_(stream), at_(next_block(at)), words_(first), used_(0) {}
  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return std::numeric_limits<result_type>::max(); }
  result_type operator()() {
    if (used_ == 4) {
      words_ = draw(stream_, at_);
      at_ = next_block(at_);
      used_ = 0;
    }
    return words_.w[used_++];
  }

 private:
  Stream stream_;
  Address at_;  // of the next block
  Words words_{};
  int used_ = 4;
};

}  // namespace COALIS_ISA
}  // namespace coalis
