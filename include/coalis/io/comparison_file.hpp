// Comparison files (HDF5, readable as netCDF-4; docs/formats/comparison.md): what `coalis compare -o` leaves.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "coalis/core/parallel.hpp"
#include "coalis/io/result_file.hpp"
#include "coalis/model/scenario.hpp"
#include "coalis/observation/record.hpp"

namespace coalis {

inline constexpr std::string_view comparison_format = "coalis-comparison";
inline constexpr int comparison_format_version = 1;

struct ComparedScenario {
  std::string label;  // "A", "B", ...; the first is the reference
  Scenario scenario;
};

struct ComparisonInfo {
  std::uint64_t seed = 0;
  std::size_t replicates = 1;  // expected, for the layout of storage; more or fewer may come
  Provenance provenance;
  std::vector<double> matters;  // differences that matter, one an outcome; empty: the outcomes' own
};

// What the runs of a comparison must record for its file.
inline constexpr Recording comparison_recording{.trajectories = true, .organisations = false, .ties = false, .survey = false};

// Written beside `path` under a temporary name; finish() makes the file appear whole. Keeps at most a chunk of each variable in
// memory. Calendars must be equal; differences by region are of the regions that all scenarios have.
class ComparisonWriter {
 public:
  // Throws ResultError as check_result_path does, or if the file cannot be created.
  ComparisonWriter(const std::filesystem::path& path, bool overwrite, std::span<const ComparedScenario> scenarios,
                   const ComparisonInfo& info);
  ~ComparisonWriter();
  ComparisonWriter(const ComparisonWriter&) = delete;
  ComparisonWriter& operator=(const ComparisonWriter&) = delete;

  // The records of one replicate, one a scenario, with trajectories.
  void append(std::span<const RunRecord> records);
  // Adds the quantiles over replicates (with `loop`), flushes to disk and renames.
  void finish(const Loop& loop = serial_loop());

 private:
  struct File;
  std::unique_ptr<File> file_;
};

}  // namespace coalis
