// What the parameter sets of a structure say, as numbers: for regressions on them.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "coalis/questions/best/best.hpp"

namespace coalis {

// One column a path that varies over the sets drawn, [column][draw of a set]; adds their paths.
inline std::vector<std::vector<double>> varying_columns(const UnderStructure& one, std::vector<std::string>& paths) {
  std::vector<std::vector<double>> all;
  for (std::size_t c = 0; c < one.sets.paths.size(); ++c) {
    std::vector<double> column;
    for (const std::size_t s : one.set_of)
      if (const auto value = finite_number(one.sets.sets[s].values[c])) column.push_back(*value);
    if (column.empty() || column.size() < one.set_of.size()) continue;
    const auto [least, most] = std::minmax_element(column.begin(), column.end());
    if (*least == *most) continue;
    all.push_back(std::move(column)), paths.push_back(one.sets.paths[c]);
  }
  return all;
}

}  // namespace coalis
