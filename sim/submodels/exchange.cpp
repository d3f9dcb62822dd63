// Exchange (ODD 3, process 4, second half).
// Claim: those who meet see each other's views; distant views are contested, which strains joint work and hinders ties;
// facilitation and bridging widen what is tolerated (evidence P16, P18; assumed locally). Meeting makes ties, less so among
// rivals.
//   F = 1-(1-facilitation)*(1-bridging);  contested if |v_i-v_j| > tolerance*(1+F);  step = viewpoint_rate*(v_j-v_i)/partners
//   P(tie) = tie_prob*networking*(contested ? contested_tie : 1)*(1-rival)
// Rules of influence: viewpoint_dynamics/. Reads: views and kin of attendees before the event. Writes of attendees:
// viewpoint, conflict of the month, own ties; of the coalition: strife.
#include <algorithm>

#include "coalis/core/compact.hpp"
#include "coalis/core/distributions.hpp"
#include "coalis/core/look_up.hpp"
#include "coalis/model/organisation_draws.hpp"
#include "coalis/submodels/submodels.hpp"
#include "coalis/submodels/sums.hpp"
#include "coalis/submodels/ties.hpp"
#include "coalis/submodels/viewpoint_dynamics/bounded_confidence.hpp"
#include "coalis/submodels/viewpoint_dynamics/degroot.hpp"
#include "coalis/submodels/viewpoint_dynamics/friedkin_johnsen.hpp"
#include "coalis/submodels/viewpoint_dynamics/repulsion.hpp"

