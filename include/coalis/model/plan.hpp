// A scenario made ready to run: the policy in force in every month, home hubs, costs. Computed once, shared by all replicates.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "coalis/model/scenario.hpp"

namespace coalis {

// Everything that interventions can change, as it stands in one month or a run of equal months.
struct Policy {
  Levers levers;
  Environment environment;
  std::vector<Hub> hubs;
  std::vector<Series> series;
  std::vector<Region> regions;
  std::vector<Role> roles;
  // Derived.
  int active_hubs = 0;                      // H of ODD 3: serve a region and have staff or are convened by members
  std::vector<std::vector<int>> home_hubs;  // by region: the hubs at the shortest travel, in the scenario's order; may be empty
  std::vector<float> nearness_at;           // [hub][region] share of a hub's visibility that reaches a region
  std::vector<float> recruitment_at;        // [region][role] weight of the lever; empty if all are 1
  double recruitment_reach = 1;             // mean weight over the field, by the shares of regions and roles
};

// An organisation is no longer a member from this month on.
struct Exit {
  int month, organisation;
};

struct Plan {
  Scenario scenario;
  std::vector<Policy> policies;       // distinct ones
  std::vector<int> policy_in;         // [month] index into policies
  std::vector<bool> homes_change_in;  // [month] home hubs differ from those of the month before (true in month 0)
  // Keys of draws: hashes of names, so that adding a hub, kind or series shifts no other's draws.
  std::vector<std::uint32_t> hub_key, kind_key, series_key;
  // With a roster: what stands for each organisation in the addresses of draws, padded to whole vectors; else empty, and its
  // number does.
  std::vector<std::uint32_t> organisation_key;
  std::vector<Exit> exits;  // known ones within the run, by month, then organisation
  // Kinds that outcomes and survey name, -1 where the scenario has none.
  int meeting = -1, outreach = -1, training = -1;
  double planned_cost = 0;  // a year (section 8)

  const Policy& policy(int month) const { return policies[policy_in[month]]; }
  double travel(int a, int b) const { return scenario.travel[a * scenario.regions.size() + b]; }
  int regions() const { return static_cast<int>(scenario.regions.size()); }
  int hubs() const { return static_cast<int>(scenario.hubs.size()); }
  int places() const { return (hubs() + 1) * regions(); }  // home hub or none, by region
  int kinds() const { return static_cast<int>(scenario.kinds.size()); }
  int series() const { return static_cast<int>(scenario.series.size()); }
  int months() const { return scenario.calendar.months; }
};

// Makes a scenario ready to run. Immutable, shared by all threads. The scenario must have passed the reader's checks.
std::shared_ptr<const Plan> make_plan(const Scenario& scenario);

// A series runs in a month if its first month <= month < end and its hub serves a region.
inline bool runs(const Policy& policy, const Series& series, int month) {
  return series.from <= month && month < series.until && !policy.hubs[series.hub].serves.empty();
}

// Planned cost of the months from `from` on, a year (section 8); dollars.
double planned_cost_a_year(const Plan& plan, int from = 0);

// Cost of staff and levers in one month (section 8), events not included; dollars.
double standing_cost(const Policy& policy, const Costs& costs);

}  // namespace coalis
