// Cases and referrals (ODD 3, process 6).
// Claim: those who serve victims identify cases, more when aware; a need is met more often through a strong tie to an
// organisation with the right role; tracking referrals helps (evidence P20, P22; referral_tracking assumed).
//   cases ~ Poisson(cases_per_month/D * min(1, identify_0 + identify_awareness*a))
//   P(met) = referral_0 + referral_tie*w, or referral_0 + outside_referral*o without such a tie; += (1-P)*0.5*T*(tie ? 1 : 0.5)
// Reads: awareness, outside, ties, roles of partners. Writes: needs met, own ties (after all its needs), service effectiveness.
#include <algorithm>
#include <boost/random/uniform_int_distribution.hpp>
#include <numeric>

#include "coalis/core/compact.hpp"
#include "coalis/core/distributions.hpp"
#include "coalis/model/organisation_draws.hpp"
#include "coalis/submodels/submodels.hpp"
#include "coalis/submodels/ties.hpp"

namespace coalis::inline COALIS_ISA {
namespace {

// The strongest tie (first of equals) whose partner has the role: its slot's index, or -1.
int tie_to_role(const World& w, int i, int role) {
  int best = -1;
  for (int slot = 0; slot < w.tie_slots[i]; ++slot) {
    const int at = slot_index(i, slot);
    const std::int32_t partner = w.tie_partner[at];
    if (partner < 0 || w.role[partner & partner_mask] != role) continue;
    if (best < 0 || w.tie_strength[at] > w.tie_strength[best]) best = at;
  }
  return best;
}

float chance_met(const World& w, int i, int tie) {
  const Parameters& p = w.plan.scenario.parameters;
  const float tracking = static_cast<float>(0.5 * w.policy->levers.referral_tracking);
  const float base = static_cast<float>(p.referral_0);
  const float chance = tie >= 0 ? base + static_cast<float>(p.referral_tie) * w.tie_strength[tie]
                                : base + static_cast<float>(p.outside_referral) * w.outside[i];
  return chance + (1 - chance) * tracking * (tie >= 0 ? 1.0f : 0.5f);
}

// Refers the needs of one organisation's cases; all see the ties as they stand, which change only afterwards. Returns needs met.
int refer(World& w, int i, int needs, DrawEngine engine) {
  const int roles = static_cast<int>(w.plan.scenario.roles.size());
  const float gain = static_cast<float>(w.plan.scenario.parameters.tie_gain / 2);
  const boost::random::uniform_int_distribution<int> other_role(0, roles - 2);
  std::array<int, slots_max> times{};  // needs met over each slot
  int met = 0;
  for (int need = 0; need < needs; ++need) {
    const int drawn = other_role(engine);
    const int tie = tie_to_role(w, i, drawn + (drawn >= w.role[i]));
    if (uniform(engine()) >= chance_met(w, i, tie)) continue;
    ++met;
    if (tie >= 0) ++times[slot_of(tie)];
  }
  for (int slot = 0; slot < w.tie_slots[i]; ++slot)
    for (int time = 0; time < times[slot]; ++time) {
      float& strength = w.tie_strength[slot_index(i, slot)];
      strength += gain * (1 - strength);
      w.tie_sum[i] = sum_of_ties(w, i);
    }
  return met;
}

// Cases of a tile of those who serve victims: most have none, so that those who may have some are listed first. A draw is the
// first word of poisson() for means up to 8; above, all are listed.
struct Cases {
  int count;
  alignas(cache_line) std::int32_t list[tile_size];  // places in the tile
  alignas(cache_line) std::int32_t who[tile_size];
  alignas(cache_line) float mean[tile_size];
  alignas(cache_line) std::uint32_t word[tile_size];
};

void list_with_cases(const World& w, Range tile, Cases& cases) {
  const Parameters& p = w.plan.scenario.parameters;
  const float each = static_cast<float>(w.policy->environment.cases_per_month / static_cast<int>(w.serving.size()));
  const float floor = static_cast<float>(p.identify_0), slope = static_cast<float>(p.identify_awareness);
  const std::uint32_t month = w.month;
  const std::int32_t* status = w.status.data();
  const float* awareness = w.awareness.data();
  const int count = tile.end - tile.begin, whole = padded(count);  // whole vectors; the last is filled up with the first
  std::copy(w.serving.begin() + tile.begin, w.serving.begin() + tile.end, cases.who);
  std::fill(cases.who + count, cases.who + whole, cases.who[0]);
  alignas(cache_line) std::int32_t any[tile_size];
  alignas(cache_line) std::uint32_t drawn_as[tile_size];
  for (int k = 0; k < whole; ++k) drawn_as[k] = entity(w.keys, cases.who[k]);
  draw_blocks_of(w.stream, {.purpose = Purpose::cases, .month = month}, drawn_as, whole, cases.word);
  COALIS_LANES
  for (int k = 0; k < whole; ++k) {
    const std::int32_t i = cases.who[k];
    const float seen = floor + slope * awareness[i], mean = each * (seen < 1 ? seen : 1.0f);
    cases.mean[k] = mean;
    any[k] = (status[i] != withdrawn) & ((positive_uniform(cases.word[k]) > exp(-mean)) | (mean > 8));
  }
  cases.count = compact(0, count, any, cases.list);
  if (is_far(w))
    for (int k = 0; k < cases.count; ++k) fetch_ties(w, cases.who[cases.list[k]]);
}

int cases_of(const World& w, const Cases& cases, int k) {
  if (cases.mean[k] <= 8) return poisson_by_inversion(cases.word[k], cases.mean[k]);
  return poisson(w.stream, {Purpose::cases, entity(w.keys, cases.who[k]), static_cast<std::uint32_t>(w.month)}, cases.mean[k]);
}

// The first blocks of the needs of up to `lanes` organisations, side by side.
struct FirstBlocks {
  std::uint32_t word[4][lanes];
  Words of(int lane) const { return {{word[0][lane], word[1][lane], word[2][lane], word[3][lane]}}; }
};

FirstBlocks draw_needs(const World& w, const Cases& cases, int first, int count) {
  FirstBlocks blocks;
  std::uint32_t who[lanes] = {};
  for (int lane = 0; lane < count; ++lane) who[lane] = entity(w.keys, cases.who[cases.list[first + lane]]);
  const Address at{.purpose = Purpose::needs, .month = static_cast<std::uint32_t>(w.month)};
  draw_blocks_of(w.stream, at, who, padded(count), blocks.word[0], blocks.word[1], blocks.word[2], blocks.word[3]);
  return blocks;
}

struct Needs {
  long long all = 0, met = 0;
};

void refer_tile(World& w, Range tile, Needs& needs) {
  const Parameters& p = w.plan.scenario.parameters;
  Cases cases;
  list_with_cases(w, tile, cases);
  for (int first = 0; first < cases.count; first += lanes) {
    const int count = std::min(lanes, cases.count - first);
    const FirstBlocks blocks = draw_needs(w, cases, first, count);
    for (int lane = 0; lane < count; ++lane) {
      const std::int32_t k = cases.list[first + lane], i = cases.who[k];
      const int found = cases_of(w, cases, k);
      if (found == 0) continue;
      const Address at{Purpose::needs, entity(w.keys, i), static_cast<std::uint32_t>(w.month)};
      w.needs_met[i] = refer(w, i, found * p.needs, DrawEngine(w.stream, at, blocks.of(lane)));
      needs.all += static_cast<long long>(found) * p.needs;
      needs.met += w.needs_met[i];
    }
  }
}

}  // namespace

void refer_cases(World& w) {
  const Parameters& p = w.plan.scenario.parameters;
  if (w.serving.empty() || w.plan.scenario.roles.size() < 2 || p.needs == 0) return;
  const int serving = static_cast<int>(w.serving.size());
  for_chunks(w.loop, serving, [&](Range range, int chunk) {
    Needs needs;
    for_tiles(range, [&](Range tile) { refer_tile(w, tile, needs); });
    w.partial[chunk] = static_cast<double>(needs.all);
    w.partial_met[chunk] = static_cast<double>(needs.met);
  });
  const auto total = [&](const std::vector<double>& part) {
    return std::accumulate(part.begin(), part.begin() + chunk_count(serving), 0.0);
  };
  const double needs = total(w.partial);
  if (needs == 0) return;
  const float share = static_cast<float>(total(w.partial_met) / needs);
  w.service += w.service_known ? static_cast<float>(p.service_rate) * (share - w.service) : share;
  w.service_known = true;
}

}  // namespace coalis::inline COALIS_ISA
