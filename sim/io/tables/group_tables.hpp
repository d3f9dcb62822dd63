// Any file of named dimensions as tables: comparisons and merged results of studies.
#pragma once

#include <filesystem>
#include <vector>

#include "coalis/io/tables/result_tables.hpp"
#include "io/hdf5/hdf5.hpp"

namespace coalis::io {

// A table for each group, a row for each place on its dimensions, a column for each variable; and data-dictionary.csv. Variables
// of a group that have fewer dimensions have a table of their own, GROUP-by-DIMENSIONS.csv. Memory is bounded.
// Throws ResultError, h5::Error.
std::vector<ExportedTable> export_groups(hid_t file, const std::filesystem::path& folder, bool overwrite);

}  // namespace coalis::io
