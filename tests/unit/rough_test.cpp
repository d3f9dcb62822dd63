// Items that the survey asks besides (mission, awareness, trainings of those trained), and figures that a source gives roughly.
#include "coalis/inference/rough.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "coalis/engine/simulate.hpp"
#include "coalis/inference/checks.hpp"
#include "coalis/inference/distance.hpp"
#include "coalis/io/answers/check_json.hpp"
#include "coalis/io/questions/evidence_file.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/report/words/check_text.hpp"
#include "support/support.hpp"

namespace coalis {
namespace {

constexpr const char* three = R"(
format = "coalis-evidence"
version = 3
[[item]]
id = "mission_related"
use = "specify"
share = 0.61
n = 64
[[item]]
id = "policy_awareness"
use = "validate"
categories = ["expert", "some", "low", "none"]
between = [[0, 0.05], [0, 0.22], [0.5, 0.72], [0.28, 0.38]]
lowest = "none"
[[item]]
id = "trainings_of_trained"
use = "validate"
categories = ["mean"]
between = [[1.5, 2.5]]
)";

struct Asked {
  std::vector<ComparedItem> items;
  std::vector<RoughItem> rough;
  Questionnaire questions;
};

Asked asked(const Scenario& scenario) {
  const EvidenceFile file = parse_evidence(three, "e.toml");
  EXPECT_TRUE(file.ok()) << (file.ok() ? "" : to_string(file.diagnostics.front()));
  std::vector<std::string> problems;
  Asked all{compared_items(file.items, "", problems), rough_items(file.items, problems), {}};
  EXPECT_TRUE(problems.empty());
  all.questions = questionnaire_for(all.items, scenario);
  ask_rough(all.rough, scenario, all.questions);
  return all;
}

Scenario illinois() { return read_scenario(test::source_dir() / "scenarios" / "illinois.toml").scenario; }

// Four respondents: two with related missions, one of each awareness, three who say how many trainings, two of them trained.
TEST(Rough, AnswersAreCountedAsByHand) {
  const Asked all = asked(illinois());
  RunRecord record;
  record.survey = {10, 8, 4};
  record.respondents.resize(4);
  record.answers = {
      {{0, 0, -1}, 0, 0, .1f, true}, {{0, 0, 0}, 0, 0, .3f, false}, {{0, 0, 1}, 0, 0, .6f, true}, {{0, 0, 4}, 0, 0, .9f, true}};
  const SurveyCounts counts = all.questions.count(record, 115);
  ASSERT_EQ(all.items.size(), 1u);
  EXPECT_EQ(all.items[0].counts, (std::vector<std::int32_t>{39, 25}));  // .61 of 64
  EXPECT_EQ(all.items[0].cells_of(counts), (std::vector<std::int32_t>{3, 1}));
  ASSERT_EQ(all.rough.size(), 2u);
  EXPECT_EQ(all.rough[0].names, (std::vector<std::string>{"none", "low", "some", "expert"}));
  EXPECT_EQ(all.rough[0].between[1], (std::array{0.5, 0.72}));
  EXPECT_EQ(all.rough[0].figures(counts), (std::vector<double>{.25, .25, .25, .25}));
  EXPECT_EQ(all.rough[1].figures(counts), (std::vector<double>{2.5}));  // five trainings of two
  record.answers[2].attended[2] = record.answers[3].attended[2] = 0;
  EXPECT_TRUE(std::isnan(all.rough[1].figures(all.questions.count(record, 115))[0]));
}

// An organisation is related exactly if it has the mission that it has where all are.
TEST(Rough, RelatedMissionsAreThoseThatThePopulationDrew) {
  Scenario some = illinois(), every = some;
  every.parameters.related_share = 1;
  const Asked all = asked(some);
  Recording recording = all.questions.recording({false, false, true, false, true, false});
  ASSERT_TRUE(recording.answers);
  RunRecord run, of_all, plain;
  Simulator(make_plan(some)).run(5, 0, recording, run);
  Simulator(make_plan(every)).run(5, 0, recording, of_all);
  recording.answers = false;
  Simulator(make_plan(some)).run(5, 0, recording, plain);
  EXPECT_EQ(run.hash, plain.hash);
  EXPECT_EQ(run.survey, plain.survey);
  ASSERT_GT(run.respondents.size(), 40u);
  int related = 0;
  for (std::size_t r = 0; r < run.respondents.size(); ++r) {
    const auto i = static_cast<std::size_t>(run.respondents[r].organisation);
    EXPECT_EQ(run.answers[r].related, run.final_float[i] == of_all.final_float[i]) << i;  // the first quantity is the mission
    related += run.answers[r].related;
  }
  EXPECT_GT(related, 0);
  EXPECT_LT(related, static_cast<int>(run.respondents.size()));
  for (const SurveyAnswer& answer : of_all.answers) EXPECT_TRUE(answer.related);
}

// Ratings of awareness are the organisation's awareness and a noise of their own.
TEST(Rough, AwarenessIsRatedWithItsOwnNoise) {
  const Scenario scenario = illinois();
  const Asked all = asked(scenario);
  const Recording recording = all.questions.recording({false, false, true, false, true, false});
  Simulator simulator(make_plan(scenario));
  const auto& quantities = final_float_quantities();
  const auto place = static_cast<std::size_t>(
      std::find_if(quantities.begin(), quantities.end(), [](const Quantity& q) { return q.name == "awareness"; }) -
      quantities.begin());
  RunRecord run;
  double sum = 0, squares = 0, with_goal = 0, n = 0, goals = 0;
  for (std::uint32_t replicate = 0; replicate < 40; ++replicate) {
    simulator.run(6, replicate, recording, run);
    const std::size_t organisations = run.final_float.size() / quantities.size();
    for (std::size_t r = 0; r < run.respondents.size(); ++r) {
      const auto i = static_cast<std::size_t>(run.respondents[r].organisation);
      const double noise = run.answers[r].awareness - run.final_float[place * organisations + i];
      sum += noise, squares += noise * noise, ++n;
      if (std::isnan(run.answers[r].goal)) continue;
      const auto progress = static_cast<std::size_t>(
          std::find_if(quantities.begin(), quantities.end(), [](const Quantity& q) { return q.name == "progress"; }) -
          quantities.begin());
      with_goal += noise * (run.answers[r].goal - run.final_float[progress * organisations + i]), ++goals;
    }
  }
  ASSERT_GT(n, 2000);
  EXPECT_NEAR(sum / n, 0, 4 * .15 / std::sqrt(n));
  EXPECT_NEAR(std::sqrt(squares / n), .15, 4 * .15 / std::sqrt(2 * n));
  EXPECT_NEAR(with_goal / goals, 0, 4 * .15 * .15 / std::sqrt(goals));
}

// A mean of a survey: its trainings over its trained.
SurveyPair pair_of(const RoughItem& item, std::int32_t trained, std::int32_t trainings) {
  SurveyCounts counts(item.first + 2);
  counts[item.first] = trained, counts[item.first + 1] = trainings;
  return {counts, counts};
}

TEST(Rough, ACheckSaysHowManySurveysLieWithin) {
  const Asked all = asked(illinois());
  const RoughItem& item = all.rough[1];
  const std::vector<SurveyPair> posterior{pair_of(item, 10, 15), pair_of(item, 10, 25), pair_of(item, 10, 26),
                                          pair_of(item, 10, 30), pair_of(item, 10, 12), pair_of(item, 0, 0)};
  const std::vector<SurveyPair> prior{pair_of(item, 10, 40)};
  const RoughCheck check = check_rough(item, prior, posterior);
  ASSERT_EQ(check.figures.size(), 1u);
  EXPECT_TRUE(check.mean);
  EXPECT_EQ(check.figures[0].within, .4);  // 1.5 and 2.5 lie within, 1.2, 2.6 and 3 do not, a survey without trained has none
  EXPECT_EQ(check.figures[0].posterior.median, 2.5);
  EXPECT_EQ(check.figures[0].prior.median, 4);
  PosteriorCheck whole;
  whole.rough = {check};
  EXPECT_EQ(rough_words(whole), (std::vector<std::string>{
                                    "how many trainings the trained attended (held out), 'mean': the source says 1.5 to 2.5, the "
                                    "fitted model 1.3 to 2.9; 40 in 100 of its surveys lie within what the source says."}));
  EXPECT_NE(to_text(whole).find("What the source says roughly"), std::string::npos);
  EXPECT_NE(json_text(whole).find("\"within\": 0.4"), std::string::npos);
}

TEST(Rough, ItemsOfIllinoisThatAreKnownRoughly) {
  const EvidenceFile file = read_evidence(test::source_dir() / "scenarios" / "evidence.toml");
  ASSERT_TRUE(file.ok());
  std::vector<std::string> problems;
  const auto rough = rough_items(file.items, problems);
  ASSERT_EQ(rough.size(), 2u);
  EXPECT_EQ(rough[0].id, "trainings_of_trained");
  EXPECT_EQ(rough[1].id, "policy_awareness");
  for (const RoughItem& item : rough) EXPECT_EQ(item.use, "validate");
  for (const ComparedItem& item : compared_items(file.items, "calibrate", problems)) EXPECT_NE(item.id, "mission_related");
  for (const ComparedItem& item : compared_items(file.items, "specify", problems))
    if (item.id == "mission_related") {
      EXPECT_EQ(item.counts, (std::vector<std::int32_t>{30, 19}));
      EXPECT_EQ(item.readings.at(0).counts, (std::vector<int>{42, 27}));
    }
  EXPECT_TRUE(problems.empty());
}

}  // namespace
}  // namespace coalis
