// Carrying out a forecast of who will come, and counting a table of who came as evidence.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "coalis/core/diagnostic.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/questions/forecast/forecast.hpp"
#include "coalis/tasks/watch.hpp"

namespace coalis {

// Reads the parameter sets and the table that the options name, and asks; `scenario` is what they name, as it was read. Throws
// FileError for a file that has no diagnostics of its own, TooLarge before the first run.
Asked<ForecastQuestion> read_forecast(const ForecastOptions& options, ScenarioFile scenario, int threads, const Watch& watch);
Asked<ForecastQuestion> read_forecast(const ForecastOptions& options, int threads, const Watch& watch);

// Nothing if cancelled. Throws ReplicateError; std::invalid_argument: the scenario does not hold the meetings of the table.
std::optional<ForecastAnswer> forecast(ForecastQuestion question, int threads, const Watch& watch);

// What was counted, for people.
struct Counted {
  std::vector<Diagnostic> problems;  // then nothing was counted
  std::size_t members = 0, meetings = 0;
  std::string evidence = {};  // the aggregates as a file of evidence (TOML)
};
// Counts a table; hold_out: last meetings that are left out. Writes nothing. Throws FileError.
Counted count_attendance(const std::filesystem::path& attendance, std::size_t hold_out);
// Items that a file of evidence has and a table of who came does not, so that they would be lost with it: "'trained',
// 'contacts'"; "" if there is none.
std::string items_lost(const std::filesystem::path& evidence);

}  // namespace coalis
