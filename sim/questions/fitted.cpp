#include "coalis/questions/fitted.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <initializer_list>
#include <map>
#include <optional>
#include <string_view>
#include <type_traits>
#include <variant>

#include "coalis/core/month_text.hpp"
#include "coalis/core/number_text.hpp"
#include "coalis/model/fields.hpp"
#include "coalis/model/supported.hpp"
#include "coalis/questions/run_key.hpp"

namespace coalis {
namespace {

// Of scenarios/illinois.toml; tests/unit/fitted_test.cpp compares.
constexpr std::string_view illinois_coalition = "61aa639a-0a31-5392-9b7d-7abbe5171f28",
                           illinois_kinds = "2057f87d-ab6c-5292-acf5-a7ce17a6ebe1";

template <class T>
std::string value_text(const T& table, const Field<T>& field) {
  return std::visit(
      [&](auto member) -> std::string {
        const auto& value = table.*member;
        using Value = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<Value, std::string>) {
          return value;
        } else if constexpr (std::is_same_v<Value, std::vector<int>>) {
          std::string text;
          for (const int one : value) text += std::to_string(one) + " ";
          return text;
        } else {
          return number_text(static_cast<double>(value));
        }
      },
      field.member);
}

constexpr std::string_view is = " = ", months = "calendar.months", survey = "survey.month";

// "name = value" of each row but those left out, one a line.
template <class T>
void add_rows(std::string& text, const T& table, std::initializer_list<std::string_view> left_out = {}) {
  for (const Field<T>& field : fields<T>())
    if (std::find(left_out.begin(), left_out.end(), field.name) == left_out.end())
      text.append(field.name).append(is).append(value_text(table, field)).append("\n");
}

template <class T>
void add_world(std::vector<std::string>& world, std::string_view name, const T& table) {
  for (const Field<T>& field : fields<T>())
    if (!can_be_chosen(name, field.name) && !field.unit.starts_with("$"))
      world.push_back(std::string(name).append(".").append(field.name).append(is).append(value_text(table, field)));
}

// "; 0.9 from 12 to 24, ramp 1" behind the value of each row that changes during the run.
void add_changes(std::vector<std::string>& world, const Scenario& scenario) {
  for (const Intervention& i : scenario.interventions) {
    if (i.target != Target::environment) continue;  // the others can be chosen
    const std::string row =
        "environment." + std::string(fields<Environment>()[static_cast<std::size_t>(i.field)].name) + std::string(is);
    const auto at = std::find_if(world.begin(), world.end(), [&](const std::string& line) { return line.starts_with(row); });
    if (const auto* value = std::get_if<double>(&i.value); at != world.end() && value)
      *at += "; " + number_text(*value) + " from " + std::to_string(i.from) + " to " + std::to_string(i.until) + ", ramp " +
             std::to_string(i.ramp);
  }
}

std::string numbers(const auto& values) {
  std::string text;
  for (const auto value : values) text += number_text(static_cast<double>(value)) + " ";
  return text + "\n";
}

std::string kinds_text(const Scenario& scenario) {
  std::map<std::string, std::string> kinds;  // in the order of their names
  for (const Kind& kind : scenario.kinds) add_rows(kinds[kind.name], kind, {"event_cost"});
  std::string text;
  for (const auto& [name, values] : kinds) text += "name = " + name + "\n" + values;
  return text;
}

// The month of a world's survey, from 0; nothing if it says none.
std::optional<int> month_of_survey(const std::vector<std::string>& world) {
  constexpr double longest = 1200;  // calendar.months
  const auto asked = std::find_if(world.begin(), world.end(), [](const std::string& line) { return line.starts_with(survey); });
  if (asked == world.end()) return std::nullopt;
  const auto number = decimal_number(std::string_view(*asked).substr(asked->find(is) + is.size()));
  const bool right = number && *number >= 0 && *number < longest && *number == std::floor(*number);
  return right ? std::optional(static_cast<int>(*number)) : std::nullopt;
}

}  // namespace

std::string coalition_key(const Scenario& scenario) {
  std::string text = numbers(scenario.organisations.members);
  add_rows(text, scenario.organisations, {"nonmembers"});
  for (const Member& m : scenario.organisations.roster)
    text += numbers(std::array{static_cast<int>(m.key), m.sector, m.role, m.region, m.joined, m.left});
  for (const KnownTie& tie : scenario.organisations.ties)
    text += numbers(std::array{static_cast<double>(tie.a), static_cast<double>(tie.b), tie.strength});
  for (const Region& region : scenario.regions) add_rows(text, region, {"recruitment"});
  text += numbers(scenario.travel);
  for (const Role& role : scenario.roles) {
    add_rows(text, role, {"recruitment"});
    text += numbers(role.share);
  }
  return to_string(combined_key(text));
}

