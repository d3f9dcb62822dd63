#include "coalis/model/parameter_sums.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include "coalis/model/fields.hpp"

namespace coalis {
namespace {

// The largest value that a table's `recruitment` takes in the run, in the items of a list and by interventions.
template <class T>
double most_recruitment(const Scenario& scenario, Target target, std::span<const T> items) {
  double most = 0;
  for (const T& item : items) most = std::max(most, item.recruitment);
  for (const Intervention& intervention : scenario.interventions) {
    if (intervention.target == target && fields<T>()[intervention.field].name == "recruitment")
      most = std::max(most, std::get<double>(intervention.value));
  }
  return most;
}

// The lever with the weights of region and role.
double most_recruitment(const Scenario& scenario) {
  return most_recruitment<Levers>(scenario, Target::levers, {&scenario.levers, 1}) *
         most_recruitment<Region>(scenario, Target::region, scenario.regions) *
         most_recruitment<Role>(scenario, Target::role, scenario.roles);
}

}  // namespace

std::vector<ParameterSum> parameter_sums(const Scenario& scenario) {
  const Parameters& p = scenario.parameters;
  constexpr Bounds probability{0, 1};
  std::vector<ParameterSum> sums{
      {"conditional_share + free_rider_share", "conditional_share", p.conditional_share + p.free_rider_share, probability},
      {"referral_0 + referral_tie", "referral_tie", p.referral_0 + p.referral_tie, probability},
      {"referral_0 + outside_referral", "outside_referral", p.referral_0 + p.outside_referral, probability},
      {"awareness_0 + awareness_mission", "awareness_mission", p.awareness_0 + p.awareness_mission, {0, 1, true, true}}};
  if (scenario.structure.engagement == static_cast<int>(Engagement::reinforcement))
    sums.push_back({"commitment_base + commitment_mission/2 (where all start under reinforcement)", "commitment_mission",
                    p.commitment_base + p.commitment_mission / 2, probability});
  sums.push_back({"recruit_rate * recruitment (of the lever, a region and a role)", "recruit_rate",
                  p.recruit_rate * most_recruitment(scenario), probability});
  return sums;
}

bool within_bounds(const ParameterSum& sum) { return within(sum.bounds, std::round(sum.value * 1e9) / 1e9); }

}  // namespace coalis
