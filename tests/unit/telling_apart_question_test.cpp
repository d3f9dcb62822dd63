// Which observation tells structures apart, asked and answered without the program and without a terminal.
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <nlohmann/json.hpp>

#include "coalis/io/answers/telling_apart_json.hpp"
#include "coalis/report/words/short_telling_apart_text.hpp"
#include "coalis/report/words/telling_apart_text.hpp"
#include "coalis/tasks/distinguish.hpp"
#include "support/support.hpp"

namespace coalis {
namespace {

TellingApartOptions options() {
  TellingApartOptions options;
  options.scenarios = {(test::source_dir() / "scenarios/twins/as-it-is.toml").string()};
  options.candidates = {"mixture", "trait"};
  options.organisations = {25};
  options.months = {6};
  options.coalitions = {1};
  options.replicates = 40;
  return options;
}

std::string problem_of(const TellingApartOptions& options) {
  const auto asked = read_telling_apart(options);
  return asked.ok() || asked.problems.empty() ? "" : to_string(asked.problems.back());
}

TEST(TellingApartQuestion, SaysWhatIsWrongWithTheOptions) {
  auto wrong = options();
  wrong.candidates = {"mixture"};
  EXPECT_EQ(problem_of(wrong), "one candidate cannot be told apart; give --candidate twice or more");
  wrong.candidates = {"mixture", "mixtures=p.csv"};
  EXPECT_TRUE(problem_of(wrong).starts_with("--candidate mixtures=p.csv: choose one of ")) << problem_of(wrong);
  wrong = options();
  wrong.months = {6, 1000};
  EXPECT_NE(problem_of(wrong).find(" after its survey, after which 1000 months are to be observed; "), std::string::npos)
      << problem_of(wrong);
  wrong = options();
  wrong.organisations = {25, 116};
  EXPECT_TRUE(problem_of(wrong).starts_with("--organisations 116: ")) << problem_of(wrong);
  EXPECT_TRUE(problem_of(wrong).ends_with(" has 115 member organisations; observe no more than there are")) << problem_of(wrong);
  wrong = options();
  wrong.scenarios.push_back("none.toml");
  EXPECT_EQ(problem_of(wrong), "none.toml: cannot be used");
}

TEST(TellingApartQuestion, IsAnsweredAsAValue) {
  const auto asked = read_telling_apart(options());
  ASSERT_TRUE(asked.ok());
  std::size_t seen = 0;
  Watch watch;
  watch.progress = [&](std::size_t done, std::size_t of) {
    EXPECT_GE(done, seen);
    EXPECT_EQ(of, 80u);
    seen = done;
  };
  const auto answer = tell_apart(*asked.question, 2, watch);
  ASSERT_TRUE(answer);
  EXPECT_EQ(seen, 80u);
  ASSERT_EQ(answer->rows.size(), 3u);  // lists so far, the survey repeated, lists from then on
  EXPECT_EQ(answer->guessing(), 0.5);
  const LeastEffort effort = least_effort(*answer);
  EXPECT_LE(answer->rows[effort.fewest_errors].result.error, answer->rows[effort.cheapest].result.error);
  EXPECT_NE(to_text(*answer).find("attendance lists so far\t25\t1\t"), std::string::npos);
  const auto json = nlohmann::json::parse(json_text(*answer));
  EXPECT_EQ(json.at("rows").at(1).at("error").get<double>(), answer->rows[1].result.error);
  EXPECT_EQ(json.at("candidates").at(1).at("structure"), "trait");
}

// Rows of one coalition of so many organisations over 6 months, by their errors and standard errors.
TellingApartAnswer watched(const std::vector<std::array<double, 3>>& rows) {
  TellingApartAnswer answer;
  answer.candidates = {{"mixture", ""}, {"trait", ""}};
  answer.replicates = 200;
  for (const auto& [organisations, error, se] : rows) {
    PossibleObservation one{"attendance lists: x", 0, static_cast<std::size_t>(organisations), 6,
                            PossibleObservation::Kind::lists};
    answer.rows.push_back({one, 1, {error, se, {}}});
  }
  return answer;
}

TEST(TellingApartQuestion, WhatIsNotToldFromGuessingIsNotChosen) {
  // 2.3 standard errors are told from guessing where that alone is tried, not as the best of twelve.
  const std::array<double, 3> lucky{25, 0.442, 0.025}, none{50, 0.5, 0.025};
  EXPECT_TRUE(least_effort(watched({lucky})).better_than_guessing);
  std::vector<std::array<double, 3>> many(12, none);
  many[3] = lucky;
  EXPECT_FALSE(least_effort(watched(many)).better_than_guessing);
  EXPECT_NE(short_telling_apart_answer(watched(many)).find("None of these would tell them apart"), std::string::npos);
  EXPECT_NE(to_text(watched(many)).find("None of these would tell them apart"), std::string::npos);
  // The cheaper one errs no more often than doubt allows, and is itself not told from guessing.
  const LeastEffort effort = least_effort(watched({{25, 0.46, 0.03}, {50, 0.39, 0.025}, {100, 0.38, 0.025}}));
  EXPECT_TRUE(effort.better_than_guessing);
  EXPECT_EQ(effort.fewest_errors, 2u);
  EXPECT_EQ(effort.cheapest, 1u);
}

TEST(TellingApartQuestion, IsCancelledInTheMiddle) {
  const auto asked = read_telling_apart(options());
  ASSERT_TRUE(asked.ok());
  std::atomic<bool> cancel = false;
  std::size_t seen = 0;
  Watch watch{.cancel = &cancel};
  watch.progress = [&](std::size_t done, std::size_t) { seen = done, cancel = true; };
  EXPECT_FALSE(tell_apart(*asked.question, 1, watch));
  EXPECT_GT(seen, 0u);
  EXPECT_LT(seen, asked.question->cases());
}

}  // namespace
}  // namespace coalis
