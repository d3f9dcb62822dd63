// Policy options (questions/policy/option.hpp) as text, and applied to a scenario.
#pragma once

#include <string_view>
#include <vector>

#include "coalis/model/scenario.hpp"
#include "coalis/questions/asked.hpp"
#include "coalis/questions/policy/option.hpp"
#include "coalis/questions/scenario_differences.hpp"

namespace coalis {

// "half post: hubs.Office.fte=0.5; without trainings": a name up to the first ": " outside of quotes, changes between ";".
// Problems name the text as `--with TEXT`. Option files are not opened here.
Asked<PolicyOption> parse_policy_option(std::string_view text);
// The text that gives the option back.
std::string to_string(const PolicyOption& option);

// A scenario with an option, and what that is.
struct PolicyEffect {
  Scenario scenario;                    // checked like a file; its name is the option's
  std::vector<Difference> differences;  // of the option in force from the start, names and texts apart; empty: nothing changes
  double cost_before = 0, cost = 0;     // planned, USD a year, of the months from `from` on
};

// The option in force from a month (0: the first) to the end: what the scenario's own interventions say of the same is overruled
// from then on. A value that cannot change on the way is a problem if from > 0. Before that month runs have the bits of those
// without the option. Every problem says of which change it is.
Asked<PolicyEffect> with_option(const Scenario& scenario, const PolicyOption& option, int from = 0);

// The same of a text.
Asked<PolicyEffect> option_of(const Scenario& scenario, std::string_view text, int from = 0);

}  // namespace coalis
