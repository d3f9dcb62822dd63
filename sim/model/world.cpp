#include "coalis/model/world.hpp"

#include <algorithm>

namespace coalis {

World::World(const Plan& p, const Loop& l)
    : plan(p),
      loop(l),
      n(p.scenario.organisations.count()),
      lanes_n(padded(n)),
      keys(p.organisation_key.empty() ? nullptr : p.organisation_key.data()) {
  const std::size_t size = static_cast<std::size_t>(lanes_n), kinds = static_cast<std::size_t>(p.kinds());
  for (Column<float>* column :
       {&mission, &capacity, &anchor, &commitment, &awareness, &leadership, &progress, &trace, &conflict, &outside, &viewpoint,
        &resources, &grant_factor, &load, &hours, &month_conflict, &peers, &tie_sum})
    column->resize(size);
  for (Column<std::uint8_t>* column : {&sector, &role, &region, &tie_slots}) column->resize(size);
  for (Column<std::int32_t>* column : {&serves_victims, &type, &entry, &status, &idle, &last_attended, &place, &informed,
                                       &attended, &needs_met, &here, &year_balance})
    column->resize(size);
  // Those at an event are read in whole vectors, wherever they begin.
  for (Column<std::int32_t>* column : {&attendees, &list, &met_kin}) column->resize(size + lanes);
  scratch.resize(size + lanes);
  for (Column<std::uint32_t>* column : {&words, &contact_word, &entry_word, &withdrawal_word}) column->resize(size);
  invitations.resize(kinds * size);
  tie_partner.resize(slots_max * size);
  tie_strength.resize(slots_max * size);
  gone.resize(size / 32 + 1);
  attended_events.assign(kinds, Column<std::int32_t>(size));

  const std::size_t hubs = static_cast<std::size_t>(p.hubs()), series = static_cast<std::size_t>(p.series());
  const std::size_t regions = static_cast<std::size_t>(p.regions()), months = static_cast<std::size_t>(p.months());
  visibility.resize(hubs);
  staff.resize(hubs);
  vacancy.resize(hubs);
  span.resize(hubs);
  span_commitment.resize(hubs);
  last_turnout.resize(hubs * kinds);
  due_of.resize(hubs * kinds);
  held_of.resize(kinds);
  accumulator.resize(series);
  started.resize(series);
  due.resize(series);
  const std::size_t places = static_cast<std::size_t>(p.places());
  for (std::vector<std::int32_t>* table : {&enrolled_at, &event_at, &attended_at}) table->resize(places);
  for (std::vector<float>* table : {&exposure_at, &informed_at, &hours_at, &base_at, &visibility_at, &turnout_at})
    table->resize(places);
  events.reserve(64 + 8 * series);
  conflict_parts.reserve(events.capacity() + 8 * static_cast<std::size_t>(chunk_count(lanes_n)));
  round.reserve(hubs + 1);
  hub_waits.resize(hubs);
  arrivals.resize(static_cast<std::size_t>(chunk_count(lanes_n)) * (hubs + 1));
  serving.reserve(size);
  entrants.reserve(size);
  const int latest = p.scenario.organisations.roster.empty() ? 0 : p.months();  // entry of a roster
  entrant_count.resize(static_cast<std::size_t>(std::max(p.scenario.organisations.entry_window, latest)) + 2);
  region_begin.resize(regions + 1);
  region_members.resize(size);
  partial.resize(static_cast<std::size_t>(chunk_count(lanes_n)));
  partial_met.resize(partial.size());
  list_size.resize(static_cast<std::size_t>(chunk_count(lanes_n)));
  events_held.resize(kinds);
  invited_in.resize(kinds * months * regions);
  attended_in.resize(kinds * months * regions);
  hours_in.resize(months);
  cost_in.resize(months);
  conflict_in.resize(months);
}

}  // namespace coalis
