// A study with more replicates, or more points of a Sobol' sequence.
#pragma once

#include <cstdint>
#include <string>

#include "coalis/io/questions/study_file.hpp"
#include "coalis/questions/asked.hpp"

namespace coalis {

struct StudyGrowth {
  std::uint64_t replicates = 0, points = 0;  // 0: as they are
};

// The text of the study's file with the new numbers; they and the study that they make have been found right. What is extended
// already is left as it is, so that the same can be asked again after a failure.
Asked<std::string> extended(const StudyFile& file, const std::string& name, const StudyGrowth& growth);

}  // namespace coalis
