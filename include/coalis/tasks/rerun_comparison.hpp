// Are the outcomes of a kept comparison those that this machine computes?
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "coalis/io/hdf5/comparison_file.hpp"
#include "coalis/tasks/watch.hpp"

namespace coalis {

struct RerunComparison {
  std::size_t compared = 0;            // replicates
  std::vector<std::string> different;  // "replicate 3, engaged of B: recorded 0.5, here 0.4"
};

// Runs these replicates of all scenarios again; `name` stands for the file in errors. Throws ResultError if a scenario cannot be
// read.
RerunComparison rerun(const ComparisonFile& file, const std::string& name, std::span<const std::size_t> replicates, int threads,
                      const Watch& watch);

}  // namespace coalis
