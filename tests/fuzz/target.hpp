// What fuzz targets share. A target is one file in targets/ that defines LLVMFuzzerTestOneInput: any bytes in, nothing out, and a
// process that ends when something that must hold does not. Ordinary builds replay tests/fuzz/corpus/TARGET/ (replay.cpp);
// scripts/fuzz looks for more inputs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/model/scenario.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace coalis::fuzz {

// Ends the process with what does not hold.
void demand(bool holds, const char* what, std::string_view detail = "");

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

// Every diagnostic says something, of a place that can be; without an error there is none.
void demand_diagnostics(std::span<const Diagnostic> diagnostics, bool ok);

// A scenario that reads back from its own text as it is; if it is small enough to run: the same hash and outcomes whatever is
// recorded, everything in its range.
void demand_scenario(const Scenario& scenario);

// A folder of this process, in memory where that is possible, removed at its end; with small.toml, a scenario of 14 members and
// six months, other.toml, which includes it, points.csv, sets.csv and evidence.toml.
const std::filesystem::path& folder();

// The text of small.toml.
extern const std::string_view small_scenario;

}  // namespace coalis::fuzz
