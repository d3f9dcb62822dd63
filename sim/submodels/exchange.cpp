// Exchange (ODD 3, process 4, second half).
// Claim: those who meet see each other's views; distant views are contested, which strains joint work and hinders ties;
// facilitation and bridging widen what is tolerated (evidence P16, P18; assumed locally). Meeting makes ties, less so among rivals.
//   F = 1-(1-facilitation)*(1-bridging);  contested if |v_i-v_j| > tolerance*(1+F);  step = viewpoint_rate*(v_j-v_i)/partners
//   P(tie) = tie_prob*networking*(contested ? contested_tie : 1)*(1-rival)
// Rules of influence: viewpoint_dynamics/. Reads: viewpoints before the event, roles, regions of attendees. Writes of attendees:
// viewpoint, conflict of the month, own ties; of the coalition: strife.
#include <algorithm>

#include "coalis/core/distributions.hpp"
#include "coalis/submodels/sums.hpp"
#include "coalis/submodels/submodels.hpp"
#include "coalis/submodels/ties.hpp"
#include "coalis/submodels/viewpoint_dynamics/bounded_confidence.hpp"
#include "coalis/submodels/viewpoint_dynamics/degroot.hpp"
#include "coalis/submodels/viewpoint_dynamics/friedkin_johnsen.hpp"
#include "coalis/submodels/viewpoint_dynamics/repulsion.hpp"

