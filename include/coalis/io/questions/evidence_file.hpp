// Evidence files (TOML; docs/formats/evidence.md): the figures that source documents report, to be shown beside results.
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "coalis/inference/evidence.hpp"
#include "coalis/io/scenario/scenario_file.hpp"

namespace coalis {

inline constexpr int evidence_format_version = 3;  // versions 1 and 2 are still read

struct EvidenceFile {
  std::vector<EvidenceItem> items;
  std::vector<Diagnostic> diagnostics;  // errors; without any, items are complete

  bool ok() const { return diagnostics.empty(); }
  const EvidenceItem* find(std::string_view measures) const;  // the first that measures an item of the survey
};

// Never throws on bad input.
EvidenceFile read_evidence(const std::filesystem::path& path);
// The same for a scenario, which must have the months that the items ask for.
EvidenceFile read_evidence(const std::filesystem::path& path, const Scenario& scenario);
// What is wrong with the items' windows for this scenario.
std::vector<Diagnostic> check_windows(const EvidenceFile& evidence, const std::string& file, const Scenario& scenario);
// Items of more answers than the scenario has members, or of another list of members than it has: warnings.
std::vector<Diagnostic> warnings_about_numbers(const EvidenceFile& evidence, const std::string& file, const Scenario& scenario);
// The same from its text; `name` stands for the file in diagnostics.
EvidenceFile parse_evidence(std::string_view text, const std::string& name);

}  // namespace coalis
