#include "coalis/questions/parameter_sets.hpp"

#include <cmath>

#include "coalis/core/number_text.hpp"

namespace coalis {

std::optional<double> finite_number(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  const auto value = decimal_number(text);
  return value && std::isfinite(*value) ? value : std::nullopt;
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
