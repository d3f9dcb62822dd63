// Equal planned coordination cost (model.md section 8): scales one thing of a scenario until it costs what another does.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "coalis/core/diagnostic.hpp"
#include "coalis/model/scenario.hpp"

namespace coalis {

// What is wrong with a sum of money that a command is given, USD a year; nothing if it can be taken.
std::optional<Diagnostic> budget_problem(double usd);

// Why a budget cannot be met. A value: a page in a browser catches nothing.
struct BudgetError {
  std::string problem;
};

struct BudgetChange {
  std::string path;  // "hubs.Chicago.fte", for an intervention that does not last throughout with its months
  double from, to;
};

struct Budget {
  Scenario scenario;
  double cost_before, cost_after;     // planned, USD a year
  std::vector<BudgetChange> changes;  // of what is in force at some time
  std::string became;                 // what it was scaled to, after its name: ", scaled to 0.3 of a post"; "" if nothing was
};

// What can be scaled: "fte" (of all hubs, by one factor), "per_year" (of all series, by one factor), every lever (its value).
std::vector<std::string> budget_levers();

// Interventions on the same field of hubs or series are scaled by the same factor; a lever that an intervention sets is an error,
// for it has no one value. An error, too, if the cost cannot be met within the bounds of the field rows. `cost` says what a
// scaled scenario costs, linear in what is scaled: where it is not run as it is, but begins on the way. Interventions that end
// before `from` are left alone.
using CostOf = std::function<double(const Scenario&)>;
std::variant<Budget, BudgetError> equal_budget(const Scenario& scenario, double planned_cost, std::string_view lever,
                                               const CostOf& cost, int from = 0);
// Of the whole run.
std::variant<Budget, BudgetError> equal_budget(const Scenario& scenario, double planned_cost, std::string_view lever);

// What is scaled, in words: "staff time", "events", "joint grants".
std::string budget_lever_words(std::string_view lever);

// A scenario as it was given, and as it is run within a budget.
struct ScaledFrom {
  const Scenario &before, &run;
};
// How much is left, from 0 to 1, of what an option sets otherwise than the reference in the very thing that the budget scales;
// nothing if it sets nothing there, or if next to all of it is left. `from` as above.
std::optional<double> left_after_scaling(const ScaledFrom& reference, const ScaledFrom& option, std::string_view lever, int from);

// Planned coordination cost of the months from `from` on, USD a year.
double planned_cost(const Scenario& scenario, int from = 0);

}  // namespace coalis
