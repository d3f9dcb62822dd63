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
#include "coalis/io/hdf5/result_file.hpp"
#include "coalis/model/record.hpp"
#include "coalis/model/scenario.hpp"
#include "coalis/questions/comparison/compared.hpp"

namespace coalis {

inline constexpr std::string_view comparison_format = "coalis-comparison";
inline constexpr int comparison_format_version = 1;         // written by this program
inline constexpr int comparison_format_version_oldest = 1;  // still read
inline constexpr int comparison_format_minor = 4;           // raised by what older readers may pass over

// Written beside `path` under a temporary name; finish() makes the file appear whole. Keeps at most a chunk of each variable in
// memory. Calendars must be equal; differences by region are of the regions that all scenarios have.
class ComparisonWriter {
 public:
  // Throws ResultError as check_output_path does, or if the file cannot be created.
  ComparisonWriter(const std::filesystem::path& path, bool overwrite, std::span<const ComparedScenario> scenarios,
                   const ComparisonInfo& info);
  ~ComparisonWriter();
  ComparisonWriter(const ComparisonWriter&) = delete;
  ComparisonWriter& operator=(const ComparisonWriter&) = delete;

  // The records of one replicate, one a scenario, with trajectories and survey; own_items[scenario][figure].
  void append(std::span<const RunRecord> records, std::span<const std::vector<double>> own_items = {});
  // Once, before finish(): the scenarios' own structure first. Without it the file has no /structures.
  void structures(std::span<const ComparedStructure> list);
  // Once, before finish(). Without it the file has no /variance.
  void variances(std::span<const ComparedVariance> list);
  // Adds the quantiles over replicates (with `loop`), flushes to disk and renames.
  void finish(const Loop& loop = serial_loop());

 private:
  struct File;
  std::unique_ptr<File> file_;
};

// A comparison file opened for reading. Its arrays are read when they are asked for.
class ComparisonFile final : public KeptComparison {
 public:
  // Throws ResultError: missing, not a comparison file, truncated, too old, too new, without what the report needs.
  explicit ComparisonFile(const std::filesystem::path& path);
  explicit ComparisonFile(const CheckedPath& checked);
  ~ComparisonFile() override;
  ComparisonFile(const ComparisonFile&) = delete;
  ComparisonFile& operator=(const ComparisonFile&) = delete;

  // All throw ResultError for what the file does not have.
  std::vector<double> values(const std::string& group, const std::string& name, std::size_t scenario) const override;
  std::vector<float> over_time(const std::string& group, const std::string& name, std::size_t months) const override;
  bool has_own_item(std::size_t item) const override;
  std::vector<std::string> regions() const override;
  std::vector<ComparedStructure> structures() const override;
  std::vector<ComparedVariance> variances() const override;

 private:
  struct File;
  std::unique_ptr<File> file_;
};

}  // namespace coalis
