#include "coalis/questions/study/points.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "coalis/core/counted.hpp"
#include "coalis/questions/equal_budget.hpp"

namespace coalis {
namespace {

using Problems = std::vector<Diagnostic>;

Problems problems_of_points(const StudyQuestion& study, const StudyRead& read) {
  Problems problems;
  for (std::size_t p = 0; p < read.problems.size(); ++p)
    for (const Diagnostic& d : read.problems[p])
      problems.push_back({study.file, 0, 0, false, fmt::format("{}: {}", study.describe(p), d.problem), d.advice});
  return problems;
}

// Every scenario's cost is brought to that of the first one at the same values.
Problems equalise_budgets(StudyQuestion& question, std::size_t design_points) {
  Problems problems;
  const Study& study = question.study;
  for (std::size_t p = design_points; p < question.points.size() && !study.equal_budget.empty(); ++p) {
    const StudyPoint& reference = question.points[p % design_points];
    StudyPoint& point = question.points[p];
    auto found = equal_budget(point.resolved, planned_cost(reference.resolved), study.equal_budget);
    if (const auto* error = std::get_if<BudgetError>(&found)) {
      problems.push_back(
          {question.file, 0, 0, false,
           fmt::format("{}: cannot have the budget of {}: {}", question.describe(p), study.scenarios.front(), error->problem),
           ""});
      continue;
    }
    auto& budget = std::get<Budget>(found);
    point.resolved = std::move(budget.scenario), point.became = std::move(budget.became);
  }
  return problems;
}

// One factor at a time: a value that is the scenario's own gives no new point.
void drop_repeated_base(std::vector<StudyPoint>& points) {
  std::map<std::size_t, RunKey> base;  // by scenario
  std::erase_if(points, [&](const StudyPoint& point) {
    const auto [at, first] = base.emplace(point.scenario, point.key);
    return !first && at->second == point.key;
  });
}

Problems equal_points(const StudyQuestion& study) {
  std::map<RunKey, std::size_t> seen;
  Problems problems;
  for (std::size_t p = 0; p < study.points.size(); ++p) {
    const auto [at, first] = seen.emplace(study.points[p].key, p);
    if (first) continue;
    problems.push_back({study.file, 0, 0, false,
                        fmt::format("{} and {} are the same runs", study.describe(at->second), study.describe(p)),
                        "remove one of them"});
  }
  return problems;
}

// What is recorded by month or region has one shape in the whole result.
Problems other_shapes(const StudyQuestion& question) {
  const StudyRecord record = question.study.record;
  if (record == StudyRecord::outcomes) return {};
  const Scenario& first = question.points.front().resolved;
  const auto same_name = [](const Region& a, const Region& b) { return a.name == b.name; };
  for (std::size_t p = 1; p < question.points.size(); ++p) {
    const Scenario& other = question.points[p].resolved;
    const bool regions = record == StudyRecord::trajectories || std::equal(first.regions.begin(), first.regions.end(),
                                                                           other.regions.begin(), other.regions.end(), same_name);
    if (first.calendar == other.calendar && regions) continue;
    return {{question.file, 0, 0, false,
             fmt::format("{} has another calendar{} than {}", question.describe(p), regions ? "" : " or other regions",
                         question.describe(0)),
             "record = \"outcomes\" allows for that"}};
  }
  return {};
}

}  // namespace

std::optional<Diagnostic> too_many_runs(const StudyQuestion& study) {
  const std::uint64_t most = most_runs / std::max<std::size_t>(1, study.designed), given = study.replicates_given;
  if (given <= most) return std::nullopt;
  return option_problem(fmt::format("--replicates {}", given),
                        fmt::format("{} x {} are {} runs; a study has at most {}", counted(study.designed, "point"),
                                    counted(given, "replicate"), study.all_runs(), most_runs),
                        fmt::format("give at most {}", most));
}

StudyQuestion designed_study(const StudyOptions& options, Study study) {
  StudyQuestion question{options.file, std::move(study), {}, 0, options.parameters, options.replicates};
  if (options.replicates > 0) question.study.replicates = options.replicates;
  const auto design = make_design(question.study.design);
  question.designed = design.size() * question.study.files.size();
  const std::size_t asked = std::min(question.designed, options.most_points);
  for (std::size_t i = 0; i < asked; ++i) {
    const std::size_t number = asked == question.designed ? i : i * (question.designed - 1) / (asked - 1);
    question.points.push_back(
        {.scenario = number / design.size(), .values = design[number % design.size()], .resolved = {}, .key = {}});
  }
  return question;
}

Asked<StudyQuestion> ask(StudyQuestion designed, const StudyRead& read) {
  StudyQuestion& question = designed;
  if (auto problems = problems_of_points(question, read); !problems.empty()) return {std::nullopt, std::move(problems)};
  const bool all = question.points.size() == question.designed;
  if (all)
    if (auto problems = equalise_budgets(question, question.designed / question.study.files.size()); !problems.empty())
      return {std::nullopt, std::move(problems)};
  read.give_keys(question.points);
  if (all && question.study.design.kind == DesignKind::one_factor) drop_repeated_base(question.points);
  if (all) question.designed = question.points.size();
  auto problems = equal_points(question);
  if (problems.empty()) problems = other_shapes(question);
  if (!problems.empty()) return {std::nullopt, std::move(problems)};
  return {std::move(question), {}};
}

std::string StudyQuestion::describe(std::size_t point) const {
  std::string values = study.scenarios.size() > 1 ? study.scenarios[points[point].scenario] : "";
  for (std::size_t f = 0; f < study.design.factors.size(); ++f) {
    if (points[point].values[f].empty()) continue;
    values += fmt::format("{}{} = {}", values.empty() ? "" : ", ", study.design.factors[f].name, points[point].values[f]);
  }
  return values.empty() ? fmt::format("point {}", point) : fmt::format("point {} ({})", point, values);
}

std::pair<std::size_t, std::uint32_t> StudyQuestion::place_of(std::size_t run) const {
  const std::size_t together = parameters.empty() ? 1 : replicates_a_set, block = points.size() * together;
  const std::size_t first = run / block * together, inside = run % block;
  const std::size_t here = std::min<std::size_t>(together, study.replicates - first);  // the last block may be smaller
  return {inside / here, static_cast<std::uint32_t>(first + inside % here)};
}

std::size_t StudyQuestion::together() const {
  const auto varies = [](const StudyParameters& p) {
    return std::any_of(p.drawn.begin(), p.drawn.end(), [&](std::size_t set) { return set != p.drawn.front(); });
  };
  return std::any_of(parameters.begin(), parameters.end(), varies) ? replicates_a_set : 1;
}

std::vector<Coordinates> coordinates_of(const StudyQuestion& question) {
  std::vector<Coordinates> all;
  for (const StudyPoint& point : question.points) {
    all.push_back({question.study.scenarios[point.scenario]});
    all.back().insert(all.back().end(), point.values.begin(), point.values.end());
  }
  return all;
}

}  // namespace coalis
