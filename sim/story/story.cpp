#include "coalis/story/story.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "coalis/initialization/initialization.hpp"
#include "coalis/model/attendance_rule.hpp"
#include "coalis/observation/observers.hpp"
#include "coalis/schedule/schedule.hpp"
#include "coalis/submodels/ties.hpp"

namespace coalis {
namespace {

// Strengths by slot, with whom.
struct Slot {
  std::int32_t partner = -1;
  float strength = 0;
};
using Slots = std::array<Slot, slots_max>;

Slots slots_of(const World& w, int i) {
  Slots slots;
  for (int slot = 0; slot < slots_max; ++slot) {
    const int at = slot_index(i, slot);
    if (w.tie_partner[at] >= 0) slots[static_cast<std::size_t>(slot)] = {w.tie_partner[at] & partner_mask, w.tie_strength[at]};
  }
  return slots;
}

float strength_in(const Slots& slots, std::int32_t partner) {
  const auto found = std::find_if(slots.begin(), slots.end(), [&](const Slot& slot) { return slot.partner == partner; });
  return found == slots.end() ? 0 : found->strength;
}

// What decay alone would have left of a tie.
float decayed(const World& w, int i, std::int32_t partner, float strength) {
  const auto decay = static_cast<float>(w.plan.scenario.parameters.tie_decay);
  return strength * (1 - std::min(1.0f, decay * (1 + rival(w).of[relation_of(slot_to(w, i, partner))])));
}

std::vector<TieChange> tie_changes(const World& w, int i, const Slots& before) {
  constexpr float rounding = 1e-5f;
  const Slots after = slots_of(w, i);
  std::vector<TieChange> changes;
  const auto add = [&](std::int32_t partner, float from, float to) {
    changes.push_back({partner, w.role[partner], w.region[partner], from, to});
  };
  for (const Slot& slot : before)
    if (slot.partner >= 0 && strength_in(after, slot.partner) == 0) add(slot.partner, slot.strength, 0);
  for (const Slot& slot : after) {
    if (slot.partner < 0) continue;
    const float was = strength_in(before, slot.partner);
    if (slot.strength > decayed(w, i, slot.partner, was) + rounding) add(slot.partner, was, slot.strength);
  }
  return changes;
}

// Grants are given in months 12, 24, ... among those that have not withdrawn.
int grant_of(const World& w, int i, std::int32_t status_before) {
  if (w.month == 0 || w.month % 12 != 0 || status_before == withdrawn) return 0;
  return w.grant_factor[i] > static_cast<float>(1 - w.plan.scenario.parameters.grant_loss) ? 1 : -1;
}

}  // namespace

Life life_of(const Plan& plan, std::uint64_t seed, std::uint32_t replicate, int i, AttendanceRule* rule) {
  World w(plan, serial_loop());
  std::optional<AskedRule> asked;
  if (rule) w.rule = &asked.emplace(*rule, static_cast<std::size_t>(w.lanes_n));
  w.stream = {seed, replicate};
  initialize(w);
  Life life{w.mission[i], w.capacity[i], w.sector[i], w.role[i], w.region[i], w.serves_victims[i] != 0, w.entry[i], {}, 0};
  const auto kinds = static_cast<std::size_t>(plan.kinds());
  for (int month = 0; month < plan.months(); ++month) {
    LifeMonth now;
    now.month = month;
    now.status_before = w.status[i];
    const Slots ties = slots_of(w, i);
    for (std::size_t kind = 0; kind < kinds; ++kind) now.attended.push_back(-w.attended_events[kind][i]);
    run_month(w, month);
    for (std::size_t kind = 0; kind < kinds; ++kind) {
      now.attended[kind] += w.attended_events[kind][i];
      const std::size_t at = kind * static_cast<std::size_t>(w.lanes_n) + static_cast<std::size_t>(i);
      now.invited.push_back(w.held_of[kind] > 0 ? w.invitations[at] : 0);
    }
    now.status = w.status[i];
    now.hours = w.hours[i];
    now.disagreed = w.month_conflict[i] > 0;
    now.grant = grant_of(w, i, now.status_before);
    now.needs_met = w.serves_victims[i] != 0 ? w.needs_met[i] : 0;
    now.ties = tie_changes(w, i, ties);
    now.commitment = w.commitment[i];
    now.leadership = w.leadership[i];
    now.progress = w.progress[i];
    life.months.push_back(std::move(now));
  }
  RunRecord record;
  const Recording nothing{false, false, false, false, false};
  prepare_record(w, nothing, record);
  observe_end(w, nothing, record);
  life.hash = record.hash;
  return life;
}

}  // namespace coalis
