// Resources (ODD 3, process 1).
// Claim: organisations compete for grants once a year; those seen in the coalition have a better chance; part of the funds is
// restricted to those that serve victims (evidence P19). Hours available vary from month to month.
//   score = grant_participation*p + Gumbel; winners g = 1+grant_gain, others g = 1-grant_loss
//   r = kappa * g * exp(resource_sigma*z - resource_sigma^2/2)
// Reads: trace, status, serves_victims, capacity. Writes: grant_factor, resources.
#include <algorithm>
#include <bit>
#include <cmath>

#include "coalis/core/distributions.hpp"
#include "coalis/model/organisation_draws.hpp"
#include "coalis/model/shared_draws.hpp"
#include "coalis/submodels/submodels.hpp"

namespace coalis::inline COALIS_ISA {
namespace {

// Unsigned integers in the order of the numbers.
std::uint32_t rank_key(float x) {
  const auto bits = std::bit_cast<std::uint32_t>(x);
  return bits & 0x80000000u ? ~bits : bits | 0x80000000u;
}

// How many keys are at least so large.
int count_from(const std::uint32_t* key, int count, std::uint32_t least) {
  int found = 0;
  COALIS_LANES
  for (int k = 0; k < count; ++k) found += key[k] >= least;
  return found;
}

// The largest digit 0..3 for which at least `wins` keys reach `least` with that digit at `shift`.
std::uint32_t largest_digit(const std::uint32_t* key, int count, std::uint32_t least, int shift, int wins) {
  int one = 0, two = 0, three = 0;
  COALIS_LANES
  for (int k = 0; k < count; ++k) {
    one += key[k] >= (least | 1u << shift);
    two += key[k] >= (least | 2u << shift);
    three += key[k] >= (least | 3u << shift);
  }
  return static_cast<std::uint32_t>((one >= wins) + (two >= wins) + (three >= wins));
}

// Gives grants to the `pot` candidates with the best scores (of equals the lowest numbers); candidates ascend. The least score
// that wins is found two bits at a time: passes without branches, where sorting would guess wrong at every other comparison.
void award(World& w, const std::int32_t* candidates, int count, int pot, float winner) {
  const int wins = std::min(count, pot);
  if (wins <= 0) return;
  const float* score = w.scratch.data();
  std::uint32_t* key = w.words.data();
  for (int k = 0; k < count; ++k) key[k] = rank_key(score[candidates[k]]);
  std::uint32_t least = 0;
  for (int shift = 30; shift >= 0; shift -= 2) least |= largest_digit(key, count, least, shift, wins) << shift;
  int equals = wins - (least == 0xffffffffu ? 0 : count_from(key, count, least + 1));
  for (int k = 0; k < count; ++k)
    if (key[k] > least || (key[k] == least && equals-- > 0)) w.grant_factor[candidates[k]] = winner;
}

}  // namespace

void allocate_grants(World& w) {
  if (w.month == 0 || w.month % 12 != 0) return;
  const Parameters& p = w.plan.scenario.parameters;
  const float winner = static_cast<float>(1 + p.grant_gain), loser = static_cast<float>(1 - p.grant_loss);
  const float participation = static_cast<float>(p.grant_participation);
  organisation_words(w, Purpose::grant, w.month, 0, 0, w.lanes_n, w.words.data());
  const std::uint32_t* word = w.words.data();
  const std::int32_t* status = w.status.data();
  const float* trace = w.trace.data();
  float *score = w.scratch.data(), *grant_factor = w.grant_factor.data();
  std::int32_t count = 0, serving = 0;
  const int n = w.lanes_n;
  COALIS_LANES
  for (int i = 0; i < n; ++i) {
    const bool competes = status[i] < withdrawn;
    score[i] = participation * trace[i] + gumbel(word[i]);
    grant_factor[i] = competes ? loser : grant_factor[i];
    count += competes;
  }
  for (const std::int32_t i : w.serving)
    if (status[i] != withdrawn) w.list[serving++] = i;
  const double total = std::floor((1 - w.policy->environment.scarcity) * count + 0.5 + 1e-9);
  const double restricted = std::floor(w.policy->environment.restricted * total + 0.5 + 1e-9);
  award(w, w.list.data(), serving, static_cast<int>(restricted), winner);
  int open = 0;
  for (int i = 0; i < w.n; ++i)
    if (w.status[i] != withdrawn && w.grant_factor[i] != winner) w.list[open++] = i;
  award(w, w.list.data(), open, static_cast<int>(total - restricted), winner);
}

namespace {

// luck[k] = exp(sigma*z - sigma^2/2) of organisation tile.begin + k.
void draw_luck(const World& w, Range tile, float* luck) {
  const float sigma = static_cast<float>(w.plan.scenario.parameters.resource_sigma);
  organisation_normals(w, Purpose::resource, w.month, tile, luck, [sigma](float z) { return lognormal_factor(sigma, z); });
}

}  // namespace

void draw_resources(World& w) {
  if (!w.events_due) return;  // nothing else reads resources
  SharedDraws::Month* shared = w.shared ? &w.shared->months[w.month] : nullptr;
  const bool known = shared && shared->has_luck;
  const auto draw_tile = [&](Range tile) {
    alignas(cache_line) float own[tile_size];
    float* luck = shared ? shared->luck.data() + tile.begin : own;
    if (!known) draw_luck(w, tile, luck);
    const float *capacity = w.capacity.data() + tile.begin, *grant_factor = w.grant_factor.data() + tile.begin;
    float* resources = w.resources.data() + tile.begin;
    const int count = tile.end - tile.begin;
    COALIS_LANES
    for (int k = 0; k < count; ++k) resources[k] = capacity[k] * grant_factor[k] * luck[k];
  };
  for_chunks(w.loop, w.lanes_n, [&](Range range, int) { for_tiles(range, draw_tile); });
  if (shared) shared->has_luck = true;
}

}  // namespace coalis::inline COALIS_ISA
