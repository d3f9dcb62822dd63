// Planned cost is linear in what is scaled, so that two costs give the answer.
#include "coalis/questions/equal_budget.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "coalis/core/month_text.hpp"
#include "coalis/core/path_names.hpp"
#include "coalis/engine/simulate.hpp"
#include "coalis/model/find_row.hpp"
#include "coalis/model/plan.hpp"
#include "coalis/questions/asked.hpp"

namespace coalis {
namespace {

constexpr double most_money = 1e9;  // that a command takes, USD a year

// A number of a scenario that is scaled, and where it is.
struct Place {
  std::string path;
  double* value;
  Bounds bounds;
  bool at_times = false;  // of an intervention that is not in force throughout
  bool replaced = false;  // never in force, for an intervention is in its place throughout
};

bool sets(const Intervention& intervention, Target target, std::string_view field) {
  if (intervention.target != target) return false;
  const auto row = static_cast<std::size_t>(intervention.field);
  switch (target) {
    case Target::hub: return fields<Hub>()[row].name == field;
    case Target::series: return fields<Series>()[row].name == field;
    case Target::levers: return fields<Levers>()[row].name == field;
    default: return false;
  }
}

bool throughout(const Intervention& i, const Scenario& s) { return i.from == 0 && i.ramp <= 1 && i.until >= s.calendar.months; }

// " (2025-01 to 2025-06)", " (from 2025-01)": the months in which an intervention is in force.
std::string when(const Intervention& i, const Calendar& calendar) {
  const std::string from = month_text(calendar.start, i.from);
  return i.until >= calendar.months ? " (from " + from + ")"
                                    : " (" + from + " to " + month_text(calendar.start, i.until - 1) + ")";
}

// "" if it can be scaled in the scenario.
std::string not_scalable(const Scenario& s, const std::string& lever) {
  if (lever == "fte" || lever == "per_year") return "";
  if (!find_row<Levers>(lever)) return "nothing called '" + lever + "' can be scaled";
  const bool planned = std::any_of(s.interventions.begin(), s.interventions.end(),
                                   [&](const Intervention& i) { return sets(i, Target::levers, lever); });
  return planned ? "an intervention sets levers." + lever + ", so that it has no one value; scale something else" : "";
}

// Everything of the scenario that `lever` stands for, which can be scaled.
std::vector<Place> places(Scenario& s, std::string_view lever, int from) {
  std::vector<Place> found;
  const bool staff = lever == "fte";
  if (staff) {
    for (Hub& hub : s.hubs) found.push_back({"hubs." + in_path(hub.name) + ".fte", &hub.fte, find_row<Hub>("fte")->bounds});
  } else if (lever == "per_year") {
    for (Series& series : s.series)
      found.push_back({"series." + in_path(series.name) + ".per_year", &series.per_year, find_row<Series>("per_year")->bounds});
  } else {
    const Field<Levers>& row = *find_row<Levers>(lever);
    found.push_back({"levers." + std::string(lever), &(s.levers.*std::get<double Levers::*>(row.member)), row.bounds});
  }
  const Target target = staff ? Target::hub : lever == "per_year" ? Target::series : Target::levers;
  const std::size_t count = found.size();
  for (Intervention& intervention : s.interventions) {
    if (!sets(intervention, target, lever) || intervention.until <= from) continue;
    Place place{intervention.set, &std::get<double>(intervention.value), found.at(count - 1).bounds};
    place.at_times = !throughout(intervention, s);
    if (place.at_times)
      place.path += when(intervention, s.calendar);
    else
      found.at(static_cast<std::size_t>(intervention.element)).replaced = true;
    found.push_back(place);
  }
  return found;
}

// factor: of staff and events; the value itself of a lever.
Scenario scaled(const Scenario& scenario, std::string_view lever, double factor, int from) {
  Scenario result = scenario;
  const bool is_lever = find_row<Levers>(lever) != nullptr;
  for (const Place& place : places(result, lever, from)) *place.value = is_lever ? factor : *place.value * factor;
  return result;
}

// At most three significant digits.
std::string short_number(double value) {
  std::array<char, 32> text{};  // whatever the locale of the program
  return {text.data(), std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::general, 3).ptr};
}

// A name that says what was before would be wrong of what is run.
std::string became(std::string_view lever, const std::vector<BudgetChange>& changes, bool at_times, double factor) {
  const bool staff = lever == "fte", events = lever == "per_year";
  if (!staff && !events) return ", " + std::string(lever) + " scaled to " + short_number(factor);
  const std::string unit = staff ? " FTE" : " events a year";
  if (at_times) return ", its " + std::string(staff ? "FTE" : "events a year") + " scaled by " + short_number(factor);
  double sum = 0;
  for (const BudgetChange& change : changes) sum += change.to;
  return ", scaled to " + short_number(sum) + unit + (changes.size() > 1 ? " in all" : "");
}

}  // namespace

