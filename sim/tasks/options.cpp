#include "coalis/tasks/options.hpp"

#include <utility>

#include "coalis/io/scenario/policy_option.hpp"
#include "coalis/questions/equal_budget.hpp"

namespace coalis {

ListedOptions list_options(std::string file, Scenario scenario) {
  ListedOptions list{std::move(file), std::move(scenario), 0, {}};
  list.cost = planned_cost(list.scenario);
  for (ReadyMade& made : ready_made_options(list.scenario)) {
    ListedOption option{std::move(made), list.cost, {}};
    Asked<PolicyEffect> effect =
        option.made.reason.empty() ? with_option(list.scenario, option.made.option) : Asked<PolicyEffect>{};
    if (effect.ok())
      option.cost = effect.question->cost, option.differences = std::move(effect.question->differences);
    else if (option.made.reason.empty())
      option.made.reason = effect.problems.front().problem;
    list.options.push_back(std::move(option));
  }
  return list;
}

}  // namespace coalis
