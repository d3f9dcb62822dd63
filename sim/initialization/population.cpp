// Initialization (ODD 5): who the organisations are and how the coalition starts. Attributes are drawn one by one for all
// organisations, in lanes; each draw is keyed by the organisation, so that adding one changes no other's.
#include <algorithm>
#include <array>
#include <limits>

#include "coalis/core/distributions.hpp"
#include "coalis/initialization/initialization.hpp"
#include "coalis/model/shared_draws.hpp"
#include "coalis/submodels/ties.hpp"

namespace coalis::inline COALIS_ISA {
namespace {

constexpr float beyond = 2.0f;  // above every uniform draw

void draw(World& w, Purpose purpose, Range range, Column<std::uint32_t>& out, std::uint32_t sub = 0) {
  draw_words(w.stream, purpose, 0, 0, sub, range.begin, range.end, out.data());
}

template <class T>
void fill(Column<T>& column, Range range, T value) {
  std::fill(column.begin() + range.begin, column.begin() + range.end, value);
}

// Cumulative shares; the last one above zero takes what rounding leaves.
std::array<float, max_regions> cumulate(const World& w, int count, double (*share)(const World&, int, int), int sector) {
  std::array<float, max_regions> upper;
  upper.fill(beyond);
  double sum = 0;
  int last = 0;
  for (int k = 0; k < count; ++k) {
    sum += share(w, k, sector);
    upper[k] = static_cast<float>(sum);
    if (share(w, k, sector) > 0) last = k;
  }
  for (int k = last; k < count; ++k) upper[k] = beyond;
  return upper;
}

// Exact counts among members, by the rank of one draw a member; non-members in proportion.
void assign_sectors(World& w) {
  const Organisations& o = w.plan.scenario.organisations;
  const int members = o.member_count();
  draw(w, Purpose::sector, {0, w.lanes_n}, w.words);
  const std::uint32_t* word = w.words.data();
  std::int32_t* order = w.list.data();
  for (int i = 0; i < members; ++i) order[i] = i;
  const auto before = [word](std::int32_t a, std::int32_t b) { return word[a] < word[b] || (word[a] == word[b] && a < b); };
  int first = 0;
  for (int sector = 0; sector < sectors; ++sector) {
    const int last = first + o.members[sector];
    if (last < members) std::nth_element(order + first, order + last, order + members, before);
    for (int k = first; k < last; ++k) w.sector[order[k]] = sector;
    first = last;
  }
  for (int i = members; i < w.n; ++i) {
    const int rank = static_cast<int>(below(word[i], static_cast<std::uint32_t>(members)));
    w.sector[i] = members == 0 ? 0 : (rank >= o.members[0]) + (rank >= o.members[0] + o.members[1]);
  }
}

void assign_regions(World& w, Range range) {
  draw(w, Purpose::region, range, w.words);
  const auto upper = cumulate(
      w, w.plan.regions(), [](const World& world, int k, int) { return world.plan.scenario.regions[k].share; }, 0);
  const std::uint32_t* word = w.words.data();
  std::int32_t* region = w.region.data();
  std::fill(region + range.begin, region + range.end, 0);
  for (int k = 0; k + 1 < w.plan.regions(); ++k) {
    const float limit = upper[k];
    COALIS_LANES
    for (int i = range.begin; i < range.end; ++i) region[i] += uniform(word[i]) >= limit;
  }
}

void assign_roles(World& w, Range range) {
  const int roles = static_cast<int>(w.plan.scenario.roles.size());
  draw(w, Purpose::role, range, w.words);
  std::array<std::array<float, max_regions>, sectors> upper;
  for (int sector = 0; sector < sectors; ++sector)
    upper[sector] = cumulate(
        w, roles, [](const World& world, int k, int s) { return world.plan.scenario.roles[k].share[s]; }, sector);
  const std::uint32_t* word = w.words.data();
  const std::int32_t* sector = w.sector.data();
  std::int32_t* role = w.role.data();
  std::fill(role + range.begin, role + range.end, 0);
  for (int k = 0; k + 1 < roles; ++k) {
    const float a = upper[0][k], b = upper[1][k], c = upper[2][k];
    COALIS_LANES
    for (int i = range.begin; i < range.end; ++i) role[i] += uniform(word[i]) >= (sector[i] == 0 ? a : sector[i] == 1 ? b : c);
  }
}

// Two neighbours share two words, as in the resources submodel.
void draw_normals(World& w, Purpose purpose, Range range, float* out) {
  draw(w, purpose, range, w.words);
  const std::uint32_t* word = w.words.data();
  COALIS_LANES
  for (int pair = range.begin / 2; pair < range.end / 2; ++pair) {
    const TwoNormals z = two_normals(word[2 * pair], word[2 * pair + 1]);
    out[2 * pair] = z.a;
    out[2 * pair + 1] = z.b;
  }
}

// Mission, and what is drawn from it: commitment, awareness. The shapes of beta draws pass through columns that are set later.
void draw_minds(World& w, Range range) {
  const Parameters& p = w.plan.scenario.parameters;
  const float related_share = static_cast<float>(p.related_share);
  const float related_a = static_cast<float>(p.related_a), related_b = static_cast<float>(p.related_b);
  const float unrelated_a = static_cast<float>(p.unrelated_a), unrelated_b = static_cast<float>(p.unrelated_b);
  const float base = static_cast<float>(p.commitment_base), slope = static_cast<float>(p.commitment_mission);
  const float precision = static_cast<float>(p.commitment_precision);
  const float awareness_0 = static_cast<float>(p.awareness_0), awareness_mission = static_cast<float>(p.awareness_mission);
  draw(w, Purpose::mission_related, range, w.words);
  const std::uint32_t* word = w.words.data();
  float *a = w.hours.data(), *b = w.tie_sum.data(), *mission = w.mission.data();
  COALIS_LANES
  for (int i = range.begin; i < range.end; ++i) {
    const bool related = uniform(word[i]) < related_share;
    a[i] = related ? related_a : unrelated_a;
    b[i] = related ? related_b : unrelated_b;
  }
  betas(w.stream, Purpose::mission, range.begin, range.end, a, b, mission);
  COALIS_LANES
  for (int i = range.begin; i < range.end; ++i) {
    const float mean = base + slope * mission[i], kept = mean < 0.02f ? 0.02f : mean > 0.98f ? 0.98f : mean;
    a[i] = kept * precision;
    b[i] = (1 - kept) * precision;
  }
  if (w.plan.scenario.structure.engagement == static_cast<int>(Engagement::reinforcement))
    fill(w.commitment, range, std::clamp(base + slope / 2, 0.0f, 1.0f));
  else
    betas(w.stream, Purpose::commitment, range.begin, range.end, a, b, w.commitment.data());
  COALIS_LANES
  for (int i = range.begin; i < range.end; ++i) {
    const float mean = awareness_0 + awareness_mission * mission[i];
    a[i] = 6 * mean;
    b[i] = 6 * (1 - mean);
  }
  betas(w.stream, Purpose::awareness, range.begin, range.end, a, b, w.awareness.data());
}

void draw_capacity(World& w, Range range) {
  const Parameters& p = w.plan.scenario.parameters;
  const float median = static_cast<float>(p.capacity_median), sigma = static_cast<float>(p.capacity_sigma);
  float* capacity = w.capacity.data();
  draw_normals(w, Purpose::capacity, range, capacity);
  COALIS_LANES
  for (int i = range.begin; i < range.end; ++i) capacity[i] = median * exp(sigma * capacity[i]);
}

void draw_viewpoints(World& w, Range range) {
  const float sigma = static_cast<float>(w.plan.scenario.parameters.viewpoint_sigma);
  float* anchor = w.anchor.data();
  draw_normals(w, Purpose::viewpoint, range, anchor);
  for (int i = range.begin; i < std::min(range.end, w.n); ++i)
    anchor[i] = std::clamp(static_cast<float>(w.plan.scenario.roles[w.role[i]].viewpoint) + sigma * anchor[i], -1.0f, 1.0f);
}

void draw_service(World& w, Range range) {
  const Parameters& p = w.plan.scenario.parameters;
  const float constant = static_cast<float>(p.direct_0), slope = static_cast<float>(p.direct_mission);
  draw(w, Purpose::serves, range, w.words);
  const std::uint32_t* word = w.words.data();
  const float* mission = w.mission.data();
  std::int32_t* serves = w.serves_victims.data();
  COALIS_LANES
  for (int i = range.begin; i < range.end; ++i) serves[i] = uniform(word[i]) < logistic(constant + slope * mission[i]);
}

void draw_outside(World& w, Range range) {
  const float share = static_cast<float>(w.plan.scenario.parameters.outside_0);
  draw(w, Purpose::outside, range, w.words);
  draw(w, Purpose::outside, range, w.more_words, 1);
  const std::uint32_t *word = w.words.data(), *size = w.more_words.data();
  float* outside = w.outside.data();
  COALIS_LANES
  for (int i = range.begin; i < range.end; ++i) outside[i] = uniform(word[i]) < share ? 0.3f + 0.4f * uniform(size[i]) : 0.0f;
}

void draw_types(World& w, Range range) {
  const Parameters& p = w.plan.scenario.parameters;
  const float first = static_cast<float>(p.conditional_share),
              second = static_cast<float>(p.conditional_share + p.free_rider_share);
  draw(w, Purpose::decision_type, range, w.words);
  const std::uint32_t* word = w.words.data();
  std::int32_t* type = w.type.data();
  COALIS_LANES
  for (int i = range.begin; i < range.end; ++i) {
    const float u = uniform(word[i]);
    type[i] = u < first ? conditional : u < second ? free_rider : unconditional;
  }
}

// Founders enrol at the start, other members in a month drawn uniformly from 1..entry_window, non-members when recruited.
void draw_entries(World& w, Range range) {
  const Organisations& o = w.plan.scenario.organisations;
  const float founding = static_cast<float>(o.founding_share);
  draw(w, Purpose::founding, range, w.words);
  draw(w, Purpose::entry, range, w.more_words);
  for (int i = range.begin; i < std::min(range.end, w.n); ++i) {
    const int late = 1 + static_cast<int>(below(w.more_words[i], static_cast<std::uint32_t>(o.entry_window)));
    w.entry[i] = i >= o.member_count() ? never : uniform(w.words[i]) < founding ? 0 : late;
  }
}

// Members by entry month, then number.
void list_entrants(World& w) {
  const int members = w.plan.scenario.organisations.member_count();
  std::fill(w.entrant_count.begin(), w.entrant_count.end(), 0);
  for (int i = 0; i < members; ++i) ++w.entrant_count[w.entry[i] + 1];
  for (std::size_t month = 1; month < w.entrant_count.size(); ++month) w.entrant_count[month] += w.entrant_count[month - 1];
  w.entrants.resize(static_cast<std::size_t>(members));
  for (int i = 0; i < members; ++i) w.entrants[w.entrant_count[w.entry[i]]++] = i;
  w.next_entrant = 0;
}

void list_places(World& w) {
  std::fill(w.region_begin.begin(), w.region_begin.end(), 0);
  w.serving.clear();
  for (int i = 0; i < w.n; ++i) {
    ++w.region_begin[w.region[i] + 1];
    if (w.serves_victims[i]) w.serving.push_back(i);
  }
  for (int region = 0; region < w.plan.regions(); ++region) w.region_begin[region + 1] += w.region_begin[region];
  std::array<std::int32_t, max_regions> next{};
  for (int i = 0; i < w.n; ++i) w.region_members[w.region_begin[w.region[i]] + next[w.region[i]]++] = i;
}

void start_organisations(World& w, Range range) {
  const Parameters& p = w.plan.scenario.parameters;
  fill(w.leadership, range, static_cast<float>(p.leadership_0));
  fill(w.progress, range, static_cast<float>(p.progress_0));
  fill(w.grant_factor, range, 1.0f);
  for (Column<float>* zero : {&w.trace, &w.conflict, &w.load, &w.tie_sum, &w.resources}) fill(*zero, range, 0.0f);
  for (Column<std::int32_t>* zero : {&w.idle, &w.needs_met}) fill(*zero, range, 0);
  for (auto& events : w.attended_events) fill(events, range, 0);
  std::copy(w.anchor.begin() + range.begin, w.anchor.begin() + range.end, w.viewpoint.begin() + range.begin);
  const Range slots{range.begin * slots_max, range.end * slots_max};
  fill(w.tie_partner, slots, -1);
  fill(w.tie_strength, slots, 0.0f);
  fill(w.tie_slots, range, std::uint8_t{0});
  fill(w.last_attended, range, std::numeric_limits<std::int32_t>::min() / 2);
  for (int i = range.begin; i < range.end; ++i) w.status[i] = i < w.n ? nonmember : padding;
}

void start_coalition(World& w) {
  const Scenario& s = w.plan.scenario;
  for (int h = 0; h < w.plan.hubs(); ++h) {
    const bool visible = s.hubs[h].convenor == static_cast<int>(Convenor::coordinator) && !s.hubs[h].serves.empty();
    w.visibility[h] = visible ? static_cast<float>(s.parameters.visibility_0) : 0.0f;
  }
  std::fill(w.vacancy.begin(), w.vacancy.end(), 0);
  std::fill(w.last_turnout.begin(), w.last_turnout.end(), static_cast<float>(s.parameters.initial_attendance));
  std::fill(w.started.begin(), w.started.end(), 0);
  std::fill(w.exposure_at.begin(), w.exposure_at.end(), 0.0f);
  w.goal = static_cast<float>(s.parameters.goal_0);
  w.strife = w.service = 0;
  w.service_known = w.withdrawals = false;
  w.events_happened = true;  // the first month clears what a month passes from process to process
  w.enrolled_count = w.dormant_count = 0;
}

void start_counts(World& w) {
  std::fill(w.events_held.begin(), w.events_held.end(), 0);
  std::fill(w.invited_in.begin(), w.invited_in.end(), 0);
  std::fill(w.attended_in.begin(), w.attended_in.end(), 0);
  std::fill(w.hours_in.begin(), w.hours_in.end(), 0.0);
  std::fill(w.cost_in.begin(), w.cost_in.end(), 0.0);
  std::fill(w.conflict_in.begin(), w.conflict_in.end(), std::numeric_limits<float>::quiet_NaN());
}

void populate(World& w) {
  assign_sectors(w);
  for_chunks(w.loop, w.lanes_n, [&](Range range, int) {
    assign_regions(w, range);
    assign_roles(w, range);
    draw_minds(w, range);
    draw_capacity(w, range);
    draw_viewpoints(w, range);
    draw_service(w, range);
    draw_outside(w, range);
    draw_types(w, range);
    draw_entries(w, range);
  });
}

constexpr std::array<Column<float> World::*, drawn_float_columns> drawn_float{
    &World::mission, &World::capacity, &World::anchor, &World::commitment, &World::awareness, &World::outside};
constexpr std::array<Column<std::int32_t> World::*, drawn_integer_columns> drawn_integer{
    &World::sector, &World::role, &World::region, &World::serves_victims, &World::type, &World::entry};

// The population that another world of the replicate has drawn, or draws it and keeps it for the others.
void populate_shared(World& w, SharedDraws& shared) {
  shared.open(w.stream);
  const bool known = shared.has_population;
  if (!known) populate(w);
  const auto pass = [known](auto& kept, auto& own) { known ? void(own = kept) : void(kept = own); };
  for (std::size_t k = 0; k < drawn_float_columns; ++k) pass(shared.population_float[k], w.*drawn_float[k]);
  for (std::size_t k = 0; k < drawn_integer_columns; ++k) pass(shared.population_integer[k], w.*drawn_integer[k]);
  shared.has_population = true;
}

}  // namespace

void initialize(World& w) {
  if (w.shared)
    populate_shared(w, *w.shared);
  else
    populate(w);
  for_chunks(w.loop, w.lanes_n, [&](Range range, int) { start_organisations(w, range); });
  list_entrants(w);
  list_places(w);
  start_coalition(w);
  start_counts(w);
}

}  // namespace coalis::inline COALIS_ISA
