// Who will come, asked and answered without the program and without a terminal: the scores of tables that are known by hand.
#include <gtest/gtest.h>

#include <atomic>
#include <nlohmann/json.hpp>

#include "coalis/io/answers/forecast_json.hpp"
#include "coalis/report/words/forecast_text.hpp"
#include "coalis/tasks/forecast.hpp"
#include "support/folder.hpp"
#include "support/support.hpp"

namespace coalis {
namespace {

// One who always came and one who never did; the third meeting is held out.
ForecastQuestion by_hand() {
  ForecastQuestion question;
  question.attendance = "t.csv";
  question.list = {{"always", "never"}, {"1", "2", "3"}, {2, 3, {1, 1, 1, 0, 0, 0}}};
  question.hold_out = 1;
  question.past = question.last_year = {0, 1};
  question.held_out = {2};
  return question;
}

// Simulated: of two who came twice one comes again; those who stayed away stay away.
const AttendanceTable simulated{4, 3, {1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0}};

TEST(ForecastQuestion, ScoresAreThoseByHand) {
  const ForecastAnswer answer = forecast_answer(by_hand(), std::vector<AttendanceTable>(100, simulated));
  ASSERT_EQ(answer.members.size(), 2u);
  EXPECT_EQ(answer.nearest, 50u);
  EXPECT_NEAR(answer.effective_size, 50, 1e-9);
  const auto& always = answer.members[0];
  EXPECT_NEAR(always.predicted[0].mean, .5, 1e-12);
  EXPECT_NEAR(always.predicted[0].crps, .25, 1e-12);
  EXPECT_EQ(always.alike, 100u);
  EXPECT_NEAR(answer.members[1].predicted[0].crps, 0, 1e-12);
  EXPECT_NEAR(answer.scores[0].crps, .125, 1e-12);
  EXPECT_NEAR(answer.scores[1].crps, 0, 1e-12);  // last year's rates are right here
  EXPECT_NEAR(answer.worse[1].value, .125, 1e-12);
  EXPECT_NEAR(answer.scores[0].covered, 1, 1e-12);
  ASSERT_EQ(answer.meetings.size(), 1u);
  EXPECT_NEAR(answer.meetings[0].predicted[0].mean, .5, 1e-12);
  EXPECT_NEAR(answer.meetings[0].predicted[0].crps, .25, 1e-12);  // nobody or one, with even chances
  EXPECT_EQ(answer.meetings[0].came, (CameOf{1, 2}));
}

// Coalitions whose past is as observed go before those in which nobody ever came.
TEST(ForecastQuestion, RestsOnTheNearestCoalitions) {
  std::vector<AttendanceTable> lists(60, simulated);
  AttendanceTable other = simulated;
  other.cells = {0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1};
  lists.insert(lists.begin(), 60, other);
  const ForecastAnswer answer = forecast_answer(by_hand(), lists);
  EXPECT_NEAR(answer.members[1].predicted[0].mean, 0, 1e-12);
  EXPECT_NEAR(answer.distance, answer.usual, 1e-12);
}

// Where nobody is quite alike, the nearest number of attendances goes.
TEST(ForecastQuestion, WidensUntilSomebodyIsAlike) {
  AttendanceTable once = simulated;
  once.cells = {1, 0, 1, 0, 1, 1, 0, 0, 0, 0, 0, 0};
  const ForecastAnswer answer = forecast_answer(by_hand(), std::vector<AttendanceTable>(100, once));
  EXPECT_NEAR(answer.members[0].predicted[0].mean, 1, 1e-12);
  EXPECT_NEAR(answer.members[1].predicted[0].mean, 0, 1e-12);
}

TEST(ForecastQuestion, OfWhoWasNotOnTheListNothingIsSaid) {
  ForecastQuestion question = by_hand();
  question.list.table.cells = {1, 1, 1, 0, 0, -1};
  const ForecastAnswer answer = forecast_answer(question, std::vector<AttendanceTable>(100, simulated));
  ASSERT_EQ(answer.members.size(), 1u);
  EXPECT_EQ(answer.meetings[0].came, (CameOf{1, 1}));
  AttendanceTable short_lists = simulated;
  for (std::size_t i = 0; i < 4; ++i) short_lists.cells[3 * i] = -1;
  EXPECT_THROW(forecast_answer(question, std::vector<AttendanceTable>(100, short_lists)), std::invalid_argument);
}

// Half of the coalitions say one thing and half another: which happened to be simulated is part of the error.
TEST(ForecastQuestion, TheModelsOwnChanceIsInTheInterval) {
  const std::vector<AttendanceTable> same(100, simulated);
  std::vector<AttendanceTable> mixed = same;
  for (std::size_t r = 0; r < mixed.size(); ++r)
    if (r % 10 < 3) mixed[r].cells = {1, 1, 0, 1, 1, 0, 0, 0, 1, 0, 0, 1};
  const auto width = [](const ForecastAnswer& answer) { return answer.worse[1].high - answer.worse[1].low; };
  const ForecastAnswer of_same = forecast_answer(by_hand(), same), of_mixed = forecast_answer(by_hand(), mixed);
  const auto members_alone = [](const ForecastAnswer& answer) {
    const double a = answer.members[0].predicted[0].crps - answer.members[0].predicted[1].crps;
    const double b = answer.members[1].predicted[0].crps - answer.members[1].predicted[1].crps;
    return std::abs(a - b);  // the widest that two members resampled can give
  };
  EXPECT_NEAR(width(of_same), members_alone(of_same), 1e-12);
  EXPECT_GT(width(of_mixed), members_alone(of_mixed) + .01);
}

TEST(ForecastQuestion, AHandfulIsNotTooNarrow) {
  ForecastAnswer answer = forecast_answer(by_hand(), std::vector<AttendanceTable>(100, simulated));
  answer.members.resize(4);
  answer.scores[0].covered = .75, answer.scores[0].expected = .98;
  EXPECT_EQ(width_of_intervals(answer), 0);  // 8 in 100 such would have a miss
  EXPECT_EQ(members_held(answer), "3 of 4");
  EXPECT_EQ(members_to_be_held(answer), "3.9");
  answer.members.resize(40);
  EXPECT_EQ(width_of_intervals(answer), -1);
  answer.scores[0].covered = 1, answer.scores[0].expected = .8;
  EXPECT_EQ(width_of_intervals(answer), 1);
}

TEST(ForecastQuestion, WhatIsTooSmallIsNoFinding) {
  EXPECT_EQ(clearly_worse({.002, .002, .002}), 0);
  ForecastAnswer answer = forecast_answer(by_hand(), std::vector<AttendanceTable>(100, simulated));
  answer.worse[1] = {.002, .002, .002};
  EXPECT_EQ(forecast_sentences(answer)[0],
            "The model and each member's own rate of last year forecast members alike: their errors differ by 0.002 meetings a "
            "member.");
}

TEST(ForecastQuestion, SaysWhoForecastsBetter) {
  EXPECT_EQ(clearly_worse({.1, .01, .2}), 1);
  EXPECT_EQ(clearly_worse({-.1, -.2, -.01}), -1);
  EXPECT_EQ(clearly_worse({.1, -.01, .2}), 0);
  ForecastAnswer answer = forecast_answer(by_hand(), std::vector<AttendanceTable>(100, simulated));
  answer.worse[1] = {.1, .01, .2};
  answer.worse[2] = {-.1, -.2, -.05};
  const auto sentences = forecast_sentences(answer);
  EXPECT_EQ(sentences[0],
            "A plain rule forecasts members better than the model: each member's own rate of last year. Its error is smaller by "
            "0.100 meetings a member (95 %: 0.010 to 0.200).");
  EXPECT_EQ(sentences[1],
            "The model forecasts members better than the beta-binomial of the past. Its error is smaller by 0.100 meetings a "
            "member (95 %: 0.050 to 0.200).");
}

class ForecastOfCouncils : public testing::Test {
 protected:
  ForecastOptions options() {
    std::string table = "organisation,2016-10,2017-01,2017-04,2017-07\n";
    for (int i = 0; i < 85; ++i)
      table += "O" + std::to_string(i) + (i % 3 == 0 ? ",1,1,0,1\n" : i % 3 == 1 ? ",0,0,0,1\n" : ",1,0,1,\n");
    ForecastOptions options;
    options.attendance = folder_.write("t.csv", table).string();
    options.runs.scenario = (test::source_dir() / "scenarios/sites/water-councils.toml").string();
    options.runs.replicates = 100;
    return options;
  }
  test::Folder folder_;
};

TEST_F(ForecastOfCouncils, IsAnsweredAsAValue) {
  auto asked = read_forecast(options(), 2, {});
  ASSERT_TRUE(asked.ok()) << (asked.problems.empty() ? "" : to_string(asked.problems.front()));
  EXPECT_EQ(asked.question->last_year, (std::vector<std::size_t>{0, 1}));  // from April 2017 back a year
  std::size_t seen = 0;
  Watch watch;
  watch.progress = [&](std::size_t done, std::size_t of) {
    seen = done;
    EXPECT_EQ(of, 100u);
  };
  const auto answer = forecast(std::move(*asked.question), 2, watch);
  ASSERT_TRUE(answer);
  EXPECT_EQ(seen, 100u);
  EXPECT_EQ(answer->members.size(), 85u);
  const auto json = nlohmann::json::parse(json_text(*answer));
  EXPECT_EQ(json.at("scores").at("model").at("crps").get<double>(), answer->scores[0].crps);
  EXPECT_EQ(json.at("members").at(2).at("held_out").at("of"), 1);
  EXPECT_NE(to_text(*answer).find("The last 2 of 4 meetings are held out"), std::string::npos);
}

TEST_F(ForecastOfCouncils, IsCancelledInTheMiddle) {
  auto asked = read_forecast(options(), 1, {});
  ASSERT_TRUE(asked.ok());
  std::atomic<bool> cancel = true;
  Watch watch{.cancel = &cancel};
  EXPECT_FALSE(forecast(std::move(*asked.question), 1, watch));
}

TEST_F(ForecastOfCouncils, EvidenceOfASurveyIsNotReplaced) {
  const auto evidence =
      folder_.write("e.toml",
                    "format = \"coalis-evidence\"\nversion = 3\n[sources.s]\ntitle = \"S\"\n[[item]]\nid = \"trained\"\n"
                    "source = \"s\"\nuse = \"validate\"\ncategories = [\"yes\", \"no\"]\ncounts = [1, 2]\nn = 3\n");
  EXPECT_EQ(items_lost(evidence), "'trained'");
  const auto table = folder_.write("t.csv", "name,2016-01,2016-04\nA,1,1\nB,0,1\n");
  EXPECT_EQ(items_lost(folder_.write("own.toml", count_attendance(table, 0).evidence)), "");
  EXPECT_EQ(items_lost(folder_ / "none.toml"), "");
}

// Who has left by the roster is forecast by nobody; who is not on it is named.
TEST(ForecastOfARoster, KnowsWhoHasLeft) {
  const test::Folder folder;
  folder.write("members.csv", "name,sector,joined,left\nAid,nonprofit,,\nCity,public,,2016-08\nDay,nonprofit,,\n");
  const auto scenario = folder.write("r.toml", "format = \"scenario\"\nversion = 1\ninclude = \"" +
                                                   (test::source_dir() / "scenarios/sites/water-councils.toml").string() +
                                                   "\"\nname = \"R\"\n[organisations]\nfile = \"members.csv\"\n");
  ForecastOptions options;
  options.attendance = folder
                           .write("t.csv",
                                  "name,2016-10,2017-01,2017-04,2017-09\naid,1,1,0,1\nCity,1,0,0,0\nDay,1,1,1,1\n"
                                  "Somebody,0,0,0,0\n")
                           .string();
  options.runs.scenario = scenario.string(), options.runs.replicates = 100;
  const auto asked = read_forecast(options, 1, {});
  ASSERT_TRUE(asked.ok()) << to_string(asked.problems.front());
  EXPECT_EQ(asked.question->gone, 1u);
  EXPECT_EQ(asked.question->list.table.at(1, 3), cell_unknown);
  EXPECT_EQ(asked.question->list.table.at(0, 3), cell_came);
  std::string said;
  for (const auto& problem : asked.problems) said += to_string(problem);
  EXPECT_NE(said.find("the roster does not know 'Somebody'"), std::string::npos) << said;
}

TEST_F(ForecastOfCouncils, SaysWhatIsWrong) {
  auto wrong = options();
  wrong.hold_out = 3;
  EXPECT_EQ(to_string(read_forecast(wrong, 1, {}).problems.front()),
            "--hold-out 3: " + wrong.attendance + " has 4 meetings, of which 2 are to be left to forecast from; hold fewer out");
  wrong = options();
  wrong.attendance = folder_.write("late.csv", "name,2016-01,2016-02,2016-03,2032-10\nA,1,1,0,1\n").string();
  EXPECT_EQ(to_string(read_forecast(wrong, 1, {}).problems.front()),
            wrong.attendance +
                ": its last meeting, 2032-10, is not within the run, 2016-01 to 2017-09; let the scenario's calendar "
                "end with the table");
  wrong.attendance = folder_.write("early.csv", "name,2016-01,2016-04,2016-07,2016-10\nA,1,1,0,1\n").string();
  const auto early = read_forecast(wrong, 1, {});
  EXPECT_TRUE(early.ok());
  EXPECT_NE(to_string(early.problems.front()).find("end the run with the table: --set calendar.months=10"), std::string::npos);
  wrong.attendance = "none.csv";
  EXPECT_FALSE(read_forecast(wrong, 1, {}).ok());
}

}  // namespace
}  // namespace coalis
