// Lists of who came: counted by hand, as cells of evidence, and as a run records them.
#include "coalis/statistics/attendance.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "coalis/engine/simulate.hpp"
#include "coalis/inference/distance.hpp"
#include "coalis/inference/sheets.hpp"
#include "coalis/io/import/attendance_file.hpp"
#include "coalis/io/questions/evidence_file.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/questions/survey_beside.hpp"
#include "coalis/statistics/count_forecasts.hpp"
#include "support/support.hpp"

namespace coalis {
namespace {

using Counts = std::vector<std::int32_t>;

// Three members, four meetings; of the third the first and the last are unknown.
const AttendanceTable by_hand{3, 4, {1, 1, 0, 1, 0, 0, 1, 0, -1, 1, 1, -1}};

TEST(Attendance, IsCountedAsByHand) {
  EXPECT_EQ(attended_by_member(by_hand), (Counts{0, 1, 1, 1, 0}));
  EXPECT_EQ(attended_by_meeting(by_hand), (std::vector<CameOf>{{1, 2}, {2, 3}, {2, 3}, {1, 2}}));
  EXPECT_EQ(attended_again(by_hand, 1), (std::array<CameOf, 2>{CameOf{2, 4}, CameOf{2, 3}}));
  EXPECT_EQ(attended_again(by_hand, 3), (std::array<CameOf, 2>{CameOf{1, 1}, CameOf{0, 1}}));
  EXPECT_EQ(attended_of(by_hand, {0, 3}), (std::vector<CameOf>{{2, 2}, {0, 2}, {0, 0}}));
  EXPECT_EQ(without_last(by_hand, 3).cells, (std::vector<std::int8_t>{1, 0, -1}));
  EXPECT_EQ(last_alone(by_hand, 1).cells, (std::vector<std::int8_t>{1, 0, -1}));
}

TEST(CountForecasts, CrpsAndIntervalsByHand) {
  const Probabilities p{.2, .5, .3};
  EXPECT_NEAR(crps(p, 0), .8 * .8 + .3 * .3, 1e-15);
  EXPECT_NEAR(crps(p, 1), .2 * .2 + .3 * .3, 1e-15);
  EXPECT_NEAR(crps(p, 2), .2 * .2 + .7 * .7, 1e-15);
  EXPECT_NEAR(mean_of(p), 1.1, 1e-15);
  const CountInterval interval = central_interval(Probabilities{.05, .1, .7, .1, .05}, .8);
  EXPECT_EQ(interval.low, 1u);
  EXPECT_EQ(interval.high, 3u);
  EXPECT_NEAR(interval.probability, .9, 1e-12);
  EXPECT_TRUE(interval.holds(3) && !interval.holds(4) && !interval.holds(0));
}

TEST(CountForecasts, DistributionsByHand) {
  const auto near = [](const Probabilities& a, const Probabilities& b) {
    ASSERT_EQ(a.size(), b.size());
    for (std::size_t k = 0; k < a.size(); ++k) EXPECT_NEAR(a[k], b[k], 1e-12) << k;
  };
  near(binomial(2, .3), {.49, .42, .09});
  near(of_trials(std::vector<double>{.5, .2}), {.4, .5, .1});
  near(beta_binomial(2, {1, 1}), {1. / 3, 1. / 3, 1. / 3});
  near(beta_binomial(3, {2, 1}), {.1, .2, .3, .4});
}

// Of two meetings each: 1, 2 and 3 of 6 members are exactly what a = 2, b = 1 expects, which no other rates fit as well.
TEST(CountForecasts, FitsTheBetaBinomialOfMostLikelihood) {
  const std::vector<CameOf> members{{0, 2}, {1, 2}, {1, 2}, {2, 2}, {2, 2}, {2, 2}, {0, 0}};
  const BetaRates rates = fit_beta_binomial(members);
  EXPECT_NEAR(rates.a, 2, 1e-4);
  EXPECT_NEAR(rates.b, 1, 1e-4);
  const BetaRates alike = fit_beta_binomial(std::vector<CameOf>(20, CameOf{1, 2}));  // differ by less than chance
  EXPECT_NEAR(alike.mean(), .5, 1e-6);
  EXPECT_GT(alike.a + alike.b, 9'900);
  EXPECT_EQ(fit_beta_binomial({}).a, 1);
}

RunRecord recorded() {  // three organisations in four months; meetings of the third are in other months
  RunRecord record;
  record.survey = {0, 0, 0};
  record.sheets = {1, 0, -1, 1, 1, 0, -1, -1, 1, 0, 1, -1};
  return record;
}

TEST(Sheets, EverybodyHasTheLastOfItsOwnMeetings) {
  const AttendanceTable all = sheets_table(recorded(), 3, 0, 4, 0);
  EXPECT_EQ(all.meetings, 3u);
  EXPECT_EQ(all.cells, (std::vector<std::int8_t>{1, 1, 0, 0, 1, 1, -1, 0, 1}));
  EXPECT_EQ(sheets_table(recorded(), 3, 0, 4, 1).cells, (std::vector<std::int8_t>{0, 1, 1}));
  EXPECT_EQ(sheets_table(recorded(), 3, 1, 3, 2).cells, (std::vector<std::int8_t>{-1, 1, -1, 1, 0, 1}));
}

std::vector<ComparedItem> items_of(const std::string& text, std::vector<std::string>& problems) {
  const EvidenceFile file = parse_evidence("format = \"coalis-evidence\"\nversion = 3\n" + text, "e.toml");
  for (const Diagnostic& d : file.diagnostics) problems.push_back(to_string(d));
  return compared_items(file.items, "", problems);
}

const std::string three_items =
    "[[item]]\nid = \"a\"\nuse = \"calibrate\"\nmeasures = \"attendance_by_member\"\nmeetings = 3\n"
    "categories = [\"2-3\", \"0\", \"1\"]\ncounts = [2, 0, 1]\n"
    "[[item]]\nid = \"b\"\nuse = \"validate\"\nmeasures = \"attendance_by_meeting\"\ncategories = [\"2024-01\", \"2024-02\", "
    "\"2024-04\"]\ncounts = [1, 2, 1]\nof = [2, 3, 3]\n"
    "[[item]]\nid = \"c\"\nuse = \"calibrate\"\nmeasures = \"attendance_persistence\"\n"
    "categories = [\"stayed away 1 meeting ago\", \"came 2 meetings ago\", \"came 1 meeting ago\"]\ncounts = [1, 0, 2]\nof = [2, "
    "1, 3]\n";

TEST(Sheets, AreCountedAsTheEvidenceAsks) {
  std::vector<std::string> problems;
  auto items = items_of(three_items, problems);
  ASSERT_TRUE(problems.empty()) << problems.front();
  ASSERT_EQ(items.size(), 3u);
  Scenario scenario{};
  scenario.calendar.months = 4;
  const Questionnaire questions = questionnaire_for(items, scenario);
  EXPECT_TRUE(questions.recording({}).sheets);
  EXPECT_FALSE(questions.recording({}).answers);
  const SurveyCounts counts = questions.count(recorded(), 3);
  EXPECT_EQ(items[0].cells_of(counts), (Counts{0, 1, 2}));
  EXPECT_EQ(items[1].cells_of(counts), (Counts{1, 1, 2, 1, 2, 1}));  // 1 of 2, 2 of 3, 2 of 3
  EXPECT_EQ(items[2].names, (std::vector<std::string>{"came 1 meeting ago", "stayed away 1 meeting ago", "came 2 meetings ago"}));
  EXPECT_EQ(items[2].cells_of(counts), (Counts{2, 1, 2, 0, 0, 1}));
  EXPECT_EQ(items[2].counts, (Counts{2, 1, 1, 1, 0, 1}));
  EXPECT_EQ(figures_text(items[1]), "attendance_by_meeting: 2024-01 1 of 2, 2024-02 2 of 3, 2024-04 1 of 3");
  EXPECT_EQ(items[1].degrees_of_freedom(), 3);
}

TEST(Sheets, RatesLieApartOneByOne) {
  std::vector<std::string> problems;
  const auto items = items_of(three_items, problems);
  const ComparedItem& item = items.at(1);
  const Counts a{10, 30, 5, 5, 0, 0}, b{15, 25, 0, 0, 0, 0};
  // The first as two samples, the second of nobody on one side, the third on both.
  EXPECT_NEAR(item.deviance(a, b), homogeneity_deviance(Counts{10, 30}, Counts{15, 25}) + 1, 1e-12);
  EXPECT_EQ(item.shares(a)[0], .25);
  EXPECT_TRUE(std::isnan(item.shares(a)[2]));
}

TEST(Sheets, AnItemMayHaveAsManyCategoriesAsItsReaderTakes) {
  std::string categories, counts;
  for (int k = 0; k < 40; ++k) {
    categories += (k == 0 ? "\"" : ", \"") + std::to_string(k) + (k == 39 ? " or more\"" : "\"");
    counts += k == 0 ? "1" : ", 1";
  }
  std::vector<std::string> problems;
  auto items = items_of("[[item]]\nid = \"a\"\nuse = \"calibrate\"\nmeasures = \"meetings_attended\"\ncategories = [" +
                            categories + "]\ncounts = [" + counts + "]\n",
                        problems);
  ASSERT_EQ(items.size(), 1u);
  items[0].first = survey_categories;
  SurveyCounts survey(survey_categories + 40, 2);
  survey.back() = 0;
  const Counts simulated(survey.end() - 40, survey.end());
  EXPECT_NEAR(items[0].distance(survey), homogeneity_deviance(Counts(40, 1), simulated), 1e-12);
}

TEST(Sheets, OfARunAreItsAttendancesAndMoveNoBit) {
  const Scenario scenario = read_scenario(test::source_dir() / "scenarios/sites/water-councils.toml").scenario;
  RunRecord with, without;
  Recording recording;
  Simulator(make_plan(scenario)).run(3, 0, recording, without);
  recording.sheets = true;
  Simulator simulator(make_plan(scenario));
  simulator.run(3, 0, recording, with);
  EXPECT_EQ(with.hash, without.hash);
  const std::size_t n = 85, months = 21;
  ASSERT_EQ(with.sheets.size(), n * months);
  for (std::size_t i = 0; i < n; ++i) {
    int came = 0, listed = 0;
    for (std::size_t m = 0; m < months; ++m) came += with.sheets[m * n + i] == 1, listed += with.sheets[m * n + i] >= 0;
    EXPECT_EQ(came, with.attended[i]) << i;  // meetings are the only kind
    EXPECT_EQ(listed, 7) << i;
  }
}

TEST(AttendanceFile, IsReadAndWrittenAsItWas) {
  const AttendanceFile file = parse_attendance("council,member,m1,m2\nA,A 1,1,0\nA,A 2,,1\n", "t.csv");
  ASSERT_TRUE(file.ok()) << to_string(file.diagnostics.front());
  EXPECT_EQ(file.list.members, (std::vector<std::string>{"A 1", "A 2"}));
  EXPECT_EQ(file.list.meetings, (std::vector<std::string>{"m1", "m2"}));
  EXPECT_EQ(file.list.table.cells, (std::vector<std::int8_t>{1, 0, -1, 1}));
  EXPECT_EQ(attendance_text(file.list), "organisation,m1,m2\nA 1,1,0\nA 2,,1\n");
  EXPECT_EQ(parse_attendance(attendance_text(file.list), "t.csv").list.table.cells, file.list.table.cells);
}

// A slip in the first meeting would else make it a column of names, and the meeting would be gone.
TEST(AttendanceFile, ASlipIsSaidInWhateverColumn) {
  for (const char* text :
       {"name,m1,m2\nA,1,0\nB,x,1\nC,0,1\n", "name,2024-01,2024-02\nA,x,0\nB,y,1\n", "name,m1,m2\nA,1,0\nB,1,2\nC,0,1\n"}) {
    const AttendanceFile file = parse_attendance(text, "t.csv");
    ASSERT_FALSE(file.ok()) << text;
    EXPECT_NE(to_string(file.diagnostics.front()).find("is no mark"), std::string::npos) << to_string(file.diagnostics.front());
  }
  EXPECT_EQ(parse_attendance("council,name,m1\n1st,A,1\n2nd,B,0\n", "t.csv").list.meetings.size(), 1u);
}

// The run's last meetings are compared: a list that ends before them is of other months.
TEST(AttendanceFile, ThatEndsBeforeTheRunIsSaidToBeOfOtherMonths) {
  const AttendanceList list{{"a", "b", "c"}, {"2016-02", "2016-04", "2016-06", "2016-08"}, by_hand};
  const EvidenceFile file = parse_evidence(attendance_evidence(list, "t.csv"), "e.toml");
  Scenario scenario = read_scenario(test::source_dir() / "scenarios/sites/water-councils.toml").scenario;
  const auto said = warnings_about_numbers(file, "e.toml", scenario);
  ASSERT_EQ(said.size(), 1u);
  EXPECT_NE(to_string(said.front())
                .find("ends with 2016-08, and meetings of the run up to 2017-09 are compared with it; write "
                      "[survey] month = \"2016-08\" in the scenario"),
            std::string::npos)
      << to_string(said.front());
  scenario.survey.month = 7;
  EXPECT_TRUE(warnings_about_numbers(file, "e.toml", scenario).empty());
}

// Beside a comparison, too, though no line of the survey is of them; behind all others, as older files have those.
TEST(AttendanceFile, ItsItemsStandBesideAComparison) {
  const Scenario scenario = read_scenario(test::source_dir() / "scenarios/sites/water-councils.toml").scenario;
  std::vector<EvidenceItem> items = parse_evidence("format = \"coalis-evidence\"\nversion = 3\n" + three_items, "e.toml").items;
  EvidenceItem own = items.front();
  own.id = "d", own.measures = "meetings_attended", own.last_months = 6, own.meetings = 0;
  own.categories = {"0", "1 or more"}, own.counts = {1, 2}, own.bins.clear();
  items.push_back(own);
  const OwnItems beside(items, scenario);
  ASSERT_EQ(beside.items().size(), 4u);
  EXPECT_EQ(beside.items().front().id, "d");
  EXPECT_EQ(beside.items().back().id, "c");
  EXPECT_TRUE(beside.recording({}).sheets);
}

TEST(AttendanceFile, ItsItemsAreEvidence) {
  const AttendanceList list{{"a", "b", "c"}, {"2024-01", "2024-02", "2024-03", "2024-05"}, by_hand};
  const EvidenceFile file = parse_evidence(attendance_evidence(list, "t.csv"), "e.toml");
  ASSERT_TRUE(file.ok()) << to_string(file.diagnostics.front());
  ASSERT_EQ(file.items.size(), 3u);
  EXPECT_EQ(file.items[0].counts, (std::vector<int>{0, 1, 1, 1, 0}));
  EXPECT_EQ(file.items[1].of, (std::vector<int>{2, 3, 3, 2}));
  EXPECT_EQ(file.items[2].categories.front(), "came 1 meeting ago");
  EXPECT_EQ(file.items[2].of, (std::vector<int>{4, 3, 2, 2, 1, 1}));
}

}  // namespace
}  // namespace coalis
