#include "coalis/network/outcomes.hpp"

#include <algorithm>
#include <limits>
#include <string>

#include "coalis/network/network.hpp"
#include "final_state.hpp"

namespace coalis {
namespace {

using Quantities = std::vector<Quantity>;

Quantities make_network() {
  return {
      {"network.density", "1", "ties between members / pairs of members, at the end", 0.005},
      {"network.components", "components", "groups of members not tied to each other, at the end; a member without ties is one",
       1},
      {"network.largest_component", "1", "share of members in the largest such group", 0.03},
      {"network.modularity_region", "1", "modularity of the ties by region: how far more ties stay inside than at random", 0.03},
      {"network.modularity_sector", "1", "modularity of the ties by sector: how far more ties stay inside than at random", 0.03},
      {"network.centralisation", "1", "degree centralisation: 1 if one member holds all ties, 0 if all hold as many", 0.03},
      {"network.cross_sector", "1", "share of ties between members of different sectors", 0.03},
      {"network.cross_region", "1", "share of ties between members of different regions", 0.03}};
}

void for_kinds(Quantities& list, const std::string& name, const std::string& before, const std::string& after) {
  for (const char* kind : {"meeting", "outreach", "training"})
    list.push_back({name + "." + kind, "1", before + kind + after, 0.05});
}

Quantities make_association() {
  Quantities list;
  for_kinds(list, "association.mission_correlation", "correlation of mission alignment and events of kind ",
            " attended in the run, over ever-members");
  for_kinds(list, "association.mission_phi",
            "phi of being aligned (mission alignment 1/2 or more) and attending any event of kind ", ", over ever-members");
  for_kinds(list, "association.mission_risk_difference", "share that attended any event of kind ",
            ", aligned minus other ever-members");
  list.push_back({"association.mission_aligned", "1", "share of ever-members with mission alignment 1/2 or more", 0.03});
  list.push_back({"association.serving_progress", "1",
                  "share of members seeing progress (2 or more of 0 to 4), serving victims minus others", 0.05});
  list.push_back({"association.serving_selection", "1",
                  "of association.serving_progress: due to other missions of those that serve victims", 0.05});
  list.push_back({"association.serving_experience", "1",
                  "of association.serving_progress: left at equal mission alignment (five classes)", 0.05});
  list.push_back({"association.member_collaboration", "1",
                  "share collaborating, members minus never-members of equal mission alignment (five classes)", 0.05});
  list.push_back(
      {"association.per_chance_contact", "month", "strength of collaboration per chance contact a month, never-members", 0.1});
  list.push_back({"association.per_event_contact", "month",
                  "strength of members' collaboration beyond that of their chance contacts, per contact at events a month", 0.1});
  return list;
}

}  // namespace

const Quantities& network_quantities() {
  static const Quantities list = make_network();
  return list;
}

const Quantities& association_quantities() {
  static const Quantities list = make_association();
  return list;
}

const Quantities& all_outcome_quantities() {
  static const Quantities list = [] {
    Quantities all = outcome_quantities();
    for (const auto* more : {&network_quantities(), &association_quantities()}) all.insert(all.end(), more->begin(), more->end());
    return all;
  }();
  return list;
}

bool further_outcomes(std::span<const std::size_t> outcomes) {
  return std::any_of(outcomes.begin(), outcomes.end(), [](std::size_t i) { return i >= outcome_quantities().size(); });
}

const Quantities& outcomes_of(bool further) { return further ? all_outcome_quantities() : outcome_quantities(); }

Recording with_sources(Recording recording) {
  recording.organisations = recording.ties = true;
  return recording;
}

std::vector<double> network_outcomes(const Scenario& scenario, const RunRecord& record) {
  const auto [members, network] = member_network(record, static_cast<std::size_t>(scenario.organisations.count()));
  if (members.empty()) return std::vector<double>(network_quantities().size(), std::numeric_limits<double>::quiet_NaN());
  const auto of_members = [&members = members](std::span<const std::int32_t> column) {
    std::vector<std::int32_t> values;
    for (const std::int32_t i : members) values.push_back(column[static_cast<std::size_t>(i)]);
    return values;
  };
  const auto region = of_members(final_integers(record, "region")), sector = of_members(final_integers(record, "sector"));
  const Components parts = components(network);
  return {density(network),
          static_cast<double>(parts.count),
          static_cast<double>(parts.largest) / static_cast<double>(members.size()),
          modularity(network, region),
          modularity(network, sector),
          degree_centralisation(network),
          share_across(network, sector),
          share_across(network, region)};
}

void add_outcomes(const Scenario& scenario, RunRecord& record) {
  for (const auto& values : {network_outcomes(scenario, record), association_outcomes(scenario, record)})
    record.outcomes.insert(record.outcomes.end(), values.begin(), values.end());
}

}  // namespace coalis
