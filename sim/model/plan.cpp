#include "coalis/model/plan.hpp"

#include <algorithm>
#include <memory>
#include <string>
#include <type_traits>
#include <unordered_set>

#include "coalis/core/column.hpp"
#include "coalis/core/draws.hpp"
#include "coalis/core/math.hpp"
#include "coalis/model/roster.hpp"

namespace coalis {
namespace {

// Writes the value of one intervention into the field that it names.
template <class T>
void apply(const Field<T>& field, T& target, const Intervention& intervention, int month) {
  const double progress = std::min(1.0, (month - intervention.from + 1.0) / intervention.ramp);
  std::visit(
      [&](auto member) {
        using Value = std::remove_cvref_t<decltype(target.*member)>;
        if constexpr (std::is_same_v<Value, double>) {
          const double value = std::get<double>(intervention.value);
          target.*member = progress < 1 ? target.*member + (value - target.*member) * progress : value;
        } else if constexpr (!std::is_same_v<Value, std::string>) {
          target.*member = std::get<Value>(intervention.value);
        }
      },
      field.member);
}

void apply(const Intervention& intervention, Policy& policy, int month) {
  switch (intervention.target) {
    case Target::levers: return apply(fields<Levers>()[intervention.field], policy.levers, intervention, month);
    case Target::environment: return apply(fields<Environment>()[intervention.field], policy.environment, intervention, month);
    case Target::hub: return apply(fields<Hub>()[intervention.field], policy.hubs[intervention.element], intervention, month);
    case Target::series:
      return apply(fields<Series>()[intervention.field], policy.series[intervention.element], intervention, month);
    case Target::region:
      return apply(fields<Region>()[intervention.field], policy.regions[intervention.element], intervention, month);
    case Target::role: return apply(fields<Role>()[intervention.field], policy.roles[intervention.element], intervention, month);
  }
}

// Of the hubs that serve a region, those with the shortest travel.
std::vector<std::vector<int>> home_hubs(const Plan& plan, const Policy& policy) {
  std::vector<std::vector<int>> homes(plan.regions());
  for (int region = 0; region < plan.regions(); ++region) {
    double shortest = 0;
    for (int h = 0; h < plan.hubs(); ++h) {
      const auto& serves = policy.hubs[h].serves;
      if (std::find(serves.begin(), serves.end(), region) == serves.end()) continue;
      const double hours = plan.travel(region, policy.hubs[h].seat);
      if (homes[region].empty() || hours < shortest) homes[region].clear();
      if (homes[region].empty() || hours == shortest) homes[region].push_back(h);
      shortest = plan.travel(region, policy.hubs[homes[region].front()].seat);
    }
  }
  return homes;
}

// Share of a role among all organisations: non-members' sectors are drawn in the proportion of the members'.
double share_of_role(const Organisations& organisations, const Role& role) {
  double sum = 0;
  for (std::size_t sector = 0; sector < sectors; ++sector) sum += organisations.members[sector] * role.share[sector];
  return sum / organisations.member_count();
}

// Weights of recruitment by region and role, left out when none says anything, so that nothing is computed for them.
void weigh_recruitment(const Organisations& organisations, Policy& policy) {
  const auto says_nothing = [](const auto& item) { return item.recruitment == 1; };
  if (std::all_of(policy.regions.begin(), policy.regions.end(), says_nothing) &&
      std::all_of(policy.roles.begin(), policy.roles.end(), says_nothing))
    return;
  policy.recruitment_reach = 0;
  for (const Region& region : policy.regions)
    for (const Role& role : policy.roles) {
      const double weight = region.recruitment * role.recruitment;
      policy.recruitment_at.push_back(static_cast<float>(weight));
      policy.recruitment_reach += region.share * share_of_role(organisations, role) * weight;
    }
}

// exp(-travel/distance_hours * (1 - online_access)) of ODD 3, process 2.
std::vector<float> nearness(const Plan& plan, const Policy& policy) {
  const double reach = (1 - policy.levers.online_access) / plan.scenario.parameters.distance_hours;
  std::vector<float> share;
  for (const Hub& hub : policy.hubs)
    for (int region = 0; region < plan.regions(); ++region)
      share.push_back(exp(static_cast<float>(-plan.travel(region, hub.seat) * reach)));
  return share;
}

Policy policy_in_month(const Plan& plan, int month) {
  const Scenario& s = plan.scenario;
  Policy policy{s.levers, s.environment, s.hubs, s.series, s.regions, s.roles, 0, {}, {}, {}, 1};
  for (const Intervention& intervention : s.interventions)
    if (intervention.from <= month && month < intervention.until) apply(intervention, policy, month);
  for (const Hub& hub : policy.hubs)
    policy.active_hubs += !hub.serves.empty() && (hub.fte > 0 || hub.convenor == static_cast<int>(Convenor::members));
  policy.home_hubs = home_hubs(plan, policy);
  policy.nearness_at = nearness(plan, policy);
  weigh_recruitment(s.organisations, policy);
  return policy;
}

// Interventions change a policy at their starts, ends and along ramps only.
bool changes_in(const Scenario& s, int month) {
  return month == 0 || std::any_of(s.interventions.begin(), s.interventions.end(), [&](const Intervention& i) {
           return (i.from <= month && month < std::min(i.from + i.ramp, i.until)) || month == i.until;
         });
}

// Members by their own keys, the other organisations by their numbers among themselves, so that none changes with the roster
// unless two would share one.
void key_organisations(Plan& plan) {
  const Organisations& o = plan.scenario.organisations;
  if (o.roster.empty()) return;
  std::unordered_set<std::uint32_t> taken;
  for (const Member& member : o.roster) {
    plan.organisation_key.push_back(member.key);
    taken.insert(member.key);
  }
  const auto others = static_cast<std::size_t>(padded(o.count())) - o.roster.size();
  for (std::size_t k = 1; k <= others; ++k)
    plan.organisation_key.push_back(free_key(hash_name("non-member " + std::to_string(k)), taken));
  for (std::size_t i = 0; i < o.roster.size(); ++i)
    if (const int left = o.roster[i].left; left >= 0 && left < plan.months()) plan.exits.push_back({left, static_cast<int>(i)});
  std::stable_sort(plan.exits.begin(), plan.exits.end(), [](const Exit& a, const Exit& b) { return a.month < b.month; });
}

int kind_named(const Scenario& s, std::string_view name) {
  const auto at = std::find_if(s.kinds.begin(), s.kinds.end(), [&](const Kind& kind) { return kind.name == name; });
  return at == s.kinds.end() ? -1 : static_cast<int>(at - s.kinds.begin());
}

}  // namespace

double planned_cost_a_year(const Plan& plan, int from) {
  double total = 0;
  for (int month = from; month < plan.months(); ++month) {
    const Policy& policy = plan.policy(month);
    total += standing_cost(policy, plan.scenario.costs);
    for (const Series& series : policy.series)
      if (runs(policy, series, month)) total += series.per_year / 12 * plan.scenario.kinds[series.kind].event_cost;
  }
  return total * 12 / (plan.months() - from);
}

double standing_cost(const Policy& policy, const Costs& costs) {
  double year = policy.levers.information * costs.information + policy.levers.online_access * costs.online_access +
                policy.levers.facilitation * costs.facilitation + policy.levers.referral_tracking * costs.referral_tracking +
                policy.levers.joint_grants * costs.joint_grants +
                policy.levers.recruitment * policy.recruitment_reach * costs.recruitment;
  for (const Hub& hub : policy.hubs) year += hub.fte * costs.fte;
  return year / 12;
}

std::shared_ptr<const Plan> make_plan(const Scenario& scenario) {
  auto plan = std::make_shared<Plan>();
  plan->scenario = scenario;
  for (int month = 0; month < plan->months(); ++month) {
    if (changes_in(scenario, month)) plan->policies.push_back(policy_in_month(*plan, month));
    plan->policy_in.push_back(static_cast<int>(plan->policies.size()) - 1);
    plan->homes_change_in.push_back(month == 0 || plan->policy(month).home_hubs != plan->policy(month - 1).home_hubs);
  }
  for (const Hub& hub : scenario.hubs) plan->hub_key.push_back(hash_name(hub.name));
  for (const Kind& kind : scenario.kinds) plan->kind_key.push_back(hash_name(kind.name));
  for (const Series& series : scenario.series) plan->series_key.push_back(hash_name(series.name));
  key_organisations(*plan);
  plan->meeting = kind_named(scenario, "meeting");
  plan->outreach = kind_named(scenario, "outreach");
  plan->training = kind_named(scenario, "training");
  plan->planned_cost = planned_cost_a_year(*plan);
  return plan;
}

}  // namespace coalis
