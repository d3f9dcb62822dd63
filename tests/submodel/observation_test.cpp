// Observation: outcomes (model.md section 9), trajectories, costs (section 8), by their definitions from a world in a chosen
// state.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <map>
#include <random>
#include <set>

#include "coalis/engine/simulate.hpp"
#include "coalis/observation/observers.hpp"
#include "support/stage.hpp"

namespace coalis::test {
namespace {

using Values = std::map<std::string, double>;
constexpr double missing = std::numeric_limits<double>::quiet_NaN();
const std::vector<std::string> kind_names{"meeting", "outreach", "training"};

double per(double sum, double count) { return count > 0 ? sum / count : missing; }
bool ever(const World& w, int i) { return w.status[i] != nonmember; }

// The end of a month, with a past.
Stage past(int month, unsigned state) {
  Stage stage(stage_scenario(), month);
  World& w = stage.w;
  vary(w, state);
  std::mt19937 rng(state);
  const auto whole = [&rng](int below) { return static_cast<int>(rng() % static_cast<unsigned>(below)); };
  for (int i = 0; i < w.n; ++i) {
    for (auto& events : w.attended_events) events[i] = std::max(0, whole(5) - 2);
    w.last_attended[i] = month - whole(30);
    w.year_balance[i] = i % 7 - 3;
  }
  for (std::size_t at = 0; at < w.invited_in.size(); ++at) {
    w.invited_in[at] = static_cast<int>(at / 5 % 48) <= month ? whole(9) : 0;
    w.attended_in[at] = w.invited_in[at] > 0 ? whole(w.invited_in[at]) : 0;
  }
  for (int t = 0; t <= month; ++t) {
    w.hours_in[t] = 100 + whole(50);
    w.cost_in[t] = 5'000 + whole(1'000);
    w.conflict_in[t] = t % 3 ? static_cast<float>(whole(100)) / 100 : static_cast<float>(missing);
  }
  w.events_held = {17, 4, 9};
  w.held_of = {2, 0, 1};
  w.goal = .4f;
  w.strife = .2f;
  w.service = .3f;
  w.service_known = true;
  return stage;
}

// Shares, means and states that have the same definition in the outcomes and in a month; region -1: all.
Values common(const World& w, int region) {
  double n = 0, members = 0, engaged = 0, never_came = 0, inside = 0, outside = 0;
  std::array<double, 4> status{}, mean{};
  for (int i = 0; i < w.n; ++i) {
    if (!ever(w, i) || (region >= 0 && w.region[i] != region)) continue;
    ++n;
    ++status[static_cast<std::size_t>(w.status[i])];
    engaged += w.last_attended[i] >= w.month - 11;
    never_came += w.attended_events[stage::meeting][i] == 0;
    inside += strength_of(slots_of(w, i)) > 0;
    outside += w.outside[i] > 0;
    if (!is_member(w, i)) continue;
    ++members;
    mean[0] += w.commitment[i];
    mean[1] += w.leadership[i];
    mean[2] += w.progress[i];
    mean[3] += w.awareness[i];
  }
  return {{"never_attended", per(never_came, n)},     {"engaged", per(engaged, n)},
          {"enrolled", per(status[enrolled], n)},     {"dormant", per(status[dormant], n)},
          {"withdrawn", per(status[withdrawn], n)},   {"commitment", per(mean[0], members)},
          {"leadership", per(mean[1], members)},      {"progress", per(mean[2], members)},
          {"awareness", per(mean[3], members)},       {"inside_collaboration", per(inside, n)},
          {"outside_collaboration", per(outside, n)}, {"members", members}};
}

double ever_members(const World& w, int region = -1) {
  double n = 0;
  for (int i = 0; i < w.n; ++i) n += ever(w, i) && (region < 0 || w.region[i] == region);
  return n;
}

double gap(const World& w) {
  std::set<double> shares;
  int regions = 0;
  for (int region = 0; region < 5; ++region)
    if (ever_members(w, region) >= 5) {
      shares.insert(common(w, region)["engaged"]);
      ++regions;
    }
  return regions < 2 ? missing : *shares.rbegin() - *shares.begin();
}

int region_with_most(const World& w) {
  int most = 0;
  for (int region = 1; region < 5; ++region)
    if (common(w, region)["members"] > common(w, most)["members"]) most = region;
  return most;
}

double participation(const World& w, int kind, int first, int last, int except, int only = -1) {
  double invited = 0, attended = 0;
  for (int month = std::max(0, first); month <= last; ++month)
    for (int region = 0; region < 5; ++region)
      if (region != except && (only < 0 || region == only)) {
        invited += w.invited_in[turnout_index(w, kind, month, region)];
        attended += w.attended_in[turnout_index(w, kind, month, region)];
      }
  return per(attended, invited);
}

double attended_until(const World& w, int kind) {
  double sum = 0;
  for (int month = 0; month <= w.month; ++month)
    for (int region = 0; region < 5; ++region) sum += w.attended_in[turnout_index(w, kind, month, region)];
  return sum;
}

// What a month and a run have in common, over months `first` to the month.
Values of_coalition(const World& w, int first) {
  Values v = common(w, -1);
  for (int kind = 0; kind < 3; ++kind) {
    v["attended_per_member." + kind_names[static_cast<std::size_t>(kind)]] = per(attended_until(w, kind), ever_members(w));
    v["participation." + kind_names[static_cast<std::size_t>(kind)]] = participation(w, kind, first, w.month, -1);
  }
  v["participation_remote"] = participation(w, stage::meeting, first, w.month, region_with_most(w));
  v["regional_gap"] = gap(w);
  v["goal_attainment"] = w.goal;
  v["service_effectiveness"] = w.service_known ? w.service : missing;
  v["strife"] = w.strife;
  return v;
}

Values outcomes_of(const World& w) {
  Values v = of_coalition(w, 36);
  v.erase("members");
  double conflict = 0, contacts = 0, hours = 0, cost = 0;
  for (int t = 0; t < 48; ++t) {
    contacts += !std::isnan(w.conflict_in[t]);
    conflict += std::isnan(w.conflict_in[t]) ? 0 : w.conflict_in[t];
    hours += w.hours_in[t];
    cost += w.cost_in[t];
  }
  for (std::size_t kind = 0; kind < 3; ++kind) v["events_held." + kind_names[kind]] = w.events_held[kind];
  v["conflict"] = per(conflict, contacts);
  v["hours_given"] = per(hours / 4, ever_members(w));
  v["coordination_cost"] = cost / 4;
  v["planned_cost"] = w.plan.planned_cost;
  v["member_cost"] = hours / 4 * 35;
  double steadily = 0;
  for (int i = 0; i < w.n; ++i) steadily += ever(w, i) && w.last_attended[i] >= w.month - 11 && w.year_balance[i] >= 0;
  v["engaged_steadily"] = per(steadily, ever_members(w));
  v["hours_per_goal"] = per(hours / 4, ever_members(w)) / w.goal;
  return v;
}

Values month_of(const World& w) {
  Values v = of_coalition(w, w.month);
  for (std::size_t kind = 0; kind < 3; ++kind) v["events_held." + kind_names[kind]] = w.held_of[kind];
  v["conflict"] = w.conflict_in[w.month];
  v["hours_given"] = per(w.hours_in[w.month], ever_members(w));
  v["coordination_cost"] = w.cost_in[w.month];
  return v;
}

void expect_value(const std::string& name, double value, Values& expected, double tolerance) {
  ASSERT_EQ(expected.count(name), 1u) << name;
  if (std::isnan(expected[name])) {
    EXPECT_TRUE(std::isnan(value)) << name << " is " << value;
  } else {
    EXPECT_NEAR(value, expected[name], tolerance * std::max(1.0, std::abs(expected[name]))) << name;
  }
  expected.erase(name);
}

void expect_outcomes(const World& w) {
  Values expected = outcomes_of(w);
  RunRecord record;
  prepare_record(w, {}, record);
  record_outcomes(w, record);
  for (std::size_t k = 0; k < record.outcomes.size(); ++k)
    expect_value(outcome_quantities()[k].name, record.outcomes[k], expected, 1e-6);
  EXPECT_TRUE(expected.empty()) << expected.begin()->first;
}

void expect_trajectories(const World& w) {
  RunRecord record;
  prepare_record(w, {}, record);
  std::fill(record.trajectories.begin(), record.trajectories.end(), -7.0f);
  record_trajectories(w, {}, record);
  Values expected = month_of(w);
  for (std::size_t k = 0; k < trajectory_quantities().size(); ++k)
    expect_value(trajectory_quantities()[k].name, record.trajectories[k * 48 + static_cast<std::size_t>(w.month)], expected,
                 1e-5);
  EXPECT_TRUE(expected.empty()) << expected.begin()->first;
  for (int region = 0; region < 5; ++region) {
    SCOPED_TRACE(region);
    Values here = common(w, region);
    here["participation.meeting"] = participation(w, stage::meeting, w.month, w.month, -1, region);
    for (std::size_t k = 0; k < region_trajectory_quantities().size(); ++k) {
      const std::size_t at = (k * 5 + static_cast<std::size_t>(region)) * 48 + static_cast<std::size_t>(w.month);
      expect_value(region_trajectory_quantities()[k].name, record.region_trajectories[at], here, 1e-5);
    }
    EXPECT_TRUE(here.empty());
  }
}

TEST(Outcomes, AreWhatTheirDefinitionsSay) {
  for (unsigned state = 1; state <= 6; ++state) expect_outcomes(past(47, state).w);
}

TEST(Outcomes, WithoutMembersMeansAndSharesAreMissing) {
  Stage stage = past(47, 1);
  for (const Status status : {nonmember, withdrawn}) {
    std::fill_n(stage.w.status.begin(), stage.w.n, status);
    stage.w.service_known = false;
    std::fill(stage.w.invited_in.begin(), stage.w.invited_in.end(), 0);
    std::fill(stage.w.attended_in.begin(), stage.w.attended_in.end(), 0);
    std::fill(stage.w.conflict_in.begin(), stage.w.conflict_in.end(), static_cast<float>(missing));
    recount(stage.w);
    expect_outcomes(stage.w);
  }
}

TEST(Outcomes, TheRegionalGapNeedsTwoRegionsOfFive) {
  Stage stage = past(47, 1);
  World& w = stage.w;
  for (const int fewest : {4, 5}) {
    int west = 0, east = 0;
    for (int i = 0; i < w.n; ++i)
      w.status[i] =
          (w.region[i] == stage::west && west++ < 9) || (w.region[i] == stage::east && east++ < fewest) ? enrolled : nonmember;
    recount(w);
    EXPECT_EQ(std::isnan(gap(w)), fewest == 4);
    expect_outcomes(w);
  }
}

TEST(Outcomes, WithoutAKindItsValuesAreMissing) {
  Scenario s = stage_scenario();
  s.kinds[0].name = "picnic";
  Simulator simulator(make_plan(s));
  RunRecord record;
  simulator.run(1, 0, {}, record);
  for (std::size_t k = 0; k < record.outcomes.size(); ++k) {
    const std::string& name = outcome_quantities()[k].name;
    const bool of_meetings =
        name.find("meeting") != std::string::npos || name == "never_attended" || name == "participation_remote";
    EXPECT_EQ(std::isnan(record.outcomes[k]), of_meetings) << name;
  }
}

TEST(Outcomes, AKindWithoutEventsHasNoneHeldAndMissingParticipation) {
  Scenario s = stage_scenario();
  s.series[stage::outreach_day].per_year = 0;
  Simulator simulator(make_plan(s));
  RunRecord record;
  simulator.run(1, 0, {}, record);
  const auto value = [&](const char* name) {
    std::size_t k = 0;
    while (outcome_quantities()[k].name != name) ++k;
    return record.outcomes[k];
  };
  EXPECT_EQ(value("events_held.outreach"), 0);
  EXPECT_EQ(value("attended_per_member.outreach"), 0);
  EXPECT_TRUE(std::isnan(value("participation.outreach")));
}

TEST(Trajectories, AreTheMonthsValues) {
  for (const int month : {0, 5, 30, 47}) expect_trajectories(past(month, static_cast<unsigned>(month + 1)).w);
}

TEST(Trajectories, WithoutServiceAndMembersValuesAreMissing) {
  Stage stage = past(20, 3);
  std::fill_n(stage.w.status.begin(), stage.w.n, nonmember);
  stage.w.service_known = false;
  recount(stage.w);
  expect_trajectories(stage.w);
}

// Columns of a record by name: [quantity][organisation] from an offset on.
template <class T, class Expected>
void expect_column(const std::vector<Quantity>& quantities, const std::vector<T>& values, const char* name, std::size_t stride,
                   std::size_t offset, Expected expected) {
  std::size_t k = 0;
  while (quantities.at(k).name != name) ++k;
  for (int i = 0; i < 100; ++i)
    EXPECT_EQ(values.at(k * stride + offset + static_cast<std::size_t>(i)), static_cast<T>(expected(i))) << name << " of " << i;
}

TEST(Organisations, AreRecordedMonthByMonthAndAtTheEnd) {
  Stage stage = past(47, 2);
  World& w = stage.w;
  for (int i = 0; i < w.n; ++i) {
    w.attended[i] = i % 3 == 0;
    w.hours[i] = static_cast<float>(i);
  }
  RunRecord record;
  const Recording all{true, true, true, true, true, true};
  prepare_record(w, all, record);
  observe_month(w, all, record);
  observe_end(w, all, record);
  for (const auto& [name, column] : {std::pair{"commitment", &World::commitment},
                                     {"awareness", &World::awareness},
                                     {"leadership", &World::leadership},
                                     {"progress", &World::progress},
                                     {"participation_trace", &World::trace},
                                     {"conflict", &World::conflict},
                                     {"outside_collaboration", &World::outside},
                                     {"viewpoint", &World::viewpoint}}) {
    const auto value = [&w, c = column](int i) { return (w.*c)[i]; };
    expect_column(organisation_trajectory_quantities(), record.organisation_trajectories, name, 4'800, 4'700, value);
    expect_column(final_float_quantities(), record.final_float, name, 100, 0, value);
  }
  for (const auto& [name, column] : {std::pair{"mission_alignment", &World::mission},
                                     {"capacity", &World::capacity},
                                     {"viewpoint_anchor", &World::anchor},
                                     {"grant_factor", &World::grant_factor},
                                     {"load", &World::load}})
    expect_column(final_float_quantities(), record.final_float, name, 100, 0, [&w, c = column](int i) { return (w.*c)[i]; });
  for (const auto& [name, column] : {std::pair{"sector", &World::sector}, {"role", &World::role}, {"region", &World::region}})
    expect_column(final_integer_quantities(), record.final_integer, name, 100, 0, [&w, c = column](int i) { return (w.*c)[i]; });
  for (const auto& [name, column] : {std::pair{"serves_victims", &World::serves_victims},
                                     {"type", &World::type},
                                     {"entry", &World::entry},
                                     {"status", &World::status},
                                     {"idle", &World::idle}})
    expect_column(final_integer_quantities(), record.final_integer, name, 100, 0, [&w, c = column](int i) { return (w.*c)[i]; });
  expect_column(final_integer_quantities(), record.final_integer, "home_hub", 100, 0, [&](int i) { return home_of(w, i); });
  const auto& monthly = organisation_trajectory_quantities();
  expect_column(monthly, record.organisation_trajectories, "status", 4'800, 4'700, [&](int i) { return w.status[i]; });
  expect_column(monthly, record.organisation_trajectories, "attended", 4'800, 4'700, [&](int i) { return w.attended[i]; });
  expect_column(monthly, record.organisation_trajectories, "hours_given", 4'800, 4'700, [&](int i) { return w.hours[i]; });
  expect_column(monthly, record.organisation_trajectories, "tie_strength", 4'800, 4'700, [&](int i) { return w.tie_sum[i]; });
  for (std::size_t kind = 0; kind < 3; ++kind)
    for (int i = 0; i < 100; ++i)
      EXPECT_EQ(record.attended[kind * 100 + static_cast<std::size_t>(i)], w.attended_events[kind][i]);
}

TEST(Ties, AreRecordedByOwnerAndByRegions) {
  const Stage stage = past(47, 2);
  const World& w = stage.w;
  RunRecord record;
  Stage again = past(47, 2);
  prepare_record(again.w, {}, record);
  observe_end(again.w, {}, record);
  std::vector<double> between(25);
  std::size_t at = 0;
  for (int i = 0; i < w.n; ++i)
    for (const Slot& slot : slots_of(w, i)) {
      if (slot.partner < 0) continue;
      ASSERT_LT(at, record.ties.size());
      EXPECT_EQ(record.ties[at].owner, i);
      EXPECT_EQ(record.ties[at].partner, slot.partner);
      EXPECT_EQ(record.ties[at++].strength, slot.strength);
      between[static_cast<std::size_t>(w.region[i] * 5 + w.region[slot.partner])] += slot.strength;
    }
  EXPECT_EQ(at, record.ties.size());
  for (std::size_t k = 0; k < 25; ++k) EXPECT_NEAR(record.region_ties[k], between[k], 1e-4);
}

// The hash sees every state variable and every outcome.
TEST(Hash, ChangesWithWhateverItIsOver) {
  const auto hash_with = [](const std::function<void(World&)>& disturb) {
    Stage stage = past(47, 2);
    disturb(stage.w);
    RunRecord record;
    prepare_record(stage.w, {}, record);
    observe_end(stage.w, {}, record);
    return record.hash;
  };
  const std::uint64_t hash = hash_with([](World&) {});
  EXPECT_EQ(hash, hash_with([](World&) {}));
  for (const auto column : {&World::mission, &World::capacity, &World::anchor, &World::commitment, &World::awareness,
                            &World::leadership, &World::progress, &World::trace, &World::conflict, &World::outside,
                            &World::viewpoint, &World::grant_factor, &World::load, &World::tie_strength})
    for (const int i : {0, 37, 99}) EXPECT_NE(hash, hash_with([&](World& w) { (w.*column)[i] += .125f; }));
  for (const auto column : {&World::sector, &World::role, &World::region})
    for (const int i : {0, 37, 99}) EXPECT_NE(hash, hash_with([&](World& w) { (w.*column)[i] ^= 1; }));
  for (const auto column : {&World::type, &World::entry, &World::idle, &World::last_attended, &World::tie_partner})
    for (const int i : {0, 37, 99}) EXPECT_NE(hash, hash_with([&](World& w) { (w.*column)[i] ^= 1; }));
  EXPECT_NE(hash, hash_with([](World& w) { ++w.attended_events[2][99]; }));
  EXPECT_NE(hash, hash_with([](World& w) { w.goal += .001f; }));
  EXPECT_NE(hash, hash_with([](World& w) { ++w.attended_in.back(); }));
}

// Staff and levers of the month, interventions included, then events as they are held.
TEST(Costs, AMonthCostsStaffLeversAndEventsHeld) {
  Scenario s = stage_scenario();
  s.interventions = {change<Hub>(stage::Idle, "fte", 2.5, 10), change<Levers>(0, "referral_tracking", 0.0, 20)};
  Simulator simulator(make_plan(s));
  RunRecord record;
  simulator.run(1, 3, {}, record);
  const auto row = [&](const char* name) {
    std::size_t k = 0;
    while (trajectory_quantities()[k].name != name) ++k;
    return record.trajectories.begin() + static_cast<std::ptrdiff_t>(k * 48);
  };
  for (int month = 0; month < 48; ++month) {
    const double staff = (month < 10 ? 1.7 : 3.7) * 75'000;
    const double levers = 1.2 * 5'000 + .3 * 8'000 + .25 * 10'000 + 1.5 * 5'000 + (month < 20 ? .4 * 20'000 : 0) + .35 * 5'000;
    const double events = row("events_held.meeting")[month] * 300 + row("events_held.outreach")[month] * 2'000 +
                          row("events_held.training")[month] * 1'500;
    EXPECT_NEAR(row("coordination_cost")[month], (staff + levers) / 12 + events, .01) << month;
  }
}

}  // namespace
}  // namespace coalis::test
