// Runs recorded runs again and compares: of a result file, of a comparison, of the merged result of a study.
#pragma once

#include <cstddef>

#include "coalis/io/hdf5/result_file.hpp"
#include "coalis/questions/verified.hpp"
#include "coalis/tasks/watch.hpp"

namespace coalis {

Verified::Of kind_of(const CheckedPath& checked);

// sample: so many runs, evenly spaced from the first to the last; 0: all. Cancelled, it is about those that are finished. Throws
// FileError: of another model version, or not to be run again from what it holds; TooLarge.
Verified verify(const CheckedPath& checked, std::size_t sample, int threads, const Watch& watch);

}  // namespace coalis
