// See study_points.hpp.
#include "study_points.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <map>

#include "coalis/engine/simulate.hpp"
#include "coalis/ensemble/ensemble.hpp"
#include "coalis/network/outcomes.hpp"
#include "coalis/questions/equal_budget.hpp"
#include "coalis/report/words/answer_text.hpp"
#include "print.hpp"
#include "study_parameters.hpp"

namespace coalis::cli {
namespace {

constexpr double kept_simulators_bytes = 50e6;  // about what Simulators of study_run.cpp keep in a thread

std::vector<std::string> overrides_of(const Study& study, std::size_t scenario, const DesignPoint& values) {
  std::vector<std::string> overrides;
  for (std::size_t f = 0; f < values.size(); ++f) {
    if (values[f].empty()) continue;
    for (std::string& text : coalis::overrides_of(study.design.factors[f], values[f], scenario))
      overrides.push_back(std::move(text));
  }
  return overrides;
}

// Reads the scenario of every point, in parallel; errors stay with the point.
std::vector<std::vector<Diagnostic>> resolve(const Study& study, std::vector<StudyPoint>& points) {
  std::vector<std::vector<Diagnostic>> errors(points.size());
  for_each(tbb_loop(), static_cast<int>(points.size()), [&](int index) {
    StudyPoint& point = points[static_cast<std::size_t>(index)];
    ScenarioFile file = read_scenario(study.files[point.scenario], overrides_of(study, point.scenario, point.values));
    for (auto& d : file.diagnostics) {
      if (!d.warning) errors[static_cast<std::size_t>(index)].push_back(std::move(d));
    }
    if (!file.ok()) return;
    point.resolved = std::move(file.scenario);
    point.key = key_of(point.resolved, study.seed);
  });
  return errors;
}

// Every scenario's cost is brought to that of the first one at the same values.
bool equalise_budgets(PreparedStudy& study, std::size_t design_points) {
  bool good = true;
  for (std::size_t p = design_points; p < study.points.size() && !study.study().equal_budget.empty(); ++p) {
    const StudyPoint& reference = study.points[p % design_points];
    StudyPoint& point = study.points[p];
    try {
      const double cost = planned_cost(reference.resolved);
      Budget budget = equal_budget(point.resolved, cost, study.study().equal_budget);
      point.resolved = std::move(budget.scenario), point.became = std::move(budget.became);
      point.key = key_of(point.resolved, study.study().seed);
    } catch (const BudgetError& error) {
      print_message("{}: error: {}: cannot have the budget of {}: {}\n", study.path, study.describe(p),
                    study.study().scenarios.front(), error.what());
      good = false;
    }
  }
  return good;
}

// What the answer asks for must be among the points; said where the study says it.
bool check_answer(const PreparedStudy& study) {
  const AnswerPlan& answer = study.study().answer;
  if (answer.figures.empty()) return true;
  const auto points = coordinates_of(study);
  bool good = true;
  const auto error = [&](int line, int column, const std::string& problem, const std::string& advice) {
    print_message("{}\n", to_string(Diagnostic{study.path, line, column, false, problem, advice}));
    good = false;
  };
  for (const Figure& figure : answer.figures) {
    auto problem = figure_problem(figure, points);
    if (answer.structures && problem.empty())
      problem = figure_problem(narrowed(figure, {*answer.structures, values_along(points, *answer.structures).front()}), points);
    if (!problem.empty())
      error(figure.line, figure.column, fmt::format("figure '{}': {}", figure.name, problem),
            "choose other values, or another design");
  }
  try {
    AnswerText(answer.text, answer.figures);
  } catch (const AnswerTextError& wrong) {
    error(answer.line, answer.column, fmt::format("in the text of the answer: {}", wrong.what()), wrong.advice);
  }
  return good;
}

// One factor at a time: a value that is the scenario's own gives no new point.
void drop_repeated_base(std::vector<StudyPoint>& points) {
  std::map<std::size_t, RunKey> base;  // by scenario
  std::erase_if(points, [&](const StudyPoint& point) {
    const auto [at, first] = base.emplace(point.scenario, point.key);
    return !first && at->second == point.key;
  });
}

bool check_distinct(const PreparedStudy& study) {
  std::map<RunKey, std::size_t> seen;
  bool distinct = true;
  for (std::size_t p = 0; p < study.points.size(); ++p) {
    const auto [at, first] = seen.emplace(study.points[p].key, p);
    if (first) continue;
    distinct = false;
    print_message("{}: error: {} and {} are the same runs; remove one of them\n", study.path, study.describe(at->second),
                  study.describe(p));
  }
  return distinct;
}

// What is recorded by month or region has one shape in the whole result.
bool check_shapes(const PreparedStudy& study) {
  if (study.study().record == StudyRecord::outcomes) return true;
  const Scenario& first = study.points.front().resolved;
  const auto same_name = [](const Region& a, const Region& b) { return a.name == b.name; };
  for (std::size_t p = 1; p < study.points.size(); ++p) {
    const Scenario& other = study.points[p].resolved;
    const bool regions =
        study.study().record == StudyRecord::trajectories ||
        std::equal(first.regions.begin(), first.regions.end(), other.regions.begin(), other.regions.end(), same_name);
    if (first.calendar == other.calendar && regions) continue;
    print_message("{}: error: {} has another calendar{} than {}; record = \"outcomes\" allows for that\n", study.path,
                  study.describe(p), regions ? "" : " or other regions", study.describe(0));
    return false;
  }
  return true;
}

}  // namespace

std::size_t PreparedStudy::unit_size() const {
  if (study().batch > 0) return study().batch;
  double work = 1, bytes = 1;
  for (std::size_t p = 0; p < points.size(); ++p) {
    work = std::max(work, work_of(points[p].resolved));
    bytes = std::max(bytes, static_cast<double>(run_bytes(p)));
  }
  return unit_of(work, bytes);
}

std::size_t PreparedStudy::run_bytes(std::size_t point) const {
  const auto months = static_cast<std::size_t>(points[point].resolved.calendar.months);
  std::size_t bytes = outcome_bytes(study().further());
  if (study().record >= StudyRecord::trajectories) bytes += trajectory_quantities().size() * months * sizeof(float);
  if (study().record == StudyRecord::all) {
    bytes += region_trajectory_quantities().size() * points[point].resolved.regions.size() * months * sizeof(float) +
             survey_quantities().size() * sizeof(double);
  }
  return bytes;
}

Needs PreparedStudy::needs(std::size_t missing, int threads, bool runs_may_fail) const {
  Needs needs;
  const auto asked = static_cast<std::size_t>(thread_count(threads));
  needs.threads = static_cast<int>(std::min(asked, std::max<std::size_t>(1, missing)));
  needs.replicates = all_runs();
  needs.replicates_named = "runs";
  needs.memory = program_bytes;  // beside the points, which are in memory already
  if (!points.empty()) needs.memory += scenario_bytes(points.front().resolved) * static_cast<double>(designed - points.size());
  const double free = free_memory().bytes;
  double largest = 0, kept = 0;
  for (std::size_t p = 0; p < points.size(); ++p) {
    const double bytes = run_memory(points[p].resolved, recording_of(study().record), study().further());
    if (runs_may_fail && bytes > free) continue;
    largest = std::max(largest, bytes);
    kept = std::max(kept, static_cast<double>(run_bytes(p)));
  }
  // A batch of runs waits for its shard; small simulators are kept from run to run.
  const double simulators = std::min(kept_simulators_bytes, largest * static_cast<double>(points.size()));
  needs.thread_memory = std::max(largest, simulators) + 3 * kept * static_cast<double>(unit_size());
  needs.replicate_memory = stored_run_bytes;
  needs.folder = store_folder();
  needs.disk = total_bytes(missing);
  return needs;
}

double PreparedStudy::total_bytes(std::size_t missing_runs) const {
  double mean = 0;
  for (std::size_t p = 0; p < points.size(); ++p) mean += static_cast<double>(run_bytes(p)) / static_cast<double>(points.size());
  return mean * static_cast<double>(missing_runs + all_runs());
}

std::string PreparedStudy::describe(std::size_t point) const {
  std::string values = study().scenarios.size() > 1 ? study().scenarios[points[point].scenario] : "";
  for (std::size_t f = 0; f < study().design.factors.size(); ++f) {
    if (points[point].values[f].empty()) continue;
    values += fmt::format("{}{} = {}", values.empty() ? "" : ", ", study().design.factors[f].name, points[point].values[f]);
  }
  return values.empty() ? fmt::format("point {}", point) : fmt::format("point {} ({})", point, values);
}

std::string PreparedStudy::kept() const { return kept_words(study().record, study().further()); }
std::string PreparedStudy::file_ending(std::string_view ending) const {
  std::string names;
  for (const std::string& given : parameter_files)
    names.append(names.empty() ? "." : "+").append(std::filesystem::path(given).stem().string());
  return names.append(ending);
}
std::filesystem::path PreparedStudy::store_folder() const {
  return std::filesystem::path(path).replace_extension(file_ending(".runs"));
}
std::filesystem::path PreparedStudy::result_path() const {
  return std::filesystem::path(path).replace_extension(file_ending(".h5"));
}

std::string PreparedStudy::parameters_kept() const {
  std::string text;
  for (const StudyParameters& p : parameters) text += fmt::format("{}{} (SHA-1 {})", text.empty() ? "" : ", ", p.name, p.hash);
  return text;
}

RunStore PreparedStudy::open_store(Access access) const {
  return {store_folder(), study().name, kept(), access, parameters_kept()};
}

std::string PreparedStudy::command(std::string_view verb) const {
  std::string text = fmt::format("coalis study {} '{}'", verb, path);
  for (const std::string& given : parameter_files) text += fmt::format(" --parameters '{}'", given);
  return text;
}

std::pair<std::size_t, std::uint32_t> PreparedStudy::place_of(std::size_t run) const {
  const std::size_t together = parameters.empty() ? 1 : replicates_a_set, block = points.size() * together;
  const std::size_t first = run / block * together, inside = run % block;
  const std::size_t here = std::min<std::size_t>(together, study().replicates - first);  // the last block may be smaller
  return {inside / here, static_cast<std::uint32_t>(first + inside % here)};
}

Scenario PreparedStudy::scenario_of(std::size_t point, std::uint32_t replicate) const {
  const StudyPoint& p = points[point];
  if (parameters.empty()) return p.resolved;
  const StudyParameters& of = parameters[p.parameters];
  const std::size_t set = of.drawn.at(replicate / replicates_a_set);
  if (!numbers.empty() && !numbers[p.parameters][set].empty()) return with_numbers(p, of.sets, numbers[p.parameters][set]);
  return with_parameters(p.resolved, of.sets, of.sets.sets[set], p.left_out).scenario;
}

std::size_t PreparedStudy::together() const {
  const auto varies = [](const StudyParameters& p) {
    return std::any_of(p.drawn.begin(), p.drawn.end(), [&](std::size_t set) { return set != p.drawn.front(); });
  };
  return std::any_of(parameters.begin(), parameters.end(), varies) ? replicates_a_set : 1;
}

std::vector<Coordinates> coordinates_of(const PreparedStudy& study) {
  std::vector<Coordinates> all;
  for (const StudyPoint& point : study.points) {
    all.push_back({study.study().scenarios[point.scenario]});
    all.back().insert(all.back().end(), point.values.begin(), point.values.end());
  }
  return all;
}

namespace {

// The points of the design on every scenario; if there are more than `most`, so many of them, evenly spaced from the first to the
// last.
void add_points(PreparedStudy& prepared, std::size_t most) {
  const Study& study = prepared.study();
  auto design = make_design(study.design);
  prepared.designed = design.size() * study.files.size();
  const std::size_t looked_at = std::min(prepared.designed, most);
  for (std::size_t i = 0; i < looked_at; ++i) {
    const std::size_t number = looked_at == prepared.designed ? i : i * (prepared.designed - 1) / (looked_at - 1);
    prepared.points.push_back(
        {.scenario = number / design.size(), .values = design[number % design.size()], .resolved = {}, .key = {}});
  }
}

// Throws TooLarge if the points do not fit into memory.
void check_room_for_points(const PreparedStudy& prepared) {
  const Scenario first = read_scenario(prepared.study().files.front()).scenario;
  constexpr double text_of_value = 48;
  Needs needs;
  needs.memory = program_bytes;
  needs.replicates = prepared.points.size();
  needs.replicates_named = "points";
  needs.replicate_memory =
      scenario_bytes(first) + sizeof(StudyPoint) + text_of_value * static_cast<double>(prepared.study().design.factors.size());
  require_room(needs);
}

}  // namespace

std::optional<PreparedStudy> prepare_study(const std::string& path, const std::vector<std::string>& parameters,
                                           std::uint32_t replicates, std::size_t most_points) {
  PreparedStudy prepared{path, read_study(path), {}, parameters};
  if (replicates > 0) prepared.file.study.replicates = replicates;
  for (const auto& d : prepared.file.diagnostics) print_message("{}\n", to_string(d));
  if (!prepared.file.ok()) return std::nullopt;
  const Study& study = prepared.study();
  add_points(prepared, most_points);
  const bool all = prepared.points.size() == prepared.designed;
  check_room_for_points(prepared);
  const auto errors = resolve(study, prepared.points);
  bool good = true;
  for (std::size_t p = 0; p < errors.size(); ++p) {
    for (const auto& d : errors[p]) {
      print_message("{}: error: {}: {}; {}\n", path, prepared.describe(p), d.problem, d.advice);
      good = false;
    }
  }
  if (!good || (all && !equalise_budgets(prepared, prepared.designed / study.files.size()))) return std::nullopt;
  if (all && study.design.kind == DesignKind::one_factor) drop_repeated_base(prepared.points);
  if (all) prepared.designed = prepared.points.size();
  if (!check_distinct(prepared) || !check_shapes(prepared) || (all && !check_answer(prepared))) return std::nullopt;
  const std::vector<std::filesystem::path> given(parameters.begin(), parameters.end());
  if (const auto& files = given.empty() ? study.parameters : given; !files.empty() && !read_parameters(prepared, files))
    return std::nullopt;
  return prepared;
}

}  // namespace coalis::cli
