// Which word stands for how many wins of 200: likelihood.txt. No word is stronger than the bound of the interval that is nearer
// to one half. To renew the text after a change, run this test with COALIS_RENEW_GOLDEN=1 and read the difference.
#include "coalis/report/words/likelihood.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <string>

#include "support/support.hpp"

namespace coalis {
namespace {

constexpr std::size_t runs = 200;

std::string table() {
  std::string text = "wins of 200, Wilson's 95 % interval in %, word\n";
  for (std::size_t wins = 0; wins <= runs; ++wins) {
    const Interval share = wilson(wins, runs);
    const auto word = likelihood(wins, runs);
    text += fmt::format("{:3} {:6.2f} {:6.2f}  {}\n", wins, 100 * share.low, 100 * share.high,
                        word ? fmt::format("{} ({})", word->word, word->range) : "none");
  }
  return text;
}

TEST(LikelihoodTable, IsTheGoldenOne) {
  const auto path = test::source_dir() / "tests/golden/likelihood.txt";
  if (std::getenv("COALIS_RENEW_GOLDEN") != nullptr) std::ofstream(path, std::ios::binary) << table();
  EXPECT_EQ(table(), test::contents(path));
}

TEST(LikelihoodTable, NoWordIsStrongerThanItsInterval) {
  // What a word promises of the share, read off its own range and written down a second time.
  const std::map<std::string_view, Interval> promises{{"virtually certain", {.99, 1}},
                                                      {"very likely", {.90, 1}},
                                                      {"likely", {.66, 1}},
                                                      {"more likely than not", {.5, 1}},
                                                      {"about as likely as not", {.33, .66}},
                                                      {"more unlikely than likely", {0, .5}},
                                                      {"unlikely", {0, .33}},
                                                      {"very unlikely", {0, .10}},
                                                      {"exceptionally unlikely", {0, .01}}};
  for (const std::size_t n : {1u, 2u, 5u, 20u, 200u, 5000u}) {
    for (std::size_t wins = 0; wins <= n; ++wins) {
      const auto word = likelihood(wins, n);
      if (!word) continue;
      const Interval share = wilson(wins, n), promise = promises.at(word->word);
      EXPECT_TRUE(share.low >= promise.low && share.high <= promise.high) << wins << " of " << n << " " << word->word;
    }
  }
  EXPECT_EQ(likelihood(152, runs)->word, "likely");
}

}  // namespace
}  // namespace coalis
