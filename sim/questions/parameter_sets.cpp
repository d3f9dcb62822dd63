#include "coalis/questions/parameter_sets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "coalis/core/number_text.hpp"
#include "coalis/core/path_names.hpp"

namespace coalis {

std::optional<double> finite_number(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  const auto value = decimal_number(text);
  return value && std::isfinite(*value) ? value : std::nullopt;
}

std::size_t column_of(std::string_view path, const ParameterSets& sets) {
  using Names = std::vector<std::string>;
  const auto begins_with = [](const Names& whole, const Names& start) {
    return start.size() <= whole.size() && std::equal(start.begin(), start.end(), whole.begin());
  };
  const Names names = names_set(path);
  for (std::size_t i = 0; i < sets.paths.size(); ++i)
    if (const Names column = names_set(sets.paths[i]); begins_with(column, names) || begins_with(names, column)) return i;
  return std::string::npos;
}

std::vector<Diagnostic> set_twice(const std::vector<std::string>& overrides, const ParameterSets& sets) {
  std::vector<Diagnostic> problems;
  for (const std::string& text : overrides)
    if (const std::size_t i = column_of(text, sets); i != std::string::npos && !sets.paths[i].starts_with("structure."))
      problems.push_back({"--set " + text, 0, 0, false,
                          fmt::format("the parameter sets of {} set {}, and go before it", sets.file, sets.paths[i]),
                          "leave the option out, or the column in a copy of the file"});
  return problems;
}

ParameterSets take_columns(ParameterSets& sets, std::string_view table) {
  ParameterSets taken = sets;
  for (std::size_t i = sets.paths.size(); i-- > 0;) {
    ParameterSets& other = sets.paths[i].starts_with(table) ? sets : taken;
    other.paths.erase(other.paths.begin() + static_cast<std::ptrdiff_t>(i));
    for (ParameterSet& set : other.sets) set.values.erase(set.values.begin() + static_cast<std::ptrdiff_t>(i));
  }
  return taken;
}

std::vector<std::string> leave_out_plans(ParameterSets& sets) { return take_columns(sets, "series.").paths; }

}  // namespace coalis
