// One row an outcome. A row is all that a new outcome needs to be spoken of; a test demands one of each.
#include "coalis/report/words/outcome_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "coalis/core/counted.hpp"
#include "coalis/core/month_text.hpp"
#include "coalis/network/outcomes.hpp"
#include "coalis/questions/outcomes_named.hpp"
#include "coalis/report/words/plain_text.hpp"

namespace coalis {
namespace {

using enum Better;

constexpr OutcomeWords organisations(std::string_view name, std::string_view title, std::string_view measure,
                                     std::string_view change, Better better) {
  return {name, title, measure, "in 100", change, "more", "fewer", 100, 0, better};
}
constexpr OutcomeWords index(std::string_view name, std::string_view title, std::string_view measure, std::string_view change,
                             Better better) {
  return {name, title, measure, "points of 100", change, "higher", "lower", 100, 0, better};
}
constexpr OutcomeWords events(std::string_view name, std::string_view title, std::string_view measure, std::string_view unit,
                              std::string_view change) {
  return {name, title, measure, unit, change, "more", "fewer", 1, 1, neither};
}
constexpr OutcomeWords mission_correlation(std::string_view name, std::string_view title, std::string_view measure,
                                           std::string_view change) {
  return index(name, title, measure, change, neither);
}
constexpr OutcomeWords per_contact(std::string_view name, std::string_view title, std::string_view measure,
                                   std::string_view change) {
  return {name, title, measure, "months", change, "higher", "lower", 1, 1, neither};
}
constexpr OutcomeWords dollars(std::string_view name, std::string_view title, std::string_view measure, std::string_view change) {
  return {name, title, measure, "USD a year", change, "more", "less", 1, 0, neither};  // spending less may be doing less
}

constexpr std::array rows{
    events("events_held.meeting", "Meetings held", "meetings held in the run", "meetings", "holds {amount} {direction} meetings"),
    events("events_held.outreach", "Outreach Days held", "Outreach Days held in the run", "Outreach Days",
           "holds {amount} {direction} Outreach Days"),
    events("events_held.training", "Trainings held", "trainings held in the run", "trainings",
           "holds {amount} {direction} trainings"),
    organisations("never_attended", "Never at a meeting", "organisations in 100 that never came to a meeting",
                  "leaves {amount} {direction} organisation{s} in 100 that never come to a meeting", less),
    events("attended_per_member.meeting", "Meetings attended", "meetings attended per organisation", "meetings",
           "brings each organisation to {amount} {direction} meetings"),
    events("attended_per_member.outreach", "Outreach Days attended", "Outreach Days attended per organisation", "Outreach Days",
           "brings each organisation to {amount} {direction} Outreach Days"),
    events("attended_per_member.training", "Trainings attended", "trainings attended per organisation", "trainings",
           "brings each organisation to {amount} {direction} trainings"),
    organisations("engaged", "Engaged", "organisations in 100 engaged",
                  "keeps {amount} {direction} organisation{s} in 100 engaged", more),
    organisations("participation.meeting", "Invitations to meetings followed", "of 100 invitations to meetings followed",
                  "sees {amount} {direction} of 100 invitations to meetings followed", more),
    organisations("participation.outreach", "Invitations to Outreach Days followed",
                  "of 100 invitations to Outreach Days followed",
                  "sees {amount} {direction} of 100 invitations to Outreach Days followed", more),
    organisations("participation.training", "Invitations to trainings followed", "of 100 invitations to trainings followed",
                  "sees {amount} {direction} of 100 invitations to trainings followed", more),
    organisations("participation_remote", "Invitations to meetings followed, outside the largest region",
                  "of 100 invitations to meetings followed outside the largest region",
                  "sees {amount} {direction} of 100 invitations to meetings followed outside the largest region", more),
    OutcomeWords{"regional_gap", "Gap between regions", "organisations in 100 between the most and the least engaged region",
                 "in 100", "has a gap between regions that is {amount} organisation{s} in 100 {direction}", "wider", "narrower",
                 100, 0, less},
    organisations("enrolled", "Enrolled", "organisations in 100 enrolled",
                  "has {amount} {direction} organisation{s} in 100 enrolled", more),
    organisations("dormant", "Dormant", "organisations in 100 dormant", "has {amount} {direction} organisation{s} in 100 dormant",
                  less),
    organisations("withdrawn", "Withdrawn", "organisations in 100 withdrawn",
                  "has {amount} {direction} organisation{s} in 100 withdrawn", less),
    index("commitment", "Commitment", "points of 100, mean commitment",
          "has mean commitment {amount} point{s} of 100 {direction}", more),
    index("leadership", "Leadership as perceived", "points of 100, mean leadership as perceived",
          "has leadership as perceived {amount} point{s} of 100 {direction}", more),
    index("progress", "Progress as perceived", "points of 100, mean progress as perceived",
          "has progress as perceived {amount} point{s} of 100 {direction}", more),
    index("awareness", "Awareness", "points of 100, mean awareness", "has mean awareness {amount} point{s} of 100 {direction}",
          more),
    index("goal_attainment", "Goal attainment", "points of 100, goal attainment",
          "has goal attainment {amount} point{s} of 100 {direction}", more),
    organisations("service_effectiveness", "Needs met", "of 100 needs of victims met",
                  "sees {amount} {direction} of 100 needs of victims met", more),
    index("strife", "Strife", "points of 100, strife", "has strife {amount} point{s} of 100 {direction}", less),
    index("conflict", "Conflict", "points of 100, mean conflict", "has mean conflict {amount} point{s} of 100 {direction}", less),
    organisations("inside_collaboration", "Collaborating inside", "organisations in 100 with a tie inside the coalition",
                  "ties {amount} {direction} organisation{s} in 100 to others in the coalition", more),
    organisations("outside_collaboration", "Collaborating outside", "organisations in 100 collaborating outside the coalition",
                  "has {amount} {direction} organisation{s} in 100 collaborating outside the coalition", neither),
    OutcomeWords{"hours_given", "Hours given", "hours a year given by each organisation, travel included", "hours a year",
                 "takes {amount} {direction} hours a year of each organisation", "more", "fewer", 1, 1, neither},
    dollars("coordination_cost", "Coordination cost", "USD a year, coordination as it came about",
            "costs {amount} USD a year {direction} in coordination"),
    dollars("planned_cost", "Planned cost", "USD a year, coordination as planned",
            "is planned to cost {amount} USD a year {direction}"),
    dollars("member_cost", "Members' own cost", "USD a year, members' own time and travel",
            "takes {amount} USD a year {direction} of members' own time and travel"),
    organisations("engaged_steadily", "Steadily engaged",
                  "organisations in 100 that come to at least half of what they are invited to",
                  "keeps {amount} {direction} organisation{s} in 100 coming to at least half of what they are invited to", more),
    OutcomeWords{"hours_per_goal", "Hours for the goal", "hours a year of each organisation for the whole of the goal",
                 "hours a year", "takes {amount} {direction} hours a year of each organisation for the whole of the goal", "more",
                 "fewer", 1, 1, less},
    organisations("network.density", "Density of ties", "of 100 pairs of members tied",
                  "ties {amount} {direction} of 100 pairs of members", neither),
    OutcomeWords{"network.components", "Components", "groups of members not tied to each other", "groups",
                 "falls into {amount} {direction} group{s} of members not tied to each other", "more", "fewer", 1, 1, less},
    organisations("network.largest_component", "Largest component", "members in 100 in the largest group of tied members",
                  "has {amount} {direction} member{s} in 100 in the largest group of tied members", more),
    index("network.modularity_region", "Modularity by region", "points of 100, modularity by region",
          "has modularity by region {amount} point{s} of 100 {direction}", neither),
    index("network.modularity_sector", "Modularity by sector", "points of 100, modularity by sector",
          "has modularity by sector {amount} point{s} of 100 {direction}", neither),
    index("network.centralisation", "Centralisation of ties", "points of 100, degree centralisation",
          "has degree centralisation {amount} point{s} of 100 {direction}", neither),
    organisations("network.cross_sector", "Ties across sectors", "of 100 ties across sectors",
                  "has {amount} {direction} of 100 ties across sectors", neither),
    organisations("network.cross_region", "Ties across regions", "of 100 ties across regions",
                  "has {amount} {direction} of 100 ties across regions", neither),
    mission_correlation("association.mission_correlation.meeting", "Mission and meetings, correlation",
                        "points of 100, correlation of mission and meetings attended",
                        "has a correlation of mission and meetings attended {amount} point{s} of 100 {direction}"),
    mission_correlation("association.mission_correlation.outreach", "Mission and Outreach Days, correlation",
                        "points of 100, correlation of mission and Outreach Days attended",
                        "has a correlation of mission and Outreach Days attended {amount} point{s} of 100 {direction}"),
    mission_correlation("association.mission_correlation.training", "Mission and trainings, correlation",
                        "points of 100, correlation of mission and trainings attended",
                        "has a correlation of mission and trainings attended {amount} point{s} of 100 {direction}"),
    mission_correlation("association.mission_phi.meeting", "Mission and meetings, phi",
                        "points of 100, phi of being aligned and ever at a meeting",
                        "has a phi of being aligned and ever at a meeting {amount} point{s} of 100 {direction}"),
    mission_correlation("association.mission_phi.outreach", "Mission and Outreach Days, phi",
                        "points of 100, phi of being aligned and ever at an Outreach Day",
                        "has a phi of being aligned and ever at an Outreach Day {amount} point{s} of 100 {direction}"),
    mission_correlation("association.mission_phi.training", "Mission and trainings, phi",
                        "points of 100, phi of being aligned and ever at a training",
                        "has a phi of being aligned and ever at a training {amount} point{s} of 100 {direction}"),
    mission_correlation("association.mission_risk_difference.meeting", "Mission and meetings, risk difference",
                        "points of 100, risk difference of ever being at a meeting",
                        "has a risk difference of ever being at a meeting {amount} point{s} of 100 {direction}"),
    mission_correlation("association.mission_risk_difference.outreach", "Mission and Outreach Days, risk difference",
                        "points of 100, risk difference of ever being at an Outreach Day",
                        "has a risk difference of ever being at an Outreach Day {amount} point{s} of 100 {direction}"),
    mission_correlation("association.mission_risk_difference.training", "Mission and trainings, risk difference",
                        "points of 100, risk difference of ever being at a training",
                        "has a risk difference of ever being at a training {amount} point{s} of 100 {direction}"),
    organisations("association.mission_aligned", "Aligned missions", "organisations in 100 with an aligned mission",
                  "has {amount} {direction} organisation{s} in 100 with an aligned mission", neither),
    index("association.serving_progress", "Serving victims and seeing progress",
          "points of 100, those that see progress, serving victims minus others",
          "has a difference in seeing progress {amount} point{s} of 100 {direction}", neither),
    index("association.serving_selection", "Serving victims and seeing progress, selection",
          "points of 100, of that difference due to mission",
          "has {amount} point{s} of 100 {direction} of that difference due to mission", neither),
    index("association.serving_experience", "Serving victims and seeing progress, experience",
          "points of 100, of that difference at equal mission",
          "has {amount} point{s} of 100 {direction} of that difference at equal mission", neither),
    index("association.member_collaboration", "Membership and collaboration",
          "points of 100, those that collaborate, members minus comparable others",
          "has a difference in collaborating of members and comparable others {amount} point{s} of 100 {direction}", more),
    per_contact("association.per_chance_contact", "Collaboration per chance contact",
                "months, strength of collaboration per chance contact a month",
                "has a strength of collaboration per chance contact {amount} month{s} {direction}"),
    per_contact("association.per_event_contact", "Collaboration per contact at events",
                "months, strength of collaboration per contact at events a month",
                "has a strength of collaboration per contact at events {amount} month{s} {direction}"),
};

// A word of the model's in a few of the language's.
std::string without_ever_members(std::string text) {
  for (const auto& [word, plain] :
       {std::pair{"ever-members", "all that were ever members"}, {"ever-member", "organisation that was ever a member"}})
    for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at))
      text.replace(at, std::string_view(word).size(), plain);
  return text;
}

}  // namespace

