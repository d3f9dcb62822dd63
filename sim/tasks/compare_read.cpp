// What a comparison names, read.
#include "coalis/io/questions/evidence_file.hpp"
#include "coalis/io/questions/parameter_sets.hpp"
#include "coalis/io/scenario/policy_option.hpp"
#include "coalis/io/scenario/resolved.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/io/text/file_hash.hpp"
#include "coalis/io/text/whole_file.hpp"
#include "coalis/tasks/compare.hpp"
#include "tasks/asked_with.hpp"

namespace coalis {
namespace {

using Diagnostics = std::vector<Diagnostic>;

// The scenarios, and the evidence of the first.
bool take_scenarios(std::vector<ScenarioFile> files, ComparisonInput& input, Diagnostics& problems) {
  bool right = true;
  const std::filesystem::path evidence = files.empty() ? "" : files.front().evidence_path;
  for (ScenarioFile& file : files) {
    right = add_problems(problems, file.diagnostics) && right;
    input.scenarios.push_back(std::move(file.scenario));
  }
  if (!right || evidence.empty()) return right;
  input.evidence_text = text_of_file(evidence, largest_text);
  EvidenceFile figures = parse_evidence(input.evidence_text, evidence.string());
  if (!add_problems(problems, figures.diagnostics)) return false;
  if (!add_problems(problems, check_windows(figures, evidence.string(), input.scenarios.front()))) return false;
  input.evidence = std::move(figures.items);
  return true;
}

// The first scenario with each option.
bool take_options(const ComparisonOptions& options, ComparisonInput& input, Diagnostics& problems) {
  bool right = true;
  for (const std::string& text : options.with) {
    Asked<PolicyEffect> with = option_of(input.scenarios.front(), text);
    right = add_problems(problems, with.problems) && right;
    if (with.ok()) input.scenarios.push_back(std::move(with.question->scenario));
  }
  return right;
}

// What was planned when the sets were fitted is left out.
bool read_sets(const ComparisonOptions& options, ComparisonInput& input, Diagnostics& problems, const Watch& watch) {
  ParameterSets sets = read_parameter_sets(options.parameters);
  if (!add_problems(problems, sets.diagnostics)) return false;
  std::string plans;
  for (const std::string& path : leave_out_plans(sets)) plans += (plans.empty() ? "" : ", ") + path;
  if (!plans.empty()) watch.say(sets.file + ": " + plans + " left to the scenarios: what is planned is what they compare");
  if (const auto left = leave_out_elsewhere(sets, input.scenarios.front()); !left.empty())
    watch.say(sets.file + ": " + elsewhere_text(left));
  if (!add_problems(problems, set_twice(options.set, sets))) return false;
  input.sets_hash = sha1_of_file(options.parameters);
  input.sets = std::move(sets);
  return true;
}

}  // namespace

Asked<Comparison> read_comparison(const ComparisonOptions& options, const Watch& watch,
                                  std::function<void(const Comparison&)> before_drawing) {
  std::vector<ScenarioFile> files;
  for (const auto& name : options.scenarios) files.push_back(read_scenario(name, options.set));
  return read_comparison(options, std::move(files), watch, std::move(before_drawing));
}

Asked<Comparison> read_comparison(const ComparisonOptions& options, std::vector<ScenarioFile> scenarios, const Watch& watch,
                                  std::function<void(const Comparison&)> before_drawing) {
  ComparisonInput input;
  Diagnostics problems;
  input.with_parameters = asked_with(watch);
  input.apart = policy_and_world;
  input.before_drawing = std::move(before_drawing);
  if (!take_scenarios(std::move(scenarios), input, problems) || !take_options(options, input, problems))
    return {std::nullopt, std::move(problems)};
  if (!options.parameters.empty() && !read_sets(options, input, problems, watch)) return {std::nullopt, std::move(problems)};
  Asked<Comparison> asked = ask(options, input);
  add_problems(problems, asked.problems);
  asked.problems = std::move(problems);
  return asked;
}

}  // namespace coalis
