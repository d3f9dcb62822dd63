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
    std::string table = "organisation,2017-01,2017-04,2017-07,2017-10\n";
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
  EXPECT_EQ(asked.question->last_year, (std::vector<std::size_t>{0, 1}));  // from July 2017 back a year
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
  EXPECT_NE(to_text(*answer).find("The last 2 meetings of 4 are held out"), std::string::npos);
}

TEST_F(ForecastOfCouncils, IsCancelledInTheMiddle) {
  auto asked = read_forecast(options(), 1, {});
  ASSERT_TRUE(asked.ok());
  std::atomic<bool> cancel = true;
  Watch watch{.cancel = &cancel};
  EXPECT_FALSE(forecast(std::move(*asked.question), 1, watch));
}

TEST_F(ForecastOfCouncils, SaysWhatIsWrong) {
  auto wrong = options();
  wrong.hold_out = 3;
  EXPECT_EQ(to_string(read_forecast(wrong, 1, {}).problems.front()),
            "--hold-out 3: " + wrong.attendance + " has 4 meetings, of which 2 are to be left to forecast from; hold fewer out");
  wrong = options();
  wrong.attendance = "none.csv";
  EXPECT_FALSE(read_forecast(wrong, 1, {}).ok());
}

}  // namespace
}  // namespace coalis
