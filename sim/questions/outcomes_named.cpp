#include "coalis/questions/outcomes_named.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "coalis/core/diagnostic.hpp"
#include "coalis/network/outcomes.hpp"

namespace coalis {
namespace {

constexpr std::array<std::string_view, 8> main_names{
    "never_attended",       "engaged",     "withdrawn",        "goal_attainment", "service_effectiveness",
    "inside_collaboration", "hours_given", "coordination_cost"};

}  // namespace

std::vector<std::size_t> outcomes_named(std::string_view name) {
  std::vector<std::size_t> found;
  const auto& quantities = all_outcome_quantities();
  const std::string front = std::string(name) + ".";
  for (std::size_t i = 0; i < quantities.size(); ++i)
    if (quantities[i].name == name || quantities[i].name.starts_with(front)) found.push_back(i);
  return found;
}

std::string outcome_advice(std::string_view name) {
  std::vector<std::string> names;
  for (const Quantity& quantity : all_outcome_quantities()) names.push_back(quantity.name);
  const std::string near = nearest(name, names);
  return near.empty() ? "coalis defaults lists them" : fmt::format("did you mean '{}'? coalis defaults lists all", near);
}

std::vector<std::size_t> main_outcomes() {
  std::vector<std::size_t> shown;
  for (std::size_t i = 0; i < outcome_quantities().size(); ++i)
    if (std::find(main_names.begin(), main_names.end(), outcome_quantities()[i].name) != main_names.end()) shown.push_back(i);
  return shown;
}

Asked<std::vector<std::size_t>> outcomes_asked(std::span<const std::string> names, bool all) {
  if (names.empty() && !all) return {main_outcomes(), {}};
  std::vector<std::size_t> shown;
  if (names.empty()) {
    shown.resize(outcome_quantities().size());
    std::iota(shown.begin(), shown.end(), std::size_t{0});
  }
  for (const std::string& name : names) {
    const auto found = outcomes_named(name);
    if (found.empty())
      return {std::nullopt, {option_problem("--outcomes " + name, "there is no such outcome", outcome_advice(name))}};
    for (const std::size_t i : found)
      if (std::find(shown.begin(), shown.end(), i) == shown.end()) shown.push_back(i);
  }
  return {std::move(shown), {}};
}

}  // namespace coalis