std::vector<std::string> budget_levers() {
  std::vector<std::string> names{"fte", "per_year"};
  for (const Field<Levers>& row : fields<Levers>()) names.emplace_back(row.name);
  return names;
}

double planned_cost(const Scenario& scenario, int from) { return planned_cost_a_year(*make_plan(scenario), from); }

std::optional<Diagnostic> budget_problem(double usd) {
  if (usd > 0 && usd <= most_money) return std::nullopt;
  return option_problem("--budget", "takes an amount of USD a year above 0, up to 1e9");
}

std::variant<Budget, BudgetError> equal_budget(const Scenario& scenario, double planned, std::string_view lever,
                                               const CostOf& cost, int month) {
  constexpr double rounding = 1e-9;
  const std::string name(lever);
  const double before = cost(scenario);
  if (std::abs(before - planned) <= rounding * planned) return Budget{scenario, before, before, {}, ""};
  if (const std::string problem = not_scalable(scenario, name); !problem.empty()) return BudgetError{problem};

  const double without = cost(scaled(scenario, lever, 0, month));
  const double probe = month > 0 ? 2 : 1;  // as it is it goes on; all else begins anew, ramps with it
  const double each = (cost(scaled(scenario, lever, probe, month)) - without) / probe;
  const auto dollars = [](double usd) { return std::to_string(std::llround(usd)) + " USD a year"; };
  if (!(each > 0)) return BudgetError{name + " costs nothing in this scenario; scale something else"};
  const double factor = (planned - without) / each;
  const std::string what = lever == "fte" ? "staff" : lever == "per_year" ? "events" : name;
  if (factor < 0)
    return BudgetError{"even without any " + what + " it costs " + dollars(without) + ", more than " + dollars(planned) +
                       "; scale something else or change the scenario"};

  Budget budget{scaled(scenario, lever, factor, month), before, 0, {}, ""};
  Scenario original = scenario;
  const auto from = places(original, lever, month);
  const auto to = places(budget.scenario, lever, month);
  for (std::size_t i = 0; i < to.size(); ++i) {
    if (!within(to[i].bounds, *to[i].value))
      return BudgetError{to[i].path + " would have to be " + number_text(*to[i].value) + ", outside of " +
                         range_text(to[i].bounds) + ", for it to cost " + dollars(planned) +
                         "; scale something else or change the scenario"};
    if (!to[i].replaced) budget.changes.push_back({to[i].path, *from[i].value, *to[i].value});
  }
  budget.cost_after = cost(budget.scenario);
  const bool at_times = std::any_of(to.begin(), to.end(), [](const Place& place) { return place.at_times; });
  budget.became = became(lever, budget.changes, at_times, factor);
  return budget;
}

std::variant<Budget, BudgetError> equal_budget(const Scenario& scenario, double planned, std::string_view lever) {
  return equal_budget(scenario, planned, lever, [](const Scenario& s) { return planned_cost(s); });
}

}  // namespace coalis
