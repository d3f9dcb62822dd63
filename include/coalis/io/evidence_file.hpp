// Evidence files (TOML; docs/formats/evidence.md): the figures that source documents report, to be shown beside results.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "coalis/io/scenario_file.hpp"

namespace coalis {

inline constexpr int evidence_format_version = 1;

struct EvidenceItem {
  std::string id;
  std::string source;  // its key in [sources]
  std::string use;     // specify, calibrate, validate or context
  std::vector<std::string> categories;
  std::vector<int> counts;      // one a category; -1: not reported
  std::optional<double> share;  // 0..1, of items that report no counts
  int n = 0;                    // answers; 0: unknown
};

struct EvidenceFile {
  std::vector<EvidenceItem> items;
  std::vector<Diagnostic> diagnostics;  // errors; without any, items are complete

  bool ok() const { return diagnostics.empty(); }
  const EvidenceItem* find(std::string_view id) const;
};

// Never throws on bad input.
EvidenceFile read_evidence(const std::filesystem::path& path);

}  // namespace coalis
