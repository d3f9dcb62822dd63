// Leadership (ODD 3, process 2).
// Claim: staff time spread over members makes leaders visible, convening takes staff time, a vacancy removes both; visibility
// falls with distance (assumed; evidence P5, P8, P14).
//   f = F^2 / (F + event_fte*planned),  F = FTE*(1 - overhead*(1 - 1/max(1,H)))
//   V += visibility_rate * (1 - exp(-f*members_per_fte/max(1,addressed)) - V)
//   E = V(home) * exp(-travel/distance_hours * (1 - online_access))
// Reads: status, home hubs, commitment (hubs convened by members). Writes: vacancy, span, staff f, visibility V, exposure table.
#include <algorithm>

#include "coalis/core/distributions.hpp"
#include "coalis/submodels/submodels.hpp"
#include "coalis/submodels/sums.hpp"

namespace coalis::inline COALIS_ISA {
namespace {

bool by_members(const Hub& hub) { return hub.convenor == static_cast<int>(Convenor::members); }

void count_spans(World& w) {
  const int regions = w.plan.regions();
  w.enrolled_count = 0;
  for (int h = 0; h < w.plan.hubs(); ++h) {
    w.span[h] = 0;
    for (int region = 0; region < regions; ++region) w.span[h] += w.enrolled_at[h * regions + region];
    w.enrolled_count += w.span[h];
  }
  for (int region = 0; region < regions; ++region) w.enrolled_count += w.enrolled_at[w.plan.hubs() * regions + region];
}

// C of process 4: the mean commitment of the span as this process finds it.
float mean_commitment(World& w, int h) {
  const std::int32_t* status = w.status.data();
  const std::int32_t* place = w.place.data();
  const float* commitment = w.commitment.data();
  const std::int32_t first = h * w.plan.regions(), last = first + w.plan.regions();
  const double sum =
      sum_over(w, [=](int i) { return status[i] == enrolled && place[i] >= first && place[i] < last ? commitment[i] : 0.0f; });
  return w.span[h] > 0 ? static_cast<float>(sum / w.span[h]) : 0.0f;
}

void fill_vacancy(World& w, int h) {
  if (w.vacancy[h] > 0) {
    --w.vacancy[h];
    return;
  }
  if (w.policy->hubs[h].serves.empty()) return;
  const Words words = draw(w.stream, {Purpose::vacancy, w.plan.hub_key[h], static_cast<std::uint32_t>(w.month)});
  if (uniform(words.w[0]) < static_cast<float>(w.plan.scenario.parameters.turnover))
    w.vacancy[h] = w.plan.scenario.parameters.vacancy_months;
}

void update_visibility(World& w, int h) {
  const Parameters& p = w.plan.scenario.parameters;
  const Hub& hub = w.policy->hubs[h];
  w.staff[h] = 0;
  if (hub.serves.empty()) {
    w.visibility[h] = 0;
    return;
  }
  double planned = 0;
  int addressed = w.span[h];
  for (const Series& series : w.policy->series) {
    if (series.hub != h || !runs(*w.policy, series, w.month)) continue;
    planned += series.per_year;
    if (series.per_year > 0 && series.audience == static_cast<int>(Audience::all)) addressed = w.enrolled_count;
  }
  const double full = hub.fte * (1 - p.overhead * (1 - 1.0 / std::max(1, w.policy->active_hubs)));
  if (full > 0 && w.vacancy[h] == 0 && !by_members(hub))
    w.staff[h] = static_cast<float>(full * full / (full + p.event_fte * planned));
  const float attention =
      1 - exp(-w.staff[h] * static_cast<float>(p.members_per_fte) / static_cast<float>(std::max(1, addressed)));
  w.visibility[h] = faded(w.visibility[h] + static_cast<float>(p.visibility_rate) * (attention - w.visibility[h]));
}

void tabulate_exposure(World& w) {
  const int regions = w.plan.regions();
  for (int h = 0; h < w.plan.hubs(); ++h)
    for (int at = h * regions; at < (h + 1) * regions; ++at) w.exposure_at[at] = w.visibility[h] * w.policy->nearness_at[at];
  // The last row, of organisations without a home hub, stays 0.
}

}  // namespace

void lead(World& w) {
  count_spans(w);
  for (int h = 0; h < w.plan.hubs(); ++h) {
    if (by_members(w.policy->hubs[h])) w.span_commitment[h] = mean_commitment(w, h);
    fill_vacancy(w, h);
    update_visibility(w, h);
  }
  tabulate_exposure(w);
}

}  // namespace coalis::inline COALIS_ISA
