// Which outcomes a file has: programs before the last ones of outcome_rows did not keep these.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "coalis/model/outcome_rows.hpp"
#include "coalis/model/record.hpp"
#include "hdf5.hpp"

namespace coalis::h5 {

// How many of outcome_quantities() the group /outcomes has, from the first. One of those that every program kept is counted
// whether it is there or not: who reads it finds out.
inline std::size_t kept_outcomes(hid_t file) {
  const std::vector<std::string> names = dataset_names(open_group(file, "outcomes"));
  std::size_t kept = outcome_quantities().size();
  while (kept > hashed_outcomes && std::find(names.begin(), names.end(), outcome_quantities()[kept - 1].name) == names.end())
    --kept;
  return kept;
}

}  // namespace coalis::h5
