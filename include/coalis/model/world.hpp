// The state of one run: entities and state variables of ODD 2 as arrays, one a variable, and what a month passes from process to
// process. Organisations are padded to whole vectors; the padding has Status::padding and takes part in nothing.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "coalis/core/column.hpp"
#include "coalis/core/draws.hpp"
#include "coalis/core/parallel.hpp"
#include "coalis/model/plan.hpp"
#include "coalis/model/record.hpp"

namespace coalis {

struct AskedRule;  // model/attendance_rule.hpp

enum Status : std::int32_t { nonmember, enrolled, dormant, withdrawn, padding };
enum Type : std::int32_t { unconditional, conditional, free_rider };
inline constexpr std::int32_t never = -1;  // entry month of a non-member

// A slot of a tie: the partner's number, above it how close the two are (rivalry depends on it) and whether their home hubs
// differ; -1 is empty.
inline constexpr int relation_shift = 28;
inline constexpr std::int32_t partner_mask = (1 << relation_shift) - 1, across_hubs = 1 << 30;
enum Relation : std::int32_t { unrelated, same_role, same_role_and_region };
constexpr std::int32_t relation_of(std::int32_t slot) { return slot >> relation_shift & 3; }

// Slots lie in blocks of 16 organisations, slot by slot, so that a loop over organisations reads them side by side.
constexpr int slot_index(int organisation, int slot) {
  return organisation / lanes * (lanes * slots_max) + slot * lanes + organisation % lanes;
}
constexpr int slot_of(int index) { return index / lanes % slots_max; }

// An event that is held this month, and what it gives the coalition.
struct Event {
  int series;
  bool over = false;
  int invited = 0;
  int first = 0, count = 0;  // those who came, in World::attendees
  double effort = 0, hours = 0;
  int contacts = 0;          // attendances with contacts
  std::size_t conflict = 0;  // where its sums of conflict begin in World::conflict_parts, one a chunk of those with contacts
};

struct SharedDraws;

// What a run has come to: all that a month leaves to the next, and the month's own memory. A copy into the world of a scenario
// that was alike until then goes on with the same bits.
struct WorldState {
  // Organisation, fixed for a run.
  Column<float> mission, capacity, anchor;
  Column<std::uint8_t> sector, role, region;
  Column<std::int32_t> serves_victims, type, entry;
  // Organisation, changing.
  Column<float> commitment, awareness, leadership, progress, trace, conflict, outside, viewpoint, resources, grant_factor, load;
  Column<std::int32_t> status, idle, last_attended;
  Column<std::int32_t> tie_partner;  // slot_index
  Column<float> tie_strength;
  Column<std::uint8_t> tie_slots;                     // from this slot on all are empty
  std::vector<std::uint32_t> gone;                    // a bit an organisation, 32 a word: has withdrawn
  std::vector<Column<std::int32_t>> attended_events;  // [kind]
  // home hub x region of each organisation, an index into the tables below; organisations without a home hub have the last hub
  // row
  Column<std::int32_t> place;

  // Hubs.
  std::vector<float> visibility, staff;  // V, f
  std::vector<int> vacancy, span;        // months left; enrolled with this home hub
  std::vector<float> span_commitment;    // mean commitment of the span, for hubs convened by members
  std::vector<float> last_turnout;       // [hub][kind] L
  std::vector<double> accumulator;       // [series] A
  std::vector<char> started;             // [series]
  // Tables by place.
  std::vector<std::int32_t> enrolled_at;
  std::vector<float> exposure_at, informed_at;
  // Of the round: by place; of a single event all but the hours stand in row 0.
  std::vector<std::int32_t> event_at;     // place in `round`, where somebody is invited
  std::vector<std::int32_t> attended_at;  // those who came, in the rows of the round's hubs or the first
  std::vector<float> hours_at, base_at, visibility_at, turnout_at;  // hours: -1 where nobody is invited

  // Coalition.
  float goal = 0, strife = 0, service = 0;
  bool service_known = false;
  int enrolled_count = 0, dormant_count = 0;
  Column<std::int32_t> serving;                 // organisations that serve victims
  Column<std::int32_t> entrants;                // members in the order of their entry months
  std::size_t next_entrant = 0, next_exit = 0;  // the latter in the plan's list
  std::vector<std::int32_t> entrant_count;      // scratch, by entry month
  std::vector<std::int32_t> region_begin;       // organisations by region
  Column<std::int32_t> region_members;

  // The month.
  Column<std::uint32_t> words;  // scratch of every organisation; in process 3 the words that decide who is informed
  Column<std::uint32_t> contact_word, entry_word, withdrawal_word;
  Column<std::int32_t> informed, attended, needs_met;
  Column<float> hours, month_conflict, peers, tie_sum;  // peers: mean trace of tie partners, -1 without ties
  std::vector<int> due;                                 // [series]
  bool events_due = false, events_happened = false, peers_known = false, withdrawals = false;
  double effort = 0;
  double conflict_sum = 0;
  int contacts_count = 0;              // attendances with contacts
  std::vector<int> due_of;             // [hub][kind] events due so far this month
  std::vector<int> held_of;            // [kind] events held so far this month
  std::vector<Event> events;           // held this month, in the order of the series
  std::vector<double> conflict_parts;  // of the events so far
  std::vector<int> round;              // those that happen side by side: places in `events`
  std::vector<char> hub_waits;         // [hub] scratch
  // At the event; [kind] events of the month to which invited, once the first was held.
  Column<std::int32_t> here, invitations;
  Column<std::int32_t> attendees;  // numbers of those at the round's events, event by event, ascending
  int attendee_count = 0;
  std::vector<std::int32_t> arrivals;  // [chunk][place in `round`] scratch
  Column<float> scratch;
  std::vector<double> partial, partial_met;  // [chunk]
  Column<std::int32_t> list;                 // scratch list of organisations
  std::vector<std::int32_t> list_size;       // [chunk]

  // Those attendees, side by side, as they stood before the event: viewpoints in `scratch`, what ties depend on here
  // (kin() in submodels/ties.hpp).
  Column<std::int32_t> met_kin;

  // Sums for observation; never read by a process.
  Column<std::int32_t> year_balance;                  // of the last 12 months: events attended less invitations not followed
  std::vector<int> events_held;                       // [kind]
  std::vector<std::int32_t> invited_in, attended_in;  // [kind][month][region]
  std::vector<double> hours_in, cost_in;              // [month] hours given; coordination cost
  std::vector<float> conflict_in;                     // [month] NaN without contacts
};

struct World : WorldState {
  World(const Plan& plan, const Loop& loop);

  const Plan& plan;
  const Loop& loop;
  const int n;                      // organisations
  const int lanes_n;                // padded
  const std::uint32_t* const keys;  // of the plan, or null: numbers stand for organisations in the addresses of draws
  Stream stream{};
  int month = 0;
  const Policy* policy = nullptr;  // of the month

  // Working memory of observers.
  RunRecord* record = nullptr;

  AskedRule* rule = nullptr;  // who attends, instead of the structure's rule; or null

  SharedDraws* shared = nullptr;  // what other worlds of the replicate have drawn already, or null
};

inline int turnout_index(const World& w, int kind, int month, int region) {
  return (kind * w.plan.months() + month) * w.plan.regions() + region;
}

}  // namespace coalis
