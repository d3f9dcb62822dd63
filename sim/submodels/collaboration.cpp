// Collaboration (ODD 3, process 5).
// Claim: ties fade unless renewed, faster between rivals for funds (evidence P19); organisations also meet by chance in their
// region, inside the coalition or outside it (evidence P11).
//   w *= 1 - min(1, tie_decay*(1+rival));  P(chance contact) = contact_rate*(0.5+m);  o += tie_gain*(1-o), then o *= 1-tie_decay
// Reads: status of others, regions. Writes: own ties, outside collaboration, sum of own ties.
#include <algorithm>

#include "coalis/core/compact.hpp"
#include "coalis/core/distributions.hpp"
#include "coalis/submodels/submodels.hpp"
#include "coalis/submodels/ties.hpp"

namespace coalis::inline COALIS_ISA {
namespace {

// Empties slots whose partner has withdrawn. Only needed after a month with withdrawals.
void drop_withdrawn(World& w, Range range) {
  const std::int32_t* status = w.status.data();
  std::int32_t* partner = w.tie_partner.data();
  float* strength = w.tie_strength.data();
  for (int block = range.begin; block < range.end; block += lanes) {
    const int end = slot_index(block, slots_of_block(w, block));
    COALIS_LANES
    for (int at = slot_index(block, 0); at < end; ++at) {
      const std::int32_t who = partner[at], known = who & partner_mask & ~(who >> 31);  // 0 for an empty slot
      const bool gone = status[known] == withdrawn;
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

// Organisations with a chance contact this month, into w.list from range.begin on, with the two words of each; returns how many.
int list_contacts(World& w, Range range) {
  const float rate = static_cast<float>(w.plan.scenario.parameters.contact_rate);
  const std::uint32_t* word = w.contact_word.data();
  const float* mission = w.mission.data();
  std::int32_t* hit = w.here.data();
  COALIS_LANES
  for (int i = range.begin; i < range.end; ++i) hit[i] = uniform(word[i]) < rate * (0.5f + mission[i]);
  std::int32_t* list = w.list.data() + range.begin;
  const int count = compact(range.begin, std::min(range.end, w.n), hit, list);
  const Stream stream = w.stream;
  const std::uint32_t month = w.month;
  std::uint32_t *first = w.words.data() + range.begin, *second = w.more_words.data() + range.begin;
  const int drawn = padded(count);  // whole vectors; what is beyond the list does not matter
  COALIS_LANES
  for (int k = 0; k < drawn; ++k) {
    const Words words = draw(stream, {Purpose::chance_contact, static_cast<std::uint32_t>(list[k]), month});
    first[k] = words.w[0];
    second[k] = words.w[1];
  }
  return count;
}

bool is_member(const World& w, int i) { return w.status[i] == enrolled || w.status[i] == dormant; }

// With probability 1/field_size the one met is a simulated organisation of the own region; itself counts as not simulated.
void meet_by_chance(World& w, int at) {
  const float gain = static_cast<float>(w.plan.scenario.parameters.tie_gain);
  const std::int32_t i = w.list[at];
  if (uniform(w.words[at]) < static_cast<float>(1 / w.plan.scenario.parameters.field_size)) {
    const std::int32_t first = w.region_begin[w.region[i]], count = w.region_begin[w.region[i] + 1] - first;
    const std::int32_t j =
        w.region_members[first + static_cast<std::int32_t>(below(w.more_words[at], static_cast<std::uint32_t>(count)))];
    if (j != i && is_member(w, i) && is_member(w, j)) {
      strengthen(w, i, j, gain);
      w.tie_sum[i] = sum_of_ties(w, i);
      return;
    }
  }
  w.outside[i] += gain * (1 - w.outside[i]);
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
    const int count = list_contacts(w, range);
    for (int k = 0; k < count; ++k) meet_by_chance(w, range.begin + k);
    fade_outside(w, range);
  });
}

}  // namespace coalis::inline COALIS_ISA
