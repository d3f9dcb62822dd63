// Text and numbers of charts.
#include "coalis/report/charts/chart_text.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

namespace coalis::chart {
namespace {

TEST(ChartText, IsEscapedForContentAndAttributes) {
  EXPECT_EQ(escape("a<b> & \"c\" 'd'"), "a&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;");
  EXPECT_EQ(escape("]]>"), "]]&gt;");
  EXPECT_EQ(escape("Ünïcode − 中文 \U0001F600"), "Ünïcode − 中文 \U0001F600");
}

TEST(ChartText, WhatXmlCannotHoldIsReplaced) {
  EXPECT_EQ(escape(std::string_view("a\0b", 3)), "a\uFFFDb");
  EXPECT_EQ(escape("\x1b[0m"), "\uFFFD[0m");
  EXPECT_EQ(escape("tab\tline\nend"), "tab\tline\nend");
  EXPECT_EQ(escape("\xff"), "\uFFFD");
  EXPECT_EQ(escape("\xc0\xaf"), "\uFFFD\uFFFD");                      // overlong
  EXPECT_EQ(escape("\xed\xa0\x80"), "\uFFFD\uFFFD\uFFFD");            // surrogate
  EXPECT_EQ(escape("\xef\xbf\xbe"), "\uFFFD\uFFFD\uFFFD");            // U+FFFE
  EXPECT_EQ(escape("\xe4\xb8"), "\uFFFD\uFFFD");                      // cut off
  EXPECT_EQ(escape("\xf4\x90\x80\x80"), "\uFFFD\uFFFD\uFFFD\uFFFD");  // above U+10FFFF
}

TEST(ChartText, NumbersFollowOneRule) {
  EXPECT_EQ(number(6, 0), "6");
  EXPECT_EQ(number(-6.25, 1), "\u22126.3");  // halves away from 0, as in sentences
  EXPECT_EQ(number(0.35, 2), "0.35");
  EXPECT_EQ(number(1234567.891, 2), "1,234,567.89");
  EXPECT_EQ(number(-1000, 0), "\u22121,000");
  EXPECT_EQ(number(999.9, 0), "1,000");
  EXPECT_EQ(number(-0.0, 0), "0");
  EXPECT_EQ(number(-0.04, 1), "0.0");
  EXPECT_EQ(number(2.5e11, 0), "2.50\u00D710\u00B9\u00B9");
  EXPECT_EQ(number(-1e9, 1), "\u22121.00\u00D710\u2079");
  EXPECT_EQ(number(std::nan(""), 1), "no value");
  EXPECT_EQ(number(-std::numeric_limits<double>::infinity(), 1), "no value");
  EXPECT_EQ(number(1e-300, 3), "0.000");
}

TEST(ChartText, HugeNumbersHaveTheDigitsThereIsRoomFor) {
  EXPECT_EQ(number_within(3.3e13, 0, 1000, 13), number(3.3e13, 0));
  EXPECT_EQ(number_within(3.3e13, 0, 60, 13), "3.3\u00D710\u00B9\u00B3");
  EXPECT_EQ(number_within(3.3e13, 0, 10, 13), "3\u00D710\u00B9\u00B3");
  EXPECT_EQ(number_within(123456, 0, 10, 13), "123,456");  // others are never cut
  EXPECT_EQ(power_of_ten(-10), "10\u207B\u00B9\u2070");
}

TEST(ChartText, SignsAreOfWhatIsPrinted) {
  EXPECT_EQ(signed_number(6, 0), "+6");
  EXPECT_EQ(signed_number(0.4, 0), "0");
  EXPECT_EQ(signed_number(-0.4, 0), "0");
  EXPECT_EQ(signed_number(-3, 0), "\u22123");
  EXPECT_EQ(signed_number(0.04, 2), "+0.04");
  EXPECT_EQ(signed_number(std::nan(""), 0), "no value");
}

TEST(ChartText, CountsHaveTheirNumber) {
  EXPECT_EQ(counted(0, "run"), "0 runs");
  EXPECT_EQ(counted(1, "run"), "1 run");
  EXPECT_EQ(counted(1200, "run"), "1,200 runs");
}

// Advance widths of DejaVu Sans and its bold face, Debian's default, and of Helvetica's widest letters.
TEST(ChartText, IsAsWideAsTheWidestUsualFace) {
  EXPECT_GE(text_width("0123456789", 1000), 6362);
  EXPECT_GE(text_width("0123456789", 1000, true), 6958);
  EXPECT_GE(text_width("abcdefghijklmnopqrstuvwxyz", 1000), 14646);
  EXPECT_GE(text_width("abcdefghijklmnopqrstuvwxyz", 1000, true), 16539);
  EXPECT_GE(text_width("@", 1000), 1014.999);
  EXPECT_GE(text_width("\u2212", 1000), 837);
  EXPECT_GE(text_width("äÖß", 1000), 613 + 787 + 630);
  EXPECT_LE(text_width("0123456789", 1000), 6450);
}

TEST(ChartText, LinesAreNoWiderThanAskedForAndLoseNothing) {
  const std::string text = "After 43 months three hubs keep six more organisations in a hundred engaged than one centre";
  for (double width = 20; width < 400; width += 7) {
    std::string joined;
    for (const std::string& line : wrap(text, width, 14)) {
      EXPECT_LE(text_width(line, 14), width);
      joined += line;
    }
    std::string words = text;
    std::erase(words, ' ');
    std::erase(joined, ' ');
    EXPECT_EQ(joined, words);
  }
}

// A title of 300 kB took 39 seconds where the rest was measured anew for each line.
// Measured from its begin for every line, it would take longer than a test may.
TEST(ChartText, AWordOfMillionsOfLettersIsTakenApart) {
  const std::string word(4'000'000, 'n');
  std::size_t letters = 0;
  for (const std::string& line : wrap(word, 400, 14, false, word.size())) {
    EXPECT_LE(text_width(line, 14), 400);
    letters += line.size();
  }
  EXPECT_EQ(letters, word.size());
}

TEST(ChartText, WhatDoesNotFitEndsInDots) {
  const auto lines = wrap("one two three four five six seven eight nine ten", 80, 14, false, 2);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_TRUE(lines[1].ends_with("…"));
  EXPECT_LE(text_width(lines[1], 14), 80);
  EXPECT_EQ(shorten("short", 80, 14), "short");
}

TEST(ChartText, EvenLinesAreAsManyAndLeaveNoWordAlone) {
  const std::string title = "What the differences between runs are due to";
  int alone = 0;
  for (double width = 350; width < 500; ++width) {
    const auto greedy = wrap(title, width, 17, true);
    if (greedy.size() != 2 || greedy[1] != "to") continue;
    ++alone;
    const auto even = wrap_evenly(title, width, 17, true);
    ASSERT_EQ(even.size(), 2u);
    EXPECT_GT(even[1].size(), 15u);
  }
  EXPECT_GT(alone, 0);
}

}  // namespace
}  // namespace coalis::chart
