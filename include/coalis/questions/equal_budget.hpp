// Equal planned coordination cost (model.md section 8): scales one thing of a scenario until it costs what another does.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "coalis/model/scenario.hpp"

namespace coalis {

inline constexpr double most_money = 1e9;  // that a command takes, USD a year

// Says why the budget cannot be met.
struct BudgetError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct BudgetChange {
  std::string path;  // "hubs.Chicago.fte", for an intervention that does not last throughout with its months
  double from, to;
};

struct Budget {
  Scenario scenario;
  double cost_before, cost_after;     // planned, USD a year
  std::vector<BudgetChange> changes;  // of what is in force at some time
  std::string became;                 // what the scenario was scaled to, after its name: ", scaled to 0.3 FTE"; "" if nothing was
};

// What can be scaled: "fte" (of all hubs, by one factor), "per_year" (of all series, by one factor), every lever (its value).
std::vector<std::string> budget_levers();

// Interventions on the same field of hubs or series are scaled by the same factor; a lever that an intervention sets is an error,
// for it has no one value. Costs are those of the months from `from` on. Throws BudgetError if the cost cannot be met within the
// bounds of the field rows.
Budget equal_budget(const Scenario& scenario, double planned_cost, std::string_view lever, int from = 0);

// Planned coordination cost of the months from `from` on, USD a year.
double planned_cost(const Scenario& scenario, int from = 0);

}  // namespace coalis
