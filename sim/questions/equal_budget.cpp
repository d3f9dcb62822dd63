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

// At most so many significant digits.
std::string short_number(double value, int digits) {
  std::array<char, 32> text{};  // whatever the locale of the program
  return {text.data(), std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::general, digits).ptr};
}

// "0.64 of a post", "1 post", "1.3 posts"
std::string posts(double sum) {
  const std::string number = short_number(sum, 2);
  return number + (number == "1" ? " post" : sum < 1 ? " of a post" : " posts");
}

// A name that says what was before would be wrong of what is run.
std::string became(std::string_view lever, const std::vector<BudgetChange>& changes, bool at_times, double factor) {
  const bool staff = lever == "fte", events = lever == "per_year";
  double before = 0, sum = 0;
  for (const BudgetChange& change : changes) before += change.from, sum += change.to;
  const std::string scaled = sum > before ? "raised" : "scaled";
  if (!staff && !events) return ", " + budget_lever_words(lever) + " " + scaled + " to " + short_number(factor, 3);
  if (at_times) return ", its " + budget_lever_words(lever) + " " + scaled + " by " + short_number(factor, 3);
  return ", " + scaled + " to " + (staff ? posts(sum) : short_number(sum, 3) + " events a year") +
         (changes.size() > 1 ? " in all" : "");
}

// What the option sets otherwise than the reference at equal places, in sum, and how much of that is left of what is run.
struct ChangeLeft {
  double before = 0, after = 0;
};
ChangeLeft change_left(const ScaledFrom& reference, const ScaledFrom& option, std::string_view lever, int from) {
  const auto places_of = [&](const Scenario& scenario) {
    Scenario copy = scenario;
    std::vector<std::pair<Place, double>> found;
    for (const Place& place : places(copy, lever, from)) found.emplace_back(place, *place.value);
    return found;
  };
  const auto of_reference = places_of(reference.before), reference_run = places_of(reference.run),
             of_option = places_of(option.before), option_run = places_of(option.run);
  ChangeLeft left;
  for (std::size_t i = 0; i < of_option.size(); ++i)
    for (std::size_t k = 0; k < of_reference.size(); ++k) {
      const Place &a = of_reference[k].first, &b = of_option[i].first;
      if (a.path != b.path || a.replaced || b.replaced) continue;
      const double given = of_option[i].second - of_reference[k].second, run = option_run[i].second - reference_run[k].second;
      left.before += std::abs(given);
      if (given != 0) left.after += std::max(0.0, given > 0 ? run : -run);  // the other way round is none of it
    }
  return left;
}

}  // namespace

std::vector<std::string> budget_levers() {
  std::vector<std::string> names{"fte", "per_year"};
  for (const Field<Levers>& row : fields<Levers>()) names.emplace_back(row.name);
  return names;
}

std::string budget_lever_words(std::string_view lever) {
  if (lever == "fte") return "staff time";
  if (lever == "per_year") return "events";
  std::string words(lever);
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

std::optional<double> left_after_scaling(const ScaledFrom& reference, const ScaledFrom& option, std::string_view lever,
                                         int from) {
  constexpr double worth_saying = 0.01;
  const ChangeLeft left = change_left(reference, option, lever, from);
  if (!(left.before > 0) || left.after >= (1 - worth_saying) * left.before) return std::nullopt;
  return left.after < 1e-6 * left.before ? 0 : left.after / left.before;
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
