// The parameter sets of `coalis compare --parameters`: what the answer is then made of.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "compare_answer.hpp"

namespace coalis::cli {

// Which sets, and of how many replicates.
struct SetsWanted {
  std::string file;
  int draws = 0;  // so many sets drawn by weight first, which then weigh as often as they came up; 0: the file's own weights
  std::uint64_t seed = 1;
  std::size_t replicates = 0;
  bool quiet = false;
};

// Says what is wrong with the sets for these scenarios.
struct SetsError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// The sets that the replicates have; also gives each scenario what stands behind it. Nothing if a set is wrong (which has been
// said).
std::optional<UsedSets> use_sets(const SetsWanted& wanted, std::vector<Contender>& contenders);

}  // namespace coalis::cli
