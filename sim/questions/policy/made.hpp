// Ready-made options as they are understood: their names, what is wrong with one, the change.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "coalis/model/plan.hpp"
#include "coalis/model/scenario.hpp"

namespace coalis {

// A name that was understood.
struct Made {
  enum class What { leader, half_post, staff, meetings, hubs, core, members, afar, lever, region, role };
  What what;
  double amount = 0;
  bool core = false;      // hubs: with a common core
  bool at_least = false;  // a lever, meetings: more than that is left as it is
  std::size_t index = 0;  // of a lever's row, a region, a role

  static constexpr double monthly = 12;
  static constexpr std::string_view with_core = " with a common core", of_place = "recruitment of ";
};

std::optional<Made> made_of(const Scenario& scenario, std::string_view name);
// The amount lies outside of what can be: what can. "" if it does not.
std::string amount_problem(const Scenario& scenario, const Made& made);
// In force from the start.
Scenario changed(Scenario scenario, const Made& made);

// "joint grants" of the key joint_grants.
std::string words_of_lever(std::string_view key);
// What is in force in the last month: what an option is compared with.
Policy last_policy(const Scenario& scenario);
bool has_meetings(const Scenario& scenario);
std::size_t hubs_in_force(const Policy& policy);

}  // namespace coalis
