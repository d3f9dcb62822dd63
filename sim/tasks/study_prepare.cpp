#include "coalis/tasks/study_prepare.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <utility>

#include "coalis/core/characters.hpp"
#include "coalis/ensemble/ensemble.hpp"
#include "coalis/ensemble/resources.hpp"
#include "coalis/io/questions/parameter_sets.hpp"
#include "coalis/io/questions/study_file.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/io/scenario/scenario_key.hpp"
#include "coalis/io/text/file_hash.hpp"
#include "coalis/questions/study/shared_sets.hpp"
#include "coalis/report/words/answer_text.hpp"

namespace coalis {
namespace {

using Problems = std::vector<Diagnostic>;

// Throws TooLarge if the points do not fit into memory.
void check_room_for_points(const StudyQuestion& question, const LoadedScenario& source) {
  const Scenario first = source.with().scenario;
  constexpr double text_of_value = 48;
  Needs needs;
  needs.memory = program_bytes;
  needs.replicates = question.points.size();
  needs.replicates_named = "points";
  needs.replicate_memory =
      scenario_bytes(first) + sizeof(StudyPoint) + text_of_value * static_cast<double>(question.study.design.factors.size());
  require_room(needs);
}

std::vector<std::string> overrides_at(const Study& study, const StudyPoint& point) {
  std::vector<std::string> overrides;
  for (std::size_t f = 0; f < point.values.size(); ++f) {
    if (point.values[f].empty()) continue;
    for (std::string& text : overrides_of(study.design.factors[f], point.values[f], point.scenario))
      overrides.push_back(std::move(text));
  }
  return overrides;
}

// Calls f(p) for every point, in parallel.
template <class F>
void for_points(const std::vector<StudyPoint>& points, F&& f) {
  for_each(tbb_loop(), static_cast<int>(points.size()), [&](int p) { f(static_cast<std::size_t>(p)); });
}

// Reads the scenario of every point, until it is cancelled.
StudyRead resolve(StudyQuestion& question, const std::vector<LoadedScenario>& sources, const Watch& watch) {
  const Study& study = question.study;
  StudyRead read;
  read.problems.resize(question.points.size());
  for_points(question.points, [&](std::size_t p) {
    if (watch.cancelled()) return;
    StudyPoint& point = question.points[p];
    ScenarioFile file = sources[point.scenario].with(overrides_at(study, point));
    for (auto& d : file.diagnostics)
      if (!d.warning) read.problems[p].push_back(std::move(d));
    if (file.ok()) point.resolved = std::move(file.scenario);
  });
  read.give_keys = [seed = study.seed](std::vector<StudyPoint>& points) {
    for_points(points, [&](std::size_t p) { points[p].key = key_of(points[p].resolved, seed); });
  };
  return read;
}

// What the answer asks for must be among the points; said where the study says it.
Problems problems_of_answer(const StudyQuestion& question) {
  const AnswerPlan& answer = question.study.answer;
  Problems problems;
  if (answer.figures.empty()) return problems;
  const auto points = coordinates_of(question);
  const auto error = [&](int line, int column, std::string problem, std::string advice) {
    problems.push_back({question.file, line, column, false, std::move(problem), std::move(advice)});
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
  return problems;
}

Asked<SharedSets> read_sets(const std::filesystem::path& path, const Study& study) {
  ParameterSets sets = read_parameter_sets(path);
  if (!sets.ok()) return {std::nullopt, std::move(sets.diagnostics)};
  return shared_sets(std::move(sets), visible(path.filename().string(), Lines::one), sha1_of_file(path), study);
}

Asked<Structure> structure_with(const Scenario& scenario, const ParameterSets& structure) {
  const ScenarioFile with = with_parameters(scenario, structure, structure.sets.front());
  if (!with.ok()) return {std::nullopt, {with.diagnostics.front()}};
  return {with.scenario.structure, {}};
}

Problems read_and_share_sets(StudyQuestion& question, const std::vector<std::filesystem::path>& paths) {
  std::vector<SharedSets> files;
  for (const auto& path : paths) {
    auto file = read_sets(path, question.study);
    if (!file.ok()) return std::move(file.problems);
    const auto named_so = [&](const SharedSets& other) {
      return same_file_name(other.parameters.name, file.question->parameters.name);
    };
    if (std::any_of(files.begin(), files.end(), named_so))
      return {{path.string(), 0, 0, false, "two files of parameter sets have the same name in results", "rename one of them"}};
    files.push_back(*std::move(file.question));
  }
  return share(question, std::move(files), structure_with);
}

}  // namespace

Asked<PreparedStudy> prepare_study(const StudyOptions& options, const Watch& watch) {
  StudyFile file = read_study(options.file);
  const bool right = file.ok();
  Asked<PreparedStudy> prepared{std::nullopt, std::move(file.diagnostics)};
  const auto add = [&](Problems problems) {
    const bool none = problems.empty();
    for (Diagnostic& d : problems) prepared.problems.push_back(std::move(d));
    return none;
  };
  if (!right) return prepared;
  StudyQuestion designed = designed_study(options, std::move(file.study));
  if (const auto problem = too_many_runs(designed); problem && !add({*problem})) return prepared;
  const std::vector<LoadedScenario> sources = std::move(file.scenarios);
  check_room_for_points(designed, sources.front());
  const StudyRead read = resolve(designed, sources, watch);
  if (watch.cancelled()) return {};
  auto asked = ask(std::move(designed), read);
  if (!add(std::move(asked.problems))) return prepared;
  StudyQuestion& question = *asked.question;
  if (question.points.size() == question.designed && !add(problems_of_answer(question))) return prepared;
  const std::vector<std::filesystem::path> given(options.parameters.begin(), options.parameters.end());
  const auto sets = given.empty() ? question.study.parameters : given;
  if (!sets.empty() && !add(read_and_share_sets(question, sets))) return prepared;
  prepared.question = PreparedStudy{std::move(question), std::move(file.text)};
  return prepared;
}

Scenario scenario_of(const StudyQuestion& study, std::size_t point, std::uint32_t replicate) {
  const StudyPoint& p = study.points[point];
  if (study.parameters.empty()) return p.resolved;
  const StudyParameters& of = study.parameters[p.parameters];
  const std::size_t set = of.drawn.at(replicate / replicates_a_set);
  if (!study.numbers.empty() && !study.numbers[p.parameters][set].empty())
    return with_numbers(p, of.sets, study.numbers[p.parameters][set]);
  return with_parameters(p.resolved, of.sets, of.sets.sets[set], p.left_out).scenario;
}

}  // namespace coalis
