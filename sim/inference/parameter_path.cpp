#include "coalis/inference/parameter_path.hpp"

#include <algorithm>
#include <stdexcept>

#include "coalis/model/find_row.hpp"

namespace coalis {
namespace {

struct Row {
  std::size_t field;
  Bounds bounds;
};

// The row of a number; whole numbers and names cannot be moved by small steps.
template <class T>
Row row_of(const std::string& key, std::string_view path) {
  const Field<T>* found = find_row<T>(key);
  if (!found) throw std::invalid_argument("there is no key '" + std::string(path) + "'");
  if (!std::holds_alternative<double T::*>(found->member))
    throw std::invalid_argument("'" + std::string(path) + "' takes whole numbers or names; only numbers can be fitted");
  return {static_cast<std::size_t>(found - fields<T>().data()), found->bounds};
}

template <class Named>
std::size_t element_of(const std::vector<Named>& items, const std::string& name, std::string_view path) {
  const auto found = std::find_if(items.begin(), items.end(), [&](const Named& item) { return item.name == name; });
  if (found == items.end()) throw std::invalid_argument("the scenario has no '" + name + "' for '" + std::string(path) + "'");
  return static_cast<std::size_t>(found - items.begin());
}

template <class T>
double* member(T& table, std::size_t field) {
  return &(table.*std::get<double T::*>(fields<T>()[field].member));
}

}  // namespace

std::vector<std::string> split_path(std::string_view path) {
  std::vector<std::string> names(1);
  char quote = 0;
  for (const char c : path) {
    if (quote == 0 && (c == '"' || c == '\''))
      quote = c;
    else if (c == quote)
      quote = 0;
    else if (c == '.' && quote == 0)
      names.emplace_back();
    else
      names.back() += c;
  }
  return names;
}

ParameterPath::ParameterPath(const Scenario& scenario, std::string_view path) : text_(path) {
  const auto names = split_path(path);
  Row row{};
  if (names.size() == 2 && names[0] == "parameters") {
    row = row_of<Parameters>(names[1], path);
  } else if (names.size() == 2 && names[0] == "environment") {
    place_ = Place::environment;
    row = row_of<Environment>(names[1], path);
  } else if (names.size() == 3 && names[0] == "kinds") {
    place_ = Place::kinds;
    element_ = element_of(scenario.kinds, names[1], path);
    row = row_of<Kind>(names[2], path);
  } else if (names.size() == 3 && names[0] == "series") {
    place_ = Place::series;
    element_ = element_of(scenario.series, names[1], path);
    row = row_of<Series>(names[2], path);
  } else {
    throw std::invalid_argument("'" + text_ + "' is none of parameters.KEY, environment.KEY, kinds.NAME.KEY, series.NAME.KEY");
  }
  field_ = row.field;
  bounds_ = row.bounds;
}

double* ParameterPath::locate(Scenario& scenario) const {
  switch (place_) {
    case Place::parameters: return member(scenario.parameters, field_);
    case Place::environment: return member(scenario.environment, field_);
    case Place::kinds: return member(scenario.kinds[element_], field_);
    default: return member(scenario.series[element_], field_);
  }
}

}  // namespace coalis