const OutcomeWords& words_of(std::string_view outcome) {
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const OutcomeWords& row) { return row.name == outcome; });
  if (found == rows.end())
    throw std::out_of_range("no words for outcome " + std::string(outcome) + ": add a row to sim/report/words/outcome_words.cpp");
  return *found;
}

bool is_a_year(const OutcomeWords& words) { return words.unit.ends_with("a year") && words.name != "hours_per_goal"; }

std::string title_within(const OutcomeWords& words) {
  std::string title(words.title);
  const bool capital = title.front() >= 'A' && title.front() <= 'Z';
  if (capital && !title.starts_with("Outreach Day")) title.front() = static_cast<char>(title.front() - 'A' + 'a');  // a name
  return title;
}

std::size_t index_of(const std::vector<Quantity>& quantities, std::string_view name) {
  const auto found = std::find_if(quantities.begin(), quantities.end(), [&](const Quantity& q) { return q.name == name; });
  if (found == quantities.end()) throw std::out_of_range("no quantity " + std::string(name));
  return static_cast<std::size_t>(found - quantities.begin());
}

std::string outcomes_left_out(const std::vector<std::size_t>& shown) {
  if (shown != main_outcomes()) return "";
  return counted(outcome_quantities().size() - shown.size(), "more outcome") + " with --all";
}

