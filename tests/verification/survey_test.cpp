// The survey against its expectation in closed form, given the state of every organisation (model.md section 7). Its draws are
// its own, so that, given the state, answers are independent. Error rate 1e-4 a p-value, fixed seeds.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/model/world.hpp"
#include "support/statistics.hpp"
#include "support/support.hpp"
#include "verification/coalition.hpp"

namespace coalis::test {
namespace {

constexpr double error_rate = 1e-4;
constexpr int replicates = 150;

// Stress: with dormant and withdrawn members and non-members that join.
Scenario stressed() {
  const std::vector<std::string> overrides{"levers.recruitment=1", "parameters.withdrawal=0.1", "parameters.recruit_rate=0.2",
                                           "parameters.dormant_commitment=0.3"};
  const ScenarioFile file = read_scenario(source_dir() / "tests/docking/data/g-stress.toml", overrides);
  EXPECT_TRUE(file.ok());
  return file.scenario;
}

// A number of successes against independent trials of known probability.
struct Trials {
  double successes = 0, mean = 0, variance = 0;
  void add(double probability) {
    mean += probability;
    variance += probability * (1 - probability);
  }
  double p_value() const { return normal_p_value((successes - mean) / std::sqrt(variance)); }
};

struct Chances {
  double reach, agree;
};
constexpr std::array<Chances, 4> chances{{{0, 0}, {.97, .97}, {.65, .60}, {.30, .30}}};

double return_chance(float commitment, int sector) {
  return std::clamp(.62 + .30 * commitment + (sector == 1 ? .15 : 0), 0.0, .98);
}

struct Stages {
  Trials reached, agreed, returned;
  std::array<int, 4> of_status{};
};

// The frame as it stood at the end of a month.
Stages stages(const Scenario& s, int month) {
  Stages all;
  for_replicates(s, 471, replicates, [&](const RunRecord& record) {
    const auto status = state_in(record, s, "status", month), commitment = state_in(record, s, "commitment", month);
    const auto sector = final_number(record, s, "sector");
    for (std::size_t i = 0; i < status.size(); ++i) {
      const auto now = static_cast<std::size_t>(status[i]);
      const auto [reach, agree] = chances[now];
      ++all.of_status[now];
      all.reached.add(reach);
      all.agreed.add(reach * agree);
      all.returned.add(reach * agree * return_chance(commitment[i], sector[i]));
    }
    all.reached.successes += survey_figure(record, "reached");
    all.agreed.successes += survey_figure(record, "agreed");
    all.returned.successes += survey_figure(record, "returned");
  });
  return all;
}

void expect_in_line(const Stages& all) {
  EXPECT_GT(all.reached.p_value(), error_rate);
  EXPECT_GT(all.agreed.p_value(), error_rate);
  EXPECT_GT(all.returned.p_value(), error_rate);
}

TEST(Survey, ReachedAgreedReturnedAfterTheLastMonth) {
  const Scenario s = stressed();
  const Stages all = stages(s, s.calendar.months - 1);
  for (const int count : all.of_status) EXPECT_GT(count, 1000);
  expect_in_line(all);
}

TEST(Survey, ReachedAgreedReturnedAfterTheSurveyMonth) {
  Scenario s = stressed();
  s.survey.month = 20;
  expect_in_line(stages(s, 20));
}

TEST(Survey, WithEverybodyEnrolledReachIsBinomial) {
  const Scenario s = plain_coalition(200, 1);
  Trials reached, agreed;
  for_replicates(s, 472, 200, [&](const RunRecord& record) {
    for (int i = 0; i < 200; ++i) {
      reached.add(.97);
      agreed.add(.97 * .97);
    }
    reached.successes += survey_figure(record, "reached");
    agreed.successes += survey_figure(record, "agreed");
  });
  EXPECT_GT(reached.p_value(), error_rate);
  EXPECT_GT(agreed.p_value(), error_rate);
}

// By status, whether the one who answered returned the form: the stages one by one, not only their sums.
TEST(Survey, ReturnsByStatusAndSector) {
  const Scenario s = stressed();
  std::array<Trials, 8> groups;  // status x whether public
  for_replicates(s, 473, replicates, [&](const RunRecord& record) {
    const auto status = final_number(record, s, "status"), sector = final_number(record, s, "sector");
    const auto commitment = final_state(record, s, "commitment");
    const auto group = [&](std::size_t i) -> Trials& {
      return groups[static_cast<std::size_t>(2 * status[i] + (sector[i] == 1))];
    };
    for (std::size_t i = 0; i < status.size(); ++i) {
      const auto [reach, agree] = chances[static_cast<std::size_t>(status[i])];
      group(i).add(reach * agree * return_chance(commitment[i], sector[i]));
    }
    for (const Respondent& r : record.respondents) ++group(static_cast<std::size_t>(r.organisation)).successes;
  });
  EXPECT_EQ(groups[0].successes + groups[1].successes, 0) << "non-members";
  for (std::size_t g = 2; g < groups.size(); ++g) EXPECT_GT(groups[g].p_value(), error_rate) << g;
}

struct Item {
  const char* name;
  std::int8_t Respondent::*answer;
  double answered;  // of 73
};
constexpr Item items[] = {{"meetings", &Respondent::meetings, 64},   {"outreach", &Respondent::outreach, 65},
                          {"trainings", &Respondent::trainings, 71}, {"cases", &Respondent::cases, 63},
                          {"goal", &Respondent::goal, 53},           {"leadership", &Respondent::leadership, 50},
                          {"inside", &Respondent::inside, 73},       {"outside", &Respondent::outside, 73}};

TEST(Survey, ItemsAreAnsweredIndependently) {
  const Scenario s = stressed();
  std::array<double, 8> answers{};
  double returned = 0, goal_and_leadership = 0;
  for_replicates(s, 474, replicates, [&](const RunRecord& record) {
    for (const Respondent& r : record.respondents) {
      ++returned;
      for (std::size_t k = 0; k < 8; ++k) answers[k] += r.*items[k].answer >= 0;
      goal_and_leadership += r.goal >= 0 && r.leadership >= 0;
    }
  });
  const auto z = [&](double count, double p) { return (count - returned * p) / std::sqrt(returned * p * (1 - p)); };
  for (std::size_t k = 0; k < 6; ++k)
    EXPECT_GT(normal_p_value(z(answers[k], items[k].answered / 73)), error_rate) << items[k].name;
  for (std::size_t k = 6; k < 8; ++k) EXPECT_EQ(answers[k], returned);
  EXPECT_GT(normal_p_value(z(goal_and_leadership, 53.0 * 50 / 73 / 73)), error_rate);
}

// Ratings count the cut-points below the impression plus .15 z.
double rating_chance(double impression, int rating) {
  const boost::math::normal noise(impression, .15);
  const double below = rating == 0 ? 0 : boost::math::cdf(noise, .2 * rating);
  const double up_to = rating == 4 ? 1 : boost::math::cdf(noise, .2 * (rating + 1));
  return up_to - below;
}

void expect_ratings(const char* variable, std::int8_t Respondent::*item, std::uint64_t seed) {
  const Scenario s = stressed();
  std::array<Trials, 5> ratings;
  for_replicates(s, seed, replicates, [&](const RunRecord& record) {
    const auto impression = final_state(record, s, variable);
    for (const Respondent& r : record.respondents) {
      if (r.*item < 0) continue;
      for (int k = 0; k < 5; ++k)
        ratings[static_cast<std::size_t>(k)].add(rating_chance(impression[static_cast<std::size_t>(r.organisation)], k));
      ++ratings[static_cast<std::size_t>(r.*item)].successes;
    }
  });
  for (const Trials& rating : ratings) EXPECT_GT(rating.p_value(), error_rate) << &rating - ratings.data();
}

TEST(Survey, GoalIsRatedByProgress) { expect_ratings("progress", &Respondent::goal, 475); }
TEST(Survey, LeadershipIsRatedByPerceivedLeadership) { expect_ratings("leadership", &Respondent::leadership, 476); }

// What is no opinion is answered truthfully. Exact.
TEST(Survey, FactsAreTheOrganisationsOwn) {
  const Scenario s = stressed();
  for_replicates(s, 477, 5, [&](const RunRecord& record) {
    const auto meetings = attended(record, s, 0), trainings = attended(record, s, 2);
    const auto serves = final_number(record, s, "serves_victims"), sector = final_number(record, s, "sector");
    const auto outside = final_state(record, s, "outside_collaboration");
    std::vector<char> inside(static_cast<std::size_t>(s.organisations.count()));
    for (const Tie& tie : record.ties) inside[static_cast<std::size_t>(tie.owner)] = 1;
    for (const Respondent& r : record.respondents) {
      const auto i = static_cast<std::size_t>(r.organisation);
      EXPECT_EQ(r.sector, sector[i]);
      EXPECT_TRUE(r.meetings < 0 || r.meetings == std::min(4, meetings[i]));
      EXPECT_TRUE(r.trainings < 0 || r.trainings == trainings[i]);
      EXPECT_TRUE(r.cases < 0 || r.cases == serves[i]);
      EXPECT_EQ(r.inside, inside[i]);
      EXPECT_EQ(r.outside, outside[i] > 0);
    }
  });
}

// The figures are shares of the item's answers. Exact.
TEST(Survey, FiguresAreSharesOfTheAnswers) {
  const RunRecord record = run(stressed(), 478);
  std::array<double, 5> ratings{}, meetings{};
  double answers = 0, inside = 0, trained = 0, trainings = 0, asked = 0, meeting_answers = 0;
  for (const Respondent& r : record.respondents) {
    if (r.leadership >= 0) ++ratings[static_cast<std::size_t>(r.leadership)];
    answers += r.leadership >= 0;
    if (r.meetings >= 0) ++meetings[static_cast<std::size_t>(r.meetings)];
    meeting_answers += r.meetings >= 0;
    inside += r.inside;
    asked += r.trainings >= 0;
    trained += r.trainings > 0;
    trainings += std::max<int>(0, r.trainings);
  }
  const double returned = static_cast<double>(record.respondents.size());
  EXPECT_EQ(survey_figure(record, "returned"), returned);
  for (std::size_t k = 0; k < 5; ++k) {
    EXPECT_DOUBLE_EQ(survey_figure(record, "leadership." + std::to_string(k)), ratings[k] / answers);
    EXPECT_DOUBLE_EQ(survey_figure(record, "meetings." + std::to_string(k)), meetings[k] / meeting_answers);
  }
  EXPECT_DOUBLE_EQ(survey_figure(record, "inside"), inside / returned);
  EXPECT_DOUBLE_EQ(survey_figure(record, "trained"), trained / asked);
  EXPECT_DOUBLE_EQ(survey_figure(record, "trainings_of_trained"), trainings / trained);
}

}  // namespace
}  // namespace coalis::test
