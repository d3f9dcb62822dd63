// Ties: what several submodels do with an organisation's slots. Directed, owned by the organisation (ODD 2).
#pragma once

#include <algorithm>

#include "coalis/core/isa.hpp"
#include "coalis/model/world.hpp"

namespace coalis::inline COALIS_ISA {

inline std::int32_t relation(const World& w, int i, int j) {
  return w.role[i] != w.role[j] ? unrelated : w.region[i] != w.region[j] ? same_role : same_role_and_region;
}

inline std::int32_t slot_to(const World& w, int i, int j) {
  const int regions = w.plan.regions();
  return j | relation(w, i, j) << relation_shift | (w.place[i] / regions != w.place[j] / regions ? across_hubs : 0);
}

// rivalry*scarcity*(1-joint_grants), weighted by how close the two are: [Relation]
struct Rival {
  float of[3];
};
inline Rival rival(const World& w) {
  const Parameters& p = w.plan.scenario.parameters;
  const float full = static_cast<float>(p.rivalry * w.policy->environment.scarcity * (1 - w.policy->levers.joint_grants));
  return {{0.0f, full * static_cast<float>(p.role_overlap), full}};
}

// "Strengthen by x" of ODD 3, process 4.
inline void strengthen(World& w, int i, int j, float x) {
  const int slots = w.plan.scenario.parameters.slots, used = w.tie_slots[i];
  int weakest = slot_index(i, 0);
  for (int slot = 0; slot < used; ++slot) {
    const int at = slot_index(i, slot);
    const std::int32_t partner = w.tie_partner[at];
    if (partner >= 0 && (partner & partner_mask) == j) {
      w.tie_strength[at] += x * (1 - w.tie_strength[at]);
      return;
    }
    if (w.tie_strength[at] < w.tie_strength[weakest]) weakest = at;
  }
  if (used < slots && w.tie_strength[weakest] > 0) weakest = slot_index(i, used);
  if (w.tie_strength[weakest] >= x) return;
  w.tie_partner[weakest] = slot_to(w, i, j);
  w.tie_strength[weakest] = x;
  w.tie_slots[i] = std::max(w.tie_slots[i], static_cast<std::uint8_t>(slot_of(weakest) + 1));
}

inline float sum_of_ties(const World& w, int i) {
  float sum = 0;
  for (int slot = 0; slot < w.tie_slots[i]; ++slot) sum += w.tie_strength[slot_index(i, slot)];
  return sum;
}

inline void clear_ties(World& w, int i) {
  for (int slot = 0; slot < w.tie_slots[i]; ++slot) {
    w.tie_partner[slot_index(i, slot)] = -1;
    w.tie_strength[slot_index(i, slot)] = 0;
  }
  w.tie_slots[i] = 0;
}

// Slots that any of the 16 organisations from `block` on uses.
inline int slots_of_block(const World& w, int block) {
  const std::uint8_t* slots = w.tie_slots.data() + block;
  std::uint8_t most = 0;
  COALIS_LANES
  for (int lane = 0; lane < lanes; ++lane) most = slots[lane] > most ? slots[lane] : most;
  return most;
}

}  // namespace coalis::inline COALIS_ISA
