// Sentences against the numbers they are made of: every number recomputed from the runs by brute force, mirrored when the options
// are swapped, no word stronger than its interval.
#include "coalis/report/words/sentences.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <random>
#include <regex>

#include "coalis/model/outcome_rows.hpp"
#include "coalis/model/record.hpp"
#include "coalis/network/outcomes.hpp"
#include "coalis/report/words/likelihood.hpp"
#include "coalis/report/words/outcome_words.hpp"
#include "coalis/report/words/short_sentences.hpp"
#include "coalis/report/words/survey_words.hpp"
#include "coalis/statistics/intervals.hpp"

namespace coalis {
namespace {

const Option one{"A", "one centre"}, three{"B", "three hubs"};

// Runs of one outcome of two scenarios.
struct Runs {
  std::string outcome;
  std::vector<double> a, b;
  double matters;
};

double mean_of(const std::vector<double>& x) {
  double sum = 0;
  for (const double v : x) sum += v;
  return sum / static_cast<double>(x.size());
}
double quantile_of(std::vector<double> x, double p) {  // type 7
  std::sort(x.begin(), x.end());
  const double h = static_cast<double>(x.size() - 1) * p;
  const auto j = static_cast<std::size_t>(h);
  return j + 1 >= x.size() ? x.back() : x[j] + (h - static_cast<double>(j)) * (x[j + 1] - x[j]);
}
std::vector<double> differences(const Runs& r) {
  std::vector<double> d;
  for (std::size_t i = 0; i < r.a.size(); ++i) d.push_back(r.b[i] - r.a[i]);
  return d;
}

OutcomeDifference difference_of(const Runs& r) {
  const auto d = differences(r);
  const double mean = mean_of(d);
  double squares = 0;
  for (const double x : d) squares += (x - mean) * (x - mean);
  const auto n = static_cast<double>(d.size());
  const auto count = [&](auto&& condition) { return static_cast<std::size_t>(std::count_if(d.begin(), d.end(), condition)); };
  const double se = std::sqrt(squares / (n - 1) / n), grain = std::max(grain_of(r.a), grain_of(r.b));
  return {.outcome = r.outcome,
          .reference = mean_of(r.a),
          .other = mean_of(r.b),
          .mean = mean,
          .se = se,
          .low = quantile_of(d, 0.1),
          .high = quantile_of(d, 0.9),
          .matters = r.matters,
          .above = count([&](double x) { return beyond(x, r.matters, grain) > 0; }),
          .below = count([&](double x) { return beyond(x, r.matters, grain) < 0; }),
          .pairs = d.size(),
          .left_out = 0,
          .same = count([](double x) { return x != 0; }) == 0,
          .grain = grain};
}

// 200 comparisons over all outcomes, from clear differences to none.
std::vector<Runs> random_comparisons() {
  std::mt19937 engine(7);
  std::normal_distribution<double> normal;
  const auto& quantities = outcome_quantities();
  std::vector<Runs> all;
  for (std::size_t i = 0; i < 200; ++i) {
    const Quantity& q = quantities[i % quantities.size()];
    const double spread = 2 * q.matters, shift = 3 * q.matters * normal(engine) * static_cast<double>(i % 3);
    Runs runs{q.name, {}, {}, q.matters};
    for (std::size_t r = 0; r < 20 + i; ++r) {
      runs.a.push_back(20 * q.matters + spread * normal(engine));
      runs.b.push_back(runs.a.back() + shift + spread * normal(engine));
    }
    all.push_back(std::move(runs));
  }
  return all;
}

Runs swapped(Runs r) {
  std::swap(r.a, r.b);
  return r;
}

// How a number is said, written anew: whole from 0.95 on where the outcome is said whole, one decimal else.
std::string said(const OutcomeWords& words, double value) {
  const double x = std::abs(value) * words.scale;
  std::string text = fmt::format("{:.{}f}", x, words.decimals == 0 && x >= 0.95 ? 0 : 1);
  if (text == "0.0") return "0";
  for (auto at = static_cast<int>(text.find('.') == std::string::npos ? text.size() : text.find('.')) - 3; at > 0; at -= 3)
    text.insert(static_cast<std::size_t>(at), ",");
  return text;
}

// The same where rounding would make it what matters, though it is not: more decimals.
std::string said_beside(const OutcomeWords& words, double value, double matters) {
  const std::string border = said(words, matters);
  if (said(words, value) != border || std::abs(std::abs(value) - matters) < 1e-6 * matters) return said(words, value);
  for (int decimals = 1; decimals < 4; ++decimals) {
    const std::string text = fmt::format("{:.{}f}", std::abs(value) * words.scale, decimals);
    if (text != fmt::format("{:.{}f}", matters * words.scale, decimals)) return text;
  }
  return border;
}

// With so many decimals at least.
std::string said_in(const OutcomeWords& words, double value, double matters, int decimals) {
  const auto at = [&](double x, int digits) {
    const std::string text = said(words, x);
    const int have = text.find('.') == std::string::npos ? 0 : 1;
    return text == "0" || have >= digits ? text : fmt::format("{:.{}f}", std::abs(x) * words.scale, digits);
  };
  for (int digits = decimals; digits < 4 && std::abs(std::abs(value) - matters) >= 1e-6 * matters; ++digits)
    if (at(value, digits) != at(matters, digits)) return at(value, digits);
  return at(value, decimals);
}

TEST(Sentences, EveryNumberIsThatOfTheRuns) {
  std::size_t clear = 0;
  for (const Runs& runs : random_comparisons()) {
    const OutcomeWords words = words_of(runs.outcome);
    const auto d = differences(runs);
    const std::string effect = effect_sentence(one, three, 43, difference_of(runs));
    const double mean = mean_of(d), low = quantile_of(d, 0.1), high = quantile_of(d, 0.9);
    const auto side = [&](double x) { return std::string(x > 0 ? words.more : words.less); };

    if (effect.find("do not differ clearly") == std::string::npos) {
      ++clear;
      const std::string size = said_in(words, mean, runs.matters, decimals_of(difference_of(runs)));
      std::string change(words.change);
      change = std::regex_replace(change, std::regex(R"(\{amount\})"), size);
      change = std::regex_replace(change, std::regex(R"(\{direction\})"), side(mean));
      change = std::regex_replace(change, std::regex(R"(\{s\})"), size == "1" ? "" : "s");
      EXPECT_EQ(effect.find("After 43 months B (three hubs) " + change + " than A (one centre): "), 0u) << effect;
    }
    // Levels, whole or with a decimal, are those of the runs.
    std::smatch level;
    ASSERT_TRUE(std::regex_search(effect, level, std::regex("([0-9.,]+) against ([0-9.,]+)"))) << effect;
    for (const auto& [text, value] : {std::pair{level[1].str(), mean_of(runs.b)}, std::pair{level[2].str(), mean_of(runs.a)}}) {
      const double number = std::stod(std::regex_replace(text, std::regex(","), ""));
      const auto point = text.find('.');
      const double last = point == std::string::npos ? 1 : std::pow(10, -static_cast<double>(text.size() - point - 1));
      EXPECT_NEAR(number, words.scale * value, 0.5000001 * last) << effect;
    }
    const std::string ends = effect.substr(effect.find("8 in 10 runs: "));
    const std::string from = said_beside(words, low, runs.matters), to = said_beside(words, high, runs.matters);
    std::string expected;
    if (from == "0" && to == "0")
      expected = "no difference";
    else if (from == "0" || to == "0")
      expected = "0 to " + (from == "0" ? to + " " + side(high) : from + " " + side(low));
    else if (low < 0 && high > 0)
      expected = from + " " + std::string(words.less) + " to " + to + " " + std::string(words.more);
    else
      expected = (from == to ? "" : low > 0 ? from + " to " : to + " to ") + (low > 0 ? to : from) + " " + side(low);
    EXPECT_EQ(ends, "8 in 10 runs: " + expected + ".");
  }
  EXPECT_GT(clear, 60u);
}

TEST(Sentences, CountsAreThoseOfTheRunsAndTheWordIsThatOfTheirInterval) {
  for (const Runs& runs : random_comparisons()) {
    const auto d = differences(runs);
    std::size_t above = 0, below = 0;
    for (const double x : d) above += x > runs.matters, below += x < -runs.matters;
    const std::size_t within = d.size() - above - below, most = std::max({above, below, within});
    const std::string sentence = likelihood_sentence(one, three, difference_of(runs));
    const Interval interval = wilson(most, d.size());
    const std::string count = fmt::format("{} of {} paired runs ({:.0f}-{:.0f} %)", most, d.size(),
                                          std::floor(100 * interval.low + 1e-9), std::ceil(100 * interval.high - 1e-9));
    EXPECT_NE(sentence.find(count), std::string::npos) << sentence;
    EXPECT_NE(sentence.find(said(words_of(runs.outcome), runs.matters)), std::string::npos) << sentence;  // what matters
    if (const auto word = likelihood(most, d.size()))
      EXPECT_NE(sentence.find(fmt::format("{} ({})", word->word, word->range)), std::string::npos) << sentence;
    else
      EXPECT_NE(sentence.find("too few runs for a word"), std::string::npos) << sentence;
    // All runs are accounted for: the counts behind the interval add up to the rest.
    std::size_t rest = 0;
    const std::string after = sentence.substr(sentence.find(';'));
    const std::regex counts(most == within ? R"(in (\d+) )" : R"((\d+) (?:differ|differs|is|are))");
    for (std::sregex_iterator it(after.begin(), after.end(), counts), end; it != end; ++it) rest += std::stoul((*it)[1]);
    if (most == within) {  // "in 3 B is better, in 4 worse"
      EXPECT_EQ(rest, above + below) << sentence;
    } else {
      EXPECT_EQ(rest, d.size() - most) << sentence;
    }
  }
}

// Changes what is said of B into what is said of A: labels, and every direction.
std::string mirrored(const std::string& text, const OutcomeWords& words) {
  static const std::regex token(R"(B \(three hubs\)|A \(one centre\)|by no more|by more|more likely|more unlikely|\w+)");
  const std::map<std::string, std::string> other{{"B (three hubs)", "A (one centre)"},
                                                 {"A (one centre)", "B (three hubs)"},
                                                 {"A", "B"},
                                                 {"B", "A"},
                                                 {"better", "worse"},
                                                 {"worse", "better"},
                                                 {std::string(words.more), std::string(words.less)},
                                                 {std::string(words.less), std::string(words.more)},
                                                 {"higher", "lower"},
                                                 {"lower", "higher"}};
  std::string result;
  std::size_t at = 0;
  for (std::sregex_iterator it(text.begin(), text.end(), token), end; it != end; ++it) {
    result += text.substr(at, static_cast<std::size_t>(it->position()) - at);
    const auto found = other.find(it->str());
    result += found == other.end() ? it->str() : found->second;
    at = static_cast<std::size_t>(it->position() + it->length());
  }
  return result + text.substr(at);
}

// With the options swapped, so that the centre is the one that is looked at.
TEST(Sentences, SwappingMirrorsTheText) {
  std::size_t whole = 0;
  for (const Runs& runs : random_comparisons()) {
    const OutcomeWords words = words_of(runs.outcome);
    const OutcomeDifference d = difference_of(runs);
    const OutcomeDifference back = difference_of(swapped(runs));
    if (d.above == d.below) continue;
    std::string effect = mirrored(effect_sentence(one, three, 43, d), words);
    const std::string expected = effect_sentence(three, one, 43, back);
    // What is listed by size, not by option, changes its place: levels, and ends of a range that holds zero.
    const auto reordered = [&](const std::string& text) {
      const std::string levels = std::regex_replace(text, std::regex("([0-9.,]+) against ([0-9.,]+)"), "$2 against $1");
      return std::regex_replace(levels, std::regex("runs: ([0-9.,]+ \\w+) to ([0-9.,]+ \\w+)"), "runs: $2 to $1");
    };
    EXPECT_EQ(reordered(effect), expected);
    std::string likely = mirrored(likelihood_sentence(one, three, d), words);
    // "in 3 B is better, in 4 worse" lists the better first.
    likely = std::regex_replace(likely, std::regex(R"(in (\d+) (\w) is (\w+), in (\d+) (\w+))"), "in $4 $2 is $5, in $1 $3");
    EXPECT_EQ(likely, likelihood_sentence(three, one, back));
    ++whole;
  }
  EXPECT_GT(whole, 150u);
}

TEST(Sentences, EqualScenariosAreTheSame) {
  const Runs runs{"engaged", {0.4, 0.5, 0.6}, {0.4, 0.5, 0.6}, 0.03};
  EXPECT_EQ(
      effect_sentence(one, three, 43, difference_of(runs)),
      "After 43 months B (three hubs) and A (one centre) are the same in every run: 50 organisations in 100 engaged on average.");
  EXPECT_EQ(likelihood_sentence(one, three, difference_of(runs)), "In this model B and A are the same in 3 paired runs.");
}

OutcomeDifference example() {
  return {.outcome = "engaged",
          .reference = 0.46,
          .other = 0.52,
          .mean = 0.06,
          .se = 0.004,
          .low = -0.01,
          .high = 0.14,
          .matters = 0.03,
          .above = 152,
          .below = 8,
          .pairs = 200,
          .left_out = 0,
          .same = false};
}

TEST(Sentences, ReadAsTheyShould) {
  const Sentences s = sentences(one, three, 43, example(), {}, {1}, {38'517, 92'552.4, 23'697, 21'000});
  EXPECT_EQ(
      s.effect,
      "After 43 months B (three hubs) keeps 6 more organisations in 100 engaged than A (one centre): 52 against 46 on average; "
      "8 in 10 runs: 1 fewer to 14 more.");
  EXPECT_EQ(
      s.likelihood,
      "In this model B is likely (66-100 %) better by more than 3 in 100: 152 of 200 paired runs (69-82 %); 40 differ by no "
      "more, 8 are worse by more.");
  EXPECT_EQ(s.uncertainty,
            "Uncertainty included: chance alone; not included: uncertain parameters and other structures of the model. Real "
            "coalitions may differ by more.");
  EXPECT_EQ(
      s.cost,
      "Cost: B takes 54,035 USD a year more than A as planned (92,552 against 38,517); members' own time and travel, which is "
      "not part of it: 21,000 USD a year in B, 23,697 in A.");
}

// "3 more" and then "differ by 3 at most" would contradict each other; so would "hardly more than 0" and "not clearly".
TEST(Sentences, RoundingDoesNotContradict) {
  OutcomeDifference d = example();
  d.mean = 0.0341, d.other = 0.4941, d.low = 0.0262, d.high = 0.0338;
  d.above = 60, d.below = 0;
  EXPECT_EQ(
      effect_sentence(one, three, 43, d),
      "After 43 months B (three hubs) keeps 3.4 more organisations in 100 engaged than A (one centre): 49.4 against 46.0 on "
      "average; 8 in 10 runs: 2.6 to 3.4 more.");
  EXPECT_EQ(likelihood_sentence(one, three, d),
            "In single runs of this model B and A are more likely than not (50-100 %) to differ by 3 in 100 at most: 140 of 200 "
            "paired runs (63-76 %); in 60 B is better, in 0 worse by more.");
  d.mean = 0.03, d.other = 0.49;  // it is 3
  EXPECT_NE(effect_sentence(one, three, 43, d).find("keeps 3 more organisations"), std::string::npos);
  EXPECT_EQ(change_text(d), "3 more");
  d.mean = 0.0004, d.se = 0.0001, d.other = 0.4604;  // clear, and too small for a decimal
  EXPECT_NE(effect_sentence(one, three, 43, d)
                .find("keeps 0.04 more organisations in 100 engaged than A (one centre): 46.04 against 46.00 on average"),
            std::string::npos)
      << effect_sentence(one, three, 43, d);
  EXPECT_EQ(change_text(d), "0.04 more");
  d.mean = 0.000004, d.se = 0.000001;  // for three as well
  EXPECT_NE(effect_sentence(one, three, 43, d).find("hardly differ: 46 against 46 organisations"), std::string::npos);
  EXPECT_EQ(change_text(d), "under 0.001 more");
  d.mean = 0.0004;
  d.se = 0.0002, d.pairs = 10;  // 2 standard errors of 10 runs are not clear (Student's t: 2.26)
  EXPECT_NE(effect_sentence(one, three, 43, d).find("do not differ clearly"), std::string::npos);
}

// The terminal's sentence and the page's judge alike.
TEST(Sentences, WhatIsTooLittleToMatterIsSaidToBe) {
  const auto said = [](const std::string& text) { return text.find(", too little to matter") != text.npos; };
  for (const double mean : {0.003, 0.0299, 0.0301, 0.06})
    for (const double se : {0.0001, 0.002, 0.05}) {
      OutcomeDifference d = example();
      d.mean = mean, d.other = d.reference + mean, d.se = se;
      const bool little = se < mean / 2 && mean < d.matters;
      EXPECT_EQ(too_little_to_matter(d), little) << mean << " " << se;
      EXPECT_EQ(said(effect_sentence(one, three, 43, d)), little) << effect_sentence(one, three, 43, d);
      EXPECT_EQ(said(short_answer(one, three, d)), little) << short_answer(one, three, d);
    }
}

OutcomeDifference between(double reference, double other) {
  OutcomeDifference d = example();
  d.reference = reference, d.other = other, d.mean = other - reference;
  return d;
}

TEST(Sentences, ReadersCanSubtractTheLevels) {
  std::vector<OutcomeDifference> answer{between(0.521, 0.5757), between(0.521, 0.621)};
  EXPECT_NE(effect_sentence(one, three, 43, answer[0])
                .find("keeps 5.5 more organisations in 100 engaged than A (one centre): 57.6 against 52.1"),
            std::string::npos);
  EXPECT_NE(effect_sentence(one, three, 43, answer[1]).find("keeps 10 more organisations"), std::string::npos);
  say_alike(answer);  // of one answer: A has one number beside both
  EXPECT_NE(effect_sentence(one, three, 43, answer[0]).find(": 57.6 against 52.1"), std::string::npos);
  EXPECT_NE(effect_sentence(one, three, 43, answer[1])
                .find("keeps 10.0 more organisations in 100 engaged than A (one centre): 62.1 against 52.1"),
            std::string::npos);
  EXPECT_EQ(change_text(answer[1]), "10.0 more");
}

TEST(Sentences, AnAverageSaysHowManyMonthsAreBeforeTheChange) {
  OutcomeDifference hours = example();
  hours.outcome = "hours_given", hours.reference = 2.2, hours.other = 4.0, hours.mean = 1.8, hours.se = 0.09, hours.matters = 1;
  const Option post{"B", "a post", 12};
  EXPECT_TRUE(
      effect_sentence(one, post, 36, hours)
          .ends_with(" Of the 36 months counted, 12 are before B begins to differ; in the others it is 2.7 hours a year more."));
  EXPECT_EQ(effect_sentence(one, post, 36, example()).find("months counted"), std::string::npos);  // engaged is of the last 12
  EXPECT_TRUE(effect_sentence(one, post, 18, example()).ends_with(" Of the 12 months counted, 6 are before B begins to differ."));
  EXPECT_EQ(effect_sentence(one, three, 36, hours).find("months counted"), std::string::npos);
  EXPECT_EQ(
      cost_sentence(one, post, 36, {42'400, 72'400, std::nan(""), std::nan("")}),
      "Cost: B takes 30,000 USD a year more than A as planned (72,400 against 42,400); of the 36 months counted, 12 are before B "
      "begins to differ; in the others it is 45,000 USD a year more.");
  YearlyCosts later{42'400, 72'400, std::nan(""), std::nan(""), {-300, 30}, {}, 24, " from July 2008 on"};
  EXPECT_EQ(
      cost_sentence(one, post, 36, later),
      "Cost: B takes 30,000 USD a year more than A as planned from July 2008 on (72,400 against 42,400); in the runs of that "
      "time B spends 900 ± 90 USD a year less than A.");
  EXPECT_EQ(
      short_costs(one, post, 36, later),
      (std::vector<std::string>{"B costs 30,000 USD a year more than A as planned from July 2008 on: 72,400 against 42,400.",
                                "In the runs of that time B spends 900 ± 90 USD a year less than A."}));
  later.members_reference = 24'000, later.members_other = 25'000, later.members = {1'000, 100};
  EXPECT_EQ(short_costs(one, post, 36, later).back(),
            "Members' own time and travel comes on top: from July 2008 on B takes 3,000 ± 300 USD a year more than A.");
  EXPECT_NE(cost_sentence(one, post, 36, later).find(", over all 36 months: 25,000 USD a year in B"), std::string::npos);
  const auto since = where_they_differ(post, 36, hours);
  ASSERT_TRUE(since);
  EXPECT_NEAR(since->mean, 2.7, 1e-12);
  EXPECT_NEAR(since->se, 0.135, 1e-12);
  EXPECT_FALSE(where_they_differ(post, 36, example()) || where_they_differ(three, 36, hours));
  EXPECT_EQ(month_of_run(post, 28), "month 29 of the run, 16 months after the first in which B differs");
  EXPECT_EQ(month_of_run(three, 28), "month 29 of the run");
}

TEST(Sentences, SharesOfOneWholeAddUp) {
  using Texts = std::vector<std::string>;
  EXPECT_EQ(percents({0.425, 0.575, 0}), (Texts{"43 %", "57 %", "0 %"}));
  EXPECT_EQ(percents({0.995, 0.005, 0}), (Texts{"99 %", "1 %", "0 %"}));
  EXPECT_EQ(percents({0.005, 0.99, 0.005}), (Texts{"1 %", "98 %", "1 %"}));
  EXPECT_EQ(percents({1, 0, 0}), (Texts{"100 %", "0 %", "0 %"}));
  EXPECT_EQ(percents({std::nan(""), std::nan("")}), (Texts{"-", "-"}));
}

// A reader who sees 90-97 % and "likely" asks why not "very likely".
TEST(Likelihood, ThePrintedIntervalBelongsToTheWord) {
  EXPECT_EQ(counted_share(188, 200, "paired runs"), "188 of 200 paired runs (89-97 %)");
  for (const std::size_t n : {20u, 137u, 200u})
    for (std::size_t k = 0; k <= n; ++k) {
      const std::string text = counted_share(k, n, "runs");
      std::smatch found;
      ASSERT_TRUE(std::regex_search(text, found, std::regex(R"(\((\d+)-(\d+) %\))"))) << text;
      const int low = std::stoi(found[1]), high = std::stoi(found[2]);
      const auto word = likelihood(k, n);
      const std::string_view said = word ? word->word : "";
      EXPECT_EQ(low >= 90, said == "very likely" || said == "virtually certain") << text;
      EXPECT_EQ(high <= 10, said == "very unlikely" || said == "exceptionally unlikely") << text;
      EXPECT_EQ(low >= 66 && low < 90, said == "likely") << text;
    }
}

TEST(Sentences, NoWordOutsideSupportedRanges) {
  const std::string sentence = likelihood_sentence(one, three, example(), {"hubs.South.fte"});
  EXPECT_EQ(
      sentence,
      "In this model B is better by more than 3 in 100 in 152 of 200 paired runs (69-82 %); 40 differ by no more, 8 are worse "
      "by more. No word for likelihood is given: hubs.South.fte lies outside the range that evidence supports.");
  EXPECT_EQ(sentence.find("likely ("), std::string::npos);
}

TEST(Sentences, SayWhichUncertaintyIsIncluded) {
  EXPECT_NE(uncertainty_sentence({50, 1}).find("chance and uncertain parameters (50 sets) alone; not included: other structures"),
            std::string::npos);
  EXPECT_EQ(
      uncertainty_sentence({50, 3}),
      "Uncertainty included: chance, uncertain parameters (50 sets) and 3 structures of the model. Real coalitions may differ "
      "by more.");
}

TEST(Sentences, ConfidenceIsLowForOneSurveyAndNeverHigh) {
  EXPECT_EQ(confidence({0}), "low");
  EXPECT_EQ(confidence({1}), "low");
  EXPECT_EQ(confidence({2}), "medium");
  EXPECT_EQ(confidence({9}), "medium");
}

TEST(Sentences, ZeroMattersAndMissingValues) {
  OutcomeDifference d = example();
  d.matters = 0;
  d.above = 180, d.below = 10;
  EXPECT_EQ(likelihood_sentence(one, three, d),
            "In this model B is likely (66-100 %) better: 180 of 200 paired runs (85-94 %); 10 are equal, 10 are worse.");
  d.pairs = 0;
  EXPECT_EQ(effect_sentence(one, three, 43, d),
            "Engaged has no run with a value in both A (one centre) and B (three hubs): nothing to compare.");
  d.reference = std::nan("");
  EXPECT_EQ(
      effect_sentence(one, three, 43, d),
      "Engaged has no value in any run of A (one centre), so that there is nothing to compare; in B (three hubs) it is 52 in 100 "
      "on average.");
  d.other = std::nan("");
  EXPECT_EQ(effect_sentence(one, three, 43, d),
            "Engaged has no value in A (one centre) nor in B (three hubs): nothing to compare.");
  EXPECT_EQ(likelihood_sentence(one, three, d), "");
  d.mean = std::nan("");
  EXPECT_EQ(change_text(d), "missing");
  EXPECT_EQ(amount(words_of(d.outcome), d.mean), "missing");
}

TEST(OutcomeWords, MonthsCountedAreThoseOfTheObservation) {
  for (const auto* name : {"engaged", "engaged_steadily", "participation.training", "participation_remote", "regional_gap"})
    EXPECT_EQ(months_of(name, 43), 12) << name;
  for (const auto* name : {"never_attended", "hours_given", "hours_per_goal", "conflict"})
    EXPECT_EQ(months_of(name, 43), 43) << name;
  for (const auto* name : {"enrolled", "goal_attainment", "network.density"}) EXPECT_EQ(months_of(name, 43), 1) << name;
  EXPECT_TRUE(is_burden("hours_per_goal") && is_burden("member_cost"));
  EXPECT_FALSE(is_burden("engaged") || is_burden("planned_cost"));
}

TEST(OutcomeWords, ThereIsARowForEveryOutcome) {
  for (const Quantity& quantity : all_outcome_quantities()) {
    const OutcomeWords words = words_of(quantity.name);
    EXPECT_NE(words.change.find("{amount}"), std::string_view::npos);
    EXPECT_NE(words.change.find("{direction}"), std::string_view::npos);
    EXPECT_EQ(words.scale, quantity.unit == "1" ? 100 : 1) << quantity.name;
    EXPECT_EQ(definition(quantity.name).find("ever-member"), std::string::npos) << definition(quantity.name);
  }
  EXPECT_THROW(words_of("no such outcome"), std::out_of_range);
  EXPECT_EQ(definition("engaged"), "Engaged: share of all that were ever members that attended any event in the last 12 months.");
}

TEST(Likelihood, WilsonMirrorsAndHoldsTheShare) {
  for (std::size_t n = 1; n <= 200; ++n) {
    for (std::size_t k = 0; k <= n; ++k) {
      const Interval one_way = wilson(k, n), other_way = wilson(n - k, n);
      if (2 * k < n) {
        EXPECT_EQ(other_way.low, 1 - one_way.high);
        EXPECT_EQ(other_way.high, 1 - one_way.low);
      }
      const double share = static_cast<double>(k) / static_cast<double>(n);
      EXPECT_TRUE(0 <= one_way.low && one_way.low <= share && share <= one_way.high && one_way.high <= 1) << k << " of " << n;
      // Wilson's bounds are where the share is 1.96 standard errors of the bound away.
      for (const double bound : {one_way.low, one_way.high})
        if (bound > 1e-12 && bound < 1 - 1e-12) {
          EXPECT_NEAR(std::abs(share - bound) / std::sqrt(bound * (1 - bound) / static_cast<double>(n)), 1.959963984540054, 1e-6);
        }
    }
  }
  EXPECT_THROW(wilson(0, 0), std::invalid_argument);
  EXPECT_THROW(wilson(3, 2), std::invalid_argument);
}

}  // namespace
}  // namespace coalis
