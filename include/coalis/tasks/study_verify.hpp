// Are the runs of a merged result those that this machine computes? Points are built again from what the file holds; the recorded
// key of a point says whether that was possible.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "coalis/io/hdf5/study_runs.hpp"
#include "coalis/tasks/watch.hpp"

namespace coalis {

struct StudyVerified {
  std::size_t wanted = 0, compared = 0;  // runs; wanted: 0 if no point could be built
  std::size_t unbuilt = 0;               // points that could not be built
  std::vector<std::string> different;    // sentences
};

// sample: so many runs, evenly spaced; 0 all that are done. The file is of this program's model version. Throws FileError.
StudyVerified verify_study(const StudyRuns& runs, std::size_t sample, int threads, const Watch& watch);

}  // namespace coalis
