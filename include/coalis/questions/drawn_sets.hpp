// Parameter sets of which each replicate has one.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "coalis/questions/parameter_sets.hpp"

namespace coalis {

struct DrawnSets {
  std::string file, hash;  // of the sets: without its folder; SHA-1
  ParameterSets sets;
  std::vector<std::int32_t> of_replicate;  // [replicate], an index into sets.sets; of a file read back [row]
};

}  // namespace coalis
