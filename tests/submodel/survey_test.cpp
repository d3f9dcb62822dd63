// The survey (model.md section 7), in distribution: 800 surveys of one world, each comparison at six standard errors (error rate
// 2e-9).
#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "coalis/observation/observers.hpp"
#include "support/stage.hpp"

namespace coalis::test {
namespace {

constexpr int surveys = 800;
constexpr std::array<double, 4> reach{0, .97, .65, .30}, agree{0, .97, .60, .30};

double response(const World& w, int i) {
  return std::clamp(.62 + .30 * w.commitment[i] + (w.sector[i] == 1 ? .15 : 0), 0.0, .98);
}
double below(double z) { return std::erfc(-z / std::sqrt(2.0)) / 2; }

// Probability that an impression is rated so.
double rated(double impression, int rating) {
  const auto up_to = [&](int cut) { return cut == 0 ? 0 : cut == 5 ? 1 : below((.2 * cut - impression) / .15); };
  return up_to(rating + 1) - up_to(rating);
}

// An expected and an observed number of successes.
struct Count {
  double expected = 0, variance = 0, observed = 0;
  void expect(double p, double n = 1) {
    expected += n * p;
    variance += n * p * (1 - p);
  }
};
void expect_count(const Count& count, const std::string& what) {
  EXPECT_NEAR(count.observed, count.expected, 6 * std::sqrt(count.variance) + 1e-9) << what;
}

struct Surveyed {
  Stage stage{stage_scenario(), 47};
  std::vector<Respondent> respondents;
  std::vector<int> returned;  // by organisation
  Count reached, agreed;

