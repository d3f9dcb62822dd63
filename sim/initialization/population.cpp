// Initialization (ODD 5): who the organisations are and how the coalition starts. Attributes are drawn one by one for all
// organisations, in lanes; each draw is keyed by the organisation, so that adding one changes no other's.
#include <algorithm>
#include <array>
#include <limits>

#include "coalis/core/distributions.hpp"
#include "coalis/initialization/initialization.hpp"
#include "coalis/model/organisation_draws.hpp"
#include "coalis/model/shared_draws.hpp"
#include "coalis/submodels/ties.hpp"
#include "known_members.hpp"

namespace coalis::inline COALIS_ISA {
namespace {

constexpr float beyond = 2.0f;  // above every uniform draw

// Words of a tile.
struct Drawn {
  alignas(cache_line) std::uint32_t word[tile_size];
  Drawn(const World& w, Purpose purpose, Range tile, std::uint32_t sub = 0) {
    organisation_words(w, purpose, 0, sub, tile.begin, tile.end, word);
  }
};

template <class T>
void fill(Column<T>& column, Range range, T value) {
  std::fill(column.begin() + range.begin, column.begin() + range.end, value);
}

constexpr int most_parts = std::max(max_regions, max_roles);

// Cumulative shares; the last one above zero takes what rounding leaves.
std::array<float, most_parts> cumulate(const World& w, int count, double (*share)(const World&, int, int), int sector) {
  std::array<float, most_parts> upper;
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

// Exact counts among members, by the rank of one draw a member (of equals the lower number first).
void rank_sectors(World& w) {
  const Organisations& o = w.plan.scenario.organisations;
  const int members = o.member_count();
  const std::uint32_t* word = w.words.data();
  std::uint8_t* sector = w.sector.data();
  std::uint32_t* sorted = w.contact_word.data();
  std::copy_n(word, members, sorted);
  int sooner = 0;
  for (int next = 1; next < sectors; ++next) {  // all from the rank `first` on move on to the next sector
    const int first = sooner + o.members[next - 1];
    if (first >= members) break;
    std::nth_element(sorted + sooner, sorted + first, sorted + members);
    const std::uint32_t least = sorted[first];
    int equals = first - static_cast<int>(std::count_if(word, word + members, [least](auto x) { return x < least; }));
    for (int i = 0; i < members; ++i) sector[i] += word[i] > least || (word[i] == least && equals-- <= 0);
    sooner = first;
  }
}

// Exact counts among members; non-members in proportion.
void assign_sectors(World& w) {
  const Organisations& o = w.plan.scenario.organisations;
  const int members = o.member_count();
  organisation_words(w, Purpose::sector, 0, 0, 0, w.lanes_n, w.words.data());
  const std::uint32_t* word = w.words.data();
  std::fill(w.sector.begin(), w.sector.end(), 0);
  if (!o.roster.empty())
    share_out_sectors(w);
  else
    rank_sectors(w);
  for (int i = members; i < w.n; ++i) {
    const int rank = static_cast<int>(below(word[i], static_cast<std::uint32_t>(members)));
    const int of_rank = members == 0 ? 0 : (rank >= o.members[0]) + (rank >= o.members[0] + o.members[1]);
    w.sector[i] = static_cast<std::uint8_t>(of_rank);
  }
}

void narrow(const std::int32_t* part, int count, std::uint8_t* out) {
  COALIS_LANES
  for (int k = 0; k < count; ++k) out[k] = static_cast<std::uint8_t>(part[k]);
}

void assign_regions(World& w, Range tile) {
  const Drawn drawn(w, Purpose::region, tile);
  const auto upper = cumulate(
      w, w.plan.regions(), [](const World& world, int k, int) { return world.plan.scenario.regions[k].share; }, 0);
  const int count = tile.end - tile.begin;
  alignas(cache_line) std::int32_t region[tile_size] = {};
  for (int part = 0; part + 1 < w.plan.regions(); ++part) {
    const float limit = upper[part];
    COALIS_LANES
    for (int k = 0; k < count; ++k) region[k] += uniform(drawn.word[k]) >= limit;
  }
  narrow(region, count, w.region.data() + tile.begin);
  take_known(w, tile, &Member::region, w.region);
}

void assign_roles(World& w, Range tile) {
  const int roles = static_cast<int>(w.plan.scenario.roles.size()), count = tile.end - tile.begin;
  const Drawn drawn(w, Purpose::role, tile);
  std::array<std::array<float, most_parts>, sectors> upper;
  for (int sector = 0; sector < sectors; ++sector)
    upper[sector] = cumulate(
        w, roles, [](const World& world, int k, int s) { return world.plan.scenario.roles[k].share[s]; }, sector);
  alignas(cache_line) std::int32_t sector[tile_size], role[tile_size] = {};
  std::copy_n(w.sector.begin() + tile.begin, count, sector);
  for (int part = 0; part + 1 < roles; ++part) {
    const float a = upper[0][part], b = upper[1][part], c = upper[2][part];
    COALIS_LANES
    for (int k = 0; k < count; ++k) role[k] += uniform(drawn.word[k]) >= (sector[k] == 0 ? a : sector[k] == 1 ? b : c);
  }
  narrow(role, count, w.role.data() + tile.begin);
  take_known(w, tile, &Member::role, w.role);
}

// Mission, and what is drawn from it: commitment, awareness.
void draw_minds(World& w, Range tile) {
  const Parameters& p = w.plan.scenario.parameters;
  const float related_share = static_cast<float>(p.related_share);
  const float related_a = static_cast<float>(p.related_a), related_b = static_cast<float>(p.related_b);
  const float unrelated_a = static_cast<float>(p.unrelated_a), unrelated_b = static_cast<float>(p.unrelated_b);
  const float base = static_cast<float>(p.commitment_base), slope = static_cast<float>(p.commitment_mission);
  const float precision = static_cast<float>(p.commitment_precision);
  const float awareness_0 = static_cast<float>(p.awareness_0), awareness_mission = static_cast<float>(p.awareness_mission);
  const std::uint32_t* keys = w.keys ? w.keys + tile.begin : nullptr;
  const Drawn drawn(w, Purpose::mission_related, tile);
  alignas(cache_line) float a[tile_size], b[tile_size], *mission = w.mission.data() + tile.begin;
  const int count = tile.end - tile.begin;
  COALIS_LANES
  for (int k = 0; k < count; ++k) {
    const bool related = uniform(drawn.word[k]) < related_share;
    a[k] = related ? related_a : unrelated_a;
    b[k] = related ? related_b : unrelated_b;
  }
  betas(w.stream, Purpose::mission, tile.begin, tile.end, a, b, mission, keys);
  COALIS_LANES
  for (int k = 0; k < count; ++k) {
    const float mean = base + slope * mission[k], kept = mean < 0.02f ? 0.02f : mean > 0.98f ? 0.98f : mean;
    a[k] = kept * precision;
    b[k] = (1 - kept) * precision;
  }
  if (w.plan.scenario.structure.engagement == static_cast<int>(Engagement::reinforcement))
    fill(w.commitment, tile, std::clamp(base + slope / 2, 0.0f, 1.0f));
  else
    betas(w.stream, Purpose::commitment, tile.begin, tile.end, a, b, w.commitment.data() + tile.begin, keys);
  COALIS_LANES
  for (int k = 0; k < count; ++k) {
    const float mean = awareness_0 + awareness_mission * mission[k];
    a[k] = 6 * mean;
    b[k] = 6 * (1 - mean);
  }
  betas(w.stream, Purpose::awareness, tile.begin, tile.end, a, b, w.awareness.data() + tile.begin, keys);
}

void draw_capacity(World& w, Range tile) {
  const Parameters& p = w.plan.scenario.parameters;
  const float median = static_cast<float>(p.capacity_median), sigma = static_cast<float>(p.capacity_sigma);
  float* capacity = w.capacity.data();
  organisation_normals(w, Purpose::capacity, 0, tile, capacity + tile.begin, [](float z) { return z; });
  COALIS_LANES
  for (int i = tile.begin; i < tile.end; ++i) capacity[i] = median * exp(sigma * capacity[i]);
}

void draw_viewpoints(World& w, Range tile) {
  const float sigma = static_cast<float>(w.plan.scenario.parameters.viewpoint_sigma);
  float* anchor = w.anchor.data();
  organisation_normals(w, Purpose::viewpoint, 0, tile, anchor + tile.begin, [](float z) { return z; });
  for (int i = tile.begin; i < std::min(tile.end, w.n); ++i)
    anchor[i] = std::clamp(static_cast<float>(w.plan.scenario.roles[w.role[i]].viewpoint) + sigma * anchor[i], -1.0f, 1.0f);
}

void draw_service(World& w, Range tile) {
  const Parameters& p = w.plan.scenario.parameters;
  const float constant = static_cast<float>(p.direct_0), slope = static_cast<float>(p.direct_mission);
  const Drawn drawn(w, Purpose::serves, tile);
  const float* mission = w.mission.data() + tile.begin;
  std::int32_t* serves = w.serves_victims.data() + tile.begin;
  const int count = tile.end - tile.begin;
  COALIS_LANES
  for (int k = 0; k < count; ++k) serves[k] = uniform(drawn.word[k]) < logistic(constant + slope * mission[k]);
}

void draw_outside(World& w, Range tile) {
  const float share = static_cast<float>(w.plan.scenario.parameters.outside_0);
  const Drawn whether(w, Purpose::outside, tile), size(w, Purpose::outside, tile, 1);
  float* outside = w.outside.data() + tile.begin;
  const int count = tile.end - tile.begin;
  COALIS_LANES
  for (int k = 0; k < count; ++k) outside[k] = uniform(whether.word[k]) < share ? 0.3f + 0.4f * uniform(size.word[k]) : 0.0f;
}

void draw_types(World& w, Range tile) {
  const Parameters& p = w.plan.scenario.parameters;
  const float first = static_cast<float>(p.conditional_share),
              second = static_cast<float>(p.conditional_share + p.free_rider_share);
  const Drawn drawn(w, Purpose::decision_type, tile);
  std::int32_t* type = w.type.data() + tile.begin;
  const int count = tile.end - tile.begin;
  COALIS_LANES
  for (int k = 0; k < count; ++k) {
    const float u = uniform(drawn.word[k]);
    type[k] = u < first ? conditional : u < second ? free_rider : unconditional;
  }
}

// Founders enrol at the start, other members in a month drawn uniformly from 1..entry_window, non-members when recruited. Those
// of a roster as it says, and before they leave.
void draw_entries(World& w, Range tile) {
  const Organisations& o = w.plan.scenario.organisations;
  const float founding = static_cast<float>(o.founding_share);
  const Drawn whether(w, Purpose::founding, tile), when(w, Purpose::entry, tile);
  for (int i = tile.begin; i < std::min(tile.end, w.n); ++i) {
    const int k = i - tile.begin, late = 1 + static_cast<int>(below(when.word[k], static_cast<std::uint32_t>(o.entry_window)));
    w.entry[i] = i >= o.member_count() ? never : uniform(whether.word[k]) < founding ? 0 : late;
  }
  take_known_entries(w, tile);
}

// Members by entry month, then number.
void list_entrants(World& w) {
  const int members = w.plan.scenario.organisations.member_count();
  std::fill(w.entrant_count.begin(), w.entrant_count.end(), 0);
  for (int i = 0; i < members; ++i) ++w.entrant_count[w.entry[i] + 1];
  for (std::size_t month = 1; month < w.entrant_count.size(); ++month) w.entrant_count[month] += w.entrant_count[month - 1];
  w.entrants.resize(static_cast<std::size_t>(members));
  for (int i = 0; i < members; ++i) w.entrants[w.entrant_count[w.entry[i]]++] = i;
  w.next_entrant = w.next_exit = 0;
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
  for (Column<std::int32_t>* zero : {&w.idle, &w.needs_met, &w.year_balance}) fill(*zero, range, 0);
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
  std::fill(w.gone.begin(), w.gone.end(), 0);
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
  const auto populate_tile = [&w](Range tile) {
    assign_regions(w, tile);
    assign_roles(w, tile);
    draw_minds(w, tile);
    draw_capacity(w, tile);
    draw_viewpoints(w, tile);
    draw_service(w, tile);
    draw_outside(w, tile);
    draw_types(w, tile);
    draw_entries(w, tile);
  };
  for_chunks(w.loop, w.lanes_n, [&](Range range, int) { for_tiles(range, populate_tile); });
}

constexpr std::array<Column<float> World::*, drawn_float_columns> drawn_float{
    &World::mission, &World::capacity, &World::anchor, &World::commitment, &World::awareness, &World::outside};
constexpr std::array<Column<std::uint8_t> World::*, drawn_byte_columns> drawn_byte{&World::sector, &World::role, &World::region};
constexpr std::array<Column<std::int32_t> World::*, drawn_integer_columns> drawn_integer{&World::serves_victims, &World::type,
                                                                                         &World::entry};

// The population that another world of the replicate has drawn, or draws it and keeps it for the others.
void populate_shared(World& w, SharedDraws& shared) {
  shared.open(w.stream);
  const bool known = shared.has_population;
  if (!known) populate(w);
  const auto pass = [known](auto& kept, auto& own) { known ? void(own = kept) : void(kept = own); };
  for (std::size_t k = 0; k < drawn_float_columns; ++k) pass(shared.population_float[k], w.*drawn_float[k]);
  for (std::size_t k = 0; k < drawn_byte_columns; ++k) pass(shared.population_byte[k], w.*drawn_byte[k]);
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
  start_ties(w);
  start_coalition(w);
  start_counts(w);
}

}  // namespace coalis::inline COALIS_ISA
