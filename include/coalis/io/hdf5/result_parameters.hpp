// Parameter sets of a result file: which of them each replicate had (coalis run --parameters).
#pragma once

#include <cstddef>
#include <vector>

#include "coalis/ensemble/ensemble.hpp"
#include "coalis/io/hdf5/result_file.hpp"
#include "coalis/questions/drawn_sets.hpp"

namespace coalis {

// The scenario of a row of a result file: with its parameter set, if there are any. Throws ResultError if a set does not fit the
// scenario.
Scenario scenario_of_row(const ResultFile& result, const Scenario& scenario, std::size_t row);

// Runs rows of a result file again and returns how many records the sink received (ensemble.hpp).
std::size_t run_rows(const ResultFile& result, const Scenario& scenario, const std::vector<std::size_t>& rows,
                     const Recording& recording, const Execution& execution, const Sink& sink);

}  // namespace coalis
