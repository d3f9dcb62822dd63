#include "coalis/tasks/explore.hpp"

#include <algorithm>
#include <filesystem>

#include "coalis/core/build_info.hpp"
#include "coalis/ensemble/ensemble.hpp"
#include "coalis/ensemble/resources.hpp"
#include "coalis/io/questions/parameter_sets.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/model/packed.hpp"
#include "coalis/questions/packed_sets.hpp"
#include "coalis/tasks/page.hpp"
#include "explore_choices.hpp"

namespace coalis {
namespace {

constexpr std::size_t proven = 50;  // replicates of each coalition

using Problems = std::vector<Diagnostic>;

// A page is for everybody: it draws by the keys of a roster, and has no names of organisations.
Scenario without_names(Scenario scenario) {
  for (Member& member : scenario.organisations.roster) member.name.clear();
  return scenario;
}

report::ExplorerPage::Coalition coalition(const std::string& file, const Scenario& scenario, int threads) {
  constexpr Recording nothing{false, false, false, false, false, false};
  require_room(ensemble_needs({&scenario, 1}, nothing, proven, threads));
  report::ExplorerPage::Coalition c{file, packed(without_names(scenario)), {}};
  run_ensemble(scenario, 1, replicate_range(0, proven), nothing, Execution{.threads = threads},
               [&](const RunRecord& record) { c.hashes.push_back(record.hash); });
  return c;
}

// The sets as the page takes them; nothing if they are wrong or hold what a page cannot set.
bool take_sets(const ExploreOptions& options, const Scenario& scenario, const Watch& watch, std::string& text,
               Problems& problems) {
  ParameterSets sets = read_parameter_sets(options.parameters);
  if (!add_problems(problems, sets.diagnostics)) return false;
  std::string plans;
  for (const std::string& path : leave_out_plans(sets)) plans += (plans.empty() ? "" : ", ") + path;
  if (!plans.empty()) watch.say(sets.file + ": " + plans + " left to the scenarios: what is planned is what they compare");
  sets.file = std::filesystem::path(options.parameters).filename().string();
  const auto with = with_packed_set(scenario, sets, sets.sets.front());
  if (!add_problems(problems, with.problems)) return false;
  text = packed_sets(sets, options.draws, 1);
  return true;
}

// What B can be set to; false if a file of it is wrong.
bool take_choices(const ExploreOptions& options, const std::vector<Scenario>& scenarios, report::ExplorerPage& page,
                  Problems& problems) {
  const OnPage on{page.coalitions, scenarios};
  bool right = true;
  for (const std::string& path : options.best) {
    auto asked = best_choices(path, on);
    right = add_problems(problems, asked.problems) && right;
    if (asked.ok()) page.choices.push_back(*std::move(asked.question));
  }
  for (const std::string& path : options.studies) {
    auto asked = study_choices(path, on);
    right = add_problems(problems, asked.problems) && right;
    if (asked.ok()) page.choices.insert(page.choices.end(), asked.question->begin(), asked.question->end());
  }
  return right;
}

}  // namespace

Asked<report::ExplorerPage> explore(const ExploreOptions& options, const Watch& watch) {
  if (auto problem = problem_of_text("--title", options.title)) return {std::nullopt, {*std::move(problem)}};
  Asked<report::ExplorerPage> asked;
  report::ExplorerPage page;
  page.program = build_info().version, page.title = options.title;
  std::vector<Scenario> scenarios;
  bool right = !options.scenarios.empty();
  if (!right) asked.problems.push_back(option_problem("", "there is no coalition to explore", "name a scenario"));
  for (const std::string& path : options.scenarios) {
    const ScenarioFile file = read_scenario(path);
    const std::string name = std::filesystem::path(path).filename().string();
    const bool twice = std::any_of(page.coalitions.begin(), page.coalitions.end(), [&](const auto& c) { return c.file == name; });
    if (twice)
      asked.problems.push_back(option_problem(path, "another scenario has this file name", "give the files names of their own"));
    right = add_problems(asked.problems, file.diagnostics) && right && !twice;
    if (!right) continue;
    if (page.title.empty()) page.title = file.scenario.name.empty() ? name : file.scenario.name;
    scenarios.push_back(file.scenario);
    page.coalitions.push_back({name, "", {}});
  }
  if (!right) return asked;
  if (!options.parameters.empty() && !take_sets(options, scenarios.front(), watch, page.sets, asked.problems)) return asked;
  if (!take_choices(options, scenarios, page, asked.problems)) return asked;
  for (std::size_t i = 0; i < scenarios.size(); ++i)
    page.coalitions[i] = coalition(page.coalitions[i].file, scenarios[i], options.threads);
  asked.question = std::move(page);
  return asked;
}

}  // namespace coalis
