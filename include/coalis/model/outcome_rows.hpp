// The outcomes of a run, one row each, in the order of the values of a record; docs/model.md section 9 defines each. Their values
// are computed in sim/observation/outcomes.cpp, where one that has none, or none of these names, does not compile.
#pragma once

#include <array>
#include <cstddef>
#include <stdexcept>
#include <string_view>

namespace coalis {

// Which months of a run an outcome is measured over.
enum class MeasuredOver { whole_run, last_year, end };

struct OutcomeRow {
  std::string_view name, unit, meaning;
  double matters;  // the smallest difference worth talking about, in its unit: an assumption, to be set by whoever asks
  MeasuredOver over;
  bool burden = false;  // what is given, not what is gained: least of it is had by doing nothing
};

inline constexpr std::array outcome_rows = [] {
  using enum MeasuredOver;
  return std::array{
      OutcomeRow{"events_held.meeting", "events", "events of kind meeting held in the run", 0.5, whole_run},
      OutcomeRow{"events_held.outreach", "events", "events of kind outreach held in the run", 0.5, whole_run},
      OutcomeRow{"events_held.training", "events", "events of kind training held in the run", 0.5, whole_run},
      OutcomeRow{"never_attended", "1", "share of ever-members that attended no meeting in the run", 0.03, whole_run},
      OutcomeRow{"attended_per_member.meeting", "events", "events of kind meeting attended in the run, mean over ever-members",
                 0.5, whole_run},
      OutcomeRow{"attended_per_member.outreach", "events", "events of kind outreach attended in the run, mean over ever-members",
                 0.5, whole_run},
      OutcomeRow{"attended_per_member.training", "events", "events of kind training attended in the run, mean over ever-members",
                 0.5, whole_run},
      OutcomeRow{"engaged", "1", "share of ever-members that attended any event in the last 12 months", 0.03, last_year},
      OutcomeRow{"participation.meeting", "1", "attendances / invitations in the last 12 months, events of kind meeting", 0.03,
                 last_year},
      OutcomeRow{"participation.outreach", "1", "attendances / invitations in the last 12 months, events of kind outreach", 0.03,
                 last_year},
      OutcomeRow{"participation.training", "1", "attendances / invitations in the last 12 months, events of kind training", 0.03,
                 last_year},
      OutcomeRow{"participation_remote", "1",
                 "attendances / invitations to meetings of organisations outside the region with most members", 0.03, last_year},
      OutcomeRow{"regional_gap", "1", "largest minus smallest share engaged over regions with at least 5 ever-members", 0.05,
                 last_year},
      OutcomeRow{"enrolled", "1", "share of ever-members that are enrolled", 0.03, end},
      OutcomeRow{"dormant", "1", "share of ever-members that are dormant", 0.03, end},
      OutcomeRow{"withdrawn", "1", "share of ever-members that have withdrawn", 0.03, end},
      OutcomeRow{"commitment", "1", "mean commitment of members", 0.03, end},
      OutcomeRow{"leadership", "1", "mean perceived leadership of members", 0.03, end},
      OutcomeRow{"progress", "1", "mean perceived progress of members", 0.03, end},
      OutcomeRow{"awareness", "1", "mean awareness of members", 0.03, end},
      OutcomeRow{"goal_attainment", "1", "goal attainment at the end", 0.03, end},
      OutcomeRow{"service_effectiveness", "1", "share of victims' needs met, smoothed, at the end", 0.03, end},
      OutcomeRow{"strife", "1", "smoothed conflict of the coalition at the end", 0.03, end},
      OutcomeRow{"conflict", "1", "mean conflict over the months with contacts", 0.03, whole_run},
      OutcomeRow{"inside_collaboration", "1", "share of ever-members with any tie inside the coalition", 0.03, end},
      OutcomeRow{"outside_collaboration", "1", "share of ever-members that collaborate outside the coalition", 0.03, end},
      OutcomeRow{"hours_given", "h/year", "hours given per ever-member and year, travel included", 1, whole_run, true},
      OutcomeRow{"coordination_cost", "USD/year", "staff, events held and levers", 1000, whole_run, true},
      OutcomeRow{"planned_cost", "USD/year", "staff, events planned and levers", 1000, whole_run},
      OutcomeRow{"member_cost", "USD/year", "hours given by members, at the hourly cost", 1000, whole_run, true},
      OutcomeRow{
          "engaged_steadily", "1",
          "share of ever-members that attended any, and at least half of the events of the last 12 months to which they were "
          "invited",
          0.03, last_year},
      OutcomeRow{"hours_per_goal", "h/year", "hours given per ever-member and year over goal attainment at the end", 2, whole_run,
                 true}};
}();

// Between which values an outcome lies, if it has one: shares and levels from 0 to 1, what is counted and paid from 0 on.
struct OutcomeRange {
  double least, most;
};
inline constexpr double most_counted = 1e18;
constexpr OutcomeRange range_of(const OutcomeRow& row) { return {0, row.unit == "1" ? 1 : most_counted}; }

// Where the outcome of that name stands; no constant for a name that is none.
constexpr std::size_t outcome_place(std::string_view name) {
  for (std::size_t i = 0; i < outcome_rows.size(); ++i)
    if (outcome_rows[i].name == name) return i;
  throw std::out_of_range("no such outcome");
}

// Of a run of so many months, those at its end that an outcome is measured over; 1: it is a state at the end, or none of the
// rows.
constexpr int months_of(std::string_view outcome, int months) {
  for (const OutcomeRow& row : outcome_rows)
    if (row.name == outcome) return row.over == MeasuredOver::whole_run ? months : row.over == MeasuredOver::last_year ? 12 : 1;
  return 1;
}

constexpr bool is_burden(std::string_view outcome) {
  for (const OutcomeRow& row : outcome_rows)
    if (row.name == outcome) return row.burden;
  return false;
}

// Of the first so many the hash of a run is made: those that came later follow from what it has, and files keep their hashes.
// Files of programs that did not have them lack these at the end.
inline constexpr std::size_t hashed_outcomes = outcome_place("member_cost") + 1;

}  // namespace coalis
