// A scenario as Python holds it: what it was made from, so that values can be changed as --set does, and what it resolved to.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "coalis/io/questions/evidence_file.hpp"
#include "coalis/io/scenario/scenario_file.hpp"

namespace coalis::python {

class GivenScenario {
 public:
  // Both throw coalis.ScenarioError. Overrides are "path=value".
  static GivenScenario read(const std::string& path, std::vector<std::string> set);
  static GivenScenario parse(std::string text, std::string name, std::vector<std::string> set);

  // With these overrides instead of its own. Throws coalis.ScenarioError, also if its file has changed since.
  GivenScenario with(std::vector<std::string> set) const;

  const ScenarioFile& file() const { return file_; }
  const Scenario& scenario() const { return file_.scenario; }
  const std::string& name() const { return name_; }
  // The evidence that it names, as it was when first asked for.
  const EvidenceFile& evidence() const;

  // All of it, for another process.
  struct State {
    std::string name, path, text;
    std::vector<std::string> set;
    std::string resolved, evidence;
    std::map<std::string, Origin, std::less<>> origins;
  };
  State state() const;
  explicit GivenScenario(State state);

 private:
  GivenScenario() = default;
  ScenarioFile made(const std::vector<std::string>& set) const;

  std::string name_;                    // in messages: the path as given, or what was said to stand for it
  std::string path_, text_;             // one of them; the path does not depend on the working folder
  std::optional<LoadedScenario> tree_;  // of the path; none after it came from another process
  std::vector<std::string> set_;
  ScenarioFile file_;
  mutable std::optional<EvidenceFile> evidence_;
};

}  // namespace coalis::python
