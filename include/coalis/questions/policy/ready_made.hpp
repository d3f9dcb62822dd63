// Options that work on any coalition: what each changes is found from the scenario that it is applied to.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "coalis/model/scenario.hpp"
#include "coalis/questions/policy/option.hpp"

namespace coalis {

// An option with a name of its own, which is its only change, too.
struct ReadyMade {
  PolicyOption option;  // {"3 hubs", {"3 hubs"}}
  std::string meaning;  // what it is, in a sentence without keys
  std::string reason;   // why it makes no sense for the coalition: it is so already, it has one region; "" if it does make sense
};

// All of them in a fixed order, for every number of hubs up to that of the regions (6 at most), for every region and role that
// can be recruited from. Options with an amount are listed at one amount.
std::vector<ReadyMade> ready_made_options(const Scenario& scenario);

// The scenario with a ready-made option in force from a month to its end: what the scenario's own interventions say of the same
// is overruled from then on, and before that month nothing differs. Nothing if there is no such option, or not with that amount.
// Besides the names of ready_made_options(): "staff 0.75" (FTE in all, hubs in proportion), "9 meetings a year" (of all meetings
// but the core's, of a hub's organisations), "4 hubs", "facilitation 0.5" and every other lever with an amount. One that makes no
// sense changes nothing.
std::optional<Scenario> with_ready_made(const Scenario& scenario, std::string_view name, int from = 0);

// Why there is no such option for the scenario, and what to do; "" if there is.
std::string ready_made_problem(const Scenario& scenario, std::string_view name);

}  // namespace coalis
