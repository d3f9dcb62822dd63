// The names under which things are observed: one list each, in the order of the arrays of a record (model/record.hpp).
#include <array>
#include <initializer_list>
#include <string_view>

#include "coalis/model/outcome_rows.hpp"
#include "coalis/model/record.hpp"

namespace coalis {
namespace {

using Quantities = std::vector<Quantity>;

constexpr std::array<const char*, 3> kinds{"meeting", "outreach", "training"};

void for_kinds(Quantities& list, const std::string& name, const std::string& unit, const std::string& before,
               const std::string& after) {
  for (const char* kind : kinds) list.push_back({name + "." + kind, unit, before + kind + after});
}

void for_ratings(Quantities& list, const std::string& name, const std::string& meaning, bool open_end) {
  for (int count = 0; count <= 4; ++count)
    list.push_back(
        {name + "." + std::to_string(count), "1",
         "share of the item's answers: " + meaning + " " + std::to_string(count) + (open_end && count == 4 ? " or more" : "")});
}

// What is followed over time as it is defined at the end.
void as_at_the_end(Quantities& list, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    const OutcomeRow& row = outcome_rows[outcome_place(name)];
    list.push_back({std::string(row.name), std::string(row.unit), std::string(row.meaning)});
  }
}

Quantities make_outcomes() {
  Quantities list;
  for (const OutcomeRow& row : outcome_rows)
    list.push_back({std::string(row.name), std::string(row.unit), std::string(row.meaning), row.matters});
  return list;
}

Quantities make_trajectories() {
  Quantities list;
  for_kinds(list, "events_held", "events", "events of kind ", " held in the month");
  as_at_the_end(list, {"never_attended"});
  for_kinds(list, "attended_per_member", "events", "events of kind ", " attended so far, mean over ever-members");
  as_at_the_end(list, {"engaged"});
  for_kinds(list, "participation", "1", "attendances / invitations in the month, events of kind ", "");
  as_at_the_end(list, {"participation_remote", "regional_gap", "enrolled", "dormant", "withdrawn", "commitment", "leadership",
                       "progress", "awareness"});
  list.push_back({"goal_attainment", "1", "goal attainment"});
  list.push_back({"service_effectiveness", "1", "share of victims' needs met, smoothed"});
  list.push_back({"strife", "1", "smoothed conflict of the coalition"});
  list.push_back({"conflict", "1", "mean conflict over the month's contacts"});
  as_at_the_end(list, {"inside_collaboration", "outside_collaboration"});
  list.push_back({"hours_given", "h/month", "hours given per ever-member in the month, travel included"});
  list.push_back({"coordination_cost", "USD/month", "staff, events held and levers in the month"});
  list.push_back({"members", "organisations", "enrolled or dormant"});
  return list;
}

Quantities make_region_trajectories() {
  Quantities list;
  list.push_back({"members", "organisations", "enrolled or dormant"});
  list.push_back({"participation.meeting", "1", "attendances / invitations to meetings in the month"});
  as_at_the_end(list, {"never_attended", "engaged", "enrolled", "dormant", "withdrawn", "commitment", "leadership", "progress",
                       "awareness", "inside_collaboration", "outside_collaboration"});
  return list;
}

Quantities make_survey() {
  Quantities list{{"reached", "organisations", "ever-members reached"},
                  {"agreed", "organisations", "reached that agreed to take part"},
                  {"returned", "organisations", "questionnaires returned"}};
  for_ratings(list, "meetings", "meetings attended in the run:", true);
  for_ratings(list, "outreach", "Outreach Days attended in the run:", true);
  list.push_back({"trained", "1", "share of the item's answers with at least one training"});
  list.push_back({"trainings_of_trained", "events", "mean number of trainings of those with at least one"});
  list.push_back({"cases", "1", "share of the item's answers with case experience"});
  for_ratings(list, "goal", "goal attainment rated", false);
  for_ratings(list, "leadership", "leadership rated", false);
  list.push_back({"inside", "1", "share of the returned that collaborate inside the coalition"});
  list.push_back({"outside", "1", "share of the returned that collaborate outside the coalition"});
  for (const char* sector : sector_names)
    list.push_back(
        {std::string("returned_") + sector, "organisations", std::string("questionnaires returned, sector ") + sector});
  return list;
}

Quantities make_final_floats() {
  return {{"mission_alignment", "1", "mission alignment m"},
          {"capacity", "h/month", "capacity kappa"},
          {"viewpoint_anchor", "1", "first viewpoint v0"},
          {"commitment", "1", "commitment c"},
          {"awareness", "1", "awareness a"},
          {"leadership", "1", "perceived leadership l"},
          {"progress", "1", "perceived progress e"},
          {"participation_trace", "1", "participation trace p"},
          {"conflict", "1", "conflict experienced x"},
          {"outside_collaboration", "1", "outside collaboration o"},
          {"viewpoint", "1", "viewpoint v"},
          {"grant_factor", "1", "grant factor g"},
          {"load", "h/month", "hours given a month, smoothed, b"}};
}

Quantities make_final_integers() {
  return {{"sector", "", "0 nonprofit, 1 public, 2 for-profit"},
          {"role", "", "service domain, in the scenario's order"},
          {"region", "", "region, in the scenario's order"},
          {"serves_victims", "", "1 if it serves victims"},
          {"type", "", "0 unconditional, 1 conditional, 2 free rider"},
          {"entry", "month", "entry month; -1 for a non-member"},
          {"status", "", "0 nonmember, 1 enrolled, 2 dormant, 3 withdrawn; ever-members are those other than 0"},
          {"idle", "months", "months since it last attended or was enrolled"},
          {"home_hub", "", "home hub at the end, in the scenario's order; -1 without"}};
}

Quantities make_organisation_trajectories() {
  return {{"status", "", "0 nonmember, 1 enrolled, 2 dormant, 3 withdrawn; ever-members are those other than 0"},
          {"attended", "", "1 if it attended any event in the month"},
          {"commitment", "1", "commitment c"},
          {"awareness", "1", "awareness a"},
          {"leadership", "1", "perceived leadership l"},
          {"progress", "1", "perceived progress e"},
          {"participation_trace", "1", "participation trace p"},
          {"conflict", "1", "conflict experienced x"},
          {"outside_collaboration", "1", "outside collaboration o"},
          {"viewpoint", "1", "viewpoint v"},
          {"hours_given", "h/month", "hours given in the month"},
          {"tie_strength", "1", "sum of its ties' strengths"}};
}

}  // namespace

const std::vector<Quantity>& outcome_quantities() {
  static const Quantities list = make_outcomes();
  return list;
}
const std::vector<Quantity>& trajectory_quantities() {
  static const Quantities list = make_trajectories();
  return list;
}
const std::vector<Quantity>& region_trajectory_quantities() {
  static const Quantities list = make_region_trajectories();
  return list;
}
const std::vector<Quantity>& survey_quantities() {
  static const Quantities list = make_survey();
  return list;
}
const std::vector<Quantity>& final_float_quantities() {
  static const Quantities list = make_final_floats();
  return list;
}
const std::vector<Quantity>& final_integer_quantities() {
  static const Quantities list = make_final_integers();
  return list;
}
const std::vector<Quantity>& organisation_trajectory_quantities() {
  static const Quantities list = make_organisation_trajectories();
  return list;
}

}  // namespace coalis
