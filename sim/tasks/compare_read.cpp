// What a comparison names, read.
#include <algorithm>

#include "coalis/io/questions/evidence_file.hpp"
#include "coalis/io/questions/parameter_sets.hpp"
#include "coalis/io/scenario/resolved.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/io/text/file_hash.hpp"
#include "coalis/io/text/whole_file.hpp"
#include "coalis/tasks/compare.hpp"

namespace coalis {
namespace {

using Diagnostics = std::vector<Diagnostic>;

// Whether they are warnings alone.
bool add(Diagnostics& problems, const Diagnostics& more) {
  problems.insert(problems.end(), more.begin(), more.end());
  return std::all_of(more.begin(), more.end(), [](const Diagnostic& d) { return d.warning; });
}

Asked<Scenario> with_set(const Scenario& scenario, const ParameterSets& sets, const ParameterSet& set) {
  ScenarioFile file = with_parameters(scenario, sets, set);
  if (!file.ok()) return {std::nullopt, std::move(file.diagnostics)};
  return {std::move(file.scenario), std::move(file.diagnostics)};
}

// The scenarios, and the evidence of the first.
bool take_scenarios(std::vector<ScenarioFile> files, ComparisonInput& input, Diagnostics& problems) {
  bool right = true;
  const std::filesystem::path evidence = files.empty() ? "" : files.front().evidence_path;
  for (ScenarioFile& file : files) {
    right = add(problems, file.diagnostics) && right;
    input.scenarios.push_back(std::move(file.scenario));
  }
  if (!right || evidence.empty()) return right;
  input.evidence_text = text_of_file(evidence, largest_text);
  EvidenceFile figures = parse_evidence(input.evidence_text, evidence.string());
  if (!add(problems, figures.diagnostics)) return false;
  if (!add(problems, check_windows(figures, evidence.string(), input.scenarios.front()))) return false;
  input.evidence = std::move(figures.items);
  return true;
}

// What was planned when the sets were fitted is left out.
bool read_sets(const ComparisonOptions& options, ComparisonInput& input, Diagnostics& problems, const Watch& watch) {
  ParameterSets sets = read_parameter_sets(options.parameters);
  if (!add(problems, sets.diagnostics)) return false;
  std::string plans;
  for (const std::string& path : leave_out_plans(sets)) plans += (plans.empty() ? "" : ", ") + path;
  if (!plans.empty()) watch.say(sets.file + ": " + plans + " left to the scenarios: what is planned is what they compare");
  input.sets_hash = sha1_of_file(options.parameters);
  input.sets = std::move(sets);
  return true;
}

}  // namespace

Asked<Comparison> read_comparison(const ComparisonOptions& options, const Watch& watch) {
  std::vector<ScenarioFile> files;
  for (const auto& name : options.scenarios) files.push_back(read_scenario(name, options.set));
  return read_comparison(options, std::move(files), watch);
}

Asked<Comparison> read_comparison(const ComparisonOptions& options, std::vector<ScenarioFile> scenarios, const Watch& watch) {
  ComparisonInput input;
  Diagnostics problems;
  input.with_parameters = with_set;
  input.apart = policy_and_world;
  if (!take_scenarios(std::move(scenarios), input, problems)) return {std::nullopt, std::move(problems)};
  if (!options.parameters.empty() && !read_sets(options, input, problems, watch)) return {std::nullopt, std::move(problems)};
  Asked<Comparison> asked = ask(options, input);
  add(problems, asked.problems);
  asked.problems = std::move(problems);
  return asked;
}

}  // namespace coalis