namespace coalis::inline COALIS_ISA {
namespace {

struct Meeting {
  int first, count;  // attendees
  int kind;
  std::uint32_t key;             // of the kind
  bool repeated;                 // an event of this kind was held before in this month
  float facilitated;             // F
  float limit;                   // of tolerance
  float conflict_share;          // of one contested contact
  float any_tie, contested_tie;  // probabilities before rivalry
  Rival rivals;
};

// Attendees are worked off in tiles, whose working memory stays in the cache however many come.
constexpr int attendees_a_tile = 256;
constexpr int partners_max = 16;  // bound of the parameter `partners`
struct Tile {
  int begin, count;                                                                // of the event's attendees
  std::uint32_t partner_word[4][attendees_a_tile], tie_word[4][attendees_a_tile];  // of four contacts
  std::int32_t who[attendees_a_tile], nth[attendees_a_tile];
  std::uint32_t drawn_as[attendees_a_tile];  // in addresses of draws
  float step[attendees_a_tile], conflict[attendees_a_tile];
  std::int32_t tie[partners_max][attendees_a_tile];  // the slot of the tie to make, plus one, or 0
  std::int32_t tied[attendees_a_tile];               // those who tie with somebody
};

void open_tile(World& w, const Meeting& meeting, Tile& tile) {
  const bool far = is_far(w);
  const std::int32_t* nth = w.invitations.data() + static_cast<std::size_t>(meeting.kind) * w.lanes_n;
  for (int k = 0; k < padded(tile.count); ++k) {
    const std::int32_t i = w.attendees[meeting.first + tile.begin + (k < tile.count ? k : 0)];
    tile.who[k] = i;
    tile.drawn_as[k] = entity(w.keys, i);
    tile.nth[k] = meeting.repeated ? nth[i] - 1 : 0;  // counted up when it was invited to this event
    tile.step[k] = tile.conflict[k] = 0;
    if (!far) continue;
    __builtin_prefetch(&w.viewpoint[i], 1);
    __builtin_prefetch(&w.month_conflict[i], 1);
    fetch_ties(w, i);
  }
}

// Words of four contacts for each attendee.
void draw_contacts(const World& w, const Meeting& meeting, std::uint32_t block, Tile& tile) {
  const int count = padded(tile.count);
  alignas(cache_line) std::uint32_t index[attendees_a_tile];
  COALIS_LANES
  for (int k = 0; k < count; ++k) index[k] = (static_cast<std::uint32_t>(tile.nth[k]) * 4 + block) & 0xfffu;
  const auto draw_into = [&](Purpose purpose, auto& word) {
    const Address at{.purpose = purpose, .month = static_cast<std::uint32_t>(w.month), .sub = meeting.key};
    draw_blocks_of(w.stream, at, tile.drawn_as, count, word[0], word[1], word[2], word[3], index);
  };
  draw_into(Purpose::contact, tile.partner_word);
  draw_into(Purpose::contact_tie, tile.tie_word);
}

// One contact of every attendee of the tile with one of the others at the event, drawn uniformly.
template <class Rule>
void contact(const World& w, const Meeting& meeting, int number, Rule influence, Tile& tile) {
  const std::uint32_t *partner_word = tile.partner_word[number % 4], *tie_word = tile.tie_word[number % 4];
  const float *viewpoint = w.scratch.data() + meeting.first, *own_viewpoint = viewpoint + tile.begin;
  const std::int32_t *kins = w.met_kin.data() + meeting.first, *own_kin = kins + tile.begin;
  float *step = tile.step, *conflict = tile.conflict;
  std::int32_t* tie = tile.tie[number];
  const std::uint32_t others = static_cast<std::uint32_t>(meeting.count - 1);
  const float limit = meeting.limit, facilitated = meeting.facilitated, share = meeting.conflict_share;
  const float any_tie = meeting.any_tie, contested_tie = meeting.contested_tie;
  const float rival_none = meeting.rivals.of[unrelated], rival_role = meeting.rivals.of[same_role],
              rival_both = meeting.rivals.of[same_role_and_region];
  const int begin = tile.begin, count = padded(tile.count);
  std::int32_t others_at[attendees_a_tile], they[attendees_a_tile], their_kin[attendees_a_tile];
  float their_viewpoint[attendees_a_tile];
  COALIS_LANES
  for (int k = 0; k < count; ++k) {
    const std::int32_t drawn = static_cast<std::int32_t>(below(partner_word[k], others));
    others_at[k] = drawn + (drawn >= begin + k);
  }
  look_up(w.attendees.data() + meeting.first, meeting.count, others_at, count, they);
  look_up(kins, meeting.count, others_at, count, their_kin);
  look_up(viewpoint, meeting.count, others_at, count, their_viewpoint);
  COALIS_LANES
  for (int k = 0; k < count; ++k) {
    const std::int32_t slot = slot_to(own_kin[k], they[k], their_kin[k]), relation = relation_of(slot);
    const float gap = their_viewpoint[k] - own_viewpoint[k];
    const bool contested = (gap < 0 ? -gap : gap) > limit;
    step[k] += influence(contested, facilitated) * gap;
    conflict[k] += contested ? share : 0.0f;
    const float rivalry = relation == unrelated ? rival_none : relation == same_role ? rival_role : rival_both;
    const float probability = (contested ? contested_tie : any_tie) * (1 - rivalry);
    tie[k] = uniform(tie_word[k]) < probability ? slot + 1 : 0;
  }
}

// Views move by the sum of the steps; ties are made contact by contact.
template <class Rule>
void close_tile(World& w, const Meeting& meeting, Tile& tile) {
  const Parameters& p = w.plan.scenario.parameters;
  const float rate = static_cast<float>(p.viewpoint_rate / p.partners), gain = static_cast<float>(p.tie_gain);
  const float anchoring = Rule::anchored ? static_cast<float>(p.anchoring) : 0.0f;
  const float *met = w.scratch.data() + meeting.first + tile.begin, *anchor = w.anchor.data();
  float *viewpoint = w.viewpoint.data(), *month_conflict = w.month_conflict.data();
  const int attendees = tile.count;
  COALIS_LANES
  for (int k = 0; k < attendees; ++k) {
    const std::int32_t i = tile.who[k];
    const float moved = (1 - anchoring) * (met[k] + rate * tile.step[k]) + anchoring * anchor[i];
    viewpoint[i] = moved < -1 ? -1.0f : moved > 1 ? 1.0f : moved;
    month_conflict[i] = month_conflict[i] < tile.conflict[k] ? tile.conflict[k] : month_conflict[i];
  }
  for (int number = 0; number < p.partners; ++number) {
    const int count = compact(0, tile.count, tile.tie[number], tile.tied);
    for (int at = 0; at < count; ++at) {
      const std::int32_t k = tile.tied[at];
      strengthen(w, tile.who[k], tile.tie[number][k] - 1, gain);
    }
  }
}

// Sum of the conflict of the attendees in the range.
template <class Rule>
double meet_range(World& w, const Meeting& meeting, Rule influence, Range range) {
  Tile tile;
  double conflict = 0;
  for (tile.begin = range.begin; tile.begin < range.end; tile.begin += attendees_a_tile) {
    tile.count = std::min(attendees_a_tile, range.end - tile.begin);
    open_tile(w, meeting, tile);
    for (int number = 0; number < w.plan.scenario.parameters.partners; ++number) {
      if (number % 4 == 0) draw_contacts(w, meeting, static_cast<std::uint32_t>(number / 4), tile);
      contact(w, meeting, number, influence, tile);
    }
    close_tile<Rule>(w, meeting, tile);
    conflict += lane_sum({0, padded(tile.count)}, [&](int k) { return k < tile.count ? tile.conflict[k] : 0.0f; });
  }
  return conflict;
}

// The attendees of an event that is alone in its round are shared out; of several events, each is one piece of work.
template <class Rule>
void meet(World& w, const Meeting& meeting, Rule influence, Event& event) {
  const Loop& loop = w.round.size() == 1 ? w.loop : serial_loop();
  double* conflict = w.conflict_parts.data() + event.conflict;
  for_chunks(loop, meeting.count, [&](Range range, int chunk) { conflict[chunk] = meet_range(w, meeting, influence, range); });
  event.contacts = meeting.count;
}

void exchange_at(World& w, Event& event) {
  const Series& series = w.policy->series[event.series];
  const Kind& kind = w.plan.scenario.kinds[series.kind];
  if (event.count < 2 || kind.networking <= 0) return;
  const Parameters& p = w.plan.scenario.parameters;
  const double facilitated = 1 - (1 - w.policy->levers.facilitation) * (1 - kind.bridging);
  const double tie = p.tie_prob * kind.networking;
  const Meeting meeting{event.first,
                        event.count,
                        series.kind,
                        w.plan.kind_key[series.kind],
                        w.held_of[series.kind] > static_cast<int>(w.round.size()),
                        static_cast<float>(facilitated),
                        static_cast<float>(p.tolerance * (1 + facilitated)),
                        static_cast<float>((1 - 0.5 * facilitated) / p.partners),
                        static_cast<float>(tie),
                        static_cast<float>(tie * p.contested_tie),
                        rival(w)};
  switch (static_cast<Influence>(w.plan.scenario.structure.influence)) {
    case Influence::bounded_confidence: return meet(w, meeting, BoundedConfidence{}, event);
    case Influence::degroot: return meet(w, meeting, DeGroot{}, event);
    case Influence::friedkin_johnsen: return meet(w, meeting, FriedkinJohnsen{}, event);
    case Influence::repulsion: return meet(w, meeting, Repulsion{}, event);
  }
}

}  // namespace

void exchange_views(World& w) {
  for (const int number : w.round) {
    w.events[number].conflict = w.conflict_parts.size();
    w.conflict_parts.resize(w.conflict_parts.size() + static_cast<std::size_t>(chunk_count(w.events[number].count)));
  }
  for_each(w.loop, static_cast<int>(w.round.size()), [&](int k) { exchange_at(w, w.events[w.round[k]]); });
}

void settle_strife(World& w) {
  const Parameters& p = w.plan.scenario.parameters;
  if (w.contacts_count > 0) {
    const float conflict = static_cast<float>(w.conflict_sum / w.contacts_count);
    w.conflict_in[w.month] = conflict;
    w.strife += static_cast<float>(p.conflict_rate) * (conflict - w.strife);
  } else {
    w.strife *= 1 - static_cast<float>(p.conflict_fade);
  }
  w.strife = faded(w.strife);
}

}  // namespace coalis::inline COALIS_ISA
