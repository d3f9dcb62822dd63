// Exchange (model.md section 3, process 4): contacts, viewpoints, conflict and ties among those who came; strife after the month.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "coalis/submodels/submodels.hpp"
#include "support/stage.hpp"

namespace coalis::test {
namespace {

struct Contact {
  int partner;
  std::uint32_t chance;
};

// The contacts of the k-th attendee: blocks of four, keyed by the how-many-th event of the kind to which it was invited.
std::vector<Contact> contacts_of(const World& w, int kind, int k) {
  const int i = w.attendees[k], others = w.attendee_count - 1;
  const int nth = w.invitations[static_cast<std::size_t>(kind) * w.lanes_n + i] - 1;
  std::vector<Contact> contacts;
  for (int c = 0; c < w.plan.scenario.parameters.partners; ++c) {
    const Address at{Purpose::contact, static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(w.month),
                     static_cast<std::uint32_t>(4 * nth + c / 4), hash_name(w.plan.scenario.kinds[kind].name)};
    Address tie = at;
    tie.purpose = Purpose::contact_tie;
    const int drawn = static_cast<int>(std::uint64_t{draw(w.stream, at).w[c % 4]} * static_cast<std::uint64_t>(others) >> 32);
    contacts.push_back({w.attendees[drawn < k ? drawn : drawn + 1], draw(w.stream, tie).w[c % 4]});
  }
  return contacts;
}

// The move that a contact makes.
double step(const World& w, bool contested, double facilitated, double gap) {
  const Parameters& p = w.plan.scenario.parameters;
  const double whole = p.viewpoint_rate * gap / p.partners;
  switch (static_cast<Influence>(w.plan.scenario.structure.influence)) {
    case Influence::bounded_confidence: return contested ? 0 : whole;
    case Influence::degroot:
    case Influence::friedkin_johnsen: return whole;
    case Influence::repulsion: return contested ? -.5 * whole * (1 - facilitated) : whole;
  }
  return 0;
}

struct Exchanged {
  double viewpoint, conflict;
  Slots slots;
};

Exchanged exchanged(const World& w, const Kind& kind, int number, int k) {
  const Parameters& p = w.plan.scenario.parameters;
  const int i = w.attendees[k];
  const double facilitated = 1 - (1 - w.policy->levers.facilitation) * (1 - kind.bridging);
  Exchanged result{w.viewpoint[i], 0, slots_of(w, i)};
  for (const Contact& contact : contacts_of(w, number, k)) {
    const double gap = static_cast<double>(w.viewpoint[contact.partner]) - w.viewpoint[i];
    const bool contested = std::abs(gap) > p.tolerance * (1 + facilitated);
    result.viewpoint += step(w, contested, facilitated, gap);
    result.conflict += contested ? (1 - .5 * facilitated) / p.partners : 0;
    const double chance =
        p.tie_prob * kind.networking * (contested ? p.contested_tie : 1) * (1 - rival_of(w, i, contact.partner));
    if (share_of(contact.chance) < chance) strengthen_slots(result.slots, p.slots, contact.partner, p.tie_gain);
  }
  if (w.plan.scenario.structure.influence != static_cast<int>(Influence::degroot))
    result.viewpoint = (1 - p.anchoring) * result.viewpoint + p.anchoring * w.anchor[i];
  result.viewpoint = std::clamp(result.viewpoint, -1.0, 1.0);
  return result;
}

void expect_slots(const World& w, int i, const Slots& expected) {
  const Slots slots = slots_of(w, i);
  for (int slot = 0; slot < slots_max; ++slot) {
    EXPECT_EQ(slots[slot].partner, expected[slot].partner) << "organisation " << i << " slot " << slot;
    EXPECT_NEAR(slots[slot].strength, expected[slot].strength, 1e-6) << "organisation " << i << " slot " << slot;
  }
}

// Lets an event happen and compares what the exchange makes of it; returns the sum of the attendees' conflicts.
double expect_exchanges(Stage& stage, int series) {
  World& w = stage.w;
  const int number = w.policy->series[series].kind;
  const Kind& kind = w.plan.scenario.kinds[number];
  attend_event(w, series);
  const World before = w;
  exchange_at_event(w);
  double sum = 0;
  std::vector<bool> there(static_cast<std::size_t>(w.n));
  const bool contacts = before.attendee_count >= 2 && kind.networking > 0;
  for (int k = 0; contacts && k < before.attendee_count; ++k) {
    const int i = before.attendees[k];
    SCOPED_TRACE(i);
    const Exchanged expected = exchanged(before, kind, number, k);
    there[static_cast<std::size_t>(i)] = true;
    sum += expected.conflict;
    EXPECT_NEAR(w.viewpoint[i], expected.viewpoint, 2e-6);
    EXPECT_NEAR(w.month_conflict[i], std::max<double>(before.month_conflict[i], expected.conflict), 1e-6);
    expect_slots(w, i, expected.slots);
  }
  for (int i = 0; i < w.n; ++i)
    if (!there[static_cast<std::size_t>(i)]) {
      EXPECT_EQ(w.viewpoint[i], before.viewpoint[i]);
      EXPECT_EQ(w.month_conflict[i], before.month_conflict[i]);
      expect_slots(w, i, slots_of(before, i));
    }
  EXPECT_NEAR(w.conflict_sum, before.conflict_sum + sum, 1e-4);
  EXPECT_EQ(w.contacts_count, before.contacts_count + (contacts ? before.attendee_count : 0));
  return sum;
}

Scenario under(Influence influence) {
  Scenario s = stage_scenario();
  s.structure.influence = static_cast<int>(influence);
  s.parameters.tie_prob = .6;
  for (Kind& kind : s.kinds) kind.base += 2;
  return s;
}

class Exchange : public testing::TestWithParam<Influence> {};

TEST_P(Exchange, FollowsItsRule) {
  for (const unsigned state : {1u, 2u, 3u}) {
    Stage stage(under(GetParam()), 4);
    vary(stage.w, state);
    double conflict = 0;
    for (const int series : {0, 1, 2, 3, 4, 0}) conflict += expect_exchanges(stage, series);
    EXPECT_GT(conflict, 10);
  }
}

TEST_P(Exchange, MoreContactsThanABlockOfDrawsHasWords) {
  Scenario s = under(GetParam());
  s.parameters.partners = 7;
  s.parameters.slots = 3;
  Stage stage(s, 4);
  vary(stage.w);
  for (const int series : {0, 1, 0}) expect_exchanges(stage, series);
}

TEST_P(Exchange, ViewpointsStayInRange) {
  Scenario s = under(GetParam());
  s.parameters.viewpoint_rate = 1;
  s.parameters.tolerance = .1;
  s.levers.facilitation = 0;
  Stage stage(s, 4);
  vary(stage.w);
  for (int event = 0; event < 4; ++event) expect_exchanges(stage, stage::all_meet);
  for (int i = 0; i < stage.w.n; ++i) EXPECT_LE(std::abs(stage.w.viewpoint[i]), 1);
}

INSTANTIATE_TEST_SUITE_P(Influences, Exchange,
                         testing::Values(Influence::bounded_confidence, Influence::degroot, Influence::friedkin_johnsen,
                                         Influence::repulsion));

TEST(Exchange, BridgingAndFacilitationWidenWhatIsTolerated) {
  double conflict[2];
  for (const int wide : {0, 1}) {
    Scenario s = under(Influence::bounded_confidence);
    s.kinds[0].bridging = wide;
    s.levers.facilitation = 0;
    Stage stage(s, 4);
    vary(stage.w);
    conflict[wide] = expect_exchanges(stage, stage::all_meet);
  }
  EXPECT_LT(conflict[1], conflict[0] / 2);
}

TEST(Exchange, OneAttendeeMeetsNobodyTwoMeetEachOther) {
  for (const int attendees : {0, 1, 2}) {
    Scenario s = under(Influence::degroot);
    s.kinds[0].base = 50;
    s.parameters.tie_prob = 1;
    s.parameters.rivalry = 0;
    Stage stage(s, 4);
    World& w = stage.w;
    for (int i = 0; i < w.n; ++i) w.status[i] = i < attendees ? enrolled : nonmember;
    recount(w);
    expect_exchanges(stage, stage::all_meet);
    EXPECT_EQ(w.attendee_count, attendees);
    EXPECT_EQ(w.contacts_count, attendees == 2 ? 2 : 0);
    EXPECT_EQ(slots_of(w, 0)[0].partner, attendees == 2 ? 1 : -1);
  }
}

TEST(Exchange, ContestedTiesAreRarer) {
  Scenario s = under(Influence::bounded_confidence);
  s.parameters.tolerance = 0;
  s.parameters.contested_tie = 0;
  s.levers.facilitation = 0;
  Stage stage(s, 4);
  vary(stage.w);
  const World before = stage.w;
  expect_exchanges(stage, stage::all_meet);
  EXPECT_TRUE(std::equal(before.tie_strength.begin(), before.tie_strength.end(), stage.w.tie_strength.begin()));
}

// At the tolerance itself a contact is not contested.
TEST(Exchange, ContestedBeginsAboveTheTolerance) {
  for (const float other : {.5f, .5001f}) {
    Scenario s = under(Influence::degroot);
    s.kinds[0].base = 50;
    s.parameters.tolerance = .25;
    s.parameters.viewpoint_rate = 0;
    s.levers.facilitation = 1;  // F = 1
    Stage stage(s, 4);
    World& w = stage.w;
    for (int i = 0; i < w.n; ++i) w.status[i] = i < 2 ? enrolled : nonmember;
    recount(w);
    w.viewpoint[0] = 0;
    w.viewpoint[1] = other;
    attend_event(w, stage::all_meet);
    exchange_at_event(w);
    EXPECT_FLOAT_EQ(w.month_conflict[0], other > .5f ? .5f : 0.0f);
  }
}

TEST(Exchange, TheSecondEventKeepsTheLargerConflict) {
  Stage stage(under(Influence::bounded_confidence), 4);
  World& w = stage.w;
  vary(w);
  std::fill_n(w.month_conflict.begin(), w.n, .4f);
  expect_exchanges(stage, stage::all_meet);
  EXPECT_GE(*std::min_element(w.month_conflict.begin(), w.month_conflict.begin() + w.n), .4f);
  EXPECT_GT(*std::max_element(w.month_conflict.begin(), w.month_conflict.begin() + w.n), .4f);
}

// The weakest slot gives way unless it is as strong as the newcomer; the first of equals; a known partner is strengthened.
TEST(Exchange, TiesTakeTheWeakestSlot) {
  Scenario s = under(Influence::degroot);
  s.kinds[0].base = 50;
  s.parameters.tie_prob = 1;
  s.parameters.rivalry = 0;
  s.parameters.partners = 1;
  s.parameters.slots = 3;
  s.parameters.tie_gain = .3;
  const std::array<std::array<Slot, 3>, 5> begin{{{Slot{5, .4}, Slot{6, .2}, Slot{7, .2}},
                                                  {Slot{5, .4}, Slot{6, .3}, Slot{7, .9}},
                                                  {Slot{5, .4}, Slot{1, .9}, Slot{}},
                                                  {Slot{5, .4}, Slot{6, .2}, Slot{}},
                                                  {Slot{5, .29}, Slot{1, .1}, Slot{7, .2}}}};
  const std::array<std::array<Slot, 3>, 5> end{{{Slot{5, .4}, Slot{1, .3}, Slot{7, .2}},
                                                {Slot{5, .4}, Slot{6, .3}, Slot{7, .9}},
                                                {Slot{5, .4}, Slot{1, .93}, Slot{}},
                                                {Slot{5, .4}, Slot{6, .2}, Slot{1, .3}},
                                                {Slot{5, .29}, Slot{1, .37}, Slot{7, .2}}}};
  for (std::size_t example = 0; example < begin.size(); ++example) {
    SCOPED_TRACE(example);
    Stage stage(s, 4);
    World& w = stage.w;
    for (int i = 0; i < w.n; ++i) w.status[i] = i < 2 ? enrolled : nonmember;
    for (int slot = 0; slot < 3; ++slot) set_slot(w, 0, slot, begin[example][slot].partner, begin[example][slot].strength);
    recount(w);
    attend_event(w, stage::all_meet);
    exchange_at_event(w);
    Slots expected{};
    std::copy(end[example].begin(), end[example].end(), expected.begin());
    expect_slots(w, 0, expected);
  }
}

TEST(Strife, FollowsTheMonthsConflictAndFadesWithoutContacts) {
  Stage stage(stage_scenario(), 4);
  World& w = stage.w;
  w.strife = .5f;
  w.conflict_sum = 3;
  w.contacts_count = 40;
  settle_strife(w);
  EXPECT_NEAR(w.strife, .5 + .3 * (3 / 40.0 - .5), 1e-7);
  EXPECT_NEAR(w.conflict_in[4], 3 / 40.0, 1e-7);
  w.contacts_count = 0;
  w.strife = .5f;
  settle_strife(w);
  EXPECT_NEAR(w.strife, .5 * .95, 1e-7);
}

}  // namespace
}  // namespace coalis::test
