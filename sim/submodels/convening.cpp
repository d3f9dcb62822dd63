// Convening and attendance (ODD 3, process 4, first half).
// Claim: events happen when the calendar calls for them and somebody visible, or a committed group, holds them; organisations
// come for what they think of the coalition, by habit, because partners do, and stay away because it costs them hours
// (evidence P4, P5, P7, P9). Attending raises awareness and shows the leader (assumed).
//   due = floor(A+I+1e-9) - floor(A+1e-9),  I = py/12*(regularity + (1-regularity)*X)
//   u = base + sum of beta*(x-1/2) + beta_habit*p + beta_regularity*(regularity-1) - beta_cost*min(cost_cap, tau/max(1,r))
// Rules of choice: attendance_choice/. Reads: commitment, mission, leadership, awareness, ties of all. Writes of those who come:
// trace (of all invited), resources, hours, awareness, leadership, counts.
#include <algorithm>
#include <cmath>

#include "coalis/core/distributions.hpp"
#include "coalis/submodels/attendance_choice/benefit_cost.hpp"
#include "coalis/submodels/attendance_choice/conditional_cooperation.hpp"
#include "coalis/submodels/attendance_choice/threshold.hpp"
#include "coalis/submodels/submodels.hpp"
#include "coalis/submodels/sums.hpp"

