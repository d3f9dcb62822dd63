// Waves of a run in the layout that RSiena reads (docs/formats/waves.md).
#pragma once

#include <cstddef>
#include <filesystem>
#include <vector>

#include "coalis/io/tables/network_files.hpp"
#include "coalis/network/waves.hpp"

namespace coalis {

// The files of so many waves in a folder.
std::vector<std::filesystem::path> wave_files(const std::filesystem::path& folder, std::size_t waves);

// Makes the folder if need be, and checks that every file can be written. Throws ResultError or FileError.
void check_wave_files(const std::filesystem::path& folder, std::size_t waves, bool overwrite);

// source.month is that of the last wave. Throws FileError.
void write_waves(const std::filesystem::path& folder, bool overwrite, const Scenario& scenario, const Waves& waves,
                 const NetworkSource& source);

}  // namespace coalis
