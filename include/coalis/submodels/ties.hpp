// Ties: what several submodels do with an organisation's slots. Directed, owned by the organisation (ODD 2).
#pragma once

#include <algorithm>

#include "coalis/core/isa.hpp"
#include "coalis/model/world.hpp"

namespace coalis::inline COALIS_ISA {

// What an organisation's ties depend on, in one number: role, region, row of the home hub in the tables by place.
constexpr int kin_role_shift = 24, kin_region_shift = 18;
static_assert(max_roles <= 1 << (31 - kin_role_shift) && max_regions <= 1 << (kin_role_shift - kin_region_shift));
static_assert((max_hubs + 1) * max_regions <= 1 << kin_region_shift);
inline std::int32_t kin(const World& w, int i) {
  return w.role[i] << kin_role_shift | w.region[i] << kin_region_shift | (w.place[i] - w.region[i]);
}

// The slot of a tie to organisation j, by what both are.
inline std::int32_t slot_to(std::int32_t own_kin, std::int32_t j, std::int32_t kin_of_j) {
  const std::int32_t differs = own_kin ^ kin_of_j, beyond_hub = differs >> kin_region_shift;
  const std::int32_t same_roles = beyond_hub != 0 ? same_role : same_role_and_region;
  const std::int32_t relation = differs >> kin_role_shift != 0 ? std::int32_t{unrelated} : same_roles;
  const std::int32_t across = (differs & ((1 << kin_region_shift) - 1)) != 0 ? across_hubs : 0;
  return j | relation << relation_shift | across;
}
inline std::int32_t slot_to(const World& w, int i, int j) { return slot_to(kin(w, i), j, kin(w, j)); }

// rivalry*scarcity*(1-joint_grants), weighted by how close the two are: [Relation]
struct Rival {
  float of[3];
};
inline Rival rival(const World& w) {
  const Parameters& p = w.plan.scenario.parameters;
  const float full = static_cast<float>(p.rivalry * w.policy->environment.scarcity * (1 - w.policy->levers.joint_grants));
  return {{0.0f, full * static_cast<float>(p.role_overlap), full}};
}

// Large worlds lie outside of the caches: what is needed a little later is fetched ahead.
inline bool is_far(const World& w) { return w.lanes_n > chunk_size; }
inline void fetch_ties(const World& w, int i) {
  for (int slot = 0; slot <= std::min<int>(w.tie_slots[i], slots_max - 1); ++slot) {
    __builtin_prefetch(&w.tie_partner[slot_index(i, slot)], 1);
    __builtin_prefetch(&w.tie_strength[slot_index(i, slot)], 1);
  }
}

// "Strengthen by x" of ODD 3, process 4; `to` as slot_to gives it.
inline void strengthen(World& w, int i, std::int32_t to, float x) {
  const int slots = w.plan.scenario.parameters.slots, used = w.tie_slots[i];
  int weakest = slot_index(i, 0);
  for (int slot = 0; slot < used; ++slot) {
    const int at = slot_index(i, slot);
    const std::int32_t partner = w.tie_partner[at];
    if (partner >= 0 && (partner & partner_mask) == (to & partner_mask)) {
      w.tie_strength[at] += x * (1 - w.tie_strength[at]);
      return;
    }
    if (w.tie_strength[at] < w.tie_strength[weakest]) weakest = at;
  }
  if (used < slots && w.tie_strength[weakest] > 0) weakest = slot_index(i, used);
  if (w.tie_strength[weakest] >= x) return;
  w.tie_partner[weakest] = to;
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