  Surveyed() {
    World& w = stage.w;
    vary(w, 3);
    for (int i = 0; i < w.n; ++i)
      for (std::size_t kind = 0; kind < 3; ++kind) w.attended_events[kind][i] = (i + static_cast<int>(kind)) % 7;
    returned.resize(100);
    for (std::uint32_t replicate = 0; replicate < surveys; ++replicate) {
      w.stream.replicate = replicate;
      RunRecord record;
      take_survey(w, {}, record);
      reached.observed += record.survey[0];
      agreed.observed += record.survey[1];
      EXPECT_EQ(record.survey[2], static_cast<double>(record.respondents.size()));
      for (const Respondent& r : record.respondents) {
        respondents.push_back(r);
        ++returned[static_cast<std::size_t>(r.organisation)];
      }
    }
    for (int i = 0; i < w.n; ++i) {
      const auto status = static_cast<std::size_t>(w.status[i]);
      reached.expect(reach[status], surveys);
      agreed.expect(reach[status] * agree[status], surveys);
    }
  }
};

const Surveyed& surveyed() {
  static const Surveyed once;
  return once;
}

TEST(Survey, ReachesAndIsReturnedByStatusCommitmentAndSector) {
  const World& w = surveyed().stage.w;
  expect_count(surveyed().reached, "reached");
  expect_count(surveyed().agreed, "agreed");
  std::array<Count, 4> by_status;
  std::array<Count, 2> by_public, by_commitment;
  for (int i = 0; i < w.n; ++i) {
    const auto status = static_cast<std::size_t>(w.status[i]);
    Count one;
    one.expect(reach[status] * agree[status] * response(w, i), surveys);
    one.observed = surveyed().returned[static_cast<std::size_t>(i)];
    expect_count(one, "organisation " + std::to_string(i));
    for (Count* count : {&by_status[status], &by_public[w.sector[i] == 1], &by_commitment[w.commitment[i] > .5f]}) {
      count->expected += one.expected;
      count->variance += one.variance;
      count->observed += one.observed;
    }
  }
  for (const Count& count : by_status) expect_count(count, "status");
  for (const Count& count : by_public) expect_count(count, "sector");
  for (const Count& count : by_commitment) expect_count(count, "commitment");
}

TEST(Survey, ItemsAreAnsweredAtTheirRates) {
  for (const auto& [item, chance] : {std::pair{&Respondent::meetings, 64. / 73},
                                     {&Respondent::outreach, 65. / 73},
                                     {&Respondent::trainings, 71. / 73},
                                     {&Respondent::cases, 63. / 73},
                                     {&Respondent::goal, 53. / 73},
                                     {&Respondent::leadership, 50. / 73},
                                     {&Respondent::inside, 1.},
                                     {&Respondent::outside, 1.}}) {
    Count count;
    for (const Respondent& r : surveyed().respondents) {
      count.expect(chance);
      count.observed += r.*item >= 0;
    }
    expect_count(count, "chance " + std::to_string(chance));
  }
}

TEST(Survey, AnswersAreWhatTheOrganisationKnows) {
  const World& w = surveyed().stage.w;
  for (const Respondent& r : surveyed().respondents) {
    const int i = r.organisation;
    EXPECT_EQ(r.sector, w.sector[i]);
    if (r.meetings >= 0) {
      EXPECT_EQ(r.meetings, std::min(4, w.attended_events[stage::meeting][i]));
    }
    if (r.outreach >= 0) {
      EXPECT_EQ(r.outreach, std::min(4, w.attended_events[stage::outreach][i]));
    }
    if (r.trainings >= 0) {
      EXPECT_EQ(r.trainings, w.attended_events[stage::training][i]);
    }
    if (r.cases >= 0) {
      EXPECT_EQ(r.cases, w.serves_victims[i]);
    }
    EXPECT_EQ(r.inside != 0, strength_of(slots_of(w, i)) > 0);
    EXPECT_EQ(r.outside != 0, w.outside[i] > 0);
  }
}

TEST(Survey, RatingsCountTheCutPointsBelowANoisyImpression) {
  const World& w = surveyed().stage.w;
  for (const auto& [item, impression] :
       {std::pair{&Respondent::goal, &World::progress}, {&Respondent::leadership, &World::leadership}})
    for (int rating = 0; rating <= 4; ++rating) {
      Count all, low;
      for (const Respondent& r : surveyed().respondents) {
        if (r.*item < 0) continue;
        const double x = (w.*impression)[r.organisation];
        for (Count* count : {&all, &low}) {
          if (count == &low && x > .4) continue;
          count->expect(rated(x, rating));
          count->observed += r.*item == rating;
        }
      }
      expect_count(all, "rating " + std::to_string(rating));
      expect_count(low, "low impression, rating " + std::to_string(rating));
    }
}

// Shares of those who answered the item.
TEST(Survey, FiguresSummariseTheAnswers) {
  const World& w = surveyed().stage.w;
  RunRecord record;
  take_survey(w, {}, record);
  const auto share = [&](std::int8_t Respondent::*item, const std::function<bool(int)>& yes) {
    double of = 0, answers = 0;
    for (const Respondent& r : record.respondents) {
      answers += r.*item >= 0;
      of += r.*item >= 0 && yes(r.*item);
    }
    return of / answers;
  };
  std::vector<double> expected{record.survey[0], record.survey[1], static_cast<double>(record.respondents.size())};
  const auto add_counts = [&](std::int8_t Respondent::*item) {
    for (int k = 0; k <= 4; ++k) expected.push_back(share(item, [k](int x) { return x == k; }));
  };
  add_counts(&Respondent::meetings);
  add_counts(&Respondent::outreach);
  const auto some = [](int x) { return x > 0; };
  expected.push_back(share(&Respondent::trainings, some));
  double trainings = 0, trained = 0;
  for (const Respondent& r : record.respondents)
    if (r.trainings > 0) {
      trainings += r.trainings;
      ++trained;
    }
  expected.push_back(trainings / trained);
  expected.push_back(share(&Respondent::cases, some));
  add_counts(&Respondent::goal);
  add_counts(&Respondent::leadership);
  expected.push_back(share(&Respondent::inside, some));
  expected.push_back(share(&Respondent::outside, some));
  for (int sector = 0; sector < 3; ++sector) {
    double count = 0;
    for (const Respondent& r : record.respondents) count += r.sector == sector;
    expected.push_back(count);
  }
  ASSERT_EQ(record.survey.size(), survey_quantities().size());
  ASSERT_EQ(expected.size(), record.survey.size());
  for (std::size_t k = 0; k < expected.size(); ++k)
    EXPECT_NEAR(record.survey[k], expected[k], 1e-12) << survey_quantities()[k].name;
}

TEST(Survey, IsTakenAfterItsMonth) {
  for (const int month : {-1, 10}) {
    Scenario s = stage_scenario();
    s.survey.month = month;
    Stage stage(s, 47);
    RunRecord record;
    for (const int now : {9, 10, 11, 47}) {
      prepare_record(stage.w, {}, record);
      stage.w.month = now;
      observe_month(stage.w, {.trajectories = false}, record);
      EXPECT_EQ(record.survey.empty(), now != (month < 0 ? 47 : month)) << now;
    }
  }
}

}  // namespace
}  // namespace coalis::test
