// What comes out of a study: the merged result file (HDF5, readable as netCDF-4; docs/formats/study-result.md) and tables (CSV).
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "coalis/io/hdf5/result_file.hpp"
#include "coalis/io/questions/parameter_sets.hpp"
#include "coalis/io/store/run_store.hpp"
#include "coalis/questions/run_key.hpp"
#include "coalis/questions/structures.hpp"
#include "coalis/questions/study/study.hpp"

namespace coalis {

inline constexpr std::string_view study_result_format = "coalis-study";
inline constexpr int study_result_format_version = 1;

// A study made ready, with what its result holds beside the runs.
struct StudyContents {
  const Study& study;
  const std::string& text;  // of its file
  const std::vector<StudyPoint>& points;
  std::span<const StudyParameters> parameters{};
  std::vector<FigureParts> figures{};  // structure by structure, all figures of each; with parameter sets only
};

// Of the whole study as it stands: changes with any run that it asks for.
RunKey study_key(const StudyContents& study);

// True if the file is the merged result of exactly this study with every run done.
bool is_result_of(const std::filesystem::path& path, const RunKey& study);

// Throws ResultError if `path` cannot become the merged result: it is a folder; or, unless `overwrite`, it exists and is
// something else, the result of another study, or one of more replicates than would take its place.
void check_study_result_path(const std::filesystem::path& path, bool overwrite, const Study& study);

// Writes the merged result: point x replicate for every variable; failed runs are missing and marked. Written aside, flushed,
// renamed. Equal studies give equal bytes, /provenance aside. Throws ResultError, StoreError.
void write_study_result(const std::filesystem::path& path, const StudyContents& study, const RunStore& store,
                        const Provenance& provenance);

// Writes tidy tables of the runs that are done, and data_dictionary.csv, into the folder. Returns the names of the files.
// Throws ResultError, StoreError, FileError: a table exists and `overwrite` is false.
std::vector<std::string> write_study_tables(const std::filesystem::path& folder, const StudyContents& study,
                                            const RunStore& store, bool overwrite);

}  // namespace coalis
