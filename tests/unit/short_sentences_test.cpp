// Sentences of deciders: at most 25 words whatever the names, and never more sure than the runs.
#include "coalis/report/words/short_sentences.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "coalis/report/words/told_changes.hpp"

namespace coalis {
namespace {

const std::string long_name = "three hubs of their own with a common core that the members convene in turn from month to month";

OutcomeDifference difference(double mean, double se) {
  OutcomeDifference d{};
  d.outcome = "engaged", d.reference = 0.39, d.other = 0.39 + mean, d.mean = mean, d.se = se;
  d.low = mean - 0.1, d.high = mean + 0.1, d.matters = 0.03;
  d.above = 10, d.below = 150, d.pairs = 200;
  return d;
}
const Option a{"A", "one centre"}, b{"B", "three hubs"};

bool has(const std::vector<std::string>& sentences, const std::string& part) {
  return std::any_of(sentences.begin(), sentences.end(), [&](const std::string& s) { return s.find(part) != s.npos; });
}

TEST(ShortSentences, TheAnswerIsShortAndHasTheNumbers) {
  EXPECT_EQ(short_answer(a, b, difference(-0.1, 0.01)),
            "B (three hubs) keeps 10 fewer organisations in 100 engaged than A (one centre), on average: 29 against 39.");
  for (const double mean : {-0.1, 0.1, 0.02, 0.0, 0.001})
    for (const double se : {0.0001, 0.01, 0.2}) {
      const std::string said = short_answer({"A", long_name}, {"B", long_name}, difference(mean, se));
      EXPECT_LE(words_in(said), most_words) << said;
    }
}

TEST(ShortSentences, WhatIsNotClearIsNotSaidToBeNoEffect) {
  const OutcomeDifference d = difference(-0.01, 0.02);
  EXPECT_EQ(short_answer(a, b, d),
            "These runs cannot tell B (three hubs) from A (one centre): 38 against 39 organisations in 100 engaged.");
  const auto said = how_sure(a, b, d, {}, false);
  EXPECT_TRUE(has(said, "That is not the same as no effect: the average may be 5 fewer to 2.9 more (95 % interval)."))
      << said.back();
  EXPECT_FALSE(has(how_sure(a, b, difference(-0.1, 0.01), {}, false), "no effect"));
  EXPECT_NE(short_answer(a, b, difference(-0.02, 0.001)).find("too little to matter"), std::string::npos);
}

TEST(ShortSentences, RunsAreCounted) {
  const auto said = how_sure(a, b, difference(-0.1, 0.01), {.parameter_sets = 50}, false);
  EXPECT_EQ(said[0], "In 150 of 200 paired runs, which share their luck, B is worse by more than 3 in 100.");
  EXPECT_EQ(said[1], "In 40 they differ by no more, in 10 B is better.");
  EXPECT_TRUE(has(said, "\"likely\" (66-100 %)") && has(said, "50 sets of uncertain parameters"));
  EXPECT_TRUE(has(how_sure(a, b, difference(-0.1, 0.01), {}, true), "No word for likelihood is given"));
  for (const std::string& sentence : said) EXPECT_LE(words_in(sentence), most_words) << sentence;
}

TEST(ShortSentences, NamesLoseWhatAllBeginWith) {
  EXPECT_EQ(short_names({"Illinois, as it was", "Illinois, three hubs, scaled to 0.33 of a post in all"}),
            (std::vector<std::string>{"as it was", "three hubs, scaled to 0.33 of a post in all"}));
  EXPECT_EQ(short_names({"Illinois, as it was, raised to 0.64 of a post", long_name + ", its staff time scaled by 0.5"}),
            (std::vector<std::string>{"Illinois, as it was, raised to 0.64 of a post",
                                      "three hubs of their own with\u2026, its staff time scaled by 0.5"}));
  EXPECT_EQ(short_names({"Illinois", "Illinois, three hubs"}), (std::vector<std::string>{"Illinois", "Illinois, three hubs"}));
  EXPECT_EQ(short_names({long_name}), std::vector<std::string>{"three hubs of their own with\u2026"});
}

TEST(ShortSentences, ValuesAreTold) {
  EXPECT_EQ(told_setting({"hubs.West.fte"}, "0.25"), "a quarter of a post in West");
  EXPECT_EQ(told_setting({"hubs.West.fte"}, "0.5"), "half a post in West");
  EXPECT_EQ(told_setting({"series.meetings.per_year"}, "12"), "\"meetings\" 12 a year");
  EXPECT_EQ(told_setting({"structure.engagement"}, "\"trait\""), "commitment is a fixed trait");
  EXPECT_EQ(told_setting({"levers.information"}, "3"), "Bulletins to the enrolled: 3");
  EXPECT_EQ(post_words(1.2), "1.2 posts");
}

// What a budget has made equal but for the last bits is no change.
TEST(ShortSentences, WhatReadsTheSameIsNoChange) {
  const auto post = [](const char* path, std::optional<std::string> from, std::optional<std::string> to) {
    Difference d{path, std::move(from), std::move(to), {}};
    d.field.table = "hubs", d.field.key = "fte";
    return d;
  };
  EXPECT_TRUE(told_changes({post("hubs.West.fte", "0.63636", "0.63637")}, Calendar{}).empty());
  EXPECT_EQ(told_changes({post("hubs.West.fte", "0.35", "0.64")}, Calendar{}),
            std::vector<std::string>{"0.64 of a post in West instead of 0.35 of a post."});
  const auto later = [&](const char* value, bool in_other) {
    Difference d = post("interventions", in_other ? std::nullopt : std::optional<std::string>("a"),
                        in_other ? std::optional<std::string>("b") : std::nullopt);
    d.parts = {{"set", "\"hubs.West.fte\""}, {"from", "\"2008-07\""}, {"until", "\"2009-01\""}, {"ramp", "1"}, {"value", value}};
    return d;
  };
  EXPECT_TRUE(told_changes({later("0.6363636363", false), later("0.6363636364", true)}, Calendar{"2005-06", 43}).empty());
  EXPECT_EQ(told_changes({later("0.5", false), later("1", true)}, Calendar{"2005-06", 43}).size(), 2u);
}

TEST(ShortSentences, EvidenceIsOneLine) {
  EvidenceBase base;
  for (const int sites : {0, 1, 2}) {
    base.sites = sites;
    EXPECT_TRUE(evidence_line(base).starts_with(sites < 2 ? "Evidence: low confidence." : "Evidence: medium confidence."));
    EXPECT_LE(words_in(evidence_line(base)), most_words);
  }
}

}  // namespace
}  // namespace coalis
