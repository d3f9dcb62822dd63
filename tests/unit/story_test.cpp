// A life is read off a run: its counts are those of the run's record, its hash is the run's.
#include "coalis/story/story.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "coalis/engine/simulate.hpp"
#include "coalis/model/world.hpp"
#include "coalis/report/words/outcome_words.hpp"
#include "support/seven.hpp"

namespace coalis {
namespace {

TEST(Story, IsThatOfTheRun) {
  for (const auto& named : test::seven_scenarios()) {
    const Scenario& s = named.scenario;
    const auto plan = make_plan(s);
    const RunRecord record = test::run_once(s, 3);
    const auto n = static_cast<std::size_t>(s.organisations.count()), months = static_cast<std::size_t>(s.calendar.months);
    for (std::size_t i = 0; i < n; i += 1 + n / 5) {
      SCOPED_TRACE(named.name + " " + std::to_string(i));
      const Life life = life_of(*plan, 1, 3, static_cast<int>(i));
      EXPECT_EQ(life.hash, record.hash);
      ASSERT_EQ(life.months.size(), months);
      for (std::size_t kind = 0; kind < s.kinds.size(); ++kind) {
        int attended = 0;
        for (const LifeMonth& m : life.months) {
          EXPECT_LE(m.attended[kind], m.invited[kind]);
          attended += m.attended[kind];
        }
        EXPECT_EQ(attended, record.attended[kind * n + i]);
      }
      EXPECT_EQ(life.months.back().status, record.final_integer[index_of(final_integer_quantities(), "status") * n + i]);
      const float* status = &record.organisation_trajectories[i];
      for (std::size_t month = 0; month < months; ++month)
        EXPECT_EQ(static_cast<float>(life.months[month].status), status[month * n]) << month;
    }
  }
}

// Ties that were made and not lost are the ties at the end.
TEST(Story, TiesMadeAndLostAddUp) {
  const Scenario& s = test::seven_scenarios().front().scenario;
  const auto plan = make_plan(s);
  const RunRecord record = test::run_once(s, 2);
  int made = 0;
  for (int i = 0; i < s.organisations.count(); i += 4) {
    int ties = 0;
    for (const LifeMonth& m : life_of(*plan, 1, 2, i).months)
      for (const TieChange& tie : m.ties) {
        ties += (tie.before == 0) - (tie.after == 0);
        made += tie.before == 0;
      }
    EXPECT_EQ(ties, std::count_if(record.ties.begin(), record.ties.end(), [&](const Tie& tie) { return tie.owner == i; })) << i;
  }
  EXPECT_GT(made, 15);
}

TEST(Story, GrantRoundsHaveWinnersAndLosers) {
  Scenario s = test::seven_scenarios().front().scenario;
  s.environment.scarcity = .5;
  const auto plan = make_plan(s);
  int won = 0, lost = 0;
  for (int i = 0; i < s.organisations.count(); i += 4)
    for (const LifeMonth& m : life_of(*plan, 1, 0, i).months) {
      if (m.month == 0 || m.month % 12 != 0) {
        EXPECT_EQ(m.grant, 0);
      }
      won += m.grant > 0;
      lost += m.grant < 0;
    }
  EXPECT_GT(won, 0);
  EXPECT_GT(lost, 0);
}

}  // namespace
}  // namespace coalis
