// A result file as tables in CSV (docs/formats/export.md), for readers without HDF5.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace coalis {

struct ExportedTable {
  std::string file;
  std::size_t rows = 0;
  bool removed = false;  // instead of written: it was of an earlier export
};

// Writes a table for each part that the file holds, and data-dictionary.csv, into a folder, which is made if need be. With
// `overwrite` tables of an earlier export are replaced, and removed if the file does not hold their part: those that its
// dictionary lists, with their columns. Memory is bounded. `others`: further outputs of the same command, which are checked with
// the tables before the first is written. Throws ResultError: the file cannot be read, a table exists and `overwrite` is false,
// or the folder cannot be written to.
std::vector<ExportedTable> export_csv(const std::filesystem::path& result, const std::filesystem::path& folder, bool overwrite,
                                      std::span<const std::filesystem::path> others = {});

}  // namespace coalis
