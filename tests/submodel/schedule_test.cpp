// The schedule (model.md section 3): a replicate is what the submodels make when they are called in the order of the text.
#include "coalis/schedule/schedule.hpp"

#include <gtest/gtest.h>

#include "coalis/submodels/submodels.hpp"
#include "support/stage.hpp"

namespace coalis::test {
namespace {

void live_a_month(World& w, int month) {
  open_month(w, month);  // interventions
  enter(w);
  plan_events(w);
  allocate_grants(w);
  draw_resources(w);
  lead(w);
  inform(w);
  for (int series = 0; series < w.plan.series(); ++series)
    for (int event = 0; event < w.due[series]; ++event)
      if (hold_event(w, series)) {
        attend_event(w, series);
        exchange_at_event(w);
      }
  settle_strife(w);
  collaborate(w);
  refer_cases(w);
  attain_goal(w);
  appraise(w);
  update_membership(w);
}

TEST(Schedule, RunsTheSubmodelsInTheOrderOfTheText) {
  Scenario s = stage_scenario();
  s.organisations.founding_share = .6;
  s.organisations.entry_window = 20;
  s.organisations.nonmembers = 15;
  s.parameters.withdrawal = .2;
  s.interventions = {change<Hub>(stage::Idle, "serves", std::vector<int>{stage::island, stage::east}, 9, 30),
                     change<Series>(stage::east_meets, "per_year", 24.0, 14, 40, 6)};
  Stage whole(s), steps(s);
  RunRecord record;
  run_replicate(whole.w, {}, record, 0, s.calendar.months);
  for (int month = 0; month < 48; ++month) live_a_month(steps.w, month);
  const World &a = whole.w, &b = steps.w;
  for (const auto& [name, column] : {std::pair{"commitment", &World::commitment},
                                     {"awareness", &World::awareness},
                                     {"leadership", &World::leadership},
                                     {"progress", &World::progress},
                                     {"trace", &World::trace},
                                     {"conflict", &World::conflict},
                                     {"outside", &World::outside},
                                     {"viewpoint", &World::viewpoint},
                                     {"load", &World::load},
                                     {"ties", &World::tie_strength},
                                     {"grants", &World::grant_factor}})
    for (std::size_t i = 0; i < (a.*column).size(); ++i)  // sums of ties may differ in their last bit
      EXPECT_NEAR((a.*column)[i], (b.*column)[i], 1e-4) << name << " " << i;
  EXPECT_EQ(a.status, b.status);
  EXPECT_EQ(a.events_held, b.events_held);
  EXPECT_EQ(a.attended_in, b.attended_in);
  EXPECT_NEAR(a.goal, b.goal, 1e-5);
  EXPECT_NEAR(a.strife, b.strife, 1e-5);
  EXPECT_NEAR(a.service, b.service, 1e-5);
}

// Every hub holds meetings for its own, some also for the core, one for all: what happens side by side is what happens one after
// the other.
TEST(Schedule, EventsOfSeveralHubsInOneRoundAreThoseOneByOne) {
  for (const Decision decision : {Decision::benefit_cost, Decision::threshold, Decision::conditional_cooperation}) {
    Scenario s = stage_scenario();
    s.structure.decision = static_cast<int>(decision);
    s.parameters.hold_floor = .8;
    for (const int hub : {stage::West, stage::East, stage::Circle, stage::West}) {
      Series own = s.series[stage::east_meets];
      own.name += " " + std::to_string(s.series.size());
      own.hub = hub;
      own.per_year = 30;
      s.series.push_back(own);
    }
    Stage rounds(s), one_by_one(s);
    RunRecord record;
    run_replicate(rounds.w, {}, record, 0, s.calendar.months);
    for (int month = 0; month < 48; ++month) live_a_month(one_by_one.w, month);
    const World &a = rounds.w, &b = one_by_one.w;
    EXPECT_EQ(a.attended_in, b.attended_in);
    EXPECT_EQ(a.invited_in, b.invited_in);
    EXPECT_EQ(a.hours_in, b.hours_in);
    EXPECT_EQ(a.goal, b.goal);
    EXPECT_EQ(a.strife, b.strife);
    for (const auto column : {&World::commitment, &World::trace, &World::viewpoint, &World::tie_strength, &World::awareness})
      EXPECT_TRUE(std::equal((a.*column).begin(), (a.*column).end(), (b.*column).begin()));
  }
}

// Of a month's events, which happen in one round: of one kind, of different hubs, and none passes another of its hub.
TEST(Schedule, RoundsKeepTheOrderWithinAHub) {
  Scenario s = stage_scenario();
  for (const auto& [kind, hub] : {std::pair{stage::meeting, stage::West},
                                  {stage::training, stage::East},
                                  {stage::meeting, stage::Circle},
                                  {stage::meeting, stage::East}}) {
    Series own = s.series[stage::east_meets];
    own.name += " " + std::to_string(s.series.size());
    own.kind = kind;
    own.hub = hub;
    s.series.push_back(own);
  }
  Stage stage(s);
  World& w = stage.w;
  w.policy = &w.plan.policy(0);
  w.events.clear();
  for (const int series : {5, 6, 7, 8, stage::all_meet, stage::east_meets}) w.events.push_back({series});
  std::vector<std::vector<int>> rounds;
  while (next_round(w)) rounds.push_back(w.round);
  EXPECT_EQ(rounds, (std::vector<std::vector<int>>{{0, 2}, {1}, {3}, {4}, {5}}));
}

TEST(Schedule, PrintsTheProcessesInTheirOrder) {
  std::string numbers, names;
  for (const ProcessName& process : process_names()) {
    numbers += process.number;
    names += std::string(process.name) + ";";
  }
  EXPECT_EQ(numbers, "123456789");
  EXPECT_EQ(names,
            "interventions;entries;resources;leadership;information;convening and exchange;collaboration;"
            "cases and referrals;goal attainment;appraisal;membership;");
}

}  // namespace
}  // namespace coalis::test
