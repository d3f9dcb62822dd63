#include "coalis/questions/study/findings.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "coalis/network/outcomes.hpp"
#include "coalis/questions/outcomes_named.hpp"
#include "coalis/questions/structures.hpp"
#include "values.hpp"

namespace coalis {
namespace {

// The best calibrated of its points, and at how many of them: a study may change parameters or rules at others.
CalibratedAt calibration_under(const StudyQuestion& study, const DesignRuns& runs, const std::string& structure) {
  const auto dimension = study.study.answer.structures;
  CalibratedAt best{Calibration::not_calibrated, 0, 0};
  for (std::size_t p = 0; dimension && p < runs.points.size(); ++p) {
    if (runs.points[p][*dimension] != structure) continue;
    const Calibration here = calibration_of(study.points[p].resolved);
    best.points = here < best.calibration ? 1 : best.points + (here == best.calibration);
    best.calibration = std::min(best.calibration, here), ++best.of;
  }
  return best;
}

std::vector<CostIncurred> costs_incurred(const DesignRuns& runs) {
  std::vector<CostIncurred> costs;
  const auto scenarios = values_along(runs.points, 0);
  for (std::size_t s = 1; s < scenarios.size(); ++s)
    for (const auto& [outcome, of_members] : {std::pair{"coordination_cost", false}, {"member_cost", true}}) {
      Figure figure{.name = outcome, .kind = FigureKind::difference, .at = {{0, scenarios[s]}}, .from = {{0, scenarios[0]}}};
      figure.outcome = outcomes_named(outcome).front();
      if (!figure_problem(figure, runs.points).empty()) continue;
      const PairedSummary d = *evaluate(figure, runs).difference;
      costs.push_back({scenarios[s], of_members, d.mean, half_width(d)});
    }
  return costs;
}

}  // namespace

StudyFindings findings_of(const StudyQuestion& study, const DesignRuns& runs, std::size_t complete) {
  StudyFindings findings;
  findings.replicates = complete;
  const AnswerPlan& plan = study.study.answer;
  if (plan.figures.empty()) return findings;
  std::vector<std::string> structures{""};
  if (plan.structures) structures = values_along(runs.points, *plan.structures);
  for (const std::string& structure : structures) {
    FoundUnder column{unquoted(structure), calibration_under(study, runs, structure), plan.figures, {}};
    for (Figure& figure : column.figures) {
      if (plan.structures) figure = narrowed(figure, {*plan.structures, structure});
      column.values.push_back(evaluate(figure, runs));
    }
    findings.columns.push_back(std::move(column));
  }
  if (!study.study.equal_budget.empty()) findings.spent = costs_incurred(runs);
  return findings;
}

std::vector<FigureParts> figure_parts(const StudyQuestion& study, const StudyFindings& findings) {
  std::vector<FigureParts> list;
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  if (study.parameters.empty()) return list;
  for (const FoundUnder& column : findings.columns)
    for (std::size_t f = 0; f < column.figures.size(); ++f) {
      const FigureValue& value = column.values[f];
      list.push_back({column.figures[f].name, all_outcome_quantities()[column.figures[f].outcome].name, column.structure,
                      value.difference ? value.difference->mean
                      : value.level    ? value.level->mean
                                       : none,
                      value.difference ? value.difference->se
                      : value.level    ? value.level->se
                                       : none,
                      value.parts.value_or(SharedParts{none, none, none, none, none})});
    }
  return list;
}

std::size_t fewest_runs(const PointSamples& samples) {
  std::size_t least = samples.front().replicates();
  for (const Samples& point : samples) least = std::min(least, point.replicates());
  return least;
}

std::vector<std::size_t> points_examined(const StudyQuestion& study) {
  constexpr std::size_t most = 1000;
  const std::size_t all = study.points.size(), count = std::min(all, most);
  std::vector<std::size_t> points;
  for (std::size_t i = 0; i < count; ++i) points.push_back(i * all / count);
  return points;
}

}  // namespace coalis
