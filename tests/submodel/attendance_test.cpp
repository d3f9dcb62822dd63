// Attendance (model.md section 3, process 4): who is invited, who comes under each rule of choice, and what it does to them.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "coalis/submodels/submodels.hpp"
#include "support/stage.hpp"

namespace coalis::test {
namespace {

const Parameters& parameters(const World& w) { return w.plan.scenario.parameters; }
const Series& calling(const World& w, int series) { return w.policy->series[series]; }

bool invited(const World& w, int series, int i) {
  if (w.status[i] != enrolled) return false;
  switch (static_cast<Audience>(calling(w, series).audience)) {
    case Audience::hub: return home_of(w, i) == calling(w, series).hub;
    case Audience::all: return true;
    case Audience::core: return w.trace[i] >= static_cast<float>(parameters(w).core_trace);
  }
  return false;
}

double hours_of(const World& w, int series, int i) {
  const Series& s = calling(w, series);
  return s.hours + 2 * w.plan.travel(w.region[i], w.policy->hubs[s.hub].seat) * (1 - s.remote);
}

double utility(const World& w, int series, int i) {
  const Parameters& p = parameters(w);
  const double cost = std::min(p.cost_cap, hours_of(w, series, i) / std::max(1.0, static_cast<double>(w.resources[i])));
  const bool habit = w.plan.scenario.structure.engagement != static_cast<int>(Engagement::trait);
  return w.plan.scenario.kinds[calling(w, series).kind].base + p.beta_mission * (w.mission[i] - .5) +
         p.beta_commitment * (w.commitment[i] - .5) + p.beta_leadership * (w.leadership[i] - .5) +
         p.beta_awareness * (w.awareness[i] - .5) + (habit ? p.beta_habit * w.trace[i] : 0) +
         p.beta_regularity * (calling(w, series).regularity - 1) - p.beta_cost * cost;
}

// q as things stood at the start of the process; missing (-1) without ties.
double peers(const World& start, int i) {
  double sum = 0, weight = 0;
  for (const Slot& slot : slots_of(start, i))
    if (slot.partner >= 0) {
      sum += slot.strength * start.trace[slot.partner];
      weight += slot.strength;
    }
  return weight > 0 ? sum / weight : -1;
}

// How far the organisation is on the side of coming; attends if 0 or more.
double inclination(const World& start, const World& w, int series, int i) {
  const Parameters& p = parameters(w);
  const int kind = calling(w, series).kind;
  const auto nth = static_cast<std::uint32_t>(w.invitations[static_cast<std::size_t>(kind) * w.lanes_n + i]);
  const auto word = [&](Purpose purpose) {
    return draw_word(w.stream, {purpose, static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(w.month), nth,
                                hash_name(w.plan.scenario.kinds[kind].name)});
  };
  const double q = peers(start, i), u = utility(w, series, i),
               last = w.last_turnout[calling(w, series).hub * w.plan.kinds() + kind];
  const double expected = q < 0 ? last : (1 - p.global_weight) * q + p.global_weight * last;
  const double lot = share_of(word(Purpose::attendance));
  switch (static_cast<Decision>(w.plan.scenario.structure.decision)) {
    case Decision::benefit_cost: return sigmoid(u + p.beta_social * std::max(q, 0.0)) - lot;
    case Decision::threshold: {
      const double z = normal_of(word(Purpose::attendance), word(Purpose::threshold_noise));
      return expected + p.threshold_noise * z - (1 - sigmoid(u + p.threshold_shift));
    }
    case Decision::conditional_cooperation: break;
  }
  const double alone = sigmoid(u + p.conditional_shift);
  const double together = (1 - p.conditional_weight) * alone + p.conditional_weight * expected;
  return (w.type[i] == conditional ? together : w.type[i] == free_rider ? p.free_rider_factor * alone : alone) - lot;
}

// Lets one event happen and compares everything that it writes; returns who came.
std::vector<int> expect_attends(Stage& stage, const World& start, int series) {
  World& w = stage.w;
  const World before = w;
  const Parameters& p = parameters(w);
  const Series& s = calling(w, series);
  const Kind& kind = w.plan.scenario.kinds[s.kind];
  attend_event(w, series);
  std::vector<int> came;
  std::vector<int> invited_in(5), attended_in(5);
  double effort = before.effort, hours = before.hours_in[w.month];
  int invitations = 0;
  for (int i = 0; i < w.n; ++i) {
    SCOPED_TRACE(i);
    const bool asked = invited(before, series, i), comes = w.attended_events[s.kind][i] > before.attended_events[s.kind][i];
    const double side = asked ? inclination(start, before, series, i) : -1;
    if (std::abs(side) > 1e-5) {
      EXPECT_EQ(comes, side >= 0);
    }
    const double tau = hours_of(before, series, i);
    if (comes) came.push_back(i);
    invitations += asked;
    invited_in[w.region[i]] += asked;
    attended_in[w.region[i]] += comes;
    effort += comes ? kind.yield * s.hours * before.commitment[i] : 0;
    hours += comes ? tau : 0;
    const double trace = before.trace[i];
    EXPECT_NEAR(w.trace[i], asked ? trace + p.trace_rate * (comes - trace) : trace, 1e-6);
    EXPECT_NEAR(w.resources[i], comes ? std::max(0.0, before.resources[i] - tau) : before.resources[i], 1e-5);
    EXPECT_NEAR(w.hours[i], before.hours[i] + (comes ? tau : 0), 1e-5);
    EXPECT_NEAR(w.awareness[i], before.awareness[i] + (comes ? kind.awareness_gain * (1 - before.awareness[i]) : 0), 1e-6);
    EXPECT_NEAR(w.leadership[i],
                before.leadership[i] + (comes ? p.leadership_meet * (before.visibility[s.hub] - before.leadership[i]) : 0), 1e-6);
    EXPECT_EQ(w.attended[i] != 0, before.attended[i] != 0 || comes);
    EXPECT_EQ(w.attended_events[s.kind][i], before.attended_events[s.kind][i] + comes);
    EXPECT_EQ(w.last_attended[i], comes ? w.month : before.last_attended[i]);
    EXPECT_EQ(w.commitment[i], before.commitment[i]);
  }
  EXPECT_EQ(std::vector<int>(w.attendees.begin(), w.attendees.begin() + w.attendee_count), came);
  EXPECT_NEAR(w.effort, effort, 1e-4);
  EXPECT_NEAR(w.hours_in[w.month], hours, 1e-3);
  for (int region = 0; region < 5; ++region) {
    const int at = turnout_index(w, s.kind, w.month, region);
    EXPECT_EQ(w.invited_in[at] - before.invited_in[at], invited_in[region]) << region;
    EXPECT_EQ(w.attended_in[at] - before.attended_in[at], attended_in[region]) << region;
  }
  for (int at = 0; at < static_cast<int>(w.last_turnout.size()); ++at) {
    const bool here = at == s.hub * w.plan.kinds() + s.kind && invitations > 0;
    EXPECT_FLOAT_EQ(w.last_turnout[at],
                    here ? static_cast<float>(came.size()) / static_cast<float>(invitations) : before.last_turnout[at]);
  }
  return came;
}

Scenario under(Decision decision, Engagement engagement = Engagement::mixture) {
  Scenario s = stage_scenario();
  s.structure.decision = static_cast<int>(decision);
  s.structure.engagement = static_cast<int>(engagement);
  for (Kind& kind : s.kinds) kind.base += 1;  // so that the hours of the second event of a month are scarce
  return s;
}

// The calendar of a full month, twice: events of one kind by several series of two hubs, audiences of all sorts.
void expect_a_month(const Scenario& s, unsigned state) {
  Stage stage(s, 2);
  vary(stage.w, state);
  const World start = stage.w;
  for (const int series : {0, 1, 2, 3, 4, 2, 0, 1, 3}) {
    SCOPED_TRACE(calling(stage.w, series).name);
    expect_attends(stage, start, series);
  }
}

class Attendance : public testing::TestWithParam<Decision> {};

TEST_P(Attendance, FollowsItsRule) {
  for (const unsigned state : {1u, 2u, 3u}) expect_a_month(under(GetParam()), state);
}

TEST_P(Attendance, HasNoHabitUnderTrait) { expect_a_month(under(GetParam(), Engagement::trait), 4); }

TEST_P(Attendance, CostIsCapped) {
  Scenario s = under(GetParam());
  s.parameters.cost_cap = .8;
  s.parameters.beta_cost = 4;
  expect_a_month(s, 5);
}

INSTANTIATE_TEST_SUITE_P(Decisions, Attendance,
                         testing::Values(Decision::benefit_cost, Decision::threshold, Decision::conditional_cooperation));

TEST(Attendance, WithoutTiesTheLastTurnoutIsAllThatIsExpected) {
  for (const Decision decision : {Decision::benefit_cost, Decision::threshold, Decision::conditional_cooperation}) {
    Stage stage(under(decision), 1);
    vary(stage.w);
    for (int i = 0; i < stage.w.n; ++i)
      for (int slot = 0; slot < slots_max; ++slot) set_slot(stage.w, i, slot, -1, 0);
    recount(stage.w);
    const World start = stage.w;
    EXPECT_FLOAT_EQ(start.last_turnout[0], .5f);  // initial_attendance
    for (int event = 0; event < 3; ++event) expect_attends(stage, start, stage::all_meet);
  }
}

TEST(Attendance, TheCoreBeginsAtItsBound) {
  Scenario s = under(Decision::benefit_cost);
  s.parameters.core_trace = .5;
  Stage stage(s, 1);
  World& w = stage.w;
  std::fill_n(w.status.begin(), w.n, enrolled);
  recount(w);
  for (int i = 0; i < w.n; ++i) w.trace[i] = i % 3 == 0 ? .5f : i % 3 == 1 ? std::nextafter(.5f, 0.0f) : 0;
  const World start = w;
  expect_attends(stage, start, stage::core_meets);
  EXPECT_EQ(w.invited_in[turnout_index(w, 0, 1, 0)] + w.invited_in[turnout_index(w, 0, 1, 1)] +
                w.invited_in[turnout_index(w, 0, 1, 2)] + w.invited_in[turnout_index(w, 0, 1, 3)] +
                w.invited_in[turnout_index(w, 0, 1, 4)],
            34);
}

TEST(Attendance, AnEventWithoutInvitedLeavesTheLastTurnout) {
  Scenario s = under(Decision::benefit_cost);
  s.parameters.core_trace = 1;
  Stage stage(s, 1);
  World& w = stage.w;
  vary(w);
  for (int i = 0; i < w.n; ++i) w.trace[i] = .9f;
  const World start = w;
  EXPECT_TRUE(expect_attends(stage, start, stage::core_meets).empty());
  EXPECT_FLOAT_EQ(w.last_turnout[0], .5f);
  std::fill_n(w.status.begin(), w.n, dormant);
  recount(w);
  EXPECT_TRUE(expect_attends(stage, start, stage::all_meet).empty());
  EXPECT_FLOAT_EQ(w.last_turnout[0], .5f);
}

// Central or regional, the first meeting of a month to which an organisation is invited meets the same luck.
TEST(Attendance, RegionalAndCentralCalendarsArePaired) {
  Scenario s = under(Decision::benefit_cost);
  s.hubs[stage::West].seat = s.hubs[stage::East].seat;
  s.series[stage::all_meet] = s.series[stage::east_meets];
  s.series[stage::all_meet].audience = static_cast<int>(Audience::all);
  s.series[stage::all_meet].hub = stage::West;
  Stage central(s, 1), regional(s, 1);
  vary(central.w);
  vary(regional.w);
  attend_event(central.w, stage::all_meet);
  attend_event(regional.w, stage::east_meets);
  int came = 0;
  for (int i = 0; i < regional.w.n; ++i)
    if (home_of(regional.w, i) == stage::East) {
      EXPECT_EQ(central.w.attended_events[0][i], regional.w.attended_events[0][i]);
      came += regional.w.attended_events[0][i];
    }
  EXPECT_GT(came, 3);
}

}  // namespace
}  // namespace coalis::test
