// The parameter sets of a study, tried before its runs.
#include <algorithm>
#include <cmath>
#include <map>
#include <mutex>
#include <stdexcept>

#include "coalis/ensemble/ensemble.hpp"
#include "coalis/inference/parameter_path.hpp"
#include "coalis/io/questions/parameter_sets.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/model/parameter_sums.hpp"
#include "coalis/questions/equal_budget.hpp"
#include "coalis/questions/study/shared_sets.hpp"
#include "coalis/tasks/study_prepare.hpp"

namespace coalis {
namespace {

// What trying sets has found wrong, from several threads; each once.
class SetProblems {
 public:
  void add(const Diagnostic& diagnostic) {
    const std::lock_guard lock(mutex_);
    found_.emplace(to_string(diagnostic), diagnostic);
  }
  // In the order of their texts.
  std::vector<Diagnostic> list() const {
    std::vector<Diagnostic> all;
    for (const auto& [text, diagnostic] : found_) all.push_back(diagnostic);
    return all;
  }

 private:
  std::mutex mutex_;
  std::map<std::string, Diagnostic> found_;
};

// A set as numbers from a scenario that has it; empty if a column is no number.
std::vector<double> numbers_of(const Scenario& scenario, const ParameterSets& sets) try {
  std::vector<double> numbers;
  for (const std::string& path : sets.paths) numbers.push_back(ParameterPath(scenario, path).value(scenario));
  return numbers;
} catch (const std::invalid_argument&) {
  return {};
}

// The numbers of each set that is drawn: read and checked at a point that takes all of it.
std::vector<std::vector<double>> read_numbers(const StudyQuestion& study, std::size_t f, SetProblems& problems,
                                              const Watch& watch) {
  const StudyParameters& file = study.parameters[f];
  std::vector<std::vector<double>> numbers(file.sets.sets.size());
  const auto point = std::find_if(study.points.begin(), study.points.end(),
                                  [&](const StudyPoint& p) { return p.parameters == f && p.left_out.empty(); });
  if (point == study.points.end()) return numbers;
  const std::vector<std::size_t> drawn = sets_drawn(file);
  for_each(tbb_loop(), static_cast<int>(drawn.size()), [&](int i) {
    if (watch.cancelled()) return;
    const std::size_t s = drawn[static_cast<std::size_t>(i)];
    const ScenarioFile tried = with_parameters(point->resolved, file.sets, file.sets.sets[s]);
    if (tried.ok())
      numbers[s] = numbers_of(tried.scenario, file.sets);
    else
      problems.add(tried.diagnostics.front());
  });
  return numbers;
}

// The point's scenario with a set, checked.
Scenario tried(const StudyPoint& point, const ParameterSets& sets, const ParameterSet& set, const std::vector<double>& numbers) {
  if (!numbers.empty()) try {
      Scenario scenario = with_numbers(point, sets, numbers);
      const auto sums = parameter_sums(scenario);
      if (std::all_of(sums.begin(), sums.end(), within_bounds)) return scenario;
    } catch (const std::invalid_argument&) {
    }
  ScenarioFile file = with_parameters(point.resolved, sets, set, point.left_out);  // which says what is wrong
  if (!file.ok()) throw file.diagnostics.front();
  return file.scenario;
}

}  // namespace

std::vector<Diagnostic> try_sets(StudyQuestion& study, const Watch& watch) {
  SetProblems problems;
  for (std::size_t f = 0; f < study.parameters.size(); ++f) study.numbers.push_back(read_numbers(study, f, problems, watch));
  if (auto found = problems.list(); !found.empty()) return found;
  const std::size_t points = study.parameters.empty() ? 0 : study.points.size();
  for_each(tbb_loop(), static_cast<int>(points), [&](int p) {
    const StudyPoint& point = study.points[static_cast<std::size_t>(p)];
    const StudyParameters& file = study.parameters[point.parameters];
    const double cost = planned_cost(point.resolved);
    for (const std::size_t s : sets_drawn(file)) {
      if (watch.cancelled()) return;
      const ParameterSet& set = file.sets.sets[s];
      try {
        const Scenario scenario = tried(point, file.sets, set, study.numbers[point.parameters][s]);
        if (std::abs(planned_cost(scenario) - cost) <= 1e-9 * cost) continue;
        problems.add({file.sets.file, set.line, 1, false, "changes the planned cost of the scenarios",
                      "what is compared must not vary with parameters: leave out the columns of costs"});
      } catch (const Diagnostic& wrong) {
        problems.add(wrong);
      }
    }
  });
  return problems.list();
}

}  // namespace coalis
