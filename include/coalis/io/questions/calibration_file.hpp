// Calibration files (TOML; docs/formats/calibration.md), read with all errors at once; the state of a calibration under way;
// posteriors.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "coalis/inference/calibration.hpp"
#include "coalis/io/scenario/scenario_file.hpp"

namespace coalis {

inline constexpr int calibration_format_version = 1;
inline constexpr int calibration_state_version = 2;  // 2: with a checksum
inline constexpr int calibration_state_oldest = 1;   // still read

struct CalibrationFile {
  std::optional<CalibrationProblem> calibration;  // when ok()
  std::vector<Diagnostic> diagnostics;            // of the file, its scenario and its evidence
  std::filesystem::path scenario_path, evidence_path;
  std::string key;  // names everything that the draws depend on: equal keys, equal posteriors

  bool ok() const { return calibration.has_value(); }
};

enum class Nuisance { as_written, prior, fixed };

// Never throws on bad input. nuisance: instead of what the file says.
CalibrationFile read_calibration(const std::filesystem::path& path, Nuisance nuisance = Nuisance::as_written);
// The same from its text; `path` stands for the file in diagnostics and for the folder of what it names.
CalibrationFile parse_calibration(std::string_view text, const std::filesystem::path& path,
                                  Nuisance nuisance = Nuisance::as_written);

// The state of a calibration on disk: one JSON file, replaced as a whole. Throws FileError, also if the state that stands there
// has become that of another calibration.
void write_state(const std::filesystem::path& path, const CalibrationFile& file, const AbcState& state);
// The same of one that begins: nobody else's is replaced, also not one that has appeared meanwhile, unless `restart`.
void begin_state(const std::filesystem::path& path, const CalibrationFile& file, const AbcState& state, bool restart);
// Nothing if there is no such file. Throws JsonFileError (json_file.hpp) if it is damaged, of another version or of another
// calibration.
std::optional<AbcState> read_state(const std::filesystem::path& path, const CalibrationFile& file);
// The same from its text; `path` stands for the file in errors.
AbcState parse_state(std::string_view text, const std::filesystem::path& path, const CalibrationFile& file);

// Whether a posterior can be written there: what it replaces is that of the same calibration, as it was written; with `restart`
// any posterior. Throws FileError.
void check_posterior_path(const std::filesystem::path& path, const CalibrationFile& file, bool restart);
// Whether a state can be begun there: what --restart replaces is a state, maybe an older or a damaged one. Throws FileError.
void check_state_path(const std::filesystem::path& path, bool restart);

// The posterior: a file of parameter sets (parameter_sets.hpp) with weights, distances, seeds and, in comments, where it comes
// from. Throws StoreError.
void write_posterior(const std::filesystem::path& path, const CalibrationFile& file, const CalibrationModel& model,
                     const AbcState& state, const std::string& command);

}  // namespace coalis
