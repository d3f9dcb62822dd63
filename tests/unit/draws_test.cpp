// The address of a draw, the vectorised fills, the conversions, and independence between neighbouring addresses.
// Statistical tests have a fixed seed; each fails by chance with probability 1e-4.
#include "coalis/core/draws.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <bit>
#include <boost/random/discrete_distribution.hpp>
#include <boost/random/uniform_01.hpp>
#include <boost/random/uniform_int_distribution.hpp>
#include <cmath>
#include <random>
#include <vector>

#include "support/statistics.hpp"

namespace coalis {
namespace {

constexpr double error_rate = 1e-4;
constexpr Stream stream{0x123456789abcdef0u, 7};

using Block = std::array<std::uint32_t, 4>;
Block block(Stream s, Address at) {
  const Words words = draw(s, at);
  return {words.w[0], words.w[1], words.w[2], words.w[3]};
}

TEST(Draw, IsPhiloxOfTheDocumentedLayout) {
  const auto purpose = static_cast<std::uint32_t>(Purpose::attendance);
  const Words expected = philox(11, 7, purpose << 24 | 42u << 12 | 5u, 99, 0x9abcdef0u, 0x12345678u);
  EXPECT_EQ(block(stream, {Purpose::attendance, 11, 42, 5, 99}),
            (Block{expected.w[0], expected.w[1], expected.w[2], expected.w[3]}));
}

TEST(Draw, CounterWordKeepsPurposeMonthAndIndexApart) {
  for (const std::uint32_t month : {0u, 1u, 42u, 4095u}) {
    for (const std::uint32_t index : {0u, 1u, 42u, 4095u}) {
      const std::uint32_t word = counter_word(Purpose::survey_noise, month, index);
      EXPECT_EQ(word >> 24, static_cast<std::uint32_t>(Purpose::survey_noise));
      EXPECT_EQ(word >> 12 & 0xfff, month);
      EXPECT_EQ(word & 0xfff, index);
    }
  }
}

TEST(Draw, NoTwoAddressesShareABlock) {
  std::vector<Block> blocks;
  for (std::uint32_t purpose = 0; purpose < 30; ++purpose)
    for (std::uint32_t entity = 0; entity < 32; ++entity)
      for (std::uint32_t month = 0; month < 16; ++month)
        for (std::uint32_t index = 0; index < 4; ++index)
          for (std::uint32_t sub = 0; sub < 4; ++sub)
            for (std::uint32_t replicate = 0; replicate < 2; ++replicate)
              blocks.push_back(block({1, replicate}, {static_cast<Purpose>(purpose), entity, month, index, sub}));
  std::sort(blocks.begin(), blocks.end());
  EXPECT_EQ(std::adjacent_find(blocks.begin(), blocks.end()), blocks.end());
}

// Blocks of an address and of its neighbour in one component: correlation of the words, and of their bits.
struct Neighbour {
  const char* component;
  Stream stream;
  Address step;
};

TEST(Draw, NeighboursAreIndependent) {
  const std::array<Neighbour, 7> neighbours{{{"entity", {5, 0}, {Purpose{0}, 1}},
                                             {"month", {5, 0}, {Purpose{0}, 0, 1}},
                                             {"index", {5, 0}, {Purpose{0}, 0, 0, 1}},
                                             {"sub", {5, 0}, {Purpose{0}, 0, 0, 0, 1}},
                                             {"purpose", {5, 0}, {Purpose{1}}},
                                             {"replicate", {5, 1}, {Purpose{0}}},
                                             {"seed", {6, 0}, {Purpose{0}}}}};
  constexpr int n = 100000;
  for (const Neighbour& neighbour : neighbours) {
    double products = 0;
    int different_bits = 0;
    for (std::uint32_t i = 0; i < n; ++i) {
      const Address at{Purpose::grant, i, i % 48, i % 5, i % 3};
      const Address other{static_cast<Purpose>(static_cast<int>(at.purpose) + static_cast<int>(neighbour.step.purpose)),
                          at.entity + neighbour.step.entity, at.month + neighbour.step.month, at.index + neighbour.step.index,
                          at.sub + neighbour.step.sub};
      const Block a = block({5, 0}, at);
      const Block b = block(neighbour.stream, other);
      for (int word = 0; word < 4; ++word) {
        products += (static_cast<double>(uniform(a[word])) - 0.5) * (static_cast<double>(uniform(b[word])) - 0.5);
        different_bits += std::popcount(a[word] ^ b[word]);
      }
    }
    const double correlation_z = products * 12 / std::sqrt(4.0 * n);  // variance of a product of two uniforms: 1/144
    const double bits_z = (different_bits - 64.0 * n) / std::sqrt(32.0 * n);
    EXPECT_GT(test::normal_p_value(correlation_z), error_rate) << neighbour.component;
    EXPECT_GT(test::normal_p_value(bits_z), error_rate) << neighbour.component;
  }
}

TEST(Draw, WordsOfABlockAreIndependent) {
  constexpr std::uint32_t n = 100000;
  std::vector<double> counts(256, 0.0);  // top bits of the four words together
  for (std::uint32_t i = 0; i < n; ++i) {
    const Block b = block(stream, {Purpose::contact, i});
    counts[b[0] >> 30 << 6 | b[1] >> 30 << 4 | b[2] >> 30 << 2 | b[3] >> 30] += 1;
  }
  EXPECT_GT(test::chi_square_test(counts, std::vector<double>(256, n / 256.0)), error_rate);
}

TEST(DrawWords, FillsTheWordOfEveryEntity) {
  constexpr int begin = 16;
  constexpr int end = 16 + 7 * 16;
  std::vector<std::uint32_t> out(end + 16, 1);
  draw_words(stream, Purpose::attendance, 42, 5, 99, begin, end, out.data() + begin);
  for (int i = 0; i < end + 16; ++i) {
    const bool inside = i >= begin && i < end;
    const Address at{Purpose::attendance, static_cast<std::uint32_t>(i), 42, 5, 99};
    const Address shared{Purpose::attendance, static_cast<std::uint32_t>(i / 4), 42, 5, 99};
    EXPECT_EQ(out[i], inside ? draw_word(stream, at) : 1u) << i;
    EXPECT_EQ(draw_word(stream, at), draw(stream, shared).w[i % 4]) << i;
  }
}

TEST(DrawBlocks, FillsTheBlockOfEveryEntity) {
  constexpr int begin = 16;
  constexpr int end = 16 + 7 * 16;
  std::array<std::vector<std::uint32_t>, 4> out;
  out.fill(std::vector<std::uint32_t>(end + 16, 1));
  draw_blocks(stream, Purpose::monthly, 42, 5, 99, begin, end, &out[0][begin], &out[1][begin], &out[2][begin], &out[3][begin]);
  for (int i = 0; i < end + 16; ++i) {
    const Address at{Purpose::monthly, static_cast<std::uint32_t>(i), 42, 5, 99};
    const Block expected = i >= begin && i < end ? block(stream, at) : Block{1, 1, 1, 1};
    EXPECT_EQ((Block{out[0][i], out[1][i], out[2][i], out[3][i]}), expected) << i;
  }
}

TEST(DrawBlocksOf, HasTheBlocksOfEntitiesWhereverTheyAre) {
  for (const int count : {16, 48, 144}) {
    std::vector<std::uint32_t> who(count), index(count);
    for (int k = 0; k < count; ++k) {
      who[k] = static_cast<std::uint32_t>(k) * 2654435761u;
      index[k] = static_cast<std::uint32_t>(k * 911 % 4096);
    }
    std::array<std::vector<std::uint32_t>, 4> out, own;
    out.fill(std::vector<std::uint32_t>(count + 1, 1));
    own = out;
    draw_blocks_of(stream, {Purpose::contact, 0, 42, 5, 99}, who.data(), count, out[0].data(), nullptr, out[2].data());
    draw_blocks_of(stream, {Purpose::contact, 0, 42, 5, 99}, who.data(), count, own[0].data(), own[1].data(), own[2].data(),
                   own[3].data(), index.data());
    for (int k = 0; k < count; ++k) {
      const Block alike = block(stream, {Purpose::contact, who[k], 42, 5, 99});
      EXPECT_EQ((Block{out[0][k], out[1][k], out[2][k], out[3][k]}), (Block{alike[0], 1, alike[2], 1})) << k;
      EXPECT_EQ((Block{own[0][k], own[1][k], own[2][k], own[3][k]}), block(stream, {Purpose::contact, who[k], 42, index[k], 99}));
    }
    EXPECT_EQ(own[3][count], 1u) << "nothing is written behind the last";
  }
}

TEST(Uniform, CoversZeroToBelowOneInStepsOfTwoToTheMinus24) {
  EXPECT_EQ(uniform(0), 0.0f);
  EXPECT_EQ(uniform(255), 0.0f);
  EXPECT_EQ(uniform(256), 0x1p-24f);
  EXPECT_EQ(uniform(0x80000000u), 0.5f);
  EXPECT_EQ(uniform(0xffffffffu), 1.0f - 0x1p-24f);
}

TEST(PositiveUniform, CoversAboveZeroToOne) {
  EXPECT_EQ(positive_uniform(0), 0x1p-32f);
  EXPECT_EQ(positive_uniform(2), 0x1p-31f + 0x1p-32f);
  EXPECT_EQ(positive_uniform(0x80000000u), 0.5f);
  EXPECT_EQ(positive_uniform(0xffffffffu), 1.0f);
}

TEST(Uniform, IsUniform) {
  constexpr std::uint32_t n = 200000;
  std::vector<float> plain, positive;
  for (std::uint32_t i = 0; i < n; ++i) {
    const std::uint32_t w = draw_word(stream, {Purpose::region, i});
    plain.push_back(uniform(w));
    positive.push_back(positive_uniform(w));
  }
  const auto identity = [](double x) { return x; };
  EXPECT_GT(test::ks_test(plain, identity), error_rate);
  EXPECT_GT(test::ks_test(positive, identity), error_rate);
}

TEST(Below, IsUniformOnItsRange) {
  EXPECT_EQ(below(0, 5), 0u);
  EXPECT_EQ(below(0xffffffffu, 5), 4u);
  EXPECT_EQ(below(0xffffffffu, 1), 0u);
  EXPECT_EQ(below(0xffffffffu, 0), 0u);
  EXPECT_EQ(below(0xffffffffu, 0xffffffffu), 0xfffffffeu);
  constexpr std::uint32_t n = 115;
  constexpr std::uint32_t draws = 200000;
  std::vector<double> counts(n, 0.0);
  for (std::uint32_t i = 0; i < draws; ++i) counts[below(draw_word(stream, {Purpose::entry, i}), n)] += 1;
  EXPECT_GT(test::chi_square_test(counts, std::vector<double>(n, draws / static_cast<double>(n))), error_rate);
}

TEST(HashName, IsFnv1a) {
  EXPECT_EQ(hash_name(""), 0x811c9dc5u);
  EXPECT_EQ(hash_name("a"), 0xe40c292cu);
  EXPECT_EQ(hash_name("foobar"), 0xbf9cf968u);
}

TEST(DrawEngine, WalksThroughBlocksAndOnFromTheLastIndex) {
  const Address start{Purpose::cases, 3, 2, 4095, 1};
  DrawEngine engine(stream, start);
  for (const Address at : {start, Address{Purpose::cases, 3, 2, 0, 0x10001}, Address{Purpose::cases, 3, 2, 1, 0x10001}}) {
    for (const std::uint32_t word : block(stream, at)) EXPECT_EQ(engine(), word);
  }
}

static_assert(std::uniform_random_bit_generator<DrawEngine>);

TEST(DrawEngine, DrivesBoostRandom) {
  DrawEngine engine({11, 0}, {Purpose::needs});
  constexpr int n = 100000;
  std::vector<double> uniforms, die(6, 0.0), discrete(3, 0.0);
  boost::random::uniform_01<double> uniform_01;
  boost::random::uniform_int_distribution<int> uniform_int(1, 6);
  boost::random::discrete_distribution<int> discrete_distribution{0.2, 0.5, 0.3};
  for (int i = 0; i < n; ++i) {
    uniforms.push_back(uniform_01(engine));
    die[uniform_int(engine) - 1] += 1;
    discrete[discrete_distribution(engine)] += 1;
  }
  EXPECT_GT(test::ks_test(uniforms, [](double x) { return x; }), error_rate);
  EXPECT_GT(test::chi_square_test(die, std::vector<double>(6, n / 6.0)), error_rate);
  EXPECT_GT(test::chi_square_test(discrete, {0.2 * n, 0.5 * n, 0.3 * n}), error_rate);
}

}  // namespace
}  // namespace coalis
