// Figures of answers on runs made by hand, and the text that they fill.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "coalis/model/record.hpp"
#include "coalis/network/outcomes.hpp"
#include "coalis/questions/level_trajectory.hpp"
#include "coalis/questions/study/figures.hpp"
#include "coalis/report/words/answer_text.hpp"

namespace coalis {
namespace {

constexpr std::size_t outcome = 7;  // engaged: 0.03 matters
constexpr double missing = std::numeric_limits<double>::quiet_NaN();

// Points (scenario, dose, structure); an outcome at each is level(point) + luck(replicate), so that differences have no noise but
// `noise`, which alternates in sign and is not shared.
DesignRuns runs(const std::vector<std::string>& doses, const std::function<double(double dose, bool second)>& level,
                double noise = 0.001) {
  DesignRuns result;
  for (const std::string structure : {"\"one\"", "\"two\""})
    for (const std::string& dose : doses) {
      result.points.push_back({"a.toml", dose, structure});
      Samples samples(outcome_quantities().size());
      for (int r = 0; r < 20; ++r) {
        std::vector<double> row(outcome_quantities().size(), missing);
        const double luck = std::sin(5.0 * r);
        row[outcome] = level(std::stod(dose), structure == "\"two\"") + luck + noise * (r % 2 ? 1 : -1) * std::stod(dose);
        samples.add(row);
      }
      result.outcomes.push_back(std::move(samples));
    }
  return result;
}

Figure figure(FigureKind kind, Selection at = {}, Selection from = {}) {
  Figure f;
  f.name = "x";
  f.kind = kind;
  f.outcome = outcome;
  f.at = std::move(at);
  f.from = std::move(from);
  f.along = 1;
  return f;
}

const std::vector<std::string> doses{"0", "1", "2", "3"};
std::string plain(std::size_t, const std::string& value) { return value; }

TEST(Answer, DifferenceIsPairedAndAveragesOverWhatIsNotNamed) {
  const auto r = runs(doses, [](double dose, bool second) { return dose * (second ? 0.3 : 0.1); });
  const Figure f = figure(FigureKind::difference, {{1, "3"}}, {{1, "1"}});
  ASSERT_EQ(figure_problem(f, r.points), "");
  const auto all = evaluate(f, r);
  EXPECT_NEAR(all.difference->mean, 0.4, 1e-12);  // mean of 0.2 and 0.6
  EXPECT_LT(all.difference->sd, 0.01);            // luck has a standard deviation of 0.7
  EXPECT_EQ(all.verdict, 0U);
  EXPECT_NEAR(evaluate(narrowed(f, {2, "\"two\""}), r).difference->mean, 0.6, 1e-12);
  EXPECT_EQ(evaluate(figure(FigureKind::difference, {{1, "1"}}, {{1, "3"}}), r).verdict, 1U);
}

TEST(Answer, ADifferenceIsClearIfItMattersAndItsIntervalExcludesZero) {
  PairedSummary d{};
  d.pairs = 100, d.mean = 0.05, d.se = 0.01;
  EXPECT_EQ(clear_sign(d, 0.03), 1);
  EXPECT_EQ(clear_sign(d, 0.06), 0);
  d.mean = -0.05, d.se = 0.026;
  EXPECT_EQ(clear_sign(d, 0.03), 0);
  d.se = 0.025;
  EXPECT_EQ(clear_sign(d, 0.03), -1);
  d.pairs = 10;  // Student's t: 0.057 to each side
  EXPECT_EQ(clear_sign(d, 0.03), 0);
  d.pairs = 100, d.draws = 10;  // as many as there are draws
  EXPECT_EQ(clear_sign(d, 0.03), 0);
  d.pairs = 1, d.draws = 0;
  EXPECT_EQ(clear_sign(d, 0.03), 0);
  d.pairs = 100, d.mean = 0.47 - 0.44, d.se = 0.001, d.grain = 0.47 * 0x1p-23;  // .03, but for rounding: at least .03
  EXPECT_EQ(clear_sign(d, 0.03), 1);
  d.mean = 1e-9, d.se = 0;  // 0, but for rounding
  EXPECT_EQ(clear_sign(d, 0), 0);
}

TEST(Answer, CrossingIsTheBracketOfClearSigns) {
  // "two" minus "one": -0.2, -0.01 (too small to matter), 0.18, ...
  const auto r = runs(doses, [](double dose, bool second) { return second ? 0.19 * dose - 0.2 : 0; });
  const Figure f = figure(FigureKind::crossing, {{2, "\"two\""}}, {{2, "\"one\""}});
  const auto found = evaluate(f, r);
  EXPECT_EQ(found.verdict, 0U);
  EXPECT_EQ(found.values, (std::vector<std::string>{"0", "2"}));
  EXPECT_EQ(figure_text(f, found, plain), "between 0 and 2");
  const Figure back = figure(FigureKind::crossing, {{2, "\"one\""}}, {{2, "\"two\""}});
  EXPECT_EQ(evaluate(back, r).verdict, 1U);
  const auto higher = runs(doses, [](double, bool second) { return second ? 0.2 : 0; });
  EXPECT_EQ(evaluate(f, higher).verdict, 2U);
  EXPECT_EQ(evaluate(back, higher).verdict, 3U);
  EXPECT_EQ(evaluate(f, runs(doses, [](double, bool) { return 0.2; })).verdict, 4U);
}

TEST(Answer, CrossingOfAFractionIsAHalfLife) {
  Figure f = figure(FigureKind::crossing, {{2, "\"two\""}}, {{2, "\"one\""}});
  f.fraction = 0.5;
  const auto r = runs(doses, [](double dose, bool second) { return second ? std::exp(-0.4 * dose) : 0; });
  const auto found = evaluate(f, r);  // a half after 1.73
  EXPECT_EQ(found.verdict, 1U);
  EXPECT_EQ(found.values, (std::vector<std::string>{"1", "2"}));
  // Of no clear difference there is no half.
  EXPECT_EQ(evaluate(f, runs(doses, [](double dose, bool second) { return second ? 0.02 - 0.02 * dose : 0; })).verdict, 4U);
}

TEST(Answer, PeakTellsWhetherMoreBecomesLess) {
  const auto verdict = [](const std::function<double(double)>& level, bool lowest = false) {
    Figure f = figure(FigureKind::peak);
    f.lowest = lowest;
    return evaluate(f, runs(doses, [&](double dose, bool) { return level(dose); }));
  };
  const auto hill = verdict([](double dose) { return -0.1 * (dose - 1) * (dose - 1); });
  EXPECT_EQ(hill.verdict, 0U);
  EXPECT_EQ(hill.values, std::vector<std::string>{"1"});
  EXPECT_NEAR(hill.difference->mean, 0.4, 1e-12);
  EXPECT_EQ(verdict([](double dose) { return 0.1 * dose; }).verdict, 1U);
  EXPECT_EQ(verdict([](double dose) { return dose == 2 ? 0.41 : 0.13 * dose; }).verdict, 1U);  // best at 2, no clear loss at 3
  EXPECT_EQ(verdict([](double dose) { return 0.1 * dose; }, true).verdict, 2U);
  EXPECT_EQ(verdict([](double dose) { return 0.001 * dose; }).verdict, 3U);
}

TEST(Answer, BestNamesAllThatCannotBeToldApart) {
  const auto r = runs(doses, [](double dose, bool) { return dose >= 2 ? 0.5 + 0.001 * dose : 0; });
  const Figure f = figure(FigureKind::best);
  const auto found = evaluate(f, r);
  EXPECT_EQ(found.verdict, 1U);
  EXPECT_EQ(figure_text(f, found, plain), "3 or 2");
  EXPECT_EQ(evaluate(f, runs(doses, [](double dose, bool) { return -dose; })).values, std::vector<std::string>{"0"});
  EXPECT_EQ(evaluate(f, runs(doses, [](double dose, bool) { return 0.001 * dose; })).verdict, 2U);
}

TEST(Answer, MissingValuesAreLeftOutPairByPair) {
  auto r = runs({"0", "1"}, [](double dose, bool second) { return dose + second; });
  Samples holed(outcome_quantities().size());
  for (int i = 0; i < 20; ++i) {
    std::vector<double> row(outcome_quantities().size(), missing);
    if (i > 4) row[outcome] = r.outcomes[1].values(outcome)[static_cast<std::size_t>(i)];
    holed.add(row);
  }
  r.outcomes[1] = holed;  // dose 1, structure one
  const auto found = evaluate(narrowed(figure(FigureKind::difference, {{1, "1"}}, {{1, "0"}}), {2, "\"one\""}), r);
  EXPECT_EQ(found.difference->pairs, 15U);
  EXPECT_NEAR(found.difference->mean, 1, 1e-3);
}

TEST(Answer, WhatHasNoValueIsNeitherBestNorPeakAndHasNoUnit) {
  const auto none = runs(doses, [](double, bool) { return missing; });
  const auto some = runs(doses, [](double dose, bool) { return dose < 2 ? missing : 0.1 * dose; });
  for (const FigureKind kind : {FigureKind::best, FigureKind::peak}) {
    const Figure f = figure(kind);
    EXPECT_EQ(figure_text(f, evaluate(f, none), plain), "missing");
    EXPECT_EQ(verdict_text(f, evaluate(f, none)), "no value of it has an outcome");
    EXPECT_EQ(evaluate(f, some).values, std::vector<std::string>{"3"});
  }
  EXPECT_EQ(evaluate(figure(FigureKind::best), none).verdict, 2U);
  Figure level = figure(FigureKind::level, {{1, "1"}}), difference = figure(FigureKind::difference, {{1, "1"}}, {{1, "0"}});
  level.name = "l", difference.name = "d", level.percent = difference.percent = true;
  const std::vector<Figure> both{level, difference};
  const std::vector<FigureValue> values{evaluate(level, none), evaluate(difference, none)};
  EXPECT_EQ(AnswerText("{l} {l.range} {d} {d.size} {d.range} {d.share} {d.at} {d.from}", both).fill(values, plain),
            "missing missing missing missing missing missing missing missing");
}

TEST(Answer, HalfMonthIsOfTheMeanDifference) {
  auto r = runs({"0", "1"}, [](double, bool) { return 0; });
  r.months = 10;
  r.trajectories = [&](std::size_t point, std::size_t replicate) {
    std::vector<float> all(trajectory_quantities().size() * 10, 0);
    const std::size_t first = level_trajectory(outcome).value() * 10;
    for (std::size_t t = 0; t < 10; ++t)
      all[first + t] = static_cast<float>(replicate) + (r.points[point][1] == "1" ? 0.1F * static_cast<float>(t) : 0.0F);
    return all;
  };
  const auto found = evaluate(figure(FigureKind::half_month, {{1, "1"}}, {{1, "0"}}), r);
  EXPECT_EQ(found.month, 5);
  EXPECT_EQ(figure_text(figure(FigureKind::half_month), found, plain), "6");
}

TEST(Answer, SaysWhatADesignCannotGive) {
  const auto r = runs(doses, [](double, bool) { return 0; });
  EXPECT_NE(figure_problem(figure(FigureKind::difference, {{1, "7"}}, {{1, "1"}}), r.points), "");
  EXPECT_NE(figure_problem(figure(FigureKind::difference, {{1, "1"}}, {{1, "7"}}), r.points), "");
  EXPECT_NE(figure_problem(figure(FigureKind::difference, {{1, "1"}}, {{1, "1"}}), r.points), "");
  EXPECT_NE(figure_problem(figure(FigureKind::peak, {{1, "1"}}), r.points), "");
}

class Text : public ::testing::Test {
 protected:
  Text() {
    PairedSummary d{};
    d.mean = 0.1904, d.se = 0.002, d.pairs = 50, d.above = 0.94, d.below = 0.02;
    d.most = {0.1, 0.28};
    d.other.mean = 0.7, d.other.se = 0.01, d.reference.mean = 0.51, d.reference.se = 0.01;
    d.other.n = d.reference.n = 50;
    values[0].difference = d;
    figures[1].name = "y";
    figures[1].percent = true;
    values[1].difference = d;
    values[1].difference->mean = -0.1904;
    values[1].verdict = 1;
    figures[2].name = "z";
    figures[2].assumed = true;
    values[2].difference = d;
    values[2].difference->mean = 0.0001;
    values[2].verdict = 2;
  }
  std::string filled(const std::string& text) { return AnswerText(text, figures).fill(values, plain); }
  std::string problem(const std::string& text) {
    try {
      AnswerText(text, figures).fill(values, plain);
    } catch (const AnswerTextError& error) {
      return error.what();
    }
    return "";
  }
  std::vector<Figure> figures{figure(FigureKind::difference), figure(FigureKind::difference), figure(FigureKind::difference)};
  std::vector<FigureValue> values{3};
};

TEST_F(Text, ShowsFiguresWithTheirUncertainty) {
  EXPECT_EQ(filled("It is {x}.\n  And {y}."), "It is +0.190 ± 0.004. And -19.0 ± 0.4 percentage points.");
  EXPECT_EQ(filled("{x.size}; {y.size}; {x.range}; {x.share}; {y.share}; {y.at} {x.from}"),
            "0.190 ± 0.004; 19.0 ± 0.4 percentage points; 0.10 to 0.28; 94 %; 2 %; 70 ± 2 % 0.51 ± 0.02");
  EXPECT_EQ(filled("{z}"), "0.000 ± 0.004 [sign assumed, not found]");
}

TEST_F(Text, ChoosesTheWordingOfTheVerdict) {
  const std::string wordings = ": better, by {x.size} | worse | no clear difference}";
  EXPECT_EQ(filled("{x" + wordings), "better, by 0.190 ± 0.004");
  EXPECT_EQ(filled("a{y" + wordings + "b"), "aworseb");
  EXPECT_EQ(filled("{z" + wordings + " | "), "no clear difference |");
}

// "+0.190 ± 0.004 makes no clear difference" would contradict itself.
TEST_F(Text, SaysThatAClearDifferenceIsTooSmallToMatter) {
  values[0].small = values[1].small = true, figures[0].matters = 0.25, figures[1].matters = 0.25;
  EXPECT_EQ(filled("{x: raises | lowers | does not clearly change} it ({x})"),
            "raises it (+0.190 ± 0.004, less than the 0.25 that would matter)");
  EXPECT_EQ(filled("{y}"), "-19.0 ± 0.4 percentage points, less than the 25 that would matter");
  figures[1].matters = 0.01, values[1].difference->mean = -0.0062;
  EXPECT_EQ(filled("{y}"), "-0.6 ± 0.4 percentage points, less than the 1 that would matter");
  figures[0].matters = 2e6;
  EXPECT_EQ(filled("{x}"), "+0.190 ± 0.004, less than the 2000000 that would matter");
  figures[0].matters = 0.25;
  EXPECT_EQ(filled("{x: raises | lowers | not clearly changes | hardly changes} it ({x})"), "hardly changes it (+0.190 ± 0.004)");
  EXPECT_EQ(verdict_text(figures[0], values[0]), "higher, but less than what matters");
  values[0].small = false;
  EXPECT_EQ(filled("{x: raises | lowers | not clearly changes | hardly changes} it"), "raises it");
}

TEST_F(Text, SaysWhatIsWrong) {
  EXPECT_EQ(problem("{x} {w}"), "there is no figure 'w'");
  EXPECT_EQ(problem("{x.median}"), "'x' has no 'median'");
  EXPECT_EQ(problem("{x: a | b}"), "'x' has 2 wordings");
  EXPECT_EQ(problem("{x: a | b | c"), "the wordings of 'x' are not closed");
  EXPECT_EQ(problem("{x"), "'{x' is not closed");
  EXPECT_EQ(problem("x}"), "a '}' without its '{'");
}

TEST_F(Text, SaysWhereStructuresAgree) {
  auto other = values;
  const std::vector<std::string> structures{"mixture", "trait"};
  const auto says = [&] {
    return agreement_text(figures, structures, std::vector<std::vector<FigureValue>>{values, other}, plain);
  };
  EXPECT_EQ(says(), "Do mixture and trait agree? Yes: on all 3 figures below.");
  other[1].verdict = 0;
  EXPECT_EQ(says(), "Do mixture and trait agree? On 2 of 3 figures below; not on y (mixture lower; trait higher).");
}

}  // namespace
}  // namespace coalis
