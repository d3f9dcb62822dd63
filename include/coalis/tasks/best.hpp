// Carrying out the question what to do with some money.
#pragma once

#include <cstddef>
#include <filesystem>
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

// Where what is run is kept until the answer is there: a state (coalis/io/store/best_state.hpp). replace: one of another
// question, or a damaged one, is replaced. "": nowhere.
struct BestKept {
  std::filesystem::path state;
  bool replace = false;
};

// Nothing if cancelled: then the state has what was done. Goes on from a state of the same question, with the same bits; whoever
// has kept the answer removes it. Progress is of runs. Throws TooLarge and FileError before the first run, FileError also later,
// ReplicateError, NothingAllowed (questions/best/answer.hpp).
std::optional<BestAnswer> find_best(const BestQuestion& question, int threads, const Watch& watch, const BestKept& kept = {});

}  // namespace coalis