std::string definition(std::string_view outcome) {
  const auto& quantities = all_outcome_quantities();
  return fmt::format("{}: {}.", words_of(outcome).title, without_ever_members(quantities[index_of(quantities, outcome)].meaning));
}

std::string amount(const OutcomeWords& words, double value) {
  const double said = std::abs(words.scale * value);
  if (std::isnan(said)) return "missing";
  if (words.decimals == 0 && said >= 0.95) return (value < 0 ? "-" : "") + grouped(said);
  const std::string text = fixed(said, 1);
  return text == "0.0" ? "0" : (value < 0 ? "-" : "") + text;
}

std::string amount_with_unit(const OutcomeWords& words, double value) {
  const std::string text = amount(words, value);
  return fmt::format("{} {}", text, text == "1" && words.unit == "points of 100" ? "point of 100" : words.unit);
}

std::string matters_with_unit(const OutcomeWords& words, double matters) {
  const double said = words.scale * matters;
  const std::string exact = significant(said, 9);
  const bool whole = exact.find_first_not_of("0123456789") == std::string::npos;
  return whole ? amount_with_unit(words, matters) : fmt::format("{} {}", exact, words.unit);
}

std::string grouped(double value) {
  std::string digits = fixed(value, 0);
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > (digits.front() == '-' ? 1 : 0); at -= 3)
    digits.insert(static_cast<std::size_t>(at), ",");
  return digits;
}

std::string span_of_months(std::string_view start, int months) {
  const std::string first = month_name(start, 0);
  return months > 1 ? first + " to " + month_name(start, months - 1) : first;
}

}  // namespace coalis
