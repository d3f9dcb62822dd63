// What runs that are kept in a store take.
#pragma once

#include <cstddef>

#include "coalis/model/record.hpp"
#include "coalis/model/scenario.hpp"

namespace coalis {

// Organisation-months of a run.
double work_of(const Scenario& scenario);
// Bytes of a thread that runs a scenario: its plan, simulator and record.
double run_memory(const Scenario& scenario, Recording recording, bool further);
// How many runs of so many organisation-months and bytes are claimed together.
std::size_t unit_of(double work, double bytes);
// Bytes that a store keeps of a run's outcomes.
std::size_t outcome_bytes(bool further);

}  // namespace coalis
