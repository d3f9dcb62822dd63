// Organisations that are known by name (docs/model.md, section 5): what is known is as given in every replicate, what is unknown
// is drawn with the shares, and draws go with the name. Distributions by chi-square tests under a fixed seed; a test fails below
// p = 1e-6.
#include "coalis/model/roster.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "coalis/engine/simulate.hpp"
#include "coalis/initialization/initialization.hpp"
#include "coalis/model/outcome_rows.hpp"
#include "coalis/model/packed.hpp"
#include "coalis/submodels/submodels.hpp"
#include "coalis/submodels/ties.hpp"
#include "support/seven.hpp"
#include "support/stage.hpp"
#include "support/statistics.hpp"

namespace coalis::test {
namespace {

Member member(const std::string& name, int sector, int role = -1, int region = -1, int joined = -1, int left = -1) {
  Member m;
  m.name = name, m.sector = sector, m.role = role, m.region = region, m.joined = joined, m.left = left;
  return m;
}

// Those of the roster in this order of rows; members follow from it where all sectors are known.
Scenario with(std::vector<Member> rows, Scenario s = stage_scenario()) {
  s.organisations.members = {};
  for (const Member& m : rows) ++s.organisations.members[static_cast<std::size_t>(std::max(m.sector, 0))];
  put_in_order(rows);
  s.organisations.roster = std::move(rows);
  return s;
}

// Every third attribute is unknown, in turn; sectors are known.
std::vector<Member> hundred() {
  std::vector<Member> rows;
  for (int i = 0; i < 100; ++i)
    rows.push_back(member("Organisation " + std::to_string(i * 37 % 100), i % 3, i % 3 == 0 ? -1 : i % 3, i % 3 == 1 ? -1 : i % 5,
                          i % 4 == 0 ? -1 : i % 7, i % 6 == 5 ? 8 + i % 30 : -1));
  return rows;
}

Scenario drawn_entries(Scenario s) {
  s.organisations.founding_share = .3, s.organisations.entry_window = 40;
  return s;
}

// Two hubs at equal travel share the west.
Scenario shared_hubs(Scenario s) {
  s.hubs.push_back(s.hubs[stage::West]);
  s.hubs.back().name = "West, too";
  return s;
}

TEST(RosterPopulation, WhatIsKnownIsSoInEveryReplicate) {
  Scenario s = drawn_entries(with(hundred()));
  s.organisations.nonmembers = 21;
  for (std::uint32_t replicate = 0; replicate < 40; ++replicate) {
    const Stage stage(s, 0, 3, replicate);
    for (std::size_t k = 0; k < s.organisations.roster.size(); ++k) {
      const Member& m = s.organisations.roster[k];
      const int i = static_cast<int>(k);
      EXPECT_EQ(stage.w.sector[i], m.sector);
      if (m.role >= 0) {
        EXPECT_EQ(stage.w.role[i], m.role);
      }
      if (m.region >= 0) {
        EXPECT_EQ(stage.w.region[i], m.region);
      }
      if (m.joined >= 0) {
        EXPECT_EQ(stage.w.entry[i], m.joined);
      }
      if (m.joined < 0 && m.left >= 0) {
        EXPECT_LT(stage.w.entry[i], m.left);
      }
    }
  }
}

TEST(RosterPopulation, WhatIsUnknownHasTheShares) {
  std::vector<Member> rows;
  for (int i = 0; i < 20'000; ++i) rows.push_back(member("o" + std::to_string(i), i < 2000 ? i % 2 : -1));
  Scenario s = with(rows);
  s.organisations.members = {12'000, 5'000, 3'000};
  s.organisations.founding_share = .3, s.organisations.entry_window = 12;
  const Stage stage(s);
  const World& w = stage.w;
  std::array<double, 3> sectors_seen{};
  std::vector<double> regions(5), roles(3), entries(13);
  for (int i = 0; i < w.n; ++i) {
    const Member& m = s.organisations.roster[static_cast<std::size_t>(i)];
    if (m.sector >= 0) {
      EXPECT_EQ(w.sector[i], m.sector);
    }
    ++sectors_seen[w.sector[i]], ++regions[w.region[i]], ++entries[static_cast<std::size_t>(w.entry[i])];
    if (w.sector[i] == 0) ++roles[w.role[i]];
  }
  EXPECT_EQ(sectors_seen, (std::array{12'000.0, 5'000.0, 3'000.0}));  // exact, those known included
  std::vector<double> by_region, by_role, by_entry(13, 20'000 * .7 / 12);
  for (const Region& region : s.regions) by_region.push_back(20'000 * region.share);
  for (const Role& role : s.roles) by_role.push_back(12'000 * role.share[0]);
  by_entry[0] = 20'000 * .3;
  EXPECT_GT(chi_square_test(regions, by_region), 1e-6);
  EXPECT_GT(chi_square_test(roles, by_role), 1e-6);
  EXPECT_GT(chi_square_test(entries, by_entry), 1e-6);
}

TEST(RosterPopulation, SectorsOfTheUnknownAreAnyonesInTurn) {
  const std::vector<Member> rows{member("a", -1), member("b", -1), member("c", -1), member("d", 1)};
  Scenario s = with(rows);
  s.organisations.members = {1, 2, 1};
  std::map<int, int> seen;  // of "a"
  for (std::uint32_t replicate = 0; replicate < 3000; ++replicate) ++seen[Stage(s, 0, 1, replicate).w.sector[0]];
  EXPECT_GT(chi_square_test({1.0 * seen[0], 1.0 * seen[1], 1.0 * seen[2]}, {1000, 1000, 1000}), 1e-6);
}

// What an organisation has by its draws at the start and in a month, by name.
using Drawn = std::map<std::string, std::vector<double>>;
Drawn drawn(const Scenario& s) {
  Stage stage(s, 12);
  World& w = stage.w;
  for (int i = 0; i < w.n; ++i) w.trace[i] = 0, w.status[i] = enrolled;
  recount(w);
  w.events_due = true;
  draw_resources(w);
  inform(w);
  Drawn all;
  for (int i = 0; i < w.n; ++i)
    all[organisation_name(s, i)] = {1.0 * w.sector[i],
                                    1.0 * w.role[i],
                                    1.0 * w.region[i],
                                    w.mission[i],
                                    w.capacity[i],
                                    w.anchor[i],
                                    w.commitment[i],
                                    w.outside[i],
                                    1.0 * w.serves_victims[i],
                                    1.0 * w.type[i],
                                    1.0 * w.entry[i],
                                    w.resources[i] / w.grant_factor[i],
                                    1.0 * w.words[i],
                                    1.0 * w.contact_word[i],
                                    1.0 * w.entry_word[i],
                                    1.0 * w.withdrawal_word[i],
                                    1.0 * w.place[i]};
  return all;
}

TEST(RosterPopulation, AnotherRowChangesNoDrawOfTheOthers) {
  Scenario s = shared_hubs(drawn_entries(with(hundred())));
  s.organisations.nonmembers = 5;
  const Drawn before = drawn(s);
  for (const char* name : {"A first one", "Organisation 500", "Zuletzt"}) {
    std::vector<Member> rows = hundred();
    rows.insert(rows.begin(), member(name, 0));
    Scenario more = shared_hubs(drawn_entries(with(rows)));
    more.organisations.nonmembers = 5;
    Drawn after = drawn(more);
    EXPECT_EQ(after.erase(name), 1u);
    EXPECT_EQ(before, after) << name;
  }
  std::vector<Member> fewer = hundred();
  fewer.erase(fewer.begin() + 17, fewer.begin() + 60);
  Scenario less = shared_hubs(drawn_entries(with(fewer)));
  less.organisations.nonmembers = 2;
  const Drawn after = drawn(less);
  EXPECT_EQ(after.size(), 59u);
  for (const auto& [name, values] : after) EXPECT_EQ(values, before.at(name)) << name;
}

TEST(RosterPopulation, NoTwoHaveTheSameLuck) {
  Scenario s = with(hundred());
  s.organisations.nonmembers = 60;
  std::map<double, std::string> missions;
  for (const auto& [name, values] : drawn(s)) EXPECT_TRUE(missions.emplace(values[3], name).second) << name;
}

// Attendance is drawn by name, too: where nothing depends on others, an organisation's run is the same whoever else is there.
Scenario alone_in_company(std::vector<Member> rows) {
  Scenario s = with(std::move(rows));
  Parameters& p = s.parameters;
  p.beta_social = p.beta_leadership = p.threshold_noise = p.contact_rate = p.tie_prob = 0;
  p.viewpoint_rate = p.direct_bonus = p.win_gain = p.turnover = 0;
  p.gamma_leadership = p.gamma_progress = p.gamma_ties = p.gamma_conflict = p.gamma_burden = 0;
  p.info_rate = 0, p.reactivation = 0, p.identify_0 = p.identify_awareness = 0;
  for (Kind& kind : s.kinds) kind.always_held = true;
  s.hubs = {s.hubs[0]};
  s.hubs[0].serves = {0, 1, 2, 3, 4};
  for (Series& series : s.series) series.hub = 0, series.audience = static_cast<int>(Audience::all);
  s.environment.scarcity = s.environment.restricted = 0;
  return s;
}

// Events attended by kind, and whether it answers the survey.
std::map<std::string, std::vector<int>> attended(const Scenario& s) {
  const RunRecord record = run_once(s);
  const auto n = static_cast<std::size_t>(s.organisations.count());
  std::map<std::string, std::vector<int>> all;
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t kind = 0; kind < s.kinds.size(); ++kind)
      all[organisation_name(s, static_cast<int>(i))].push_back(record.attended[kind * n + i]);
  for (const Respondent& r : record.respondents) all[organisation_name(s, r.organisation)].push_back(r.goal >= 0);
  EXPECT_GT(record.respondents.size(), n / 4);
  return all;
}

TEST(RosterRun, AttendanceGoesWithTheName) {
  std::vector<Member> rows = hundred();
  const auto before = attended(alone_in_company(rows));
  rows.insert(rows.begin(), member("A first one", 0));
  rows.erase(rows.begin() + 50);
  auto after = attended(alone_in_company(rows));
  after.erase("A first one");
  EXPECT_EQ(after.size(), 99u);
  for (const auto& [name, values] : after) EXPECT_EQ(values, before.at(name)) << name;
}

TEST(RosterRun, RowsInAnotherOrderAreTheSameRun) {
  std::vector<Member> rows = hundred();
  const RunRecord before = run_once(with(rows));
  std::reverse(rows.begin(), rows.end());
  EXPECT_TRUE(same_record(before, run_once(with(rows))));
}

// As pages have it: bytes without names.
TEST(RosterRun, RunsByKeysAlone) {
  Scenario s = drawn_entries(with(hundred()));
  s.organisations.ties = {{0, 1, .5}};
  Scenario nameless = s;
  for (Member& m : nameless.organisations.roster) m.name.clear();
  const auto read = unpacked(packed(nameless));
  ASSERT_TRUE(read);
  EXPECT_TRUE(same_record(run_once(s), run_once(*read)));
}

TEST(RosterRun, HasTheSameBitsByEveryInstructionSet) {
  Scenario s = drawn_entries(with(hundred()));
  s.organisations.nonmembers = 30;
  s.organisations.ties = {{0, 1, .5}, {0, 2, -1}, {5, 77, 1}};
  const RunRecord before = run_once(s);
  for (const auto set : instruction_sets()) EXPECT_TRUE(same_record(before, run_once(s, 0, everything, set))) << set;
}

// Names alone change the luck, not the model: outcomes have one distribution with and without them.
TEST(RosterRun, NamesAloneAreTheSameModel) {
  std::vector<Member> rows;
  for (int i = 0; i < 100; ++i) rows.push_back(member("o" + std::to_string(i), i < 60 ? 0 : i < 85 ? 1 : 2));
  const Scenario plain = drawn_entries(stage_scenario()), named = drawn_entries(with(rows));
  ASSERT_EQ(plain.organisations.members, named.organisations.members);
  for (const char* outcome : {"engaged", "commitment", "hours_given", "inside_collaboration", "withdrawn"}) {
    std::vector<double> a, b;
    for (std::uint32_t replicate = 0; replicate < 400; ++replicate) {
      a.push_back(run_once(plain, replicate, outcomes_only).outcomes[outcome_place(outcome)]);
      b.push_back(run_once(named, replicate, outcomes_only).outcomes[outcome_place(outcome)]);
    }
    EXPECT_GT(ks_test_two(a, b), 1e-6) << outcome;
  }
}

TEST(RosterRun, EntersAndLeavesWhenItIsKnown) {
  Scenario s = with({member("a", 0, 0, 0, 3, 20), member("b", 0, 0, 0, 0, 48), member("c", 1, 0, 0, 5),
                     member("d", 0, 0, 0, -1, 9), member("e", 2, 1, 1, 48), member("f", 2, 1, 1, 0, 1)});
  // Whoever can goes dormant, and from there withdraws.
  s.parameters.dormant_commitment = 1, s.parameters.dormant_months = 1, s.parameters.withdrawal = 1,
  s.parameters.reactivation = 0;
  s.series.clear();
  const RunRecord record = run_once(s);
  const auto status = [&](int i, int month) {
    return static_cast<int>(record.organisation_trajectories[static_cast<std::size_t>(month * 6 + i)]);
  };
  ASSERT_EQ(organisation_trajectory_quantities()[0].name, "status");
  for (int month = 0; month < 48; ++month) {
    EXPECT_EQ(status(0, month) == nonmember, month < 3) << month;
    EXPECT_EQ(status(0, month) == withdrawn, month >= 20) << month;
    EXPECT_NE(status(1, month), withdrawn) << month;  // known to stay
    EXPECT_EQ(status(2, month) == nonmember, month < 5) << month;
    EXPECT_EQ(status(3, month) == withdrawn, month >= 9) << month;
    EXPECT_EQ(status(4, month), nonmember) << month;
    EXPECT_EQ(status(5, month) == withdrawn, month >= 1) << month;
  }
  EXPECT_EQ(status(1, 47), dormant);
  EXPECT_EQ(status(2, 47), withdrawn);  // not known: as the model has it
}

TEST(RosterTies, AreThereAtTheStartBothWays) {
  Scenario s = with({member("a", 0, 0, 0), member("b", 0, 0, 0), member("c", 1, 0, 1), member("d", 1, 2, 1)});
  s.organisations.ties = {{0, 1, .9}, {0, 2, -1}, {2, 3, .4}};
  const Stage stage(s);
  EXPECT_EQ(slots_of(stage.w, 0)[0].partner, 1);
  EXPECT_FLOAT_EQ(static_cast<float>(slots_of(stage.w, 0)[0].strength), .9f);
  EXPECT_EQ(slots_of(stage.w, 0)[1].partner, 2);
  EXPECT_FLOAT_EQ(static_cast<float>(slots_of(stage.w, 0)[1].strength), static_cast<float>(s.parameters.tie_gain));
  EXPECT_EQ(slots_of(stage.w, 1)[0].partner, 0);
  EXPECT_EQ(slots_of(stage.w, 2)[0].partner, 3);  // the stronger first
  EXPECT_EQ(slots_of(stage.w, 2)[1].partner, 0);
  EXPECT_EQ(slots_of(stage.w, 3)[0].partner, 2);
  for (int i = 0; i < 4; ++i) EXPECT_FLOAT_EQ(stage.w.tie_sum[i], sum_of_ties(stage.w, i));
  // What ties depend on: role, region, home hub.
  EXPECT_EQ(relation_of(stage.w.tie_partner[slot_index(0, 0)]), same_role_and_region);
  EXPECT_EQ(relation_of(stage.w.tie_partner[slot_index(0, 1)]), same_role);
  EXPECT_NE(stage.w.tie_partner[slot_index(0, 1)] & across_hubs, 0);
  EXPECT_EQ(stage.w.tie_partner[slot_index(0, 0)] & across_hubs, 0);
}

TEST(RosterTies, OfTooManyTheStrongestAreThere) {
  std::vector<Member> rows;
  for (int i = 0; i < 30; ++i) rows.push_back(member("o" + std::to_string(100 + i), 0));
  Scenario s = with(rows);
  s.parameters.slots = 3;
  for (int i = 1; i < 30; ++i) s.organisations.ties.push_back({0, i, i == 7 || i == 20 ? .8 : i == 12 ? .7 : .2});
  const Stage stage(s);
  std::vector<int> partners;
  for (int slot = 0; slot < 3; ++slot) partners.push_back(slots_of(stage.w, 0)[static_cast<std::size_t>(slot)].partner);
  std::sort(partners.begin(), partners.end());
  EXPECT_EQ(partners, (std::vector{7, 12, 20}));
  EXPECT_EQ(slots_of(stage.w, 0)[3].partner, -1);
  EXPECT_EQ(slots_of(stage.w, 9)[0].partner, 0);
}

}  // namespace
}  // namespace coalis::test
