// The field rows: every member has exactly one, with a default within its range, and the published values.
#include "coalis/model/fields.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <set>
#include <string>

namespace coalis {
namespace {

template <class T>
class Rows : public testing::Test {};
using Tables = testing::Types<Scenario, Calendar, Organisations, Region, Role, Hub, Kind, Series, Levers, Environment, Structure,
                              Parameters, Costs, SurveyPlan, Intervention>;
TYPED_TEST_SUITE(Rows, Tables);

TYPED_TEST(Rows, NamesAreUniqueAndEveryRowSaysWhatItMeans) {
  std::set<std::string_view> names;
  for (const auto& row : fields<TypeParam>()) {
    EXPECT_TRUE(names.insert(row.name).second) << row.name;
    EXPECT_TRUE(row.meaning.ends_with('.')) << row.name;
    EXPECT_LE(row.bounds.min, row.bounds.max) << row.name;
    EXPECT_FALSE(row.required && !row.initial.empty()) << row.name << " is required and has a default";
  }
}

TYPED_TEST(Rows, EveryNumberHasBoundsAndAUnitAndADefaultWithin) {
  TypeParam table{};
  set_defaults(table);
  for (const auto& row : fields<TypeParam>()) {
    const auto* real = std::get_if<double TypeParam::*>(&row.member);
    const auto* whole = std::get_if<int TypeParam::*>(&row.member);
    if (!real && (!whole || row.refers != Refers::nothing)) continue;
    EXPECT_FALSE(row.unit.empty()) << row.name;
    EXPECT_TRUE(std::isfinite(row.bounds.min) && std::isfinite(row.bounds.max)) << row.name;
    const double value = real ? table.*(*real) : table.*(*whole);
    EXPECT_TRUE(row.initial.empty() || within(row.bounds, value)) << row.name;
  }
}

TEST(ParameterRows, EveryMemberHasARow) {
  const auto rows = fields<Parameters>();
  const auto is_whole = [](const auto& row) { return std::holds_alternative<int Parameters::*>(row.member); };
  const auto whole = static_cast<std::size_t>(std::count_if(rows.begin(), rows.end(), is_whole));
  // Members are of two types only; padding before a double costs at most one int for each int.
  const std::size_t smallest = (rows.size() - whole) * sizeof(double) + whole * sizeof(int);
  EXPECT_LE(smallest, sizeof(Parameters));
  EXPECT_GE(smallest + whole * sizeof(int), sizeof(Parameters));
  Parameters a{}, b{};
  std::fill_n(reinterpret_cast<unsigned char*>(&a), sizeof a, static_cast<unsigned char>(0x11));
  std::fill_n(reinterpret_cast<unsigned char*>(&b), sizeof b, static_cast<unsigned char>(0x22));
  set_defaults(a);
  set_defaults(b);
  EXPECT_TRUE(a == b) << "a member without a row keeps what was there";
}

TEST(ParameterRows, PublishedValues) {  // model.md section 6, a sample of every kind of entry
  Parameters p{};
  set_defaults(p);
  EXPECT_EQ(p.beta_mission, 3.01);
  EXPECT_EQ(p.turnover, 1.0 / 24);
  EXPECT_EQ(p.slots, 8);
  EXPECT_EQ(p.needs, 2);
  EXPECT_EQ(p.commitment_mission, 0.59);
  EXPECT_EQ(p.direct_0, -3.2);
  EXPECT_EQ(p.progress_rate, 0.285);
  EXPECT_EQ(p.dormant_commitment, 0.226);
  EXPECT_EQ(p.capacity_median, 6);
}

TEST(Defaults, AbsentKeysAsThePaperSays) {
  Organisations organisations;
  Levers levers;
  Hub hub;
  Series series;
  Costs costs;
  set_defaults(organisations);
  set_defaults(levers);
  set_defaults(hub);
  set_defaults(series);
  set_defaults(costs);
  EXPECT_EQ(organisations.nonmembers, 0);
  EXPECT_EQ(organisations.founding_share, 1);
  EXPECT_EQ(levers.information, 1);
  EXPECT_EQ(levers.recruitment, 0);
  EXPECT_EQ(hub.authority, 0);
  EXPECT_EQ(hub.convenor, static_cast<int>(Convenor::coordinator));
  EXPECT_EQ(series.remote, 0);
  EXPECT_EQ(series.regularity, 1);
  EXPECT_EQ(costs.fte, 75'000);
  EXPECT_EQ(costs.hour, 35);
  EXPECT_EQ(default_event_cost("meeting"), 300);
  EXPECT_EQ(default_event_cost("outreach"), 2000);
  EXPECT_EQ(default_event_cost("training"), 1500);
  EXPECT_EQ(default_event_cost("party"), 0);
}

TEST(Defaults, ChoicesFollowTheEnumerations) {
  EXPECT_EQ(choices(Refers::engagement)[static_cast<int>(Engagement::reinforcement)], "reinforcement");
  EXPECT_EQ(choices(Refers::decision)[static_cast<int>(Decision::conditional_cooperation)], "conditional_cooperation");
  EXPECT_EQ(choices(Refers::influence)[static_cast<int>(Influence::repulsion)], "repulsion");
  EXPECT_EQ(choices(Refers::audience)[static_cast<int>(Audience::core)], "core");
  EXPECT_EQ(choices(Refers::convenor)[static_cast<int>(Convenor::members)], "members");
  EXPECT_TRUE(choices(Refers::month).empty());
}

TEST(Bounds, ClosedAndOpenEnds) {
  EXPECT_TRUE(within({0, 1}, 0));
  EXPECT_TRUE(within({0, 1}, 1));
  EXPECT_FALSE(within({0, 1, true}, 0));
  EXPECT_FALSE(within({0, 1, false, true}, 1));
  EXPECT_FALSE(within({0, 1}, std::nan("")));
  EXPECT_EQ(range_text({0, 1}), "0..1");
  EXPECT_EQ(range_text({0, 1, true, true}), "above 0, below 1");
  EXPECT_EQ(range_text({}), "");
}

TEST(NumberText, ReadsBackAsTheSameNumber) {
  for (double value : {0.0, 0.1, 1.0 / 3, 1e-300, 5e-324, 1e22, 123456789.0, 10'000'000.0, -0.25}) {
    EXPECT_EQ(std::strtod(number_text(value).c_str(), nullptr), value) << number_text(value);
  }
  EXPECT_EQ(number_text(10'000'000), "10000000");
  EXPECT_EQ(number_text(0.1), "0.1");
}

TEST(FieldTexts, CoverEveryTable) {
  std::set<std::string> tables;
  for (const FieldText& text : field_texts()) tables.insert(text.table);
  EXPECT_EQ(tables,
            (std::set<std::string>{"", "calendar", "organisations", "regions", "travel", "roles", "hubs", "kinds", "series",
                                   "levers", "environment", "structure", "parameters", "costs", "survey", "interventions"}));
}

}  // namespace
}  // namespace coalis