namespace coalis::inline COALIS_ISA {
namespace {

struct Meeting {
  int count;                // attendees
  int padded_count;
  std::uint32_t key;        // of the kind
  float facilitated;        // F
  float limit;              // of tolerance
  float conflict_share;     // of one contested contact
  float tie, contested_tie; // probabilities before rivalry
  Rival rivals;
};

// Views, roles and regions of the attendees, side by side, as they stood before the event.
void gather(World& w, const Meeting& meeting, const std::int32_t* nth, Range range) {
  for (int k = range.begin; k < range.end; ++k) {
    const int i = w.attendees[k < meeting.count ? k : 0];
    w.met_viewpoint[k] = w.viewpoint[i];
    w.met_role[k] = w.role[i];
    w.met_region[k] = w.region[i];
    w.met_invitation[k] = nth[i] - 1;  // counted up when it was invited to this event
    w.met_organisation[k] = i;
  }
}

// Words of four contacts for each attendee.
void draw_contacts(World& w, const Meeting& meeting, int block, Range range) {
  const std::int32_t *who = w.met_organisation.data(), *nth = w.met_invitation.data();
  std::uint32_t* partner = w.words.data();
  std::uint32_t* chance = w.more_words.data();
  const std::size_t stride = w.lanes_n;
  const Stream stream = w.stream;
  const std::uint32_t month = w.month, key = meeting.key;
  COALIS_LANES
  for (int k = range.begin; k < range.end; ++k) {
    const std::uint32_t index = static_cast<std::uint32_t>(nth[k]) * 4 + static_cast<std::uint32_t>(block);
    const Words a = draw(stream, {Purpose::contact, static_cast<std::uint32_t>(who[k]), month, index, key});
    const Words b = draw(stream, {Purpose::contact_tie, static_cast<std::uint32_t>(who[k]), month, index, key});
    for (int j = 0; j < 4; ++j) {
      partner[j * stride + k] = a.w[j];
      chance[j * stride + k] = b.w[j];
    }
  }
}

// The contact of every attendee with one of the others, drawn uniformly.
template <class Influence>
void contact(World& w, const Meeting& meeting, int number, Influence influence, Range range) {
  const std::size_t stride = w.lanes_n;
  const std::uint32_t* draw_partner = w.words.data() + (number % 4) * stride;
  const std::uint32_t* chance = w.more_words.data() + (number % 4) * stride;
  const float* viewpoint = w.met_viewpoint.data();
  const std::int32_t *role = w.met_role.data(), *region = w.met_region.data(), *who = w.met_organisation.data();
  float *step = w.met_step.data(), *conflict = w.met_conflict.data();
  std::int32_t* tie = w.met_tie.data() + number * stride;
  const std::uint32_t others = static_cast<std::uint32_t>(meeting.count - 1);
  const float limit = meeting.limit, facilitated = meeting.facilitated, share = meeting.conflict_share;
  const float any_tie = meeting.tie, contested_tie = meeting.contested_tie;
  const float rival_none = meeting.rivals.of[unrelated], rival_role = meeting.rivals.of[same_role],
              rival_both = meeting.rivals.of[same_role_and_region];
  COALIS_LANES
  for (int k = range.begin; k < range.end; ++k) {
    const std::int32_t drawn = static_cast<std::int32_t>(below(draw_partner[k], others));
    const std::int32_t other = drawn + (drawn >= k);
    const std::int32_t their_role = role[other], their_region = region[other], they = who[other];
    const float gap = viewpoint[other] - viewpoint[k];
    const bool contested = (gap < 0 ? -gap : gap) > limit;
    step[k] += influence(contested, facilitated) * gap;
    conflict[k] += contested ? share : 0.0f;
    const float rivalry = their_role != role[k] ? rival_none : their_region != region[k] ? rival_role : rival_both;
    const float probability = (contested ? contested_tie : any_tie) * (1 - rivalry);
    tie[k] = uniform(chance[k]) < probability ? they : -1;
  }
}

// Views move by the sum of the steps.
template <class Influence>
void move_views(World& w, const Meeting& meeting, Range range) {
  const Parameters& p = w.plan.scenario.parameters;
  const float rate = static_cast<float>(p.viewpoint_rate / p.partners);
  const float anchoring = Influence::anchored ? static_cast<float>(p.anchoring) : 0.0f;
  for (int k = range.begin; k < std::min(range.end, meeting.count); ++k) {
    const int i = w.attendees[k];
    const float moved = w.met_viewpoint[k] + rate * w.met_step[k];
    w.viewpoint[i] = std::clamp((1 - anchoring) * moved + anchoring * w.anchor[i], -1.0f, 1.0f);
    w.month_conflict[i] = std::max(w.month_conflict[i], w.met_conflict[k]);
  }
}

void make_ties(World& w, const Meeting& meeting, Range range) {
  const Parameters& p = w.plan.scenario.parameters;
  const float gain = static_cast<float>(p.tie_gain);
  for (int k = range.begin; k < std::min(range.end, meeting.count); ++k)
    for (int number = 0; number < p.partners; ++number) {
      const std::int32_t partner = w.met_tie[static_cast<std::size_t>(number) * w.lanes_n + k];
      if (partner >= 0) strengthen(w, w.attendees[k], partner, gain);
    }
}

template <class Influence>
void meet(World& w, const Meeting& meeting, const std::int32_t* nth, Influence influence) {
  for_chunks(w.loop, meeting.padded_count, [&](Range range, int) { gather(w, meeting, nth, range); });
  for_chunks(w.loop, meeting.padded_count, [&](Range range, int chunk) {
    std::fill(w.met_step.begin() + range.begin, w.met_step.begin() + range.end, 0.0f);
    std::fill(w.met_conflict.begin() + range.begin, w.met_conflict.begin() + range.end, 0.0f);
    for (int number = 0; number < w.plan.scenario.parameters.partners; ++number) {
      if (number % 4 == 0) draw_contacts(w, meeting, number / 4, range);
      contact(w, meeting, number, influence, range);
    }
    move_views<Influence>(w, meeting, range);
    make_ties(w, meeting, range);
    const float* conflict = w.met_conflict.data();
    w.partial[chunk] = lane_sum(range, [&](int k) { return k < meeting.count ? conflict[k] : 0.0f; });
  });
  for (int chunk = 0; chunk < chunk_count(meeting.padded_count); ++chunk) w.conflict_sum += w.partial[chunk];
  w.contacts_count += meeting.count;
}

}  // namespace

void exchange_views(World& w, int number) {
  const Series& series = w.policy->series[number];
  const Kind& kind = w.plan.scenario.kinds[series.kind];
  if (w.attendee_count < 2 || kind.networking <= 0) return;
  const Parameters& p = w.plan.scenario.parameters;
  const double facilitated = 1 - (1 - w.policy->levers.facilitation) * (1 - kind.bridging);
  const double tie = p.tie_prob * kind.networking;
  const Meeting meeting{w.attendee_count,
                        padded(w.attendee_count),
                        w.plan.kind_key[series.kind],
                        static_cast<float>(facilitated),
                        static_cast<float>(p.tolerance * (1 + facilitated)),
                        static_cast<float>((1 - 0.5 * facilitated) / p.partners),
                        static_cast<float>(tie),
                        static_cast<float>(tie * p.contested_tie),
                        rival(w)};
  const std::int32_t* nth = w.invitations.data() + static_cast<std::size_t>(series.kind) * w.lanes_n;
  switch (static_cast<Influence>(w.plan.scenario.structure.influence)) {
    case Influence::bounded_confidence: return meet(w, meeting, nth, BoundedConfidence{});
    case Influence::degroot: return meet(w, meeting, nth, DeGroot{});
    case Influence::friedkin_johnsen: return meet(w, meeting, nth, FriedkinJohnsen{});
    case Influence::repulsion: return meet(w, meeting, nth, Repulsion{});
  }
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
