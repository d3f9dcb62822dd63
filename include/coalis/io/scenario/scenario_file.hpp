// Scenario files (TOML; docs/formats/scenario.md): reading with all errors of a file at once, and writing.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "coalis/core/diagnostic.hpp"
#include "coalis/core/path_names.hpp"
#include "coalis/model/scenario.hpp"

namespace coalis {

// Version 2: lists in a file with `include` are merged by name. A scenario without `include` means the same in both.
inline constexpr int scenario_format_version = 2, oldest_scenario_version = 1;

// Where a value was set.
struct Origin {
  std::string file;  // as in diagnostics
  int line = 0;      // from 1; 0 for --set
  int column = 0;    // from 1, in characters; 0 for --set

  bool operator==(const Origin&) const = default;
};

struct ScenarioFile {
  Scenario scenario;                    // complete when ok()
  std::vector<Diagnostic> diagnostics;  // errors and warnings, file by file, in the order of the lines
  // The evidence file to open, "" without. scenario.evidence is the same file relative to the scenario's folder, so that the
  // resolved text of a scenario does not depend on the folder from which the program runs.
  std::filesystem::path evidence_path;
  // By path, as "parameters.tie_prob", "hubs.Chicago.fte", "travel.hours.Chicago" (a row), "interventions.1": every value that
  // was set by a file or --set. What is not here is a default.
  std::map<std::string, Origin, std::less<>> origins;

  bool ok() const;  // no errors; warnings do not count
};

// Reads a scenario and what it includes; never throws on bad input. Overrides are "path=value" texts of --set: the path as in an
// intervention's `set`, or of any other key of the file; the value as in TOML, a bare word is text.
ScenarioFile read_scenario(const std::filesystem::path& path, std::span<const std::string> overrides = {});

// A scenario file and what it includes, read once: for whoever needs it with many overrides, and the same text each time. Copies
// share what was read.
class LoadedScenario {
 public:
  explicit LoadedScenario(const std::filesystem::path& path);
  // As read_scenario() of the same path.
  ScenarioFile with(std::span<const std::string> overrides = {}) const;

 private:
  struct Tree;
  std::shared_ptr<const Tree> tree_;
};

// Reads the text of a scenario; `name` stands for the file in diagnostics. `include` is an error here.
ScenarioFile parse_scenario(std::string_view text, const std::string& name, std::span<const std::string> overrides = {});

// The complete scenario as TOML, every key; parse_scenario gives the same scenario back, bit for bit.
std::string to_toml(const Scenario& scenario);

}  // namespace coalis
