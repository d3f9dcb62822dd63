// Which months of a run an outcome is of.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

#include "coalis/report/words/outcome_words.hpp"

namespace coalis {

// Of a run of so many months, those at its end that an outcome is measured over; 1: it is a state at the end.
inline int months_of(std::string_view outcome, int months) {
  constexpr std::array in_the_run{"events_held", "never_attended", "attended_per_member", "participation_remote",
                                  "conflict",    "hours_given",    "coordination_cost",   "planned_cost",
                                  "member_cost", "hours_per_goal"};
  constexpr std::array in_a_year{"engaged", "participation", "regional_gap"};
  const auto is_in = [&](const auto& list) {
    return std::find(list.begin(), list.end(), outcome.substr(0, outcome.find('.'))) != list.end();
  };
  return is_in(in_the_run) ? months : is_in(in_a_year) ? 12 : 1;
}

// Whether it is an average a year, and no ratio of two.
inline bool is_a_year(const OutcomeWords& words) { return words.unit.ends_with("a year") && words.name != "hours_per_goal"; }

}  // namespace coalis
