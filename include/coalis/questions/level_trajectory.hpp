// Outcomes that are the last values of trajectories.
#pragma once

#include <cstddef>
#include <optional>

namespace coalis {

// The trajectory whose last value is the outcome, if there is one: flows of a month (participation, hours, costs) have none.
std::optional<std::size_t> level_trajectory(std::size_t outcome);

}  // namespace coalis
