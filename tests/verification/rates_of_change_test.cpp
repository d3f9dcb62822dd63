// A variable whose rates of change are 0 never moves, while everything around it does. Exact, but for values below 1e-6, which
// may become 0 (model.md section 4). Each test first sees the variable move, so that it can fail.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "coalis/engine/simulate.hpp"
#include "coalis/initialization/initialization.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/schedule/schedule.hpp"
#include "support/support.hpp"
#include "verification/coalition.hpp"

namespace coalis::test {
namespace {

// Stress, with organisations that fall dormant, return, withdraw and join, and hubs that begin and cease to serve.
Scenario lively() {
  const std::vector<std::string> overrides{"levers.recruitment=1", "kinds.training.networking=1"};
  const ScenarioFile file = read_scenario(source_dir() / "tests/docking/data/g-stress.toml", overrides);
  EXPECT_TRUE(file.ok());
  return file.scenario;
}

struct Still {
  std::string variable;  // organisation trajectory
  std::function<void(Scenario&)> stop;
  friend void PrintTo(const Still& still, std::ostream* out) { *out << still.variable; }
};

class OrganisationVariable : public testing::TestWithParam<Still> {};

// Largest change of the variable of any organisation from one month's end to the next.
float largest_change(const Scenario& s, const std::string& variable) {
  const RunRecord record = run(s, 441);
  float largest = 0;
  for (int month = 1; month < s.calendar.months; ++month) {
    const auto before = state_in(record, s, variable, month - 1), now = state_in(record, s, variable, month);
    for (std::size_t i = 0; i < now.size(); ++i) largest = std::max(largest, std::abs(now[i] - before[i]));
  }
  return largest;
}

TEST_P(OrganisationVariable, NeverMovesWhenItsRatesAreZero) {
  Scenario s = lively();
  EXPECT_GT(largest_change(s, GetParam().variable), 0.001f);
  GetParam().stop(s);
  EXPECT_LE(largest_change(s, GetParam().variable), 1e-6f);
}

const Still stills[] = {
    {"commitment",
     [](Scenario& s) { s.parameters.rate_contact = s.parameters.rate_idle = s.parameters.reactivated_commitment = 0; }},
    {"leadership",
     [](Scenario& s) { s.parameters.leadership_meet = s.parameters.leadership_info = s.parameters.leadership_fade = 0; }},
    {"progress", [](Scenario& s) { s.parameters.progress_rate = s.parameters.progress_fade = s.parameters.win_gain = 0; }},
    {"awareness",
     [](Scenario& s) {
       s.parameters.info_gain = s.parameters.awareness_decay = 0;
       for (Kind& kind : s.kinds) kind.awareness_gain = 0;
     }},
    {"viewpoint", [](Scenario& s) { s.parameters.viewpoint_rate = s.parameters.anchoring = 0; }},
    {"participation_trace", [](Scenario& s) { s.parameters.trace_rate = 0; }},
    {"conflict", [](Scenario& s) { s.parameters.conflict_rate = 0; }},
    {"outside_collaboration", [](Scenario& s) { s.parameters.tie_gain = s.parameters.tie_decay = 0; }},
    {"status", [](Scenario& s) { s.parameters.dormant_commitment = s.parameters.recruit_rate = 0; }},
};
INSTANTIATE_TEST_SUITE_P(Rates, OrganisationVariable, testing::ValuesIn(stills),
                         [](const auto& suite) { return suite.param.variable; });

// Under `trait` commitment never moves, whatever the rates.
TEST(Rates, TraitKeepsCommitment) {
  Scenario s = lively();
  s.structure.engagement = static_cast<int>(Engagement::trait);
  EXPECT_EQ(largest_change(s, "commitment"), 0.0f);
}

// Values of a coalition trajectory that are not missing.
std::vector<float> known(const Scenario& s, std::string_view name) {
  const RunRecord record = run(s, 442);
  std::vector<float> values;
  for (const float value : trajectory(record, s, name))
    if (value == value) values.push_back(value);
  return values;
}

bool all_equal(const std::vector<float>& values) {
  return std::all_of(values.begin(), values.end(), [&](float value) { return value == values.front(); });
}

TEST(Rates, GoalAttainmentStays) {
  Scenario s = lively();
  EXPECT_FALSE(all_equal(known(s, "goal_attainment")));
  s.parameters.goal_rate = s.parameters.goal_decay = 0;
  EXPECT_TRUE(all_equal(known(s, "goal_attainment")));
  EXPECT_EQ(known(s, "goal_attainment").front(), static_cast<float>(s.parameters.goal_0));
}

TEST(Rates, ServiceEffectivenessStaysAtTheFirstShareMet) {
  Scenario s = lively();
  const std::vector<float> moving = known(s, "service_effectiveness");
  EXPECT_FALSE(all_equal(moving));
  s.parameters.service_rate = 0;
  const std::vector<float> still = known(s, "service_effectiveness");
  EXPECT_TRUE(all_equal(still));
  EXPECT_EQ(still.front(), moving.front());
}

TEST(Rates, StrifeStaysAway) {
  Scenario s = lively();
  EXPECT_FALSE(all_equal(known(s, "strife")));
  s.parameters.conflict_rate = 0;
  EXPECT_TRUE(all_equal(known(s, "strife")));
}

// Month by month: V of every hub, and hours available over capacity and grants.
class Months {
 public:
  explicit Months(const Scenario& s) : plan_(make_plan(s)), world(*plan_, serial_loop()) {
    world.stream = {443, 0};
    initialize(world);
  }
  template <class F>
  void each(F visit) {
    for (int month = 0; month < plan_->months(); ++month) {
      run_month(world, month);
      visit();
    }
  }

 private:
  std::shared_ptr<const Plan> plan_;

 public:
  World world;
};

// The hub in the south ceases to serve in month 24; the others keep their visibility.
TEST(Rates, VisibilityStaysWhileTheHubServes) {
  Scenario s = lively();
  s.parameters.visibility_rate = 0;
  Months months(s);
  const float first = static_cast<float>(s.parameters.visibility_0);
  months.each([&] {
    for (int h = 0; h < 3; ++h) EXPECT_EQ(months.world.visibility[h], h == 2 && months.world.month >= 24 ? 0 : first);
  });
}

TEST(Rates, VisibilityMovesOtherwise) {
  Months months(lively());
  months.each([] {});
  for (int h = 0; h < 2; ++h) EXPECT_NE(months.world.visibility[h], 0.3f);
}

TEST(Rates, WithoutSpreadResourcesAreCapacityAndGrants) {
  Scenario s = plain_coalition(50, 13);
  s.parameters.resource_sigma = 0;
  s.kinds[0].base = -irresistible;  // nobody comes, so that no hours are spent
  s.environment.scarcity = 0.5;
  add_series(s, 0, 12);
  Months months(s);
  months.each([&] {
    const World& w = months.world;
    for (int i = 0; i < w.n; ++i) ASSERT_FLOAT_EQ(w.resources[i], w.capacity[i] * w.grant_factor[i]);
  });
  EXPECT_NE(months.world.grant_factor[0], 1.0f);
}

TEST(Rates, WithoutGrantGainAndLossTheFactorStaysOne) {
  Scenario s = lively();
  s.parameters.grant_gain = s.parameters.grant_loss = 0;
  const RunRecord record = run(s, 444);
  for (const float g : final_state(record, s, "grant_factor")) EXPECT_EQ(g, 1.0f);
}

}  // namespace
}  // namespace coalis::test
