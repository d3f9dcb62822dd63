// Study files (TOML; docs/formats/study.md): one question a file, read with all errors at once.
#pragma once

#include <cstdint>
#include <filesystem>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "coalis/core/diagnostic.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/questions/study/study.hpp"

namespace coalis {

inline constexpr int study_format_version = 1;
// Of a study; replicates are numbered by 32 bits, everywhere.
inline constexpr std::uint64_t most_replicates = std::numeric_limits<std::uint32_t>::max(), most_points = 1'000'000;

struct StudyFile {
  Study study;                               // complete when ok()
  std::vector<LoadedScenario> scenarios;     // read once, in the order of study.files; complete when ok()
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
