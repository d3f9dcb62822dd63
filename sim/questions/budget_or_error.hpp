// Equal budget for programs that cannot catch what is thrown: a page in a browser.
#pragma once

#include <string_view>
#include <variant>

#include "coalis/questions/equal_budget.hpp"

namespace coalis {

// What equal_budget() returns or throws.
std::variant<Budget, BudgetError> budget_or_error(const Scenario& scenario, double planned_cost, std::string_view lever,
                                                  int from = 0);

}  // namespace coalis
