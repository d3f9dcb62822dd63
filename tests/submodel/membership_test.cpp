// Membership (model.md section 3, process 9), and the entries that open a month.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "coalis/submodels/submodels.hpp"
#include "support/stage.hpp"

namespace coalis::test {
namespace {

Words month_words(const World& w, int i) {
  return draw(w.stream, {Purpose::monthly, static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(w.month)});
}

// What becomes of an organisation; `close` if single precision might decide otherwise.
Status next_status(const World& w, int i, bool& close) {
  const Parameters& p = w.plan.scenario.parameters;
  const double lot = share_of(month_words(w, i).w[2]), other = share_of(month_words(w, i).w[3]);
  const double exposure = exposure_of(w, i);
  const auto happens = [&](double draw, double chance) {
    close = close || std::abs(draw - chance) < tie_of_draw;
    return draw < chance;
  };
  switch (w.status[i]) {
    case enrolled:
      return w.commitment[i] < static_cast<float>(p.dormant_commitment) && w.idle[i] >= p.dormant_months ? dormant : enrolled;
    case dormant:
      if (happens(lot, p.reactivation * exposure)) return enrolled;
      return happens(other, p.withdrawal) ? withdrawn : dormant;
    case nonmember:
      if (w.entry[i] == never &&
          happens(lot, p.recruit_rate * w.policy->levers.recruitment * exposure * w.mission[i] *
                           w.policy->regions[w.region[i]].recruitment * w.policy->roles[w.role[i]].recruitment))
        return enrolled;
      return nonmember;
    default: return static_cast<Status>(w.status[i]);
  }
}

// Counts of changes: [from][to].
using Changes = std::array<std::array<int, 4>, 4>;

void expect_updates(Stage& stage, Changes& changes) {
  World& w = stage.w;
  for (int i = 0; i < w.n; ++i) {
    w.entry_word[i] = month_words(w, i).w[2];
    w.withdrawal_word[i] = month_words(w, i).w[3];
  }
  const World before = w;
  update_membership(w);
  const bool trait = w.plan.scenario.structure.engagement == static_cast<int>(Engagement::trait);
  const double floor = w.plan.scenario.parameters.reactivated_commitment;
  for (int i = 0; i < w.n; ++i) {
    SCOPED_TRACE(i);
    bool close = false;
    const Status next = next_status(before, i, close);
    if (close) continue;
    EXPECT_EQ(w.status[i], next);
    ++changes[before.status[i]][next];
    const bool back = before.status[i] == dormant && next == enrolled, joins = before.status[i] == nonmember && next == enrolled;
    EXPECT_EQ(w.idle[i], back || joins ? 0 : before.idle[i]);
    EXPECT_NEAR(w.commitment[i], back && !trait ? std::max<double>(before.commitment[i], floor) : before.commitment[i], 1e-7);
    const bool left = before.status[i] != withdrawn && next == withdrawn;
    EXPECT_NEAR(w.tie_sum[i], left ? 0 : before.tie_sum[i], 1e-7);
    for (int slot = 0; slot < slots_max; ++slot) {
      EXPECT_EQ(slots_of(w, i)[slot].partner, left ? -1 : slots_of(before, i)[slot].partner);
      EXPECT_EQ(slots_of(w, i)[slot].strength, left ? 0 : slots_of(before, i)[slot].strength);
    }
    EXPECT_EQ(w.awareness[i], before.awareness[i]);
    EXPECT_EQ(w.trace[i], before.trace[i]);
  }
  const World updated = w;
  recount(w);
  EXPECT_EQ(updated.enrolled_at, w.enrolled_at);
  EXPECT_EQ(updated.enrolled_count, w.enrolled_count);
  EXPECT_EQ(updated.dormant_count, w.dormant_count);
}

Scenario lively(Engagement engagement = Engagement::mixture) {
  Scenario s = stage_scenario();
  s.structure.engagement = static_cast<int>(engagement);
  s.parameters.reactivation = .6;
  s.parameters.withdrawal = .3;
  s.parameters.recruit_rate = .5;
  s.parameters.reactivated_commitment = .5;
  s.parameters.dormant_commitment = .5;
  return s;
}

Changes many_months(const Scenario& s) {
  Changes changes{};
  for (int month = 1; month < 13; ++month) {
    Stage stage(s, month);
    vary(stage.w, static_cast<unsigned>(month));
    for (int i = 0; i < stage.w.n; ++i) stage.w.entry[i] = i % 4 ? never : 40;
    expect_updates(stage, changes);
  }
  return changes;
}

TEST(Membership, FollowsItsRules) {
  const Changes changes = many_months(lively());
  for (const auto& [from, to] : {std::pair{enrolled, dormant}, {dormant, enrolled}, {dormant, withdrawn}, {nonmember, enrolled}})
    EXPECT_GT(changes[from][to], 10) << from << " to " << to;
}

TEST(Membership, TraitKeepsTheCommitmentOfTheReactivated) { many_months(lively(Engagement::trait)); }

TEST(Membership, WithoutRecruitmentNobodyJoins) {
  Scenario s = lively();
  s.levers.recruitment = 0;
  EXPECT_EQ(many_months(s)[nonmember][enrolled], 0);
}

TEST(Membership, RecruitmentFollowsTheWeightsOfRegionAndRole) {
  Scenario s = lively();
  s.parameters.recruit_rate = .4;
  s.regions[stage::west].recruitment = 2;
  s.roles[1].recruitment = .25;
  s.interventions.push_back(change<Region>(stage::east, "recruitment", 0.0, 3, 9));
  s.interventions.push_back(change<Role>(0, "recruitment", 2.0, 2, 10'000, 4));
  EXPECT_GT(many_months(s)[nonmember][enrolled], 10);
}

// Below the least commitment, from the months of patience on.
TEST(Membership, DormancyHasSharpBounds) {
  Stage stage(stage_scenario(), 3);
  World& w = stage.w;
  const float least = static_cast<float>(w.plan.scenario.parameters.dormant_commitment);
  for (int i = 0; i < 4; ++i) {
    w.status[i] = enrolled;
    w.commitment[i] = i % 2 ? least : std::nextafter(least, 0.0f);
    w.idle[i] = i < 2 ? 9 : 8;
  }
  recount(w);
  Changes changes{};
  expect_updates(stage, changes);
  EXPECT_EQ(changes[enrolled][dormant], 1);
  EXPECT_EQ(w.status[0], dormant);
}

// A withdrawn organisation stays so, and the ties to it go with the next collaboration.
TEST(Membership, TiesToTheWithdrawnEmptyInTheNextMonth) {
  Scenario s = lively();
  s.parameters.withdrawal = 1;
  s.parameters.reactivation = 0;
  s.parameters.tie_decay = s.parameters.contact_rate = 0;
  Stage stage(s, 3);
  World& w = stage.w;
  vary(w);
  for (int i = 0; i < w.n; ++i) w.status[i] = i < 2 ? dormant : enrolled;
  std::fill_n(w.idle.begin(), w.n, 0);
  set_slot(w, 5, 0, 1, .5);
  recount(w);
  Changes changes{};
  expect_updates(stage, changes);
  EXPECT_EQ(changes[dormant][withdrawn], 2);
  EXPECT_EQ(slots_of(w, 5)[0].partner, 1);
  open_month(w, 4);
  collaborate(w);
  EXPECT_EQ(slots_of(w, 5)[0].partner, -1);
}

TEST(Entries, OrganisationsEnrolInTheirEntryMonth) {
  Scenario s = stage_scenario();
  s.organisations.founding_share = .4;
  s.organisations.entry_window = 6;
  s.organisations.nonmembers = 20;
  Stage stage(s);
  World& w = stage.w;
  for (int month = 0; month < 9; ++month) {
    open_month(w, month);
    enter(w);
    for (int i = 0; i < w.n; ++i)
      EXPECT_EQ(w.status[i], w.entry[i] != never && w.entry[i] <= month ? enrolled : nonmember)
          << "organisation " << i << " month " << month;
    const World entered = w;
    recount(w);
    EXPECT_EQ(entered.enrolled_count, w.enrolled_count);
    EXPECT_EQ(entered.enrolled_at, w.enrolled_at);
  }
  EXPECT_EQ(w.enrolled_count, 100);
}

}  // namespace
}  // namespace coalis::test
