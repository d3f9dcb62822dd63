// Any file of named dimensions as tables: comparisons and merged results of studies.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "coalis/io/tables/result_tables.hpp"
#include "io/hdf5/hdf5.hpp"
#include "io/text/csv_table.hpp"

namespace coalis::io {

// A table for each group, a row for each place on its dimensions, a column for each variable; and data-dictionary.csv. Variables
// of a group that have fewer dimensions have a table of their own, GROUP-by-DIMENSIONS.csv. Memory is bounded.
// Throws ResultError, h5::Error.
std::vector<ExportedTable> export_groups(hid_t file, const std::filesystem::path& folder, bool overwrite,
                                         std::span<const std::filesystem::path> others);

// The tables of one group of the root alone, as export_groups() names and writes them, that by set before that by replicate; and
// what the dictionary says of them. The folder is there.
struct GroupTables {
  std::vector<ExportedTable> tables;
  std::vector<std::pair<std::string, Column>> dictionary;  // table, column
};
GroupTables export_group(hid_t file, const std::string& group, const std::filesystem::path& folder, bool overwrite);

// "2005-06" for each month of a group.
std::vector<std::string> dates_of(hid_t group);

}  // namespace coalis::io