std::string values_key(const Scenario& scenario) {
  std::string text = kinds_text(scenario);
  add_rows(text, scenario.parameters);
  return to_string(combined_key(text));
}

std::vector<std::string> world_of(const Scenario& scenario) {
  std::vector<std::string> world;
  add_world(world, "calendar", scenario.calendar);
  add_world(world, "organisations", scenario.organisations);
  add_world(world, "levers", scenario.levers);
  add_world(world, "environment", scenario.environment);
  add_world(world, "costs", scenario.costs);
  add_world(world, "survey", scenario.survey);
  add_changes(world, scenario);
  return world;
}

std::vector<std::string> changed_since(const std::vector<std::string>& world, const Scenario& scenario) {
  const auto here = world_of(scenario);
  std::vector<std::string> keys;
  for (const std::string& line : world) {
    const std::string key = line.substr(0, line.find(is));
    if (key == months || key == survey) continue;
    if (std::find(here.begin(), here.end(), line) == here.end()) keys.push_back(key);
  }
  return keys;
}

bool is_world(const std::vector<std::string>& world) {
  return std::none_of(world.begin(), world.end(), [](const std::string& line) { return line.starts_with(survey); }) ||
         month_of_survey(world);
}

std::string since_the_fit(const std::vector<std::string>& world, const Scenario& scenario) {
  const auto asked = month_of_survey(world);
  if (!asked) return "";
  const int then = *asked;
  const bool moved = scenario.survey.month != then, longer = scenario.calendar.months > then + 1;
  if (!moved && !longer) return "";
  const std::string month = month_name(scenario.calendar.start, then);
  return "asked in " + month +
         (moved ? " and simulated for " + month_name(scenario.calendar.start, scenario.survey.month) : std::string()) +
         (longer ? "; what comes after " + month + " is extrapolated" : std::string());
}

DefaultFit default_fit(const Scenario& scenario) {
  DefaultFit fit;
  Parameters defaults{};
  set_defaults(defaults);
  for (const Field<Parameters>& field : fields<Parameters>())
    std::visit(
        [&](auto member) {
          if (scenario.parameters.*member != defaults.*member) fit.changed.push_back("parameters." + std::string(field.name));
        },
        field.member);
  const Structure fitted_structure{};  // mixture, benefit_cost, bounded_confidence
  for (const Field<Structure>& field : fields<Structure>())
    if (const auto* member = std::get_if<int Structure::*>(&field.member);
        member && scenario.structure.**member != fitted_structure.**member)
      fit.changed.push_back("structure." + std::string(field.name));
  if (to_string(combined_key(kinds_text(scenario))) != illinois_kinds) fit.changed.emplace_back("kinds");
  if (!fit.changed.empty()) return fit;
  if (!default_coalition(scenario)) return {Fitted::elsewhere, {}};
  fit.changed = changed_since(default_world(), scenario);
  fit.fitted = fit.changed.empty() ? Fitted::here : Fitted::in_another_world;
  return fit;
}

bool default_coalition(const Scenario& scenario) { return coalition_key(scenario) == illinois_coalition; }

const std::vector<std::string>& default_world() {
  static const std::vector<std::string> world{"calendar.start = 2005-06",         "calendar.months = 43",
                                              "organisations.nonmembers = 0",     "organisations.founding_share = 0.5",
                                              "organisations.entry_window = 30",  "environment.support = 0.6",
                                              "environment.scarcity = 0.4",       "environment.restricted = 0.5",
                                              "environment.cases_per_month = 10", "survey.month = 42"};
  return world;
}

const std::vector<std::string>& default_fit_items() {
  static const std::vector<std::string> items{"recruitment",         "meetings_attended",    "trained",
                                              "collaborates_inside", "collaborates_outside", "goal_attainment_rating",
                                              "leadership_rating"};
  return items;
}

const std::vector<std::string>& default_fit_figures() {  // of scenarios/evidence.toml; tests/unit/fitted_test.cpp compares
  static const std::vector<std::string> figures{
      "recruitment: unreachable 14, refused 11, recruited, not returned 17, returned 73",
      "meetings_attended: 0 23, 1 10, 2 10, 3 3, >3 18",
      "trained: yes 39, no 32",
      "collaborates_inside: yes 21, no 26",
      "collaborates_outside: yes 20, no 27",
      "goal_attainment_rating: 0 4, 1 14, 2 30, 3 or 4 5",
      "leadership_rating: 0 5, 1 16, 2 17, 3 or 4 12"};
  return figures;
}

}  // namespace coalis
