// Information (ODD 3, process 3).
// Claim: bulletins reach members, more so where leaders are visible, and raise awareness a little (evidence P6).
//   P(informed) = 1 - exp(-info_rate * information * (info_floor + (1-info_floor)*E));  a += info_gain*(1-a)
// Reads: status, exposure table. Writes: informed, awareness; draws the month's words of every organisation.
#include <algorithm>

#include "coalis/core/distributions.hpp"
#include "coalis/core/look_up.hpp"
#include "coalis/model/organisation_draws.hpp"
#include "coalis/model/shared_draws.hpp"
#include "coalis/submodels/submodels.hpp"

namespace coalis::inline COALIS_ISA {
namespace {

void inform_tile(World& w, Range tile) {
  const std::uint32_t* word = w.words.data() + tile.begin;
  const std::int32_t* status = w.status.data() + tile.begin;
  float* awareness = w.awareness.data() + tile.begin;
  std::int32_t* informed = w.informed.data() + tile.begin;
  const float gain = static_cast<float>(w.plan.scenario.parameters.info_gain);
  const int size = tile.end - tile.begin;
  with_looked_up(w.informed_at.data(), w.plan.places(), w.place.data() + tile.begin, size, [=](auto chance, int count) {
    COALIS_LANES
    for (int k = 0; k < count; ++k) {
      const float limit = chance(k), a = awareness[k];
      const bool reached = (status[k] == enrolled) & (uniform(word[k]) < limit);
      informed[k] = reached;
      awareness[k] = a + (reached ? gain * (1 - a) : 0.0f);
    }
  });
}

// One block an organisation and month: the words of processes 3, 5 and 9.
void draw_month(World& w, Range range) {
  const Address at{.purpose = Purpose::monthly, .month = static_cast<std::uint32_t>(w.month)};
  organisation_blocks(w, at, range.begin, range.end, w.words.data() + range.begin, w.contact_word.data() + range.begin,
                      w.entry_word.data() + range.begin, w.withdrawal_word.data() + range.begin);
}

// The same words from another world of the replicate, or drawn and kept for the others.
void draw_shared_month(World& w, SharedDraws::Month& month) {
  if (!month.has_words) draw_month(w, {0, w.lanes_n});
  std::uint32_t* kept = month.words.data();
  for (Column<std::uint32_t>* own : {&w.words, &w.contact_word, &w.entry_word, &w.withdrawal_word}) {
    if (month.has_words)
      std::copy_n(kept, w.lanes_n, own->data());
    else
      std::copy_n(own->data(), w.lanes_n, kept);
    kept += w.lanes_n;
  }
  month.has_words = true;
}

}  // namespace

void inform(World& w) {
  const Parameters& p = w.plan.scenario.parameters;
  const float rate = static_cast<float>(p.info_rate * w.policy->levers.information), floor = static_cast<float>(p.info_floor);
  const float* exposure = w.exposure_at.data();
  float* chance = w.informed_at.data();
  const int places = w.plan.places();
  COALIS_LANES
  for (int at = 0; at < places; ++at) chance[at] = 1 - exp(-rate * (floor + (1 - floor) * exposure[at]));
  if (w.shared) draw_shared_month(w, w.shared->months[w.month]);
  for_chunks(w.loop, w.lanes_n, [&](Range range, int) {
    if (!w.shared) draw_month(w, range);
    for_tiles(range, [&](Range tile) { inform_tile(w, tile); });
  });
}

}  // namespace coalis::inline COALIS_ISA
