// Carrying out the question what to do with some money.
#pragma once

#include <optional>

#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/questions/best/answer.hpp"
#include "coalis/questions/best/best.hpp"
#include "coalis/tasks/watch.hpp"

namespace coalis {

// Reads the scenario and the parameter sets that the options name, and asks.
Asked<BestQuestion> read_best(const BestOptions& options, const Watch& watch);
// The same of a scenario that has been read; the options have its name.
Asked<BestQuestion> read_best(const BestOptions& options, ScenarioFile file, const Watch& watch);

// A bound for what find_best runs, for a line of progress; most often it is far less.
std::size_t most_runs_of(const BestQuestion& question);

// Nothing if cancelled: nothing is kept of it. Progress is of runs. Throws TooLarge before the first run, ReplicateError,
// NothingAllowed (questions/best/answer.hpp).
std::optional<BestAnswer> find_best(const BestQuestion& question, int threads, const Watch& watch);

}  // namespace coalis
