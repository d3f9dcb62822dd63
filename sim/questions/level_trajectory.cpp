#include "coalis/questions/level_trajectory.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "coalis/network/outcomes.hpp"

namespace coalis {
namespace {

// Outcomes that add up over months, or are of single months: their trajectories do not end in the outcome.
bool is_flow(std::string_view outcome) {
  constexpr std::array flows{"events_held", "participation", "participation_remote",
                             "conflict",    "hours_given",   "coordination_cost"};
  const std::string_view name = outcome.substr(0, outcome.find('.'));
  return std::find(flows.begin(), flows.end(), name) != flows.end();
}

}  // namespace

std::optional<std::size_t> level_trajectory(std::size_t outcome) {
  const std::string& name = all_outcome_quantities().at(outcome).name;
  const auto& trajectories = trajectory_quantities();
  const auto found = std::find_if(trajectories.begin(), trajectories.end(), [&](const Quantity& q) { return q.name == name; });
  if (found == trajectories.end() || is_flow(name)) return std::nullopt;
  return static_cast<std::size_t>(found - trajectories.begin());
}

}  // namespace coalis
