// A comparison asked, answered, watched and cancelled, without the program and without a terminal.
#include <gtest/gtest.h>

#include <atomic>
#include <nlohmann/json.hpp>

#include "coalis/io/answers/comparison_json.hpp"
#include "coalis/model/fields.hpp"
#include "coalis/model/find_row.hpp"
#include "coalis/network/outcomes.hpp"
#include "coalis/questions/comparison/differences.hpp"
#include "coalis/questions/comparison/variants.hpp"
#include "coalis/report/words/comparison_text.hpp"
#include "coalis/tasks/compare.hpp"
#include "support/seven.hpp"
#include "support/support.hpp"

namespace coalis {
namespace {

ComparisonInput two_scenarios() {
  ComparisonInput input;
  input.scenarios = {test::seven_scenarios()[0].scenario, test::seven_scenarios()[0].scenario};
  input.scenarios[1].parameters.tie_prob *= 0.5;
  return input;
}

ComparisonOptions options_of(std::uint32_t replicates) {
  ComparisonOptions options;
  options.scenarios = {"a.toml", "b.toml"};
  options.outcomes = {"engaged", "never_attended"};
  options.replicates = replicates;
  return options;
}

// From which month on two differ, if only by what changes during the run.
TEST(ComparisonQuestion, MonthsAlikeAreThoseBeforeTheFirstChange) {
  Scenario a = test::seven_scenarios()[0].scenario;
  a.interventions.clear();
  a.series.front().until = a.calendar.months;
  Scenario b = a;
  b.name = "other", b.description = "other";
  EXPECT_EQ(months_alike(a, b), 0);
  const auto lever = [&](std::string_view name, double value, int from) {
    const auto row = static_cast<int>(find_row<Levers>(name) - fields<Levers>().data());
    return Intervention{"levers." + std::string(name), Target::levers, 0, row, value, from, a.calendar.months, 1};
  };
  b.interventions.push_back(lever("information", 2, 18));
  EXPECT_EQ(months_alike(a, b), 18);
  b.interventions.push_back(lever("online_access", 1, 12));
  EXPECT_EQ(months_alike(a, b), 12);
  EXPECT_EQ(months_alike(b, a), 12);
  a.interventions.push_back(b.interventions.back());
  EXPECT_EQ(months_alike(a, b), 18);
  b.hubs.emplace_back().name = "idle so far";
  b.series.push_back(b.series.front());
  b.series.back().name = "new", b.series.back().from = 16;
  EXPECT_EQ(months_alike(a, b), 16);
  b.series.front().until = 14;
  EXPECT_EQ(months_alike(b, a), 14);
  b.interventions.back().until = 13;
  EXPECT_EQ(months_alike(a, b), 13);
  b.hubs.back().fte = 1;
  EXPECT_EQ(months_alike(a, b), 0);
  b.hubs.pop_back();
  EXPECT_EQ(months_alike(a, b), 13);
  b.parameters.tie_prob *= 0.5;
  EXPECT_EQ(months_alike(a, b), 0);
}

std::string problem_of(const ComparisonOptions& options, const ComparisonInput& input) {
  const auto asked = ask(options, input);
  EXPECT_FALSE(asked.ok());
  return asked.problems.empty() ? "" : to_string(asked.problems.back());
}

// Counts what it is given.
struct CountingSink final : ComparisonSink {
  std::size_t added = 0, finished = 0;
  void add(const Comparison& question, std::span<const RunRecord> records) override {
    EXPECT_EQ(records.size(), question.scenarios.size());
    ++added;
  }
  void finish(const ComparisonAnswer& answer) override { finished = answer.replicates(); }
};

TEST(ComparisonQuestion, OptionsAreResolvedOnce) {
  ComparisonOptions wanted = options_of(0);
  wanted.matters = {"engaged=0.07"};
  wanted.structures = {"decision"};
  wanted.precision = 0.01, wanted.on = "engaged";
  wanted.seed = 7;
  const auto asked = ask(wanted, two_scenarios());
  ASSERT_TRUE(asked.ok()) << to_string(asked.problems.front());
  const Comparison& question = *asked.question;
  EXPECT_EQ(question.scenarios.size(), 2u);
  EXPECT_EQ(question.scenarios[1].label, "B");
  EXPECT_EQ(question.scenarios[1].file, "b.toml");
  EXPECT_EQ(question.outcomes.size(), 2u);
  EXPECT_EQ(question.matters[question.outcomes[0]], 0.07);
  EXPECT_EQ(question.replicates, 65'536u);
  EXPECT_EQ(question.precision->outcome, question.outcomes[0]);
  EXPECT_EQ(question.switches, (std::vector<bool>{false, true, false}));
  EXPECT_EQ(question.structures.size(), 3u);  // the own and two others
  EXPECT_EQ(question.runs(), 3 * question.replicates);
  EXPECT_NE(question.variants(1)[0][0].structure.decision, question.variants(0)[0][0].structure.decision);
  EXPECT_FALSE(question.further());
  wanted.outcomes = {"network"};
  EXPECT_TRUE(ask(wanted, two_scenarios()).question->further());
}

TEST(ComparisonQuestion, WhatIsWrongIsSaidWithItsOption) {
  const ComparisonInput input = two_scenarios();
  ComparisonOptions one = options_of(10);
  one.scenarios = {"a.toml"};
  EXPECT_EQ(problem_of(one, input),
            "one scenario is nothing to compare; name two or more, or options with --with (coalis options lists some)");
  ComparisonOptions wrong = options_of(10);
  wrong.outcomes = {"engagd"};
  EXPECT_EQ(problem_of(wrong, input),
            "--outcomes engagd: there is no such outcome; did you mean 'engaged'? coalis defaults lists all");
  wrong = options_of(10);
  wrong.matters = {"engaged=-1"};
  EXPECT_EQ(problem_of(wrong, input), "--matters engaged=-1: the difference must be a number, 0 or more");
  wrong = options_of(10);
  wrong.precision = 0.01, wrong.on = "engaged";
  EXPECT_EQ(problem_of(wrong, input), "--replicates 10: --precision looks at 64 replicates first; allow as many");
  ComparisonInput other = input;
  other.scenarios[1].calendar.months -= 1;
  EXPECT_TRUE(problem_of(options_of(10), other).ends_with("compare scenarios of one calendar, or --set it"));
}

TEST(ComparisonQuestion, IsAnsweredWithProgressSeen) {
  const auto asked = ask(options_of(20), two_scenarios());
  ASSERT_TRUE(asked.ok());
  std::size_t last = 0, of = 0;
  bool upwards = true;
  const Watch watch{
      .progress = [&](std::size_t done, std::size_t all) { upwards = upwards && done >= last, last = done, of = all; }};
  CountingSink sink;
  const ComparisonAnswer answer = compare(*asked.question, 2, watch, &sink);
  EXPECT_TRUE(answer.whole);
  EXPECT_EQ(answer.replicates(), 20u);
  EXPECT_TRUE(upwards);
  EXPECT_EQ(last, 20u);
  EXPECT_EQ(of, asked.question->runs());
  EXPECT_EQ(sink.added, 20u);
  EXPECT_EQ(sink.finished, 20u);
  const auto json = nlohmann::json::parse(json_text(answer));
  EXPECT_EQ(json["replicates"], 20);
  EXPECT_EQ(json["differences"]["B"].size(), 2u);
  EXPECT_NE(to_text(answer).find("20 replicates, seed 1"), std::string::npos);
  EXPECT_EQ(json_text(compare(*asked.question, 1, {})), json_text(answer));  // of any number of threads
}

TEST(ComparisonQuestion, OtherStructuresAreRunAndTold) {
  ComparisonOptions wanted = options_of(8);
  wanted.structures = {"decision"};
  const auto asked = ask(wanted, two_scenarios());
  const ComparisonAnswer answer = compare(*asked.question, 2, {});
  ASSERT_EQ(answer.variants.size(), 2u);
  EXPECT_EQ(structures_compared(answer).size(), 3u);
  EXPECT_EQ(structures_compared(answer)[1].mean[0].size(), 1u);
  EXPECT_FALSE(variances_of(answer).empty());
}

TEST(ComparisonQuestion, CancelledKeepsWhatIsFinished) {
  ComparisonOptions wanted = options_of(5'000);
  wanted.structures = {"decision"};
  const auto asked = ask(wanted, two_scenarios());
  std::atomic<bool> cancel{false};
  const Watch watch{.cancel = &cancel, .progress = [&](std::size_t done, std::size_t) { cancel = done >= 3; }};
  CountingSink sink;
  const ComparisonAnswer answer = compare(*asked.question, 2, watch, &sink);
  EXPECT_FALSE(answer.whole);
  EXPECT_TRUE(answer.cut_short());
  EXPECT_GE(answer.replicates(), 3u);
  EXPECT_LT(answer.replicates(), 5'000u);
  EXPECT_TRUE(answer.variants.empty());
  EXPECT_EQ(sink.added, answer.replicates());
  EXPECT_EQ(sink.finished, answer.replicates());
  EXPECT_EQ(nlohmann::json::parse(json_text(answer))["interrupted"], true);
}

TEST(ComparisonQuestion, CancelledBeforeTheFirstRunKeepsNothing) {
  const auto asked = ask(options_of(10), two_scenarios());
  const std::atomic<bool> cancel{true};
  CountingSink sink;
  const ComparisonAnswer answer = compare(*asked.question, 1, {.cancel = &cancel}, &sink);
  EXPECT_EQ(answer.replicates(), 0u);
  EXPECT_EQ(sink.finished, 0u);
  EXPECT_FALSE(answer.whole);
}

TEST(ComparisonQuestion, IsReadFromFiles) {
  ComparisonOptions wanted;
  const auto scenarios = test::source_dir() / "scenarios";
  wanted.scenarios = {(scenarios / "illinois.toml").string(), (scenarios / "illinois-three-hubs.toml").string()};
  wanted.lever = "fte";
  const auto asked = read_comparison(wanted, {});
  ASSERT_TRUE(asked.ok());
  EXPECT_TRUE(asked.question->scenarios[1].budget);
  EXPECT_NE(asked.question->evidence, "");
  EXPECT_EQ(asked.question->replicates, 200u);
  EXPECT_FALSE(budget_sentence(*asked.question, asked.question->scenarios[1]).empty());
  wanted.set = {"parameters.nothing=1"};
  EXPECT_FALSE(read_comparison(wanted, {}).ok());
}

}  // namespace
}  // namespace coalis
