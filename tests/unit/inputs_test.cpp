// Groups of parameters for sensitivity analysis.
#include "coalis/inference/inputs.hpp"

#include <gtest/gtest.h>

#include "coalis/model/fields.hpp"

namespace coalis {
namespace {

TEST(InputGroups, KeysBelongWhereTheyShould) {
  EXPECT_EQ(group_of("hubs.Chicago.fte"), "management");
  EXPECT_EQ(group_of("series.\"meetings of the first year\".per_year"), "management");
  EXPECT_EQ(group_of("parameters.members_per_fte"), "management");
  EXPECT_EQ(group_of("kinds.meeting.base"), "commitment");
  EXPECT_EQ(group_of("parameters.gamma_mission"), "commitment");
  EXPECT_EQ(group_of("parameters.beta_cost"), "resources");
  EXPECT_EQ(group_of("environment.scarcity"), "resources");
  EXPECT_EQ(group_of("parameters.tie_prob"), "network");
  EXPECT_EQ(group_of("parameters.tolerance"), "viewpoints");
  EXPECT_EQ(group_of("parameters.goal_decay"), "");
  EXPECT_EQ(group_of("calendar"), "");
}

// One that says nothing would be left out of every group in silence.
TEST(InputGroups, EveryParameterSaysItsGroupOrThatItHasNone) {
  for (const auto& row : fields<Parameters>()) EXPECT_NE(row.group, Group::unsaid) << row.name;
}

TEST(InputGroups, AllLeversAreInOne) {
  for (const auto& row : fields<Levers>()) EXPECT_NE(group_of("levers." + std::string(row.name)), "") << row.name;
  for (const auto& row : fields<Hub>())
    if (!row.supported.reason.empty()) {
      EXPECT_EQ(group_of("hubs.A." + std::string(row.name)), "management") << row.name;
    }
}

TEST(InputGroups, GroupedInputsHoldEachFactorOnce) {
  const std::vector<std::string> names{"tie_prob", "goal", "fte", "contacts"};
  const std::vector<std::string> paths{"parameters.tie_prob", "parameters.goal_rate", "hubs.Chicago.fte",
                                       "parameters.contact_rate"};
  const auto inputs = grouped_inputs(names, paths);
  ASSERT_EQ(inputs.size(), 3u);
  EXPECT_EQ(inputs[0].name, "management");
  EXPECT_EQ(inputs[0].factors, std::vector<std::size_t>{2});
  EXPECT_EQ(inputs[1].factors, (std::vector<std::size_t>{0, 3}));
  EXPECT_EQ(inputs[2].name, "goal");
  EXPECT_FALSE(inputs[2].group);
}

}  // namespace
}  // namespace coalis
