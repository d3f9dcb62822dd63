// Collaboration (ODD 3, process 5).
// Claim: ties fade unless renewed, faster between rivals for funds (evidence P19); organisations also meet by chance in their
// region, inside the coalition or outside it (evidence P11).
//   w *= 1 - min(1, tie_decay*(1+rival));  P(chance contact) = contact_rate*(0.5+m);  o += tie_gain*(1-o), then o *= 1-tie_decay
// Reads: status of others, regions. Writes: own ties, outside collaboration, sum of own ties.
#include <algorithm>

#include "coalis/core/compact.hpp"
#include "coalis/core/distributions.hpp"
#include "coalis/model/organisation_draws.hpp"
#include "coalis/submodels/submodels.hpp"
#include "coalis/submodels/ties.hpp"

namespace coalis::inline COALIS_ISA {
namespace {

// Empties slots whose partner has withdrawn. Only needed after a month with withdrawals.
void drop_withdrawn(World& w, Range range) {
  const std::uint32_t* withdrawn_bits = w.gone.data();
  std::int32_t* partner = w.tie_partner.data();
  float* strength = w.tie_strength.data();
  for (int block = range.begin; block < range.end; block += lanes) {
    const int end = slot_index(block, slots_of_block(w, block));
    COALIS_LANES
    for (int at = slot_index(block, 0); at < end; ++at) {
      const std::int32_t who = partner[at], known = who & partner_mask & ~(who >> 31);  // 0 for an empty slot
      const bool gone = (withdrawn_bits[known >> 5] >> (known & 31) & 1u) != 0;
      partner[at] = gone ? -1 : who;
      strength[at] = gone ? 0.0f : strength[at];
    }
  }
}

// Fades ties, sums those of each organisation, and finds which slots stay in use.
void fade_ties(World& w, Range range) {
  const Parameters& p = w.plan.scenario.parameters;
  const Rival rivals = rival(w);
  float keep[3];
  for (int relation = 0; relation < 3; ++relation)
    keep[relation] = 1 - std::min(1.0f, static_cast<float>(p.tie_decay) * (1 + rivals.of[relation]));
  const float keep_unrelated = keep[unrelated], keep_role = keep[same_role], keep_both = keep[same_role_and_region];
  const float least = static_cast<float>(p.tie_min);
  std::int32_t* const partners = w.tie_partner.data();
  float *const strengths = w.tie_strength.data(), *const tie_sums = w.tie_sum.data();
  std::uint8_t* const slots_used = w.tie_slots.data();
  for (int block = range.begin; block < range.end; block += lanes) {
    float sum[lanes] = {};
    std::int32_t used[lanes] = {};
    const int slots = slots_of_block(w, block);
    for (int slot = 0; slot < slots; ++slot) {
      std::int32_t* partner = partners + slot_index(block, slot);
      float* strength = strengths + slot_index(block, slot);
      COALIS_LANES
      for (int lane = 0; lane < lanes; ++lane) {
        const std::int32_t how = relation_of(partner[lane]);
        const float left = strength[lane] * (how == same_role_and_region ? keep_both
                                             : how == same_role          ? keep_role
                                                                         : keep_unrelated);
        const bool stays = (partner[lane] >= 0) & (left >= least);
        strength[lane] = stays ? left : 0.0f;
        partner[lane] = stays ? partner[lane] : -1;
        sum[lane] += stays ? left : 0.0f;
        used[lane] = stays ? slot + 1 : used[lane];
      }
    }
    COALIS_LANES
    for (int lane = 0; lane < lanes; ++lane) tie_sums[block + lane] = sum[lane];
    COALIS_LANES
    for (int lane = 0; lane < lanes; ++lane) slots_used[block + lane] = static_cast<std::uint8_t>(used[lane]);
  }
}

// Those of a tile with a chance contact this month.
struct Contacts {
  int count;
  alignas(cache_line) std::int32_t who[tile_size];
  alignas(cache_line)
      std::int32_t with[tile_size];  // the simulated organisation that each meets, or -1: somebody else, or no tie inside
};

void list_contacts(const World& w, Range tile, Contacts& contacts) {
  const float rate = static_cast<float>(w.plan.scenario.parameters.contact_rate);
  const std::uint32_t* word = w.contact_word.data() + tile.begin;
  const float* mission = w.mission.data() + tile.begin;
  alignas(cache_line) std::int32_t meets[tile_size];
  const int count = tile.end - tile.begin;
  COALIS_LANES
  for (int k = 0; k < count; ++k) meets[k] = uniform(word[k]) < rate * (0.5f + mission[k]);
  contacts.count = compact(0, std::min(tile.end, w.n) - tile.begin, meets, contacts.who);
  std::fill(contacts.who + contacts.count, contacts.who + padded(contacts.count), 0);
}

// 1 or 0: a number, so that conditions joined by & are not read as meant for &&.
std::int32_t is_member(std::int32_t status) { return (status == enrolled) | (status == dormant); }

// With probability 1/field_size the one met is a simulated organisation of the own region; itself counts as not simulated.
void draw_contacts(const World& w, Range tile, Contacts& contacts) {
  const float simulated = static_cast<float>(1 / w.plan.scenario.parameters.field_size);
  const std::uint32_t month = w.month;
  const std::int32_t *begin = w.region_begin.data(), *members = w.region_members.data(), *status = w.status.data();
  const std::uint8_t* region = w.region.data();
  const int count = padded(contacts.count), first = tile.begin;
  alignas(cache_line) std::uint32_t whether[tile_size], whom[tile_size], drawn_as[tile_size];
  for (int k = 0; k < count; ++k) drawn_as[k] = entity(w.keys, contacts.who[k] += first);
  draw_blocks_of(w.stream, {.purpose = Purpose::chance_contact, .month = month}, drawn_as, count, whether, whom);
  for (int k = 0; k < contacts.count; ++k) {  // without branches, so that what is far away is fetched side by side
    const std::int32_t i = contacts.who[k], from = begin[region[i]], around = begin[region[i] + 1] - from;
    const std::int32_t drawn = from + static_cast<std::int32_t>(below(whom[k], static_cast<std::uint32_t>(around)));
    const bool is_simulated = uniform(whether[k]) < simulated;
    const std::int32_t j = members[is_simulated ? drawn : 0];
    const bool is_tie = (is_simulated & (j != i) & is_member(status[i]) & is_member(status[j])) != 0;
    contacts.with[k] = is_tie ? j : -1;
  }
}

void meet_by_chance(World& w, const Contacts& contacts) {
  const float gain = static_cast<float>(w.plan.scenario.parameters.tie_gain);
  for (int k = 0; k < contacts.count; ++k) {
    const std::int32_t i = contacts.who[k], j = contacts.with[k];
    if (j < 0) {
      w.outside[i] += gain * (1 - w.outside[i]);
    } else {
      strengthen(w, i, slot_to(w, i, j), gain);
      w.tie_sum[i] = sum_of_ties(w, i);
    }
  }
}

void fade_outside(World& w, Range range) {
  const Parameters& p = w.plan.scenario.parameters;
  const float keep = 1 - static_cast<float>(p.tie_decay), least = static_cast<float>(p.tie_min);
  float* outside = w.outside.data();
  COALIS_LANES
  for (int i = range.begin; i < range.end; ++i) {
    const float left = outside[i] * keep;
    outside[i] = left >= least ? left : 0.0f;
  }
}

}  // namespace

void collaborate(World& w) {
  const bool drop = w.withdrawals;
  w.withdrawals = false;
  for_chunks(w.loop, w.lanes_n, [&](Range range, int) {
    if (drop) drop_withdrawn(w, range);
    fade_ties(w, range);
    for_tiles(range, [&](Range tile) {
      Contacts contacts;
      list_contacts(w, tile, contacts);
      draw_contacts(w, tile, contacts);
      meet_by_chance(w, contacts);
    });
    fade_outside(w, range);
  });
}

}  // namespace coalis::inline COALIS_ISA
