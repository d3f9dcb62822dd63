// One replicate to be run again: of a result file, or of a scenario file with a seed.
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "coalis/model/scenario.hpp"

namespace coalis::cli {

// Says what is wrong with the command line or the file, and with which exit code the command ends.
struct ReplayError : std::runtime_error {
  ReplayError(const std::string& what, int exit_status) : std::runtime_error(what), status(exit_status) {}
  int status;
};

struct Replay {
  Scenario scenario;
  std::uint64_t seed = 1;
  std::uint32_t replicate = 0;
  std::optional<std::uint64_t> hash;  // as recorded in a result file
};

// file: a result file, or a scenario (TOML). seed: of a scenario; a result file has its own. set: of a scenario.
// Throws ReplayError: not readable, no such replicate, another model version.
Replay open_replay(const std::string& file, std::optional<std::uint64_t> seed, std::uint32_t replicate,
                   const std::vector<std::string>& set);

// The month that a text says: "2006-03", or its number from 0. Throws ReplayError if it is none of the calendar.
int month_named(const Calendar& calendar, const std::string& option, const std::string& text);

}  // namespace coalis::cli
