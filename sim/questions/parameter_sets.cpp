#include "coalis/questions/parameter_sets.hpp"

namespace coalis {

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
