// Appraisal (ODD 3, process 8), members only.
// Claim: commitment follows what an organisation sees of leader, progress, ties and conflict, and what it costs; contact makes it
// follow fast, neglect lets it sink (evidence P5, P9, P10, P15).
//   target = s(gamma_0 + gamma_mission*(2m-1) + gamma_leadership*(l-1/2) + gamma_progress*(e-1/2) + gamma_ties*W/(1+W)
//              - gamma_conflict*x - gamma_burden*min(4, (b/(kappa*g))^2))
//   attended: c += rate_contact*(target-c); informed only: rate_idle*(target-c); neither: rate_idle*(neglect*target-c)
// Reads: exposure, attendance, information, needs met, goal attainment, own ties. Writes: leadership, progress, awareness, load,
// conflict, commitment, trace of the dormant, idle.
#include "coalis/core/look_up.hpp"
#include "coalis/core/math.hpp"
#include "coalis/submodels/submodels.hpp"
#include "coalis/submodels/sums.hpp"

namespace coalis::inline COALIS_ISA {
namespace {

// Sees leader and progress.
void perceive(World& w, Range tile) {
  const Parameters& p = w.plan.scenario.parameters;
  const float info = static_cast<float>(p.leadership_info), fade = static_cast<float>(p.leadership_fade);
  const float rate = static_cast<float>(p.progress_rate), slow = static_cast<float>(p.progress_fade);
  const float bonus = static_cast<float>(p.direct_bonus), win = static_cast<float>(p.win_gain);
  const float decay = static_cast<float>(p.awareness_decay), goal = w.goal;
  const std::int32_t *status = w.status.data(), *attended = w.attended.data(), *informed = w.informed.data();
  const std::int32_t *serves = w.serves_victims.data(), *met = w.needs_met.data();
  float *leadership = w.leadership.data(), *progress = w.progress.data(), *awareness = w.awareness.data();
  const int begin = tile.begin, size = tile.end - tile.begin;
  with_looked_up(w.exposure_at.data(), w.plan.places(), w.place.data() + begin, size, [=](auto exposure_of, int count) {
    COALIS_LANES
    for (int k = 0; k < count; ++k) {
      const int i = begin + k;
      const bool member = (status[i] == enrolled) | (status[i] == dormant), came = attended[i] != 0, told = informed[i] != 0;
      const float l = leadership[i], exposure = exposure_of(k);
      const float unseen = (told & (exposure > l)) ? l + info * (exposure - l) : l * (1 - fade);
      leadership[i] = (member & !came) ? unseen : l;
      const float signal = serves[i] ? goal + bonus * (1 - goal) : goal;
      const float e = progress[i] + ((came | told) ? rate * (signal - progress[i]) : slow * (signal / 2 - progress[i]));
      const float wins = win * static_cast<float>(met[i] < 3 ? met[i] : 3);
      progress[i] = member ? e + wins * (1 - e) : progress[i];
      awareness[i] *= member ? 1 - decay : 1.0f;
    }
  });
}

// Books the month's hours and conflict.
void remember(World& w, Range range) {
  const Parameters& p = w.plan.scenario.parameters;
  const float rate = static_cast<float>(p.conflict_rate), fade = static_cast<float>(p.conflict_fade);
  const float trace_keep = 1 - static_cast<float>(p.trace_rate);
  const std::int32_t *status = w.status.data(), *attended = w.attended.data();
  const float *hours = w.hours.data(), *month_conflict = w.month_conflict.data();
  float *load = w.load.data(), *conflict = w.conflict.data(), *trace = w.trace.data();
  std::int32_t* idle = w.idle.data();
  COALIS_LANES
  for (int i = range.begin; i < range.end; ++i) {
    const bool member = (status[i] == enrolled) | (status[i] == dormant), came = attended[i] != 0;
    const float x = came ? conflict[i] + rate * (month_conflict[i] - conflict[i]) : conflict[i] * (1 - fade);
    load[i] = member ? faded((load[i] + hours[i]) / 2) : load[i];
    conflict[i] = member ? faded(x) : conflict[i];
    trace[i] = status[i] == dormant ? faded(trace[i] * trace_keep) : trace[i];
    idle[i] = member ? (came ? 0 : idle[i] + 1) : idle[i];
  }
}

void commit(World& w, Range range) {
  const Parameters& p = w.plan.scenario.parameters;
  const float constant = static_cast<float>(p.gamma_0), mission_slope = static_cast<float>(p.gamma_mission);
  const float leadership_slope = static_cast<float>(p.gamma_leadership), progress_slope = static_cast<float>(p.gamma_progress);
  const float ties_slope = static_cast<float>(p.gamma_ties), conflict_slope = static_cast<float>(p.gamma_conflict);
  const float burden_slope = static_cast<float>(p.gamma_burden);
  const float contact = static_cast<float>(p.rate_contact), slow = static_cast<float>(p.rate_idle);
  const float neglect = static_cast<float>(p.neglect);
  const std::int32_t *status = w.status.data(), *attended = w.attended.data(), *informed = w.informed.data();
  const float *mission = w.mission.data(), *capacity = w.capacity.data(), *grant_factor = w.grant_factor.data();
  const float *leadership = w.leadership.data(), *progress = w.progress.data(), *ties = w.tie_sum.data();
  const float *conflict = w.conflict.data(), *load = w.load.data();
  float* commitment = w.commitment.data();
  COALIS_LANES
  for (int i = range.begin; i < range.end; ++i) {
    const bool member = (status[i] == enrolled) | (status[i] == dormant), came = attended[i] != 0, told = informed[i] != 0;
    const float ratio = load[i] / (capacity[i] * grant_factor[i]), burden = ratio < 2 ? ratio * ratio : 4.0f;
    const float target = logistic(constant + mission_slope * (2 * mission[i] - 1) + leadership_slope * (leadership[i] - 0.5f) +
                                  progress_slope * (progress[i] - 0.5f) + ties_slope * (ties[i] / (1 + ties[i])) -
                                  conflict_slope * conflict[i] - burden_slope * burden);
    const float towards = (came | told) ? target : neglect * target;
    const float moved = commitment[i] + (came ? contact : slow) * (towards - commitment[i]);
    commitment[i] = member ? faded(moved) : commitment[i];
  }
}

}  // namespace

void appraise(World& w) {
  const bool trait = w.plan.scenario.structure.engagement == static_cast<int>(Engagement::trait);
  const auto appraise_tile = [&w, trait](Range tile) {
    perceive(w, tile);
    remember(w, tile);
    if (!trait) commit(w, tile);
  };
  for_chunks(w.loop, w.lanes_n, [&](Range range, int) { for_tiles(range, appraise_tile); });
}

}  // namespace coalis::inline COALIS_ISA
