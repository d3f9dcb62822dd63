// Convening and attendance (ODD 3, process 4, first half).
// Claim: events happen when the calendar calls for them and somebody visible, or a committed group, holds them; organisations
// come for what they think of the coalition, by habit, because partners do, and stay away because it costs them hours
// (evidence P4, P5, P7, P9). Attending raises awareness and shows the leader (assumed).
//   due = floor(A+I+1e-9) - floor(A+1e-9),  I = py/12*(regularity + (1-regularity)*X)
//   u = base + sum of beta*(x-1/2) + beta_habit*p + beta_regularity*(regularity-1) - beta_cost*min(cost_cap, tau/max(1,r))
// Utility and rules of choice: attendance_choice/; for experiments a rule from outside (model/attendance_rule.hpp). Reads:
// commitment, mission, leadership, awareness, ties of all. Writes of those who come: trace (of all invited), resources, hours,
// awareness, leadership, counts.
#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

#include "coalis/core/compact.hpp"
#include "coalis/core/distributions.hpp"
#include "coalis/core/look_up.hpp"
#include "coalis/model/attendance_rule.hpp"
#include "coalis/model/organisation_draws.hpp"
#include "coalis/submodels/attendance_choice/benefit_cost.hpp"
#include "coalis/submodels/attendance_choice/conditional_cooperation.hpp"
#include "coalis/submodels/attendance_choice/decided.hpp"
#include "coalis/submodels/attendance_choice/threshold.hpp"
#include "coalis/submodels/attendance_choice/utility.hpp"
#include "coalis/submodels/submodels.hpp"
#include "coalis/submodels/sums.hpp"
#include "coalis/submodels/ties.hpp"

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
    const int slots = slots_of_block(w, block);
    for (int slot = 0; slot < slots; ++slot) {
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

// Events of one kind that happen side by side: one event, or events of several hubs for their own, of which no organisation is
// invited to two.
struct Round {
  const Kind& kind;
  int number;                   // of the kind
  std::uint32_t key;            // of the kind
  bool together;                // several events: what they are to an organisation depends on its place
  bool repeated;                // an event of this kind was held before in this month
  int first_place, last_place;  // of one event: home hubs in its audience
  float least_trace;            // participation that invites
};

const Series& series_of(const World& w, const Event& event) { return w.policy->series[event.series]; }
int last_turnout_of(const World& w, const Series& series) { return series.hub * w.plan.kinds() + series.kind; }

// Where an event of the round begins in the tables by place: the row of its hub, or the first if it is alone.
int row_of(const World& w, const Series& series) { return w.round.size() > 1 ? series.hub * w.plan.regions() : 0; }

// What an event is to an organisation, apart from who it is, at one place of the tables: utility, leader, turnout expected.
void tabulate(World& w, int at, int row) {
  const Series& series = series_of(w, w.events[w.round[at]]);
  const double regularity = w.plan.scenario.parameters.beta_regularity * (series.regularity - 1);
  w.event_at[row] = at;
  w.base_at[row] = static_cast<float>(w.plan.scenario.kinds[series.kind].base + regularity);
  w.visibility_at[row] = w.visibility[series.hub];
  w.turnout_at[row] = w.last_turnout[last_turnout_of(w, series)];
}

// tau: hours that an event takes from an organisation of the region.
float hours_from(const World& w, const Series& series, int region) {
  return static_cast<float>(series.hours + 2 * w.plan.travel(region, w.policy->hubs[series.hub].seat) * (1 - series.remote));
}

Round describe_round(World& w) {
  const Event& event = w.events[w.round.front()];
  const Series& series = series_of(w, event);
  const int regions = w.plan.regions();
  const bool of_hub = series.audience == static_cast<int>(Audience::hub);
  const bool of_core = series.audience == static_cast<int>(Audience::core);
  const Round round{w.plan.scenario.kinds[series.kind],
                    series.kind,
                    w.plan.kind_key[series.kind],
                    w.round.size() > 1,
                    w.held_of[series.kind] > 0,
                    of_hub ? series.hub * regions : 0,
                    of_hub ? (series.hub + 1) * regions : (w.plan.hubs() + 1) * regions,
                    of_core ? static_cast<float>(w.plan.scenario.parameters.core_trace) : -1.0f};
  if (!round.together) {
    tabulate(w, 0, 0);
    for (int region = 0; region < regions; ++region) w.hours_at[region] = hours_from(w, series, region);
    for (int h = 1; h <= w.plan.hubs(); ++h) std::copy_n(w.hours_at.data(), regions, w.hours_at.data() + h * regions);
    return round;
  }
  std::fill(w.hours_at.begin(), w.hours_at.end(), -1.0f);
  for (int at = 0; at < static_cast<int>(w.round.size()); ++at) {
    const Series& of = series_of(w, w.events[w.round[at]]);
    for (int region = 0; region < regions; ++region) {
      tabulate(w, at, of.hub * regions + region);
      w.hours_at[of.hub * regions + region] = hours_from(w, of, region);
    }
  }
  return round;
}

// Draws of a tile of organisations at their event of the round.
struct Luck {
  alignas(cache_line) std::uint32_t word[tile_size];
  alignas(cache_line) float noise[tile_size];
};

// One word per organisation, keyed by the how-many-th event of the kind in the month to which it is invited.
void draw_event_words(const World& w, const Round& round, Purpose purpose, Range tile, std::uint32_t* out) {
  if (!round.repeated) return organisation_words(w, purpose, w.month, round.key, tile.begin, tile.end, out);
  const std::int32_t* nth = w.invitations.data() + static_cast<std::size_t>(round.number) * w.lanes_n + tile.begin;
  const Stream stream = w.stream;
  const std::uint32_t month = w.month, key = round.key, first = static_cast<std::uint32_t>(tile.begin);
  const int count = tile.end - tile.begin;
  const auto draw_as = [=](auto entity_at) {
    COALIS_LANES
    for (int k = 0; k < count; ++k)
      out[k] = draw_word(stream, {purpose, entity_at(k), month, static_cast<std::uint32_t>(nth[k]), key});
  };
  if (w.keys)
    draw_as([own = w.keys + tile.begin](int k) { return own[k]; });
  else
    draw_as([first](int k) { return first + static_cast<std::uint32_t>(k); });
}

void draw_noise(const World& w, const Round& round, Range tile, Luck& luck) {
  alignas(cache_line) std::uint32_t second[tile_size];
  draw_event_words(w, round, Purpose::threshold_noise, tile, second);
  const int count = tile.end - tile.begin;
  COALIS_LANES
  for (int k = 0; k < count; ++k) luck.noise[k] = normal(luck.word[k], second[k]);
}

// Who of the invited comes, what attending does to those who come, and staying away to the habit of the others. here[i] becomes 1
// for those who come, 0 for those who do not, -1 for the uninvited: the home hub decides for `hub`, participation for `core`.
template <bool together, class Choice>
void attend(World& w, const Round& round, Choice choice, const Luck& luck, Range tile) {
  const Parameters& p = w.plan.scenario.parameters;
  const Utility utility(w.plan.scenario);
  const float trace_rate = static_cast<float>(p.trace_rate);
  const float gain = static_cast<float>(round.kind.awareness_gain), meet = static_cast<float>(p.leadership_meet);
  const std::int32_t first = round.first_place, last = round.last_place;
  const float least = round.least_trace;
  const bool before = round.repeated;  // else the counts are those of another month
  const float *base_at = w.base_at.data(), *visibility_at = w.visibility_at.data(), *turnout_at = w.turnout_at.data();
  const float base_0 = base_at[0], visibility_0 = visibility_at[0], turnout_0 = turnout_at[0];
  const std::int32_t *status = w.status.data(), *place = w.place.data(), *type = w.type.data();
  const float *mission = w.mission.data(), *commitment = w.commitment.data(), *peers = w.peers.data();
  float *trace = w.trace.data(), *resources = w.resources.data(), *hours = w.hours.data();
  float *awareness = w.awareness.data(), *leadership = w.leadership.data();
  std::int32_t* nth = w.invitations.data() + static_cast<std::size_t>(round.number) * w.lanes_n;
  std::int32_t *here = w.here.data(), *attended = w.attended.data(), *events = w.attended_events[round.number].data();
  std::int32_t* last_attended = w.last_attended.data();
  const std::int32_t month = w.month;
  const int begin = tile.begin, size = tile.end - tile.begin;
  const std::uint32_t* word = luck.word;
  const float* noise = luck.noise;
  with_looked_up(w.hours_at.data(), w.plan.places(), place + begin, size, [=](auto hours_of, int count) {
    COALIS_LANES
    for (int k = 0; k < count; ++k) {
      const int i = begin + k;
      const std::int32_t at = place[i];
      const bool audience = together ? hours_of(k) >= 0 : (at >= first) & (at < last);
      const bool invited = (status[i] == enrolled) & audience & (trace[i] >= least);
      const float base = together ? base_at[at] : base_0, visibility = together ? visibility_at[at] : visibility_0;
      const float turnout = together ? turnout_at[at] : turnout_0, taken = hours_of(k);
      const float u = utility(base, mission[i], commitment[i], leadership[i], awareness[i], trace[i], taken, resources[i]);
      const bool came = invited & choice(u, peers[i], turnout, type[i], word[k], Choice::noisy ? noise[k] : 0.0f);
      const float left = resources[i] - taken;
      trace[i] = invited ? faded(trace[i] + trace_rate * ((came ? 1.0f : 0.0f) - trace[i])) : trace[i];
      resources[i] = came ? (left > 0 ? left : 0.0f) : resources[i];
      hours[i] += came ? taken : 0.0f;
      awareness[i] += came ? gain * (1 - awareness[i]) : 0.0f;
      leadership[i] += came ? meet * (visibility - leadership[i]) : 0.0f;
      attended[i] |= came;
      events[i] += came;
      last_attended[i] = came ? month : last_attended[i];
      nth[i] = (before ? nth[i] : 0) + invited;
      here[i] = invited ? came : -1;
    }
  });
}

template <class Choice>
void attend(World& w, const Round& round, Choice choice, const Luck& luck, Range tile) {
  if (round.together)
    attend<true>(w, round, choice, luck, tile);
  else
    attend<false>(w, round, choice, luck, tile);
}

template <class Choice>
void decide(World& w, const Round& round, Choice choice, Range range) {
  for_tiles(range, [&](Range tile) {
    Luck luck;
    draw_event_words(w, round, Purpose::attendance, tile, luck.word);
    if constexpr (Choice::noisy) draw_noise(w, round, tile, luck);
    attend(w, round, choice, luck, tile);
  });
}

// What a rule from outside is told about a tile of organisations: what attend() has.
void ask_tile(const World& w, const Round& round, Range tile, AskedRule& asked) {
  const Utility utility(w.plan.scenario);
  Luck luck;
  draw_event_words(w, round, Purpose::attendance, tile, luck.word);
  draw_noise(w, round, tile, luck);
  for (int i = tile.begin; i < tile.end; ++i) {
    const std::int32_t at = w.place[i], row = round.together ? at : 0;
    const float taken = w.hours_at[at];
    const bool audience = round.together ? taken >= 0 : at >= round.first_place && at < round.last_place;
    asked.invited[i] = w.status[i] == enrolled && audience && w.trace[i] >= round.least_trace;
    asked.utility[i] = utility(w.base_at[row], w.mission[i], w.commitment[i], w.leadership[i], w.awareness[i], w.trace[i], taken,
                               w.resources[i]);
    asked.turnout[i] = w.turnout_at[row];
    asked.uniform[i] = uniform(luck.word[i - tile.begin]), asked.normal[i] = luck.noise[i - tile.begin];
  }
}

void decide_by(AskedRule& asked, World& w, const Round& round) {
  const Range all{0, w.lanes_n};
  for_tiles(all, [&](Range tile) { ask_tile(w, round, tile, asked); });
  const auto of = [n = static_cast<std::size_t>(w.n)](auto& values) { return std::span(values.data(), n); };
  const std::string& kind = w.plan.scenario.kinds[static_cast<std::size_t>(round.number)].name;
  asked.rule.decide({w.month, kind, of(asked.invited), of(asked.utility), of(w.peers), of(asked.turnout), of(w.type),
                     of(asked.uniform), of(asked.normal), of(asked.comes)});
  for_tiles(all, [&](Range tile) {
    Luck luck;
    std::copy(asked.comes.begin() + tile.begin, asked.comes.begin() + tile.end, luck.word);
    attend(w, round, Decided{}, luck, tile);
  });
}

void attend_range(World& w, const Round& round, Range range) {
  const Parameters& p = w.plan.scenario.parameters;
  switch (static_cast<Decision>(w.plan.scenario.structure.decision)) {
    case Decision::benefit_cost: return decide(w, round, BenefitCost(p), range);
    case Decision::threshold: return decide(w, round, Threshold(p), range);
    case Decision::conditional_cooperation: return decide(w, round, ConditionalCooperation(p), range);
  }
}

// For observation: who follows invitations in the last year.
void balance_year(World& w, Range range) {
  const std::int32_t* here = w.here.data();
  std::int32_t* balance = w.year_balance.data();
  COALIS_LANES
  for (int i = range.begin; i < range.end; ++i) balance[i] += here[i] < 0 ? 0 : 2 * here[i] - 1;
}

// Lists those who came, event by event, in the order of their numbers, with their views and kin as they stand before the event.
void list_attendees(World& w) {
  const int events = static_cast<int>(w.round.size()), chunks = chunk_count(w.lanes_n);
  for_chunks(w.loop, w.lanes_n, [&](Range range, int chunk) {
    std::int32_t *came = w.list.data() + range.begin, *arrivals = w.arrivals.data() + chunk * events;
    const int count = compact(range.begin, range.end, w.here.data(), came);
    w.list_size[chunk] = count;
    std::fill_n(arrivals, events, 0);
    for (int k = 0; k < count && events > 1; ++k) ++arrivals[w.event_at[w.place[came[k]]]];
    if (events == 1) arrivals[0] = count;
  });
  int next = 0;  // each event's begin behind the one before, and within it the chunks
  for (int at = 0; at < events; ++at) {
    Event& event = w.events[w.round[at]];
    event.first = next;
    for (int chunk = 0; chunk < chunks; ++chunk) {
      const int count = std::exchange(w.arrivals[chunk * events + at], next);
      next += count;
    }
    event.count = next - event.first;
  }
  w.attendee_count = next;
  for_chunks(w.loop, w.lanes_n, [&](Range range, int chunk) {
    const std::int32_t* came = w.list.data() + range.begin;
    std::int32_t* arrivals = w.arrivals.data() + chunk * events;
    for (int k = 0; k < w.list_size[chunk]; ++k) {
      const std::int32_t i = came[k], at = arrivals[events == 1 ? 0 : w.event_at[w.place[i]]]++;
      w.attendees[at] = i;
      w.scratch[at] = w.viewpoint[i];
      w.met_kin[at] = kin(w, i);
    }
  });
}

// An event's turnout: who came by region, hours, joint effort.
void count_turnout(World& w, Event& event) {
  const Series& series = series_of(w, event);
  const int row = row_of(w, series);
  const float* hours_at = w.hours_at.data() + row;
  std::int32_t* attended_at = w.attended_at.data() + row;
  std::fill_n(attended_at, w.plan.regions(), 0);
  double given = 0;
  for (int k = event.first; k < event.first + event.count; ++k) {
    const int i = w.attendees[k];
    ++attended_at[w.region[i]];
    given += w.commitment[i];
    event.hours += hours_at[w.region[i]];
  }
  event.effort = w.plan.scenario.kinds[series.kind].yield * series.hours * given;
}

// Books invitations and attendances of an event by region, and its turnout.
void book_turnout(World& w, Event& event) {
  const Series& series = series_of(w, event);
  const int regions = w.plan.regions(), first = turnout_index(w, series.kind, w.month, 0);
  if (series.audience == static_cast<int>(Audience::core)) {
    for (int i = 0; i < w.n; ++i)
      if (w.here[i] >= 0) {
        ++w.invited_in[first + w.region[i]];
        ++event.invited;
      }
  } else {
    const bool all = series.audience == static_cast<int>(Audience::all);
    for (int h = all ? 0 : series.hub; h <= (all ? w.plan.hubs() : series.hub); ++h)
      for (int region = 0; region < regions; ++region) {
        w.invited_in[first + region] += w.enrolled_at[h * regions + region];
        event.invited += w.enrolled_at[h * regions + region];
      }
  }
  for (int region = 0; region < regions; ++region) w.attended_in[first + region] += w.attended_at[row_of(w, series) + region];
  if (event.invited > 0)
    w.last_turnout[last_turnout_of(w, series)] = static_cast<float>(event.count) / static_cast<float>(event.invited);
}

// Does a due event happen? It does if somebody visible, or the committed, hold it.
bool is_held(World& w, const Series& series) {
  const Parameters& p = w.plan.scenario.parameters;
  const int nth = w.due_of[series.hub * w.plan.kinds() + series.kind]++;
  if (w.plan.scenario.kinds[series.kind].always_held) return true;
  double willing = w.vacancy[series.hub] > 0 ? 0 : std::min(1.0, w.visibility[series.hub] / p.visibility_full);
  if (w.policy->hubs[series.hub].convenor == static_cast<int>(Convenor::members))
    willing = std::min(1.0, w.span_commitment[series.hub] / p.self_commitment) / (1 + w.span[series.hub] / p.self_size);
  const Words words = draw(w.stream, {Purpose::hold, w.plan.hub_key[series.hub], static_cast<std::uint32_t>(w.month),
                                      static_cast<std::uint32_t>(nth), w.plan.kind_key[series.kind]});
  return uniform(words.w[0]) < static_cast<float>(p.hold_floor + (1 - p.hold_floor) * willing);
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

void hold_events(World& w) {
  w.events.clear();
  w.conflict_parts.clear();
  for (int number = 0; number < w.plan.series(); ++number)
    for (int event = 0; event < w.due[number]; ++event) {
      const int kind = w.policy->series[number].kind;
      if (!is_held(w, w.policy->series[number])) continue;
      w.events.push_back({number});
      ++w.events_held[kind];
      w.cost_in[w.month] += w.plan.scenario.kinds[kind].event_cost;
    }
}

bool next_round(World& w) {
  w.round.clear();
  std::fill(w.hub_waits.begin(), w.hub_waits.end(), 0);
  for (int number = 0; number < static_cast<int>(w.events.size()); ++number) {
    if (w.events[number].over) continue;
    const Series& series = series_of(w, w.events[number]);
    const bool of_hub = series.audience == static_cast<int>(Audience::hub);
    const bool joins =
        w.round.empty() || (of_hub && !w.hub_waits[series.hub] && series.kind == series_of(w, w.events[w.round.front()]).kind);
    if (joins) w.round.push_back(number);
    if (!of_hub) break;  // later events may have the same organisations
    w.hub_waits[series.hub] = true;
  }
  for (const int number : w.round) w.events[number].over = true;
  return !w.round.empty();
}

void attend_events(World& w) {
  if (!w.peers_known) for_chunks(w.loop, w.lanes_n, [&](Range range, int) { ask_peers(w, range); });
  w.peers_known = true;
  const Round round = describe_round(w);
  if (w.rule)
    decide_by(*w.rule, w, round);
  else
    for_chunks(w.loop, w.lanes_n, [&](Range range, int) { attend_range(w, round, range); });
  if (w.month >= w.plan.months() - 12) for_chunks(w.loop, w.lanes_n, [&](Range range, int) { balance_year(w, range); });
  w.held_of[round.number] += static_cast<int>(w.round.size());
  w.events_happened = true;
  list_attendees(w);
  for_each(w.loop, static_cast<int>(w.round.size()), [&](int at) { count_turnout(w, w.events[w.round[at]]); });
  for (const int number : w.round) book_turnout(w, w.events[number]);
}

void settle_events(World& w) {
  for (Event& event : w.events) {
    w.effort += event.effort;
    w.hours_in[w.month] += event.hours;
    for (int part = 0; event.contacts > 0 && part < chunk_count(event.contacts); ++part)
      w.conflict_sum += w.conflict_parts[event.conflict + static_cast<std::size_t>(part)];
    w.contacts_count += event.contacts;
  }
}

}  // namespace coalis::inline COALIS_ISA
