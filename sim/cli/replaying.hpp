// One replicate run again, as commands take it.
#pragma once

#include <optional>
#include <string_view>

#include "coalis/tasks/replay.hpp"

namespace coalis::cli {

// Says what is wrong with the scenario; nothing if that is an error. Throws ReplayError.
std::optional<Replay> replay_and_report(const ReplayOptions& options);

// Says it, and returns the exit code.
int tell(std::string_view command, const ReplayError& error);

}  // namespace coalis::cli