namespace coalis::inline COALIS_ISA {
namespace {

// q: strength-weighted mean participation of tie partners at the start of the process; -1 without ties.
void ask_peers(World& w, Range range) {
  const std::int32_t* partner = w.tie_partner.data();
  const float* strength = w.tie_strength.data();
  const float* trace = w.trace.data();
  float* peers = w.peers.data();
  for (int block = range.begin; block < range.end; block += lanes) {
    float sum[lanes] = {}, weight[lanes] = {};
    for (int slot = 0; slot < slots_max; ++slot) {
      const int first = slot_index(block, slot);
      COALIS_LANES
      for (int lane = 0; lane < lanes; ++lane) {
        const std::int32_t who = partner[first + lane], known = who & partner_mask & ~(who >> 31);  // 0 for an empty slot
        sum[lane] += strength[first + lane] * trace[known];
        weight[lane] += strength[first + lane];
      }
    }
    COALIS_LANES
    for (int lane = 0; lane < lanes; ++lane) peers[block + lane] = weight[lane] > 0 ? sum[lane] / weight[lane] : -1.0f;
  }
}

// What one event means to organisations: their utility apart from who they are, and the hours it takes from each region.
struct Event {
  const Series& series;
  const Kind& kind;
  float base;
  float visibility;
  std::array<float, max_regions> hours;  // tau, by region
  std::uint32_t key;
  bool repeated;  // an event of this kind was held before in this month
};

Event describe(const World& w, int number) {
  const Series& series = w.policy->series[number];
  const Kind& kind = w.plan.scenario.kinds[series.kind];
  const Parameters& p = w.plan.scenario.parameters;
  Event event{series,
              kind,
              static_cast<float>(kind.base + p.beta_regularity * (series.regularity - 1)),
              w.visibility[series.hub],
              {},
              w.plan.kind_key[series.kind],
              w.held_of[series.kind] > 0};
  for (int region = 0; region < w.plan.regions(); ++region)
    event.hours[region] =
        static_cast<float>(series.hours + 2 * w.plan.travel(region, w.policy->hubs[series.hub].seat) * (1 - series.remote));
  return event;
}

// here[i] = 1 for the enrolled in the audience. The home hub decides for `hub`, participation for `core`.
void invite(World& w, const Event& event, Range range) {
  const std::int32_t* status = w.status.data();
  const std::int32_t* place = w.place.data();
  const float* trace = w.trace.data();
  std::int32_t* here = w.here.data();
  const bool of_hub = event.series.audience == static_cast<int>(Audience::hub);
  const std::int32_t first = of_hub ? event.series.hub * w.plan.regions() : 0;
  const std::int32_t last = of_hub ? first + w.plan.regions() : (w.plan.hubs() + 1) * w.plan.regions();
  const bool of_core = event.series.audience == static_cast<int>(Audience::core);
  const float least = of_core ? static_cast<float>(w.plan.scenario.parameters.core_trace) : -1.0f;
  COALIS_LANES
  for (int i = range.begin; i < range.end; ++i)
    here[i] = (status[i] == enrolled) & (place[i] >= first) & (place[i] < last) & (trace[i] >= least);
}

// One word per organisation, keyed by the how-many-th event of the kind in the month to which it is invited.
void draw_event_words(World& w, const Event& event, Purpose purpose, Range range, std::uint32_t* out) {
  if (!event.repeated) return draw_words(w.stream, purpose, w.month, 0, event.key, range.begin, range.end, out);
  const std::int32_t* nth = w.invitations.data() + static_cast<std::size_t>(event.series.kind) * w.lanes_n;
  for (int i = range.begin; i < range.end; ++i)
    out[i] = draw_word(w.stream, {purpose, static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(w.month),
                                  static_cast<std::uint32_t>(nth[i]), event.key});
}

void draw_noise(World& w, const Event& event, Range range) {
  draw_event_words(w, event, Purpose::threshold_noise, range, w.more_words.data());
  const std::uint32_t* first = w.words.data();
  const std::uint32_t* second = w.more_words.data();
  float* noise = w.scratch.data();
  COALIS_LANES
  for (int i = range.begin; i < range.end; ++i) noise[i] = normal(first[i], second[i]);
}

// Decides who of the invited comes: here[i] becomes 1 for those who do, 0 for those who do not; -1 marks the uninvited.
template <class Choice>
void choose(World& w, const Event& event, Choice choice, bool habit, Range range) {
  const Parameters& p = w.plan.scenario.parameters;
  const float mission_slope = static_cast<float>(p.beta_mission), commitment_slope = static_cast<float>(p.beta_commitment);
  const float leadership_slope = static_cast<float>(p.beta_leadership), awareness_slope = static_cast<float>(p.beta_awareness);
  const float habit_slope = habit ? static_cast<float>(p.beta_habit) : 0.0f, cost_slope = static_cast<float>(p.beta_cost);
  const float cap = static_cast<float>(p.cost_cap), base = event.base;
  const float *mission = w.mission.data(), *commitment = w.commitment.data(), *leadership = w.leadership.data();
  const float *awareness = w.awareness.data(), *trace = w.trace.data(), *resources = w.resources.data();
  const float *peers = w.peers.data(), *noise = w.scratch.data(), *hours = event.hours.data();
  const std::int32_t *region = w.region.data(), *type = w.type.data();
  const std::uint32_t* word = w.words.data();
  std::int32_t* here = w.here.data();
  COALIS_LANES
  for (int i = range.begin; i < range.end; ++i) {
    const float share = hours[region[i]] / (resources[i] < 1 ? 1.0f : resources[i]);
    const float u = base + mission_slope * (mission[i] - 0.5f) + commitment_slope * (commitment[i] - 0.5f) +
                    leadership_slope * (leadership[i] - 0.5f) + awareness_slope * (awareness[i] - 0.5f) + habit_slope * trace[i] -
                    cost_slope * (share < cap ? share : cap);
    const bool comes = choice(u, peers[i], type[i], word[i], Choice::noisy ? noise[i] : 0.0f);
    here[i] = here[i] == 0 ? -1 : comes ? 1 : 0;
  }
}

template <class Choice>
void decide(World& w, const Event& event, Choice choice, Range range) {
  const bool habit = w.plan.scenario.structure.engagement != static_cast<int>(Engagement::trait);
  draw_event_words(w, event, Purpose::attendance, range, w.words.data());
  if constexpr (Choice::noisy) draw_noise(w, event, range);
  choose(w, event, choice, habit, range);
}

// What attending does to those who come, and staying away to the habit of the others.
void update(World& w, const Event& event, Range range) {
  const Parameters& p = w.plan.scenario.parameters;
  const float trace_rate = static_cast<float>(p.trace_rate), gain = static_cast<float>(event.kind.awareness_gain);
  const float meet = static_cast<float>(p.leadership_meet), visibility = event.visibility;
  const float* hours_from = event.hours.data();
  const std::int32_t *here = w.here.data(), *region = w.region.data();
  std::int32_t* nth = w.invitations.data() + static_cast<std::size_t>(event.series.kind) * w.lanes_n;
  std::int32_t *attended = w.attended.data(), *events = w.attended_events[event.series.kind].data();
  std::int32_t* last = w.last_attended.data();
  float *trace = w.trace.data(), *resources = w.resources.data(), *hours = w.hours.data();
  float *awareness = w.awareness.data(), *leadership = w.leadership.data();
  const std::int32_t month = w.month;
  COALIS_LANES
  for (int i = range.begin; i < range.end; ++i) {
    const bool came = here[i] == 1, invited = here[i] >= 0;
    const float taken = hours_from[region[i]], tau = came ? taken : 0.0f;
    const float left = resources[i] - tau;
    trace[i] = invited ? faded(trace[i] + trace_rate * ((came ? 1.0f : 0.0f) - trace[i])) : trace[i];
    resources[i] = came ? (left > 0 ? left : 0.0f) : resources[i];
    hours[i] += tau;
    awareness[i] += came ? gain * (1 - awareness[i]) : 0.0f;
    leadership[i] += came ? meet * (visibility - leadership[i]) : 0.0f;
    attended[i] |= came;
    events[i] += came;
    last[i] = came ? month : last[i];
    nth[i] += invited;
  }
}

// Lists those who came, in the order of their numbers.
void list_attendees(World& w) {
  for_chunks(w.loop, w.lanes_n, [&](Range range, int chunk) {
    int count = 0;
    for (int i = range.begin; i < range.end; ++i) {
      w.attendees[range.begin + count] = i;
      count += w.here[i] == 1;
    }
    w.list_size[chunk] = count;
  });
  w.attendee_count = w.list_size[0];
  for (int chunk = 1; chunk < chunk_count(w.lanes_n); ++chunk) {
    const auto from = w.attendees.begin() + chunk * chunk_size;
    std::copy(from, from + w.list_size[chunk], w.attendees.begin() + w.attendee_count);
    w.attendee_count += w.list_size[chunk];
  }
}

// Books the event: turnout by region, hours, joint effort.
int book_turnout(World& w, const Event& event) {
  const int kind = event.series.kind, regions = w.plan.regions();
  const int first = turnout_index(w, kind, w.month, 0);
  int invited = 0;
  if (event.series.audience == static_cast<int>(Audience::core)) {
    for (int i = 0; i < w.n; ++i)
      if (w.here[i] >= 0) {
        ++w.invited_in[first + w.region[i]];
        ++invited;
      }
  } else {
    const bool all = event.series.audience == static_cast<int>(Audience::all);
    for (int h = all ? 0 : event.series.hub; h <= (all ? w.plan.hubs() : event.series.hub); ++h)
      for (int region = 0; region < regions; ++region) {
        w.invited_in[first + region] += w.enrolled_at[h * regions + region];
        invited += w.enrolled_at[h * regions + region];
      }
  }
  double given = 0, hours = 0;
  for (int k = 0; k < w.attendee_count; ++k) {
    const int i = w.attendees[k];
    ++w.attended_in[first + w.region[i]];
    given += w.commitment[i];
    hours += event.hours[w.region[i]];
  }
  w.effort += event.kind.yield * event.series.hours * given;
  w.hours_in[w.month] += hours;
  return invited;
}

void attend_range(World& w, const Event& event, float last_turnout, Range range) {
  const Parameters& p = w.plan.scenario.parameters;
  if (!w.peers_known) ask_peers(w, range);
  invite(w, event, range);
  switch (static_cast<Decision>(w.plan.scenario.structure.decision)) {
    case Decision::benefit_cost: return decide(w, event, BenefitCost(p, last_turnout), range);
    case Decision::threshold: return decide(w, event, Threshold(p, last_turnout), range);
    case Decision::conditional_cooperation: return decide(w, event, ConditionalCooperation(p, last_turnout), range);
  }
}

}  // namespace

void plan_events(World& w) {
  w.events_due = false;
  for (int number = 0; number < w.plan.series(); ++number) {
    const Series& series = w.policy->series[number];
    w.due[number] = 0;
    if (!runs(*w.policy, series, w.month)) continue;
    if (!w.started[number]) {
      w.started[number] = true;
      w.accumulator[number] = series.phase * series.per_year / 12;
    }
    double irregular = 0;
    if (series.regularity < 1) {
      const Words words = draw(w.stream, {Purpose::calendar, w.plan.series_key[number], static_cast<std::uint32_t>(w.month)});
      irregular = (1 - series.regularity) * exponential(words.w[0]);
    }
    const double before = w.accumulator[number];
    w.accumulator[number] += series.per_year / 12 * (series.regularity + irregular);
    w.due[number] = static_cast<int>(std::floor(w.accumulator[number] + 1e-9) - std::floor(before + 1e-9));
    w.events_due |= w.due[number] > 0;
  }
}

bool hold_event(World& w, int number) {
  const Parameters& p = w.plan.scenario.parameters;
  const Series& series = w.policy->series[number];
  const Hub& hub = w.policy->hubs[series.hub];
  const int nth = w.due_of[series.hub * w.plan.kinds() + series.kind]++;
  bool held = w.plan.scenario.kinds[series.kind].always_held;
  if (!held) {
    double willing = w.vacancy[series.hub] > 0 ? 0 : std::min(1.0, w.visibility[series.hub] / p.visibility_full);
    if (hub.convenor == static_cast<int>(Convenor::members))
      willing = std::min(1.0, w.span_commitment[series.hub] / p.self_commitment) / (1 + w.span[series.hub] / p.self_size);
    const Words words = draw(w.stream, {Purpose::hold, w.plan.hub_key[series.hub], static_cast<std::uint32_t>(w.month),
                                        static_cast<std::uint32_t>(nth), w.plan.kind_key[series.kind]});
    held = uniform(words.w[0]) < static_cast<float>(p.hold_floor + (1 - p.hold_floor) * willing);
  }
  if (held) {
    ++w.events_held[series.kind];
    w.cost_in[w.month] += w.plan.scenario.kinds[series.kind].event_cost;
  }
  return held;
}

void attend_event(World& w, int number) {
  const Event event = describe(w, number);
  const int turnout_of = event.series.hub * w.plan.kinds() + event.series.kind;
  for_chunks(w.loop, w.lanes_n, [&](Range range, int) { attend_range(w, event, w.last_turnout[turnout_of], range); });
  // Participation is read across organisations while they choose, so it changes only after all have chosen.
  for_chunks(w.loop, w.lanes_n, [&](Range range, int) { update(w, event, range); });
  w.peers_known = true;
  ++w.held_of[event.series.kind];
  list_attendees(w);
  const int invited = book_turnout(w, event);
  if (invited > 0) w.last_turnout[turnout_of] = static_cast<float>(w.attendee_count) / static_cast<float>(invited);
}

}  // namespace coalis::inline COALIS_ISA
