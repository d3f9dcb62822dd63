// Comparison files (HDF5, readable as netCDF-4; docs/formats/comparison.md): what `coalis compare -o` leaves.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "coalis/core/parallel.hpp"
#include "coalis/io/hdf5/result_file.hpp"
#include "coalis/model/record.hpp"
#include "coalis/model/scenario.hpp"

namespace coalis {

inline constexpr std::string_view comparison_format = "coalis-comparison";
inline constexpr int comparison_format_version = 1;         // written by this program
inline constexpr int comparison_format_version_oldest = 1;  // still read
inline constexpr int comparison_format_minor = 3;           // raised by what older readers may pass over

// What the parameters of a scenario were fitted to, as EvidenceBase has it (report/words/sentences.hpp).
struct ComparedFit {
  int sites = 0;
  std::string basis;
  std::vector<std::string> items;
};

struct ComparedScenario {
  std::string label;  // "A", "B", ...; the first is the reference
  Scenario scenario;
  std::string budget;  // what --equal-budget did to it, in a sentence; "" for nothing
  ComparedFit fit;
};

// Figures of ComparedParts by name, in their order: the dimension `part` of /variance.
inline constexpr std::array<std::string_view, 8> compared_part_names{
    "mean", "chance", "parameters", "structure", "parameter_noise", "sets_low", "sets_high", "sets_same_sign"};

// Differences from the reference under one structure, over the same replicates.
struct ComparedStructure {
  std::string structure, calibration;            // as to_string() has them (questions/structures.hpp)
  std::vector<std::vector<double>> mean, error;  // [outcome][scenario but the reference]; NaN is missing
};

// What the differences of single replicates from the reference vary by, over the structures of one calibration and the parameter
// sets (the law of total variance, questions/structures.hpp). Figures of one outcome and scenario; NaN where there is nothing to
// vary.
struct ComparedParts {
  double mean, chance, parameters, structure, parameter_noise;
  double sets_low, sets_high;  // where the mean differences of the middle 80 % of the sets lie, by weight
  double sets_same_sign;       // weight of the sets whose mean difference has the sign of `mean`
};
struct ComparedVariance {
  std::string calibration;  // as to_string() has it
  std::size_t structures = 1, parameter_sets = 0;
  std::vector<std::vector<ComparedParts>> parts;  // [outcome][scenario but the reference]
};

// The parameter sets that the replicates have, one each.
struct ComparedSets {
  std::string file, hash;                      // its name without folders, SHA-1
  std::vector<std::int32_t> lines;             // of each set of the file
  std::vector<double> weights;                 // of the same
  std::vector<std::int32_t> set_of_replicate;  // from 0; may be longer than the replicates that come
  std::size_t used = 0;                        // different ones; of a file that was read
};

struct ComparisonInfo {
  std::uint64_t seed = 0;
  std::size_t replicates = 1;  // expected, for the layout of storage; more or fewer may come
  Provenance provenance;
  std::vector<double> matters;  // differences that matter, one an outcome; empty: the outcomes' own
  std::string evidence;         // text of the reference's evidence file, "" without
  std::optional<ComparedSets> sets{};
  std::vector<Quantity> own_items{};  // shares of answers to items of the evidence in categories of their own
};

// What the runs of a comparison must record for its file.
inline constexpr Recording comparison_recording{.trajectories = true, .organisations = false, .ties = false, .survey = true};

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
class ComparisonFile {
 public:
  struct Compared {
    std::string label, title, text;  // text: the resolved scenario, TOML
    double planned_cost = 0;
    std::string budget;              // what --equal-budget did, "" for nothing
    std::optional<ComparedFit> fit;  // none in files of an older program
  };

  // Throws ResultError: missing, not a comparison file, truncated, too old, too new, without what the report needs.
  explicit ComparisonFile(const std::filesystem::path& path);
  ~ComparisonFile();
  ComparisonFile(const ComparisonFile&) = delete;
  ComparisonFile& operator=(const ComparisonFile&) = delete;

  std::string program_version, model_version, commit, evidence;
  std::uint64_t seed = 0;
  std::size_t replicates = 0;
  std::vector<Compared> scenarios;  // the reference first
  std::vector<double> matters;      // [outcome], as in outcome_quantities()
  Provenance provenance;
  std::optional<ComparedSets> sets;  // of the replicates; none: the scenarios' own parameters

  // values[replicate] of /outcomes or /survey; NaN is missing. Throws ResultError for what the file does not have.
  std::vector<double> values(const std::string& group, const std::string& name, std::size_t scenario) const;
  // The whole of a variable over so many months, row-major in the order of the group's dimensions (docs/formats/comparison.md).
  std::vector<float> over_time(const std::string& group, const std::string& name, std::size_t months) const;
  bool has_own_items() const;                // group survey_items, figures item.ITEM.CATEGORY
  std::vector<std::string> regions() const;  // of the groups by region
  // The outcome's mean differences under each structure; empty if no others were run.
  std::vector<ComparedStructure> structures() const;
  // What the differences vary by; empty if neither structures nor parameter sets were run, or by an older program.
  std::vector<ComparedVariance> variances() const;

 private:
  struct File;
  std::unique_ptr<File> file_;
};

}  // namespace coalis
