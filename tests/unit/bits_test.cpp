// The bits of draws and of the functions on the model's path are the same for every compiler, optimisation and instruction set:
// hashes recorded with g++ -O3. They change only with a new model_version.
#include <gtest/gtest.h>

#include <bit>
#include <cstdint>
#include <vector>

#include "coalis/core/distributions.hpp"

namespace coalis {
namespace {

constexpr int n = 1 << 16;
constexpr Stream stream{42, 1};

// FNV-1a, 64 bits, over words. NaNs count as one.
template <class T>
std::uint64_t hash_of(const std::vector<T>& values) {
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (const T value : values) {
    const std::uint32_t bits = value == value ? std::bit_cast<std::uint32_t>(value) : 0x7fc00000u;
    hash = (hash ^ bits) * 0x100000001b3u;
  }
  return hash;
}

std::vector<std::uint32_t> words(std::uint32_t month) {
  std::vector<std::uint32_t> out(n);
  draw_words(stream, Purpose::grant, month, 1, 2, 0, n, out.data());
  return out;
}

// Hash of f over n words, in a loop that the compiler may vectorise.
template <class F>
std::uint64_t hash_over_words(F f) {
  const std::vector<std::uint32_t> first = words(0), second = words(1);
  std::vector<float> out(n);
  for (int i = 0; i < n; ++i) out[i] = f(first[i], second[i]);
  return hash_of(out);
}

// Hash of f over n floats of every exponent and sign.
template <class F>
std::uint64_t hash_over_floats(F f) {
  return hash_over_words([f](std::uint32_t w, std::uint32_t) { return f(std::bit_cast<float>(w)); });
}

TEST(Bits, OfWordsAndBlocks) {
  std::vector<std::uint32_t> blocks(4 * n);
  draw_blocks(stream, Purpose::monthly, 5, 0, 0, 0, n, &blocks[0], &blocks[n], &blocks[2 * n], &blocks[3 * n]);
  EXPECT_EQ(hash_of(words(0)), 0xe1d2993091608ab2u);
  EXPECT_EQ(hash_of(blocks), 0x639c3f3f366e306bu);
}

TEST(Bits, OfFunctions) {
  EXPECT_EQ(hash_over_floats([](float x) { return coalis::exp(x); }), 0x0fcc574951263e5du);
  EXPECT_EQ(hash_over_words([](std::uint32_t w, std::uint32_t) { return coalis::exp(200 * uniform(w) - 100); }),
            0x5ae5a53a534c0ff2u);
  EXPECT_EQ(hash_over_floats([](float x) { return coalis::log(x); }), 0xbe221125adcf0b0fu);
  EXPECT_EQ(hash_over_words([](std::uint32_t w, std::uint32_t) { return logistic(20 * uniform(w) - 10); }), 0x5872620a9a395de5u);
}

TEST(Bits, OfDistributions) {
  EXPECT_EQ(hash_over_words([](std::uint32_t a, std::uint32_t) { return gumbel(a); }), 0xd09ecc8d42b1f3a9u);
  EXPECT_EQ(hash_over_words([](std::uint32_t a, std::uint32_t b) { return two_normals(a, b).a; }), 0x068ba06db5a7bea9u);
  EXPECT_EQ(hash_over_words([](std::uint32_t a, std::uint32_t b) { return two_normals(a, b).b; }), 0x604945e1c78a13d0u);
  EXPECT_EQ(hash_over_words([](std::uint32_t a, std::uint32_t b) { return lognormal_factor(0.8f, normal(a, b)); }),
            0x23e4ce217a219ecfu);
  EXPECT_EQ(hash_over_words([](std::uint32_t a, std::uint32_t b) {
              return static_cast<float>(poisson(stream, {Purpose::cases, a}, 20 * uniform(b)));
            }),
            0x0ef5963432c62325u);
}

TEST(Bits, OfBetas) {
  std::vector<float> a(n), b(n), out(n);
  for (int i = 0; i < n; ++i) {
    a[i] = 0.02f + 8 * uniform(draw_word(stream, {Purpose::role, static_cast<std::uint32_t>(i)}));
    b[i] = 8.04f - a[i];
  }
  betas(stream, Purpose::commitment, 0, n, a.data(), b.data(), out.data());
  EXPECT_EQ(hash_of(out), 0x28183c327f61fde7u);
}

}  // namespace
}  // namespace coalis
