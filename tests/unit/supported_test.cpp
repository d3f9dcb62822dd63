// Supported ranges of levers, and which levers of a scenario lie outside.
#include "coalis/model/supported.hpp"

#include <gtest/gtest.h>

#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/model/fields.hpp"
#include "support/support.hpp"

namespace coalis {
namespace {

std::vector<Extrapolation> outside(const std::vector<std::string>& overrides, const char* scenario = "illinois.toml") {
  const ScenarioFile file = read_scenario(test::source_dir() / "scenarios" / scenario, overrides);
  EXPECT_TRUE(file.ok());
  return extrapolations(file.scenario);
}

template <class T>
void check_rows() {
  for (const auto& row : fields<T>()) {
    if (row.supported.reason.empty()) continue;
    EXPECT_LT(row.supported.min, row.supported.max) << row.name;
    EXPECT_TRUE(within(row.bounds, row.supported.min) && within(row.bounds, row.supported.max)) << row.name;
    const bool figure = row.supported.reason.find("illinois_20") != std::string_view::npos &&
                        row.supported.reason.find("no figure") == std::string_view::npos;
    EXPECT_EQ(row.supported.source, figure ? Source::evidence : Source::assumption) << row.name;
  }
}

TEST(Supported, RangesLieWithinTheBoundsAndNameTheirSource) {
  check_rows<Calendar>();
  check_rows<Hub>();
  check_rows<Series>();
  check_rows<Levers>();
  check_rows<Environment>();
  for (const auto& row : fields<Levers>()) EXPECT_FALSE(row.supported.reason.empty()) << row.name;
  for (const auto& row : fields<Parameters>()) EXPECT_TRUE(row.supported.reason.empty()) << row.name << " is no lever";
}

TEST(Supported, TextSaysRangeSourceAndReason) {
  EXPECT_EQ(supported_text({0, 1, Source::assumption, "no study reports it"}), "0..1 (assumption: no study reports it)");
  EXPECT_EQ(supported_text({}), "");
}

TEST(Extrapolations, TheShippedScenariosHaveNone) {
  for (const char* name :
       {"illinois.toml", "illinois-full-time-leader.toml", "illinois-three-hubs.toml", "illinois-six-hubs.toml",
        "illinois-more-meetings.toml", "illinois-one-more-meeting.toml", "illinois-small-raise.toml"})
    EXPECT_TRUE(outside({}, name).empty()) << name;
}

TEST(Extrapolations, EndsOfARangeAreSupported) {
  EXPECT_TRUE(outside({"hubs.Chicago.fte=1"}).empty());
  const auto found = outside({"hubs.Chicago.fte=1.01"});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].path, "hubs.Chicago.fte");
  EXPECT_EQ(found[0].value, 1.01);
  EXPECT_EQ(found[0].first, 0);
  EXPECT_EQ(found[0].months, 43);
  EXPECT_EQ(found[0].supported.max, 1);
}

TEST(Extrapolations, CountsTheMonthsOfAnInterventionAndItsFarthestValue) {
  const ScenarioFile file = read_scenario(test::source_dir() / "scenarios/illinois.toml");
  Scenario s = file.scenario;
  int fte = 0;
  while (fields<Hub>()[fte].name != "fte") ++fte;
  s.interventions.push_back({"hubs.Chicago.fte", Target::hub, 0, fte, 2.35, 10, 16, 4});  // .85, 1.35, 1.85, 2.35, 2.35, 2.35
  const auto found = extrapolations(s);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].first, 11);
  EXPECT_EQ(found[0].months, 5);
  EXPECT_EQ(found[0].value, 2.35);
  EXPECT_NE(to_string(found[0]).find("hubs.Chicago.fte is 2.35 for 5 months, supported are 0..1 (evidence: "), std::string::npos);
}

TEST(Extrapolations, ASeriesCountsWhileItRuns) {
  Scenario s = read_scenario(test::source_dir() / "scenarios/illinois.toml").scenario;
  s.series[0].per_year = 24;
  s.series[0].from = 40;
  s.series[0].until = 43;
  const auto found = extrapolations(s);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].first, 40);
  EXPECT_EQ(found[0].months, 3);
}

TEST(Extrapolations, TheHorizonIsALever) { EXPECT_EQ(outside({"calendar.months=61"}).at(0).path, "calendar.months"); }

}  // namespace
}  // namespace coalis
