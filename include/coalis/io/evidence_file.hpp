// Evidence files (TOML; docs/formats/evidence.md): the figures that source documents report, to be shown beside results.
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "coalis/inference/evidence.hpp"
#include "coalis/io/scenario_file.hpp"

namespace coalis {

inline constexpr int evidence_format_version = 1;

struct EvidenceFile {
  std::vector<EvidenceItem> items;
  std::vector<Diagnostic> diagnostics;  // errors; without any, items are complete

  bool ok() const { return diagnostics.empty(); }
  const EvidenceItem* find(std::string_view measures) const;  // the first that measures an item of the survey
  int calibrated_sites() const;                               // sources with figures that a fit may see
};

// Never throws on bad input.
EvidenceFile read_evidence(const std::filesystem::path& path);
// The same from its text; `name` stands for the file in diagnostics.
EvidenceFile parse_evidence(std::string_view text, const std::string& name);

}  // namespace coalis
