#include "stage.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>

#include "coalis/engine/simulate.hpp"
#include "coalis/initialization/initialization.hpp"
#include "coalis/model/fields.hpp"
#include "coalis/submodels/submodels.hpp"
#include "coalis/submodels/ties.hpp"

namespace coalis::test {
namespace {

Hub hub(const char* name, int seat, std::vector<int> serves, double fte, double authority, Convenor convenor) {
  return {name, seat, std::move(serves), fte, authority, static_cast<int>(convenor)};
}

Series series(const char* name, int kind, int of_hub, Audience audience, double per_year, double hours, double remote,
              double regularity) {
  Series s;
  s.name = name;
  s.kind = kind;
  s.hub = of_hub;
  s.audience = static_cast<int>(audience);
  s.per_year = per_year;
  s.hours = hours;
  s.remote = remote;
  s.regularity = regularity;
  s.from = 0;
  s.until = 48;
  return s;
}

}  // namespace

Scenario stage_scenario() {
  Scenario s;
  s.name = "stage";
  s.calendar = {"2000-01", 48};
  s.organisations = {{60, 25, 15}, 0, 1, 1};
  s.regions = {{"west", .36}, {"east", .22}, {"north", .16}, {"south", .14}, {"island", .12}};
  s.travel = {.5, 2, 3, 1.5, 4, 2, .4, 2.5, 2, 5, 3, 2.5, .3, 4, 6, 1.5, 2, 4, .6, 3, 4, 5, 6, 3, .2};
  s.roles = {{"shelter", {.5, .2, .3}, .2}, {"police", {.2, .5, .3}, -.4}, {"health", {.3, .3, .4}, .1}};
  s.hubs = {hub("West", stage::west, {stage::west, stage::south}, .8, .6, Convenor::coordinator),
            hub("East", stage::east, {stage::east}, .3, .2, Convenor::coordinator),
            hub("Circle", stage::north, {stage::north}, .1, .9, Convenor::members),
            hub("Idle", stage::island, {}, .5, .8, Convenor::coordinator)};
  s.kinds = {{"meeting", .3, false, 1, .08, 1, 0, 300},
             {"outreach", .6, true, .5, .05, 1.5, .2, 2000},
             {"training", -.4, false, 0, .3, .5, .3, 1500}};
  s.series = {series("all meet", 0, stage::West, Audience::all, 12, 3, .2, .7),
              series("east meets", 0, stage::East, Audience::hub, 12, 2, 0, 1),
              series("core meets", 0, stage::West, Audience::core, 12, 2, 1, 1),
              series("outreach", 1, stage::East, Audience::all, 2, 5, .8, 1),
              series("circle trains", 2, stage::Circle, Audience::hub, 6, 4, .3, .5)};
  s.levers = {1.2, .3, .25, 1.5, .4, .35};
  s.environment = {.6, .4, .5, 40};
  set_defaults(s.parameters);
  s.parameters.direct_0 = -1;
  s.parameters.direct_bonus = .2;
  set_defaults(s.costs);
  return s;
}

Stage::Stage(const Scenario& scenario, int month, std::uint64_t seed, std::uint32_t replicate)
    : plan(make_plan(scenario)), w(*plan, serial_loop()) {
  w.stream = {seed, replicate};
  initialize(w);
  open_month(w, month);
}

void open_month(World& w, int month) {
  for (w.month = 0;; ++w.month) {
    w.policy = &w.plan.policy(w.month);
    assign_homes(w);
    if (w.month == month) break;
  }
  w.effort = w.conflict_sum = 0;
  w.contacts_count = 0;
  w.peers_known = false;
  for (Column<std::int32_t>* column : {&w.informed, &w.attended, &w.needs_met, &w.invitations})
    std::fill(column->begin(), column->end(), 0);
  for (Column<float>* column : {&w.hours, &w.month_conflict}) std::fill(column->begin(), column->end(), 0.0f);
  std::fill(w.due_of.begin(), w.due_of.end(), 0);
  std::fill(w.held_of.begin(), w.held_of.end(), 0);
  w.cost_in[static_cast<std::size_t>(month)] = 0;
  recount(w);
}

void vary(World& w, unsigned seed) {
  std::mt19937 rng(seed);
  const auto real = [&rng](double low, double high) {
    return static_cast<float>(low + (high - low) * static_cast<double>(rng() >> 8) * 0x1p-24);
  };
  const auto whole = [&rng](int below) { return static_cast<int>(rng() % static_cast<unsigned>(below)); };
  const int K = w.plan.scenario.parameters.slots;
  for (int i = 0; i < w.n; ++i) {
    for (Column<float>* column : {&w.mission, &w.commitment, &w.awareness, &w.leadership, &w.progress, &w.trace, &w.conflict})
      (*column)[i] = real(0, 1);
    w.capacity[i] = real(2, 12);
    w.anchor[i] = real(-1, 1);
    w.viewpoint[i] = real(-1, 1);
    w.outside[i] = whole(3) == 0 ? 0.0f : real(.05, 1);
    w.resources[i] = real(0, 14);
    w.grant_factor[i] = std::array{.85f, 1.0f, 1.25f}[static_cast<std::size_t>(whole(3))];
    w.load[i] = real(0, 12);
    w.idle[i] = whole(18);
    w.type[i] = whole(3);
    const int lot = whole(20);
    w.status[i] = lot < 12 ? enrolled : lot < 15 ? dormant : lot < 17 ? withdrawn : nonmember;
    for (int slot = 0; slot < slots_max; ++slot) set_slot(w, i, slot, -1, 0);
  }
  for (int i = 0; i < w.n && w.n > K + 1; ++i)
    for (int slot = 0; slot < K && whole(6) != 0 && w.status[i] != withdrawn; ++slot)
      if (whole(4) != 0) set_slot(w, i, slot, (i + 1 + slot * ((w.n - 1) / K) + whole((w.n - 1) / K)) % w.n, real(.05, 1));
  for (float& visibility : w.visibility) visibility = real(.1, .9);
  for (std::size_t h = 0; h < w.visibility.size(); ++h)
    if (w.policy->hubs[h].serves.empty()) w.visibility[h] = 0;
  recount(w);
}

void recount(World& w) {
  std::fill(w.enrolled_at.begin(), w.enrolled_at.end(), 0);
  w.enrolled_count = w.dormant_count = 0;
  std::fill(w.gone.begin(), w.gone.end(), 0);
  for (int i = 0; i < w.n; ++i) {
    if (w.status[i] == withdrawn) w.gone[static_cast<std::size_t>(i) / 32] |= 1u << i % 32;
    w.enrolled_at[w.place[i]] += w.status[i] == enrolled;
    w.enrolled_count += w.status[i] == enrolled;
    w.dormant_count += w.status[i] == dormant;
    w.tie_sum[i] = static_cast<float>(strength_of(slots_of(w, i)));
  }
  std::fill(w.span.begin(), w.span.end(), 0);
  for (int i = 0; i < w.n; ++i)
    if (home_of(w, i) >= 0) w.span[home_of(w, i)] += w.status[i] == enrolled;
  for (int h = 0; h < w.plan.hubs(); ++h)
    for (int region = 0; region < w.plan.regions(); ++region)
      w.exposure_at[h * w.plan.regions() + region] = static_cast<float>(
          w.visibility[h] * std::exp(-w.plan.travel(region, w.policy->hubs[h].seat) / w.plan.scenario.parameters.distance_hours *
                                     (1 - w.policy->levers.online_access)));
}

void set_status(World& w, int i, Status status) {
  w.status[i] = status;
  recount(w);
}

Slots slots_of(const World& w, int i) {
  Slots slots;
  for (int slot = 0; slot < slots_max; ++slot) {
    const std::int32_t partner = w.tie_partner[slot_index(i, slot)];
    slots[slot] = {partner < 0 ? -1 : partner & partner_mask, w.tie_strength[slot_index(i, slot)]};
  }
  return slots;
}

void set_slot(World& w, int i, int slot, int partner, double strength) {
  w.tie_partner[slot_index(i, slot)] = partner < 0 ? -1 : slot_to(w, i, partner);
  w.tie_strength[slot_index(i, slot)] = static_cast<float>(strength);
  if (partner >= 0) w.tie_slots[i] = std::max(w.tie_slots[i], static_cast<std::uint8_t>(slot + 1));
}

void strengthen_slots(Slots& slots, int K, int partner, double x) {
  const auto end = slots.begin() + K;
  const auto known = std::find_if(slots.begin(), end, [=](const Slot& slot) { return slot.partner == partner; });
  if (known != end) {
    known->strength += x * (1 - known->strength);
    return;
  }
  const auto weakest = std::min_element(slots.begin(), end, [](const Slot& a, const Slot& b) { return a.strength < b.strength; });
  if (weakest->strength < x) *weakest = {partner, x};
}

double strength_of(const Slots& slots) {
  double sum = 0;
  for (const Slot& slot : slots) sum += slot.strength;
  return sum;
}

double rival_of(const World& w, int i, int j) {
  const Parameters& p = w.plan.scenario.parameters;
  const double closeness = w.role[i] != w.role[j] ? 0 : w.region[i] == w.region[j] ? 1 : p.role_overlap;
  return p.rivalry * w.policy->environment.scarcity * (1 - w.policy->levers.joint_grants) * closeness;
}

int home_of(const World& w, int i) {
  double shortest = 1e9;
  std::vector<int> nearest;
  for (int h = 0; h < w.plan.hubs(); ++h) {
    const Hub& candidate = w.policy->hubs[h];
    if (std::count(candidate.serves.begin(), candidate.serves.end(), w.region[i]) == 0) continue;
    const double travel = w.plan.travel(w.region[i], candidate.seat);
    if (travel < shortest) nearest.clear();
    if (travel <= shortest) nearest.push_back(h);
    shortest = std::min(shortest, travel);
  }
  return nearest.empty() ? -1 : nearest[static_cast<std::size_t>(i) % nearest.size()];
}

double exposure_of(const World& w, int i) {
  const int h = home_of(w, i);
  if (h < 0) return 0;
  const double travel = w.plan.travel(w.region[i], w.policy->hubs[h].seat);
  return w.visibility[h] * std::exp(-travel / w.plan.scenario.parameters.distance_hours * (1 - w.policy->levers.online_access));
}

bool hold_event(World& w, int series) {
  const std::vector<int> due = w.due;
  std::fill(w.due.begin(), w.due.end(), 0);
  w.due[series] = 1;
  hold_events(w);
  w.due = due;
  return !w.events.empty();
}

void attend_event(World& w, int series) {
  w.events.assign(1, Event{series});
  next_round(w);
  attend_events(w);
  settle_events(w);
  w.events[0].effort = w.events[0].hours = 0;  // settled
  w.conflict_parts.clear();
}

void exchange_at_event(World& w) {
  exchange_views(w);
  settle_events(w);
}

bool is_member(const World& w, int i) { return w.status[i] == enrolled || w.status[i] == dormant; }

double sigmoid(double z) { return 1 / (1 + std::exp(-z)); }
double share_of(std::uint32_t word) { return (word >> 8) * 0x1p-24; }
double exponential_of(std::uint32_t word) { return -std::log(((word >> 1) + 0.5) * 0x1p-31); }
double normal_of(std::uint32_t a, std::uint32_t b) {
  return std::sqrt(2 * exponential_of(a)) * std::cos(2 * std::numbers::pi * share_of(b));
}

}  // namespace coalis::test
