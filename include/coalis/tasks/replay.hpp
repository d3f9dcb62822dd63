// One replicate to be run again: of a result file, or of a scenario file with a seed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "coalis/core/characters.hpp"
#include "coalis/model/record.hpp"
#include "coalis/model/scenario.hpp"
#include "coalis/questions/asked.hpp"

namespace coalis {

// Why a replicate cannot be replayed: what is asked is wrong, the file is, or the run was not reproduced.
struct ReplayError : std::runtime_error {
  enum class Of { question, file, run };
  ReplayError(const std::string& what, Of wrong) : std::runtime_error(visible(what, Lines::one)), of(wrong) {}
  Of of;
};

struct ReplayOptions {
  std::string file;                        // a result file, or a scenario (TOML)
  std::optional<std::uint64_t> seed = {};  // of a scenario; a result file has its own
  std::uint32_t replicate = 0;
  std::vector<std::string> set = {};  // of a scenario
};

struct Replay {
  Scenario scenario;
  std::uint64_t seed = 1;
  std::uint32_t replicate = 0;
  std::optional<std::uint64_t> hash;  // as recorded in a result file
};

// Problems are those of a scenario. Throws ReplayError: not readable, no such replicate, another model version.
Asked<Replay> open_replay(const ReplayOptions& options);

// The month that a text says: "2006-03", or its number from 0. Throws ReplayError if it is none of the calendar.
int month_named(const Calendar& calendar, const std::string& option, const std::string& text);

// Files for programs that look at networks; "" for none.
struct NetworkFiles {
  std::string graphml, edges;
  std::string month;  // at whose end the network is, as month_named() takes it; "" the last
  bool overwrite = false;
};
struct WrittenNetwork {
  std::string files;
  std::size_t organisations = 0, ties = 0;
};

// Writes the tie network of the replicate; `file` stands for it in errors. Throws ReplayError, FileError.
std::vector<WrittenNetwork> export_network(const Replay& replay, const std::string& file, const NetworkFiles& wanted);

// Waves in the layout that RSiena reads.
struct WaveFiles {
  std::string folder;
  std::vector<std::string> months;  // at whose ends they are, ascending, as month_named() takes them
  bool overwrite = false;
};

// All that an export will write but tables, which no table may be: what is wanted is checked before the first is written. Throws
// ReplayError, FileError, TooLarge.
std::vector<std::filesystem::path> check_export(const Replay& replay, const NetworkFiles& network, const WaveFiles& waves);

// Writes them into the folder and returns the ties of each; `file` stands for the replay in errors. Throws ReplayError,
// FileError, TooLarge.
std::vector<std::size_t> export_waves(const Replay& replay, const std::string& file, const WaveFiles& wanted);

}  // namespace coalis
