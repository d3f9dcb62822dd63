// Carrying out a forecast of who will come, and counting a table of who came as evidence.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "coalis/core/diagnostic.hpp"
#include "coalis/questions/forecast/forecast.hpp"
#include "coalis/tasks/watch.hpp"

namespace coalis {

// Reads the scenario, the parameter sets and the table that the options name, and asks. Throws FileError for a file that has no
// diagnostics of its own, TooLarge before the first run.
Asked<ForecastQuestion> read_forecast(const ForecastOptions& options, int threads, const Watch& watch);

// Nothing if cancelled. Throws ReplicateError; std::invalid_argument: the scenario does not hold the meetings of the table.
std::optional<ForecastAnswer> forecast(ForecastQuestion question, int threads, const Watch& watch);

struct CountWanted {
  std::filesystem::path attendance, evidence;  // table; file to write
  std::size_t hold_out = 0;                    // last meetings that are left out
  bool overwrite = false;
};
// What was counted, for people.
struct Counted {
  std::vector<Diagnostic> problems;  // then nothing was written
  std::size_t members = 0, meetings = 0;
};
// Writes the aggregates of a table as an evidence file. Throws FileError.
Counted count_attendance(const CountWanted& wanted);

}  // namespace coalis
