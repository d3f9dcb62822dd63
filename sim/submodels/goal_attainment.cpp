// Goal attainment (ODD 3, process 7).
// Claim: the coalition's goals advance by members' effort, by their ties and by staff, against strife, incoherence between hubs
// and decay; authority softens strife; external support scales all (evidence P14, P18; ties across hubs keep work coherent:
// assumed).
//   y = (effort/effort_ref + tie_effort*W)/members + staff_effort*(1-exp(-sum f*members_per_fte/members))
//   frag = coherence_loss*max(0, 1-(Wx/W)/X) if H > 1,  X = 1 - sum (span/enrolled)^2
//   G += goal_rate*(1-exp(-y))*(1-strife*(1-authority_gain*authority))*(1-frag)*support*(1-G) - goal_decay*G
// Reads: effort, ties and home hubs of the enrolled, staff, strife. Writes: G.
#include <algorithm>

#include "coalis/core/math.hpp"
#include "coalis/submodels/submodels.hpp"
#include "coalis/submodels/sums.hpp"
#include "coalis/submodels/ties.hpp"

namespace coalis::inline COALIS_ISA {
namespace {

double strength_of_enrolled(World& w) {
  const std::int32_t* status = w.status.data();
  const float* sum = w.tie_sum.data();
  return sum_over(w, [=](int i) {
    const float strength = sum[i];  // read by all, so that it vectorises
    return status[i] == enrolled ? strength : 0.0f;
  });
}

// Wx: of the enrolled's ties, those to a partner with another home hub.
double strength_across_hubs(World& w) {
  const std::int32_t *partners = w.tie_partner.data(), *statuses = w.status.data();
  const float* strengths = w.tie_strength.data();
  for_chunks(w.loop, w.lanes_n, [&](Range range, int chunk) {
    double sum[lanes] = {};
    for (int block = range.begin; block < range.end; block += lanes) {
      const int slots = slots_of_block(w, block);
      const std::int32_t* status = statuses + block;
      for (int slot = 0; slot < slots; ++slot) {
        const std::int32_t* partner = partners + slot_index(block, slot);
        const float* strength = strengths + slot_index(block, slot);  // 0 in empty slots
        COALIS_LANES
        for (int lane = 0; lane < lanes; ++lane) {
          const bool across = (status[lane] == enrolled) & ((partner[lane] & across_hubs) != 0);
          sum[lane] += static_cast<double>(across ? strength[lane] : 0.0f);
        }
      }
    }
    w.partial[chunk] = tree_sum(sum);
  });
  double total = 0;
  for (int chunk = 0; chunk < chunk_count(w.lanes_n); ++chunk) total += w.partial[chunk];
  return total;
}

double fragmentation(World& w, double strength) {
  if (w.policy->active_hubs <= 1 || w.enrolled_count == 0) return 0;
  double spread = 1;
  for (const int span : w.span) spread -= static_cast<double>(span) / w.enrolled_count * span / w.enrolled_count;
  if (spread <= 1e-12) return 0;
  const double across = strength > 0 ? strength_across_hubs(w) / strength : 0;
  return w.plan.scenario.parameters.coherence_loss * std::max(0.0, 1 - across / spread);
}

// Mean authority of the hubs with a coordinator in place, weighted by staff positions.
double mean_authority(const World& w) {
  double weight = 0, sum = 0;
  for (int h = 0; h < w.plan.hubs(); ++h) {
    const Hub& hub = w.policy->hubs[h];
    if (hub.serves.empty() || w.vacancy[h] > 0 || hub.convenor == static_cast<int>(Convenor::members)) continue;
    weight += hub.fte;
    sum += hub.fte * hub.authority;
  }
  return weight > 0 ? sum / weight : 0;
}

}  // namespace

void attain_goal(World& w) {
  const Parameters& p = w.plan.scenario.parameters;
  const int members = w.enrolled_count + w.dormant_count;
  double work = 0, fragmented = 0;
  if (members > 0) {
    const double strength = strength_of_enrolled(w);
    double staff = 0;
    for (const float f : w.staff) staff += f;
    work = (w.effort / p.effort_ref + p.tie_effort * strength) / members +
           p.staff_effort * (1 - exp(static_cast<float>(-staff * p.members_per_fte / members)));
    fragmented = fragmentation(w, strength);
  }
  const double advance = p.goal_rate * (1 - exp(static_cast<float>(-work))) *
                         (1 - w.strife * (1 - p.authority_gain * mean_authority(w))) * (1 - fragmented) *
                         w.policy->environment.support * (1 - w.goal);
  w.goal = static_cast<float>(w.goal + advance - p.goal_decay * w.goal);
}

}  // namespace coalis::inline COALIS_ISA
