// Study files (TOML; docs/formats/study.md): one question a file, read with all errors at once.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "coalis/ensemble/answer.hpp"
#include "coalis/ensemble/design.hpp"
#include "coalis/io/scenario_file.hpp"
#include "coalis/observation/record.hpp"

namespace coalis {

inline constexpr int study_format_version = 1;
inline constexpr std::uint64_t most_replicates = 1'000'000'000, most_points = 1'000'000;  // of a study

// What the store and the result keep of a run: outcomes; also the coalition by month; also regions by month and the survey.
enum class StudyRecord { outcomes, trajectories, all };
inline constexpr std::array<std::string_view, 3> study_record_names{"outcomes", "trajectories", "all"};
Recording recording_of(StudyRecord record);

struct Study {
  std::string name, question;
  std::vector<std::string> scenarios;        // as written
  std::vector<std::filesystem::path> files;  // the same, to be opened
  DesignPlan design;
  std::uint32_t replicates = 1;
  std::uint64_t seed = 1;
  std::vector<std::size_t> outcomes;  // indices into all_outcome_quantities(), to be shown
  StudyRecord record = StudyRecord::outcomes;
  std::uint32_t batch = 0;                        // runs that are claimed and kept together; 0: by their size
  std::vector<std::filesystem::path> parameters;  // files of parameter sets, to be opened (parameter_sets.hpp); empty: none
  bool cases = false;        // scenarios are worlds, as the values of factors that nobody chooses: none is an option
  std::string equal_budget;  // what is scaled until every scenario costs what the first does; "" nothing (equal_budget.hpp)
  AnswerPlan answer;

  // Outcomes or figures that are computed only when asked for (network/outcomes.hpp); then all of them are kept.
  bool further() const;
  // Whether values of a dimension (0 the scenario, 1 + f the factor f) are options among which one can choose.
  bool is_policy(std::size_t dimension) const { return dimension == 0 ? !cases : design.factors[dimension - 1].policy; }
};

struct StudyFile {
  Study study;                               // complete when ok()
  std::string text;                          // of the file
  std::vector<Diagnostic> diagnostics;       // of the study and of its scenarios
  int replicates_line = 0, points_line = 0;  // where they stand, from 1; 0 if nowhere

  bool ok() const;  // no errors
};

// Reads a study and tries every value of every factor on every scenario; never throws on bad input.
StudyFile read_study(const std::filesystem::path& path);
// The same from its text; `path` stands for the file in diagnostics and for the folder of what it names.
StudyFile parse_study(std::string text, const std::filesystem::path& path);

// The text of a study with another number after `key =` in that line (from 1). Nothing else changes.
std::string with_number(std::string_view text, int line, std::string_view key, std::uint64_t number);

// Whether two files of parameter sets have one name in results, where they stand without folder and ending.
bool same_file_name(const std::filesystem::path& a, const std::filesystem::path& b);

// Replaces the text of a file in one step: written aside, flushed, renamed. Throws StoreError (run_store.hpp).
void write_text(const std::filesystem::path& path, std::string_view text);

}  // namespace coalis
