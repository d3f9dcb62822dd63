// Result files (HDF5, readable as netCDF-4; docs/formats/result.md): written replicate by replicate, read back for verification.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "coalis/core/parallel.hpp"
#include "coalis/core/provenance.hpp"
#include "coalis/io/text/file_error.hpp"
#include "coalis/model/record.hpp"
#include "coalis/model/scenario.hpp"

namespace coalis {

inline constexpr std::string_view result_format = "coalis-result";
inline constexpr int result_format_version = 2;         // written by this program with parameter sets
inline constexpr int result_format_version_plain = 1;   // written without them: older programs read it
inline constexpr int result_format_version_oldest = 1;  // still read

using ResultError = FileError;

struct DrawnSets;  // questions/drawn_sets.hpp

struct ResultInfo {
  std::string scenario_text;  // resolved, TOML
  std::uint64_t seed = 0;
  std::size_t replicates = 1;  // expected, for the layout of storage; more or fewer may come
  Provenance provenance;
  std::vector<Quantity> outcomes = outcome_quantities();  // that the records have
  bool quantiles = true;                                  // where trajectories are recorded, also their quantiles over replicates
  const DrawnSets* parameters = nullptr;                  // each replicate has a set of these
};

// Writes beside `path` under a temporary name; finish() makes the file appear whole. Without finish() nothing is left.
// Keeps at most a chunk of each variable in memory. Not to be used by two threads at once.
class ResultWriter {
 public:
  // Throws ResultError as check_output_path does, or if the file cannot be created.
  ResultWriter(std::filesystem::path path, bool overwrite, const Scenario& scenario, const ResultInfo& info,
               const Recording& recording);
  ~ResultWriter();
  ResultWriter(const ResultWriter&) = delete;
  ResultWriter& operator=(const ResultWriter&) = delete;

  void append(const RunRecord& record);
  // Adds the quantiles over replicates (with `loop`) and what was answered, flushes to disk and renames.
  void finish(const Loop& loop = serial_loop(), ToldAnswer answer = {});

 private:
  struct File;
  std::unique_ptr<File> file_;
};

// The parts of a result file that the program itself reads again.
struct ResultFile {
  int format_version = 0;
  std::string program_version, model_version, commit;
  std::string scenario_text;
  std::uint64_t seed = 0;
  bool has_checksums = false;  // false: of an older program; its content could not be checked
  std::vector<std::uint32_t> replicates;
  std::vector<std::uint64_t> hashes;  // [replicate]
  std::vector<std::string> outcome_names;
  std::vector<std::vector<double>> outcomes;    // [outcome][replicate]
  std::shared_ptr<const DrawnSets> parameters;  // null: all replicates have the scenario's own
};

// An HDF5 file of the program that a child process has read whole and compared with its checksums: the HDF5 library crashes on
// some damaged files. Readers that are given it do not have it read again.
struct CheckedPath {
  std::filesystem::path path;
  std::string format;  // result_format, comparison_format or study_result_format
  bool has_checksums;  // false: of an older program; its content could not be checked
};

// Throws ResultError: missing, none of these formats, truncated, too old, too new, not what was written.
CheckedPath check_content(const std::filesystem::path& path);

// Throws ResultError: missing, not a result file, truncated, too old, too new, not what was written.
ResultFile open_result(const std::filesystem::path& path);
ResultFile open_result(const CheckedPath& checked);

}  // namespace coalis
