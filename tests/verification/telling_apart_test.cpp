// Discriminating structures: known errors of Gaussian classes; features of small records worked out by hand. Error rate: the
// tolerances are four standard errors of the share of cases, so a test with a right program fails by chance with probability
// below 1e-4.
#include "coalis/inference/telling_apart.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/random/mersenne_twister.hpp>
#include <boost/random/normal_distribution.hpp>
#include <cmath>

namespace coalis {
namespace {

std::vector<Features> normal_cases(std::size_t count, double mean, double sd, std::size_t features, unsigned seed) {
  boost::random::mt19937_64 engine(seed);
  boost::random::normal_distribution<double> z;
  std::vector<Features> cases;
  for (std::size_t i = 0; i < count; ++i) {
    Features one{mean + sd * z(engine)};
    while (one.size() < features) one.push_back(z(engine));  // say nothing
    cases.push_back(one);
  }
  return cases;
}

double normal_below(double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }

TEST(Discriminate, ErrorOfTwoShiftedNormals) {
  const std::vector<std::vector<Features>> samples{normal_cases(4000, 0, 1, 3, 1), normal_cases(4000, 2, 1, 3, 2)};
  const auto one = discriminate(samples, 1);
  EXPECT_NEAR(one.error, normal_below(-1), 4 * one.se);
  const auto four = discriminate(samples, 4);
  EXPECT_NEAR(four.error, normal_below(-2), 4 * four.se);
  EXPECT_NEAR(one.confusion[0][0] + one.confusion[0][1], 1, 1e-12);
}

TEST(Discriminate, TheSameCannotBeToldApart) {
  const std::vector<std::vector<Features>> samples{normal_cases(2000, 0, 1, 2, 1), normal_cases(2000, 0, 1, 2, 2),
                                                   normal_cases(2000, 0, 1, 2, 3)};
  const auto found = discriminate(samples, 1);
  EXPECT_NEAR(found.error, 2.0 / 3, 4 * found.se);
}

TEST(Discriminate, SpreadAloneTellsApart) {
  // Standard deviations 1 and 4: the best rule cuts at |x| = 4 sqrt(2 ln 4 / 15).
  const double cut = 4 * std::sqrt(2 * std::log(4.0) / 15);
  const double error = 0.5 * (2 * normal_below(-cut) + 1 - 2 * normal_below(-cut / 4));
  const std::vector<std::vector<Features>> samples{normal_cases(6000, 0, 1, 1, 1), normal_cases(6000, 0, 4, 1, 2)};
  const auto found = discriminate(samples, 1);
  EXPECT_NEAR(found.error, error, 4 * found.se + 0.01);  // shrinking moves the cut a little
}

TEST(Discriminate, MissingAndConstantFeaturesDoNoHarm) {
  std::vector<std::vector<Features>> samples{normal_cases(400, 0, 1, 1, 1), normal_cases(400, 6, 1, 1, 2)};
  for (auto& cases : samples)
    for (auto& one : cases) one.push_back(3), one.push_back(std::nan(""));
  EXPECT_LT(discriminate(samples, 1).error, 0.02);
  EXPECT_THROW(discriminate(std::span(samples).first(1), 1), std::invalid_argument);
  samples[0].resize(8);
  EXPECT_THROW(discriminate(samples, 1), std::invalid_argument);
}

// Four organisations, six months; who attends when.
RunRecord lists() {
  RunRecord record;
  const auto& quantities = organisation_trajectory_quantities();
  record.organisation_trajectories.assign(quantities.size() * 6 * 4, 0);
  const auto place = [&](std::size_t quantity, std::size_t month, std::size_t organisation) -> float& {
    return record.organisation_trajectories[(quantity * 6 + month) * 4 + organisation];
  };
  for (std::size_t q = 0; q < quantities.size(); ++q) {
    if (quantities[q].name == "status")
      for (std::size_t month = 0; month < 6; ++month)
        for (std::size_t i = 0; i < 3; ++i) place(q, month, i) = 1;  // the fourth is no member
    if (quantities[q].name != "attended") continue;
    for (const std::size_t month : {0, 1, 2, 3}) place(q, month, 0) = 1;  // always before, once after
    place(q, 4, 1) = place(q, 5, 1) = 1;                                  // never before
  }
  return record;
}

TEST(AttendanceFeatures, OfASmallPanel) {
  const RunRecord record = lists();
  auto members = panel(record, 4, 3, 7);
  EXPECT_EQ(members, panel(record, 4, 3, 7));
  std::sort(members.begin(), members.end());
  ASSERT_EQ(members, (std::vector<int>{0, 1, 2}));
  const Features f = attendance_features(record, 4, members, {0, 3}, {3, 6});
  // shares before 1, 0, 0; after 1/3, 2/3, 0
  EXPECT_NEAR(f[0], 1.0 / 3, 1e-6);
  EXPECT_NEAR(f[1], 1.0 / 3, 1e-6);
  EXPECT_NEAR(f[2], std::sqrt(2.0) / 3, 1e-6);
  EXPECT_NEAR(f[3], std::sqrt(2.0 / 27), 1e-6);
  EXPECT_NEAR(f[4], 0, 1e-6);
  EXPECT_NEAR(f[5], 1.0 / 3, 1e-6);
  EXPECT_NEAR(f[6], -2.0 / 3, 1e-6);
}

TEST(SurveyFeatures, OfThoseThatReturnedBoth) {
  const auto respondent = [](int organisation, int meetings, int leadership) {
    return Respondent{
        organisation, 0, static_cast<std::int8_t>(meetings), 0, 0, 0, -1, static_cast<std::int8_t>(leadership), 1, 0};
  };
  RunRecord first, second;
  first.respondents = {respondent(0, 0, 1), respondent(1, 2, 2), respondent(3, 4, -1), respondent(5, 9, 4)};
  second.respondents = {respondent(0, 1, 2), respondent(1, 5, 3), respondent(3, 6, 1)};
  const std::vector<int> panel{3, 1, 0, 2, 5};
  const Features f = survey_features(first, second, panel);
  EXPECT_NEAR(f[0], 2, 1e-12);  // meetings 0, 2, 4 to 1, 5, 6
  EXPECT_NEAR(f[1], 10 / std::sqrt(8.0 * 14), 1e-9);
  EXPECT_NEAR(f[2], 1, 1e-12);
  EXPECT_NEAR(f[3], 1, 1e-12);
  EXPECT_TRUE(std::isnan(f[4]));  // nobody rated goal attainment
  EXPECT_EQ(f[6], 0);
}

}  // namespace
}  // namespace coalis
