// Which outcomes a file has: programs before the last ones of outcome_rows kept none of these.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "coalis/model/outcome_rows.hpp"
#include "coalis/model/record.hpp"
#include "coalis/network/outcomes.hpp"
#include "hdf5.hpp"

namespace coalis::h5 {

// Whether one of the outcomes from `first` on, and before `end`, is among the names.
inline bool has_any(const std::vector<std::string>& names, std::size_t first, std::size_t end) {
  return std::ranges::any_of(std::span(all_outcome_quantities()).subspan(first, end - first),
                             [&](const Quantity& quantity) { return std::ranges::find(names, quantity.name) != names.end(); });
}

// Those that are computed only when asked for: all of them or none.
inline bool has_further(const std::vector<std::string>& names) {
  return has_any(names, outcome_quantities().size(), all_outcome_quantities().size());
}

// How many of outcome_quantities() the group /outcomes has, from the first: those that every program kept, or all. One of these
// is counted whether it is there or not: who reads it finds out.
inline std::size_t kept_outcomes(const std::vector<std::string>& names) {
  return has_any(names, hashed_outcomes, outcome_quantities().size()) ? outcome_quantities().size() : hashed_outcomes;
}
inline std::size_t kept_outcomes(hid_t file) { return kept_outcomes(dataset_names(open_group(file, "outcomes"))); }

// Throws Error if one is missing that the program that wrote the file kept.
inline void require_outcomes(hid_t file) {
  const std::vector<std::string> names = dataset_names(open_group(file, "outcomes"));
  const auto require = [&](std::size_t first, std::size_t end) {
    for (const Quantity& quantity : std::span(all_outcome_quantities()).subspan(first, end - first))
      if (std::ranges::find(names, quantity.name) == names.end())
        throw Error(fmt::format("/outcomes/{} is not there", quantity.name));
  };
  require(0, kept_outcomes(names));
  if (has_further(names)) require(outcome_quantities().size(), all_outcome_quantities().size());
}

}  // namespace coalis::h5
