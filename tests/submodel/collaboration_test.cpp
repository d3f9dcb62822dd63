// Collaboration (model.md section 3, process 5).
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "coalis/submodels/submodels.hpp"
#include "support/stage.hpp"

namespace coalis::test {
namespace {

// The month's words, drawn by the information submodel.
void draw_month(World& w) {
  for (int i = 0; i < w.n; ++i)
    w.contact_word[i] =
        draw(w.stream, {Purpose::monthly, static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(w.month)}).w[1];
}

std::vector<int> organisations_in(const World& w, int region) {
  std::vector<int> list;
  for (int i = 0; i < w.n; ++i)
    if (w.region[i] == region) list.push_back(i);
  return list;
}

struct Collaborated {
  Slots slots;
  double outside;
  bool met, inside;
};

Collaborated collaborated(const World& w, int i) {
  const Parameters& p = w.plan.scenario.parameters;
  Collaborated result{slots_of(w, i), w.outside[i], false, false};
  for (Slot& slot : result.slots) {
    if (slot.partner < 0) continue;
    slot.strength *= 1 - std::min(1.0, p.tie_decay * (1 + rival_of(w, i, slot.partner)));
    if (slot.strength < p.tie_min || w.status[slot.partner] == withdrawn) slot = {};
  }
  result.met = share_of(w.contact_word[i]) < p.contact_rate * (.5 + w.mission[i]);
  if (result.met) {
    const Words words =
        draw(w.stream, {Purpose::chance_contact, static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(w.month)});
    const std::vector<int> around = organisations_in(w, w.region[i]);
    const int j = around[static_cast<std::size_t>(std::uint64_t{words.w[1]} * around.size() >> 32)];
    result.inside = share_of(words.w[0]) < 1 / p.field_size && j != i && is_member(w, i) && is_member(w, j);
    if (result.inside)
      strengthen_slots(result.slots, p.slots, j, p.tie_gain);
    else
      result.outside += p.tie_gain * (1 - result.outside);
  }
  result.outside *= 1 - p.tie_decay;
  if (result.outside < p.tie_min) result.outside = 0;
  return result;
}

struct Contacts {
  int met = 0, inside = 0;
};

Contacts expect_collaborates(Stage& stage) {
  World& w = stage.w;
  draw_month(w);
  const World before = w;
  w.withdrawals = true;
  collaborate(w);
  Contacts contacts;
  for (int i = 0; i < w.n; ++i) {
    SCOPED_TRACE(i);
    const Collaborated expected = collaborated(before, i);
    const Slots slots = slots_of(w, i);
    for (int slot = 0; slot < slots_max; ++slot) {
      EXPECT_EQ(slots[slot].partner, expected.slots[slot].partner);
      EXPECT_NEAR(slots[slot].strength, expected.slots[slot].strength, 1e-6);
    }
    EXPECT_NEAR(w.tie_sum[i], strength_of(expected.slots), 1e-5);
    EXPECT_NEAR(w.outside[i], expected.outside, 1e-6);
    contacts.met += expected.met;
    contacts.inside += expected.inside;
  }
  return contacts;
}

TEST(Collaboration, FollowsItsEquationsMonthAfterMonth) {
  Scenario s = stage_scenario();
  s.parameters.contact_rate = .5;
  s.parameters.field_size = 1.5;
  Contacts all;
  Stage stage(s, 3);
  for (int month = 3; month < 11; ++month) {
    if (month % 4 == 3) vary(stage.w, static_cast<unsigned>(month));
    open_month(stage.w, month);
    const Contacts contacts = expect_collaborates(stage);
    all.met += contacts.met;
    all.inside += contacts.inside;
  }
  EXPECT_GT(all.inside, 40);
  EXPECT_GT(all.met - all.inside, 100);
}

TEST(Collaboration, NonmembersDormantAndWithdrawnMeetByChanceToo) {
  Scenario s = stage_scenario();
  s.parameters.contact_rate = 2.0 / 3;
  s.parameters.field_size = 1;
  Stage stage(s, 3);
  for (const Status status : {nonmember, dormant, withdrawn}) {
    vary(stage.w);
    for (int i = 0; i < stage.w.n; ++i)
      if (i % 2) stage.w.status[i] = status;
    recount(stage.w);
    EXPECT_GT(expect_collaborates(stage).met, 40);
  }
}

TEST(Collaboration, FewerSlots) {
  Scenario s = stage_scenario();
  s.parameters.slots = 2;
  s.parameters.contact_rate = 2.0 / 3;
  s.parameters.field_size = 1;
  s.parameters.tie_decay = .01;
  Stage stage(s, 3);
  for (int month = 3; month < 9; ++month) {
    open_month(stage.w, month);
    expect_collaborates(stage);
  }
}

TEST(Collaboration, RivalsTiesDecayAtMostWholly) {
  Scenario s = stage_scenario();
  s.parameters.tie_decay = .9;
  s.parameters.rivalry = 1;
  s.parameters.role_overlap = 1;
  s.parameters.tie_min = 0;
  s.environment.scarcity = 1;
  s.levers.joint_grants = 0;
  Stage stage(s, 3);
  vary(stage.w);
  draw_month(stage.w);
  collaborate(stage.w);
  for (const float strength : stage.w.tie_strength) EXPECT_GE(strength, 0);
}

// An organisation alone in its region meets only itself: that counts as outside.
TEST(Collaboration, AloneInARegionAllContactsAreOutside) {
  Scenario s = stage_scenario();
  s.organisations.members = {1, 0, 0};
  s.parameters.contact_rate = 2.0 / 3;
  s.parameters.field_size = 1;
  Stage stage(s, 3);
  stage.w.status[0] = enrolled;
  stage.w.mission[0] = 1;
  recount(stage.w);
  const Contacts contacts = expect_collaborates(stage);
  EXPECT_EQ(contacts.met, 1);
  EXPECT_EQ(contacts.inside, 0);
  EXPECT_GT(stage.w.outside[0], 0);
}

// A tie or an outside collaboration of exactly the least strength stays.
TEST(Collaboration, TiesEndBelowTheLeastStrength) {
  Scenario s = stage_scenario();
  s.parameters.tie_decay = 0;
  s.parameters.contact_rate = 0;
  s.parameters.tie_min = .25;
  Stage stage(s, 3);
  World& w = stage.w;
  set_slot(w, 0, 0, 1, .25);
  set_slot(w, 0, 1, 2, std::nextafter(.25f, 0.0f));
  w.outside[0] = .25f;
  w.outside[1] = std::nextafter(.25f, 0.0f);
  draw_month(w);
  collaborate(w);
  EXPECT_EQ(slots_of(w, 0)[0].partner, 1);
  EXPECT_EQ(slots_of(w, 0)[1].partner, -1);
  EXPECT_EQ(w.outside[0], .25f);
  EXPECT_EQ(w.outside[1], 0);
}

}  // namespace
}  // namespace coalis::test
