// Carrying out the question which observation tells structures apart.
#pragma once

#include <optional>

#include "coalis/questions/telling_apart/telling_apart.hpp"
#include "coalis/tasks/watch.hpp"

namespace coalis {

// Reads the scenarios and parameter sets that the options name, and asks.
Asked<TellingApart> read_telling_apart(const TellingApartOptions& options);

// Nothing if cancelled. Progress is of simulated coalitions. Throws TooLarge before the first run, ReplicateError,
// std::invalid_argument: too few replicates.
std::optional<TellingApartAnswer> tell_apart(const TellingApart& question, int threads, const Watch& watch);

}  // namespace coalis
