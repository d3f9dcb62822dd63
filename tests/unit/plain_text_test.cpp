// Text for people: widths, wrapping, tables, numbers, counted nouns.
#include "coalis/report/words/plain_text.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "coalis/core/counted.hpp"
#include "coalis/report/pages/html.hpp"
#include "coalis/report/words/fit_words.hpp"

namespace coalis {
namespace {

TEST(PlainText, WidthsAreThoseOfATerminal) {
  EXPECT_EQ(display_width(""), 0u);
  EXPECT_EQ(display_width("abc"), 3u);
  EXPECT_EQ(display_width("± 3 − ä"), 7u);
  EXPECT_EQ(display_width("中文"), 4u);
  EXPECT_EQ(display_width("a\u0308"), 1u);  // an ä in two code points
}

TEST(PlainText, ProseIsWrappedAtSpacesAndNoWordIsSplit) {
  EXPECT_EQ(fitted("one two three four\n", 9), "one two\nthree\nfour\n");
  EXPECT_EQ(fitted("fits\n\nas it is\n", 9), "fits\n\nas it is\n");
  EXPECT_EQ(fitted("scenarios/illinois.toml is long\n", 10), "scenarios/illinois.toml\nis long\n");
  EXPECT_EQ(fitted("äöü äöü äöü\n", 7), "äöü äöü\näöü\n");
  EXPECT_EQ(fitted("without an end", 9), "without\nan end\n");
}

TEST(PlainText, WhatBelongsTogetherStaysOnALine) {
  EXPECT_EQ(fitted("raises it by 12.3 ± 0.4 points\n", 20), "raises it by\n12.3 ± 0.4 points\n");
  EXPECT_EQ(fitted("in all of the 100 % of runs\n", 18), "in all of the\n100 % of runs\n");
}

TEST(PlainText, LinesThatFollowAreIndentedLikeTheFirst) {
  EXPECT_EQ(fitted("  - an item that is long\n", 14), "  - an item\n    that is\n    long\n");
  EXPECT_EQ(fitted("A  a scenario with a name\n", 14), "A  a scenario\n   with a name\n");
  EXPECT_EQ(fitted("    figure   80 % of runs   0.1 to 0.2\n", 26), "    figure   80 % of runs\n             0.1 to 0.2\n");
  EXPECT_EQ(fitted("    1             18 %\n", 14), "    1\n      18 %\n");
  EXPECT_EQ(fitted("  a long first column   and more words\n", 26), "  a long first column\n    and more words\n");
}

TEST(PlainText, CellsStandInColumns) {
  EXPECT_EQ(fitted("name\tmean\tunit\nengaged\t0.5\tshare\nx\t-12.25\tUSD\n", 40),
            "name       mean  unit\n"
            "engaged     0.5  share\n"
            "x        -12.25  USD\n");
}

TEST(PlainText, ColumnsThatDoNotFitGoOnBelow) {
  EXPECT_EQ(fitted("name\tA\tB\tC\nengaged\t1\t2\t3\nx\t4\t5\t6\n", 14),
            "name     A  B\nengaged  1  2\nx        4  5\n\nname     C\nengaged  3\nx        6\n");
  EXPECT_EQ(fitted("name\tA\nassociation.mission\t1\n", 20), "name\n    A\nassociation.mission\n    1\n");
  EXPECT_EQ(fitted("k\tA\nx\tlong cell\n", 11), "k\n    A\nx\n    long\n    cell\n");
}

TEST(PlainText, HeadingsWithinATableMakeNoColumnWider) {
  const std::string table = "\tA\tB\nMeetings attended in a year\t\n  none\t33 %\t22 to 48 %\n  1\t2 %\t9 %\n";
  EXPECT_EQ(fitted(table, 40),
            "           A           B\nMeetings attended in a year\n  none  33 %  22 to 48 %\n  1      2 %         9 %\n");
  EXPECT_EQ(fitted(table, 20),
            "           A\nMeetings attended in\na year\n  none  33 %\n  1      2 %\n\n"
            "                 B\nMeetings attended in\na year\n  none  22 to 48 %\n  1            9 %\n");
}

TEST(PlainText, FixedNumbersAreNeverMinusZero) {
  EXPECT_EQ(fixed(-0.04, 1), "0.0");
  EXPECT_EQ(fixed(-0.06, 1), "-0.1");
  EXPECT_EQ(fixed(-0.0, 0), "0");
  EXPECT_EQ(fixed(std::nan(""), 2), "-");
}

TEST(PlainText, ATableEndsWhereTheTabsEnd) {
  EXPECT_EQ(fitted("a\tb\nc\td\nno table, so it is not wide\ne\tf\n", 12), "a  b\nc  d\nno table, so\nit is not\nwide\ne  f\n");
}

TEST(PlainText, NumbersHaveNoExponent) {
  EXPECT_EQ(significant(29352.4, 4), "29352");
  EXPECT_EQ(significant(0.012345, 3), "0.0123");
  EXPECT_EQ(significant(2.5, 4), "2.5");
  EXPECT_EQ(significant(100, 2), "100");
  EXPECT_EQ(significant(1e7, 3), "10000000");
  EXPECT_EQ(significant(-0.00004, 2), "-0.00004");
  EXPECT_EQ(significant(-1e-300, 2), "0");
  EXPECT_EQ(significant(0, 3), "0");
  EXPECT_EQ(significant(std::nan(""), 3), "-");
  EXPECT_EQ(significant(std::numeric_limits<double>::infinity(), 3), "-");
}

TEST(PlainText, HalvesAreRoundedAwayFromZeroHoweverTheyWereComputed) {
  EXPECT_EQ(fixed(57.5, 0), "58");
  EXPECT_EQ(fixed(22.5, 0), "23");
  EXPECT_EQ(fixed(-22.5, 0), "-23");
  const double one = -0.0225, other = 0.6 - 0.6225;
  ASSERT_NE(one, other);
  EXPECT_EQ(number(one), "-0.023");
  EXPECT_EQ(number(other), "-0.023");
  EXPECT_EQ(significant(2.345, 3), "2.35");
}

TEST(PlainText, ASmallNumberIsNoZero) {
  EXPECT_EQ(number(0.0004), "0.0004");
  EXPECT_EQ(signed_number(-0.00003), "-0.00003");
  EXPECT_EQ(number(0), "0.000");
  EXPECT_EQ(number(1e-17), "0.000");  // what a sum of doubles errs by
}

TEST(PlainText, NoProbabilityIsZero) {
  EXPECT_EQ(p_text(0.0004), "p < 0.001");
  EXPECT_EQ(p_text(0.5994), "p = 0.599");
  EXPECT_EQ(p_number(0.0004), "< 0.001");
  EXPECT_TRUE(is_wider(-0.006));
  EXPECT_FALSE(is_wider(-0.004));  // "0 %"
}

TEST(PlainText, NounsFollowTheirNumber) {
  EXPECT_EQ(counted(1, "month"), "1 month");
  EXPECT_EQ(counted(0, "month"), "0 months");
  EXPECT_EQ(counted(2, "trajectory"), "2 trajectories");
  EXPECT_EQ(counted(2, "day"), "2 days");
  EXPECT_EQ(counted(2, "series"), "2 series");
  EXPECT_EQ(counted(std::size_t{1}, "series"), "1 series");
  EXPECT_EQ(counted(3, "Outreach Day"), "3 Outreach Days");
}

TEST(PlainText, MinusSignsStandBeforeNumbersAlone) {
  EXPECT_EQ(html::with_minus_signs("-0.03 (-0.1 to 2), 70-81 %, 2025-01, a -b"),
            "\u22120.03 (\u22120.1 to 2), 70-81 %, 2025-01, a -b");
}

TEST(FitWords, WeightsBelowOneAreNotMore) {
  const std::vector<ItemWeight> items{{"meetings", 35, 7.8}, {"sector", 35, 0.3}};
  const std::string text = weights_text(items);
  EXPECT_NE(text.find("meetings by 7.8 (its 35 answers count as about 4)"), std::string::npos) << text;
  EXPECT_NE(text.find("sector by 0.3 (here they differ by less, and its 35 answers count in full)"), std::string::npos) << text;
}

}  // namespace
}  // namespace coalis
