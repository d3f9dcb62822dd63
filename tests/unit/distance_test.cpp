// The distance between surveys: its values by hand, and how items of the evidence become cells.
#include "coalis/inference/distance.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "coalis/io/questions/evidence_file.hpp"
#include "support/support.hpp"

namespace coalis {
namespace {

using Counts = std::vector<std::int32_t>;

ComparedItem item_named(std::string_view id) {
  const EvidenceFile file = read_evidence(test::source_dir() / "scenarios" / "evidence.toml");
  std::vector<std::string> problems;
  for (const ComparedItem& item : compared_items(file.items, "", problems))
    if (item.id == id) return item;
  ADD_FAILURE() << "no item " << id;
  return {};
}

TEST(Distance, HomogeneityDevianceByHand) {
  const double expected =
      2 * (10 * std::log(10 / 12.5) + 30 * std::log(30 / 27.5) + 15 * std::log(15 / 12.5) + 25 * std::log(25 / 27.5));
  EXPECT_NEAR(homogeneity_deviance(Counts{10, 30}, Counts{15, 25}), expected, 1e-10);
  EXPECT_NEAR(homogeneity_deviance(Counts{10, 30}, Counts{5, 15}), 0, 1e-10);  // the same shares
  EXPECT_NEAR(homogeneity_deviance(Counts{4, 0}, Counts{0, 4}), 16 * std::log(2.0), 1e-10);
  EXPECT_EQ(homogeneity_deviance(Counts{0, 0}, Counts{3, 4}), INFINITY);
  // A large sample has no noise of its own: the deviance of the small one alone.
  const double alone = 2 * (10 * std::log(10 / 20.0) + 30 * std::log(30 / 20.0));
  EXPECT_NEAR(homogeneity_deviance(Counts{10, 30}, Counts{5'000'000, 5'000'000}), alone, 1e-3);
}

TEST(Distance, UnreportedCategoriesShareTheCellBelow) {
  const ComparedItem goal = item_named("goal_attainment_rating");
  EXPECT_EQ(goal.counts, (Counts{4, 14, 30, 5}));  // of 53
  EXPECT_EQ(goal.names.back(), "3 or 4");
  EXPECT_EQ(goal.degrees_of_freedom(), 3);
  EXPECT_TRUE(goal.readings.empty());  // one of 53 is left for the category that is not printed
  SurveyCounts survey(survey_categories);
  const auto first = goal.first;
  std::iota(survey.begin() + static_cast<std::ptrdiff_t>(first), survey.begin() + static_cast<std::ptrdiff_t>(first) + 5, 1);
  EXPECT_EQ(goal.cells_of(survey), (Counts{1, 2, 3, 9}));
}

TEST(Distance, ItemsOfIllinois) {
  EXPECT_EQ(item_named("outreach_days_attended").degrees_of_freedom(), 3);  // "3" is open upwards
  EXPECT_EQ(item_named("outreach_days_attended").counts, (Counts{25, 18, 13, 9}));
  EXPECT_EQ(item_named("collaborates_inside").counts, (Counts{21, 26}));
  EXPECT_EQ(item_named("collaborates_inside").readings.at(0).n, 69);
  EXPECT_EQ(item_named("recruitment").counts, (Counts{14, 11, 17, 73}));
}

TEST(Distance, SaysWhichItemItCannotCompare) {
  std::vector<EvidenceItem> evidence(2);
  evidence[0].id = "trained";
  evidence[0].categories = {"a", "b", "c"};
  evidence[0].counts = {1, 2, 3};
  evidence[1].id = "leadership_rating";
  evidence[1].categories = {"0", "1", "2"};
  evidence[1].counts = {5, -1, -1};
  std::vector<std::string> problems;
  EXPECT_TRUE(compared_items(evidence, "", problems).empty());
  EXPECT_EQ(problems,
            (std::vector<std::string>{"trained: 'a' is no number of events; write \"0\", \"1-2\", \"3 or more\", or say what the "
                                      "categories hold: bins = [[0, 0], [1, 2], [3]]",
                                      "leadership_rating: leaves more than one category unreported; merge them in the file"}));
}

}  // namespace
}  // namespace coalis
