// Scenarios and replicates named on the command line: read, what is wrong said on standard error.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/tasks/replay.hpp"

namespace coalis::cli {

// Nothing if there are errors.
std::optional<ScenarioFile> read_and_report(const std::string& path, std::span<const std::string> overrides = {});

// The same; throws ReplayError for what is wrong with something else than a scenario.
std::optional<Replay> replay_and_report(const ReplayOptions& options);
// Says it, and returns the exit code.
int tell(std::string_view command, const ReplayError& error);

}  // namespace coalis::cli
