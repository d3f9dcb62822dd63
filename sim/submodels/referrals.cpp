// Cases and referrals (ODD 3, process 6).
// Claim: those who serve victims identify cases, more when aware; a need is met more often through a strong tie to an organisation
// with the right role; tracking referrals helps (evidence P20, P22; referral_tracking assumed).
//   cases ~ Poisson(cases_per_month/D * min(1, identify_0 + identify_awareness*a))
//   P(met) = referral_0 + referral_tie*w, or referral_0 + outside_referral*o without such a tie; += (1-P)*0.5*T*(tie ? 1 : 0.5)
// Reads: awareness, outside, ties, roles of partners. Writes: needs met, own ties (after all its needs), service effectiveness.
#include <algorithm>

#include <boost/random/uniform_int_distribution.hpp>

#include "coalis/core/distributions.hpp"
#include "coalis/submodels/submodels.hpp"
#include "coalis/submodels/ties.hpp"

namespace coalis::inline COALIS_ISA {
namespace {

// The strongest tie (first of equals) whose partner has the role: its slot's index, or -1.
int tie_to_role(const World& w, int i, int role) {
  int best = -1;
  for (int slot = 0; slot < slots_max; ++slot) {
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
int refer(World& w, int i, int needs) {
  const int roles = static_cast<int>(w.plan.scenario.roles.size());
  const float gain = static_cast<float>(w.plan.scenario.parameters.tie_gain / 2);
  DrawEngine engine(w.stream, {Purpose::needs, static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(w.month)});
  const boost::random::uniform_int_distribution<int> other_role(0, roles - 2);
  std::array<int, slots_max> times{};  // needs met over each slot
  int met = 0;
  for (int need = 0; need < needs; ++need) {
    const int drawn = other_role(engine);
    const int tie = tie_to_role(w, i, drawn + (drawn >= w.role[i]));
    if (uniform(engine()) >= chance_met(w, i, tie)) continue;
    ++met;
    if (tie >= 0) ++times[(tie - slot_index(i, 0)) / lanes];
  }
  for (int slot = 0; slot < slots_max; ++slot)
    for (int time = 0; time < times[slot]; ++time) {
      float& strength = w.tie_strength[slot_index(i, slot)];
      strength += gain * (1 - strength);
      w.tie_sum[i] = sum_of_ties(w, i);
    }
  return met;
}

}  // namespace

void refer_cases(World& w) {
  const Parameters& p = w.plan.scenario.parameters;
  if (w.serving.empty() || w.plan.scenario.roles.size() < 2 || p.needs == 0) return;
  const float each = static_cast<float>(w.policy->environment.cases_per_month / static_cast<double>(w.serving.size()));
  const float floor = static_cast<float>(p.identify_0), slope = static_cast<float>(p.identify_awareness);
  long long needs = 0, met = 0;
  for (const std::int32_t i : w.serving) {
    if (w.status[i] == withdrawn) continue;
    const float mean = each * std::min(1.0f, floor + slope * w.awareness[i]);
    const int cases = poisson(w.stream, {Purpose::cases, static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(w.month)}, mean);
    if (cases == 0) continue;
    w.needs_met[i] = refer(w, i, cases * p.needs);
    needs += static_cast<long long>(cases) * p.needs;
    met += w.needs_met[i];
  }
  if (needs == 0) return;
  const float share = static_cast<float>(static_cast<double>(met) / static_cast<double>(needs));
  w.service += w.service_known ? static_cast<float>(p.service_rate) * (share - w.service) : share;
  w.service_known = true;
}

}  // namespace coalis::inline COALIS_ISA
