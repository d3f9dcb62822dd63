// Membership (ODD 3, process 9, and the entries that open a month).
// Claim: members that neither attend nor care fall dormant, then leave; a leader in sight brings some back and recruits others
// (evidence P5, P8, P12).
//   enrolled -> dormant: c < dormant_commitment and idle >= dormant_months
//   dormant -> enrolled: probability reactivation*E;  else -> withdrawn: probability withdrawal
//   non-member -> enrolled: probability recruit_rate*recruitment*E*m*weight(region)*weight(role)
// Of a roster's organisations whose exit is known, that month: -> withdrawn, and in no other.
// Reads: commitment, idle, exposure. Writes: status, idle, commitment of the reactivated, slots and marks of the withdrawn, home
// hubs.
#include <algorithm>

#include "coalis/core/compact.hpp"
#include "coalis/core/draws.hpp"
#include "coalis/core/look_up.hpp"
#include "coalis/model/organisation_draws.hpp"
#include "coalis/submodels/submodels.hpp"
#include "coalis/submodels/ties.hpp"

namespace coalis::inline COALIS_ISA {
namespace {

// A change of status: the organisation's number, above it its new status.
constexpr int change_shift = 28;

// Lists those of the tile whose status changes to `list`; returns how many. `weighted`: recruitment differs by region or role.
template <bool weighted>
int list_changes(const World& w, Range tile, std::int32_t* list) {
  const Parameters& p = w.plan.scenario.parameters;
  const float least = static_cast<float>(p.dormant_commitment), back = static_cast<float>(p.reactivation);
  const float leave = static_cast<float>(p.withdrawal);
  const float join = static_cast<float>(p.recruit_rate * w.policy->levers.recruitment);
  const std::int32_t patience = p.dormant_months;
  const std::int32_t *status = w.status.data(), *idle = w.idle.data(), *entry = w.entry.data();
  const std::uint32_t *entry_word = w.entry_word.data(), *withdrawal_word = w.withdrawal_word.data();
  const float *commitment = w.commitment.data(), *mission = w.mission.data();
  const float* weight_at = w.policy->recruitment_at.data();
  const std::uint8_t *region = w.region.data(), *role = w.role.data();
  const auto roles = static_cast<std::int32_t>(w.plan.scenario.roles.size());
  alignas(cache_line) std::int32_t changes[tile_size];
  constexpr std::int32_t inside = enrolled, in_dormancy = dormant, outside = withdrawn;
  const int begin = tile.begin, size = tile.end - tile.begin;
  std::int32_t* change = changes;
  with_looked_up(w.exposure_at.data(), w.plan.places(), w.place.data() + begin, size, [=](auto exposure_of, int count) {
    COALIS_LANES
    for (int k = 0; k < count; ++k) {
      const int i = begin + k;
      const float exposure = exposure_of(k), chance = uniform(entry_word[i]), aligned = mission[i];
      const std::int32_t now = status[i];
      const bool is_enrolled = now == enrolled, is_dormant = now == dormant;
      const bool lapses = is_enrolled & (commitment[i] < least) & (idle[i] >= patience);
      const bool returns = is_dormant & (chance < back * exposure);
      const bool leaves = is_dormant & !returns & (uniform(withdrawal_word[i]) < leave);
      float reach = join * exposure * aligned;
      if constexpr (weighted) reach *= weight_at[region[i] * roles + role[i]];
      const bool joins = (now == nonmember) & (entry[i] == never) & (chance < reach);
      std::int32_t then = lapses ? in_dormancy : now;
      then = leaves ? outside : then;
      then = (returns | joins) ? inside : then;
      change[k] = then == now ? 0 : then << change_shift | i;
    }
  });
  alignas(cache_line) std::int32_t changing[tile_size];
  const int listed = compact(0, size, changes, changing);
  for (int k = 0; k < listed; ++k) list[k] = changes[changing[k]];
  return listed;
}

void become(World& w, int i, std::int32_t next) {
  const std::int32_t now = w.status[i];
  w.enrolled_at[w.place[i]] += (next == enrolled) - (now == enrolled);
  w.enrolled_count += (next == enrolled) - (now == enrolled);
  w.dormant_count += (next == dormant) - (now == dormant);
  if (next == enrolled) {
    w.idle[i] = 0;
    if (now == dormant && w.plan.scenario.structure.engagement != static_cast<int>(Engagement::trait))
      w.commitment[i] = std::max(w.commitment[i], static_cast<float>(w.plan.scenario.parameters.reactivated_commitment));
  }
  if (next == withdrawn) {
    clear_ties(w, i);
    w.tie_sum[i] = 0;
    w.withdrawals = true;
    w.gone[static_cast<std::size_t>(i) / 32] |= 1u << i % 32;
  }
  w.status[i] = next;
}

// When it leaves is known: not before.
bool knows_exit(const World& w, std::int32_t i) {
  const auto& roster = w.plan.scenario.organisations.roster;
  return static_cast<std::size_t>(i) < roster.size() && roster[static_cast<std::size_t>(i)].left >= 0;
}

// Which ties are across hubs, when home hubs have changed.
void relate_ties(World& w) {
  for (int i = 0; i < w.n; ++i)
    for (int slot = 0; slot < w.tie_slots[i]; ++slot) {
      std::int32_t& partner = w.tie_partner[slot_index(i, slot)];
      if (partner >= 0) partner = slot_to(w, i, partner & partner_mask);
    }
}

}  // namespace

void assign_homes(World& w) {
  if (!w.plan.homes_change_in[w.month]) return;
  const int regions = w.plan.regions();
  std::fill(w.enrolled_at.begin(), w.enrolled_at.end(), 0);
  for (int i = 0; i < w.n; ++i) {
    const std::vector<int>& hubs = w.policy->home_hubs[w.region[i]];
    const int home = hubs.empty() ? w.plan.hubs() : hubs[entity(w.keys, i) % hubs.size()];
    w.place[i] = home * regions + w.region[i];
    if (w.status[i] == enrolled) ++w.enrolled_at[w.place[i]];
  }
  relate_ties(w);
}

void enter(World& w) {
  for (; w.next_entrant < w.entrants.size() && w.entry[w.entrants[w.next_entrant]] == w.month; ++w.next_entrant)
    become(w, w.entrants[w.next_entrant], enrolled);
  const std::vector<Exit>& exits = w.plan.exits;
  for (; w.next_exit < exits.size() && exits[w.next_exit].month == w.month; ++w.next_exit)
    become(w, exits[w.next_exit].organisation, withdrawn);
}

void update_membership(World& w) {
  const bool weighted = !w.policy->recruitment_at.empty();
  for_chunks(w.loop, w.lanes_n, [&](Range range, int chunk) {
    int listed = 0;
    for_tiles(range, [&](Range tile) {
      std::int32_t* list = w.list.data() + range.begin + listed;
      listed += weighted ? list_changes<true>(w, tile, list) : list_changes<false>(w, tile, list);
    });
    w.list_size[chunk] = listed;
  });
  for (int chunk = 0; chunk < chunk_count(w.lanes_n); ++chunk)
    for (int k = 0; k < w.list_size[chunk]; ++k) {
      const std::int32_t change = w.list[chunk * chunk_size + k];
      const std::int32_t i = change & ((1 << change_shift) - 1), next = change >> change_shift;
      if (next == withdrawn && knows_exit(w, i)) continue;
      become(w, i, next);
    }
}

}  // namespace coalis::inline COALIS_ISA
