#include "coalis/questions/study/shared_sets.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "coalis/core/path_names.hpp"
#include "coalis/inference/parameter_path.hpp"
#include "coalis/questions/structures.hpp"
#include "coalis/statistics/resampling.hpp"

namespace coalis {
namespace {

using Names = std::vector<std::string>;
using Problems = std::vector<Diagnostic>;

std::string column_text(const ParameterSets& sets, const ParameterSet& set) {
  std::string text;
  for (std::size_t i = 0; i < set.values.size(); ++i)
    text += fmt::format("{}{}={}", i > 0 ? ", " : "", sets.paths[i], set.values[i]);
  return text;
}

// The files whose sets were fitted under the scenario's structure.
Asked<std::vector<std::size_t>> fitting(const Scenario& scenario, const std::vector<SharedSets>& files,
                                        const StructureWith& structure_with) {
  std::vector<std::size_t> fit;
  for (std::size_t f = 0; f < files.size(); ++f) {
    if (files[f].structure.paths.empty()) {
      fit.push_back(f);
      continue;
    }
    auto with = structure_with(scenario, files[f].structure);
    if (!with.ok()) return {std::nullopt, std::move(with.problems)};  // a structure that there is not
    if (*with.question == scenario.structure) fit.push_back(f);
  }
  return {std::move(fit), {}};
}

Diagnostic not_one_file(const StudyQuestion& study, std::size_t point, bool none, const std::vector<SharedSets>& files) {
  std::string fitted;
  for (const SharedSets& file : files)
    fitted += fmt::format("{}{} ({})", fitted.empty() ? "" : ", ", file.parameters.name,
                          file.parameters.structure.empty() ? "any" : file.parameters.structure);
  return {study.file,
          0,
          0,
          false,
          fmt::format("{} has the structure '{}', and {} parameter sets were fitted under it: {}", study.describe(point),
                      to_string(study.points[point].resolved.structure), none ? "no" : "several files of", fitted),
          none ? "add a file that was, with another --parameters" : "give one of them"};
}

Problems match(StudyQuestion& study, const std::vector<SharedSets>& files, const StructureWith& structure_with) {
  std::vector<std::pair<Structure, std::vector<std::size_t>>> known;  // files of each structure
  for (std::size_t p = 0; p < study.points.size(); ++p) {
    const Scenario& scenario = study.points[p].resolved;
    auto found = std::find_if(known.begin(), known.end(), [&](const auto& k) { return k.first == scenario.structure; });
    if (found == known.end()) {
      auto fit = fitting(scenario, files, structure_with);
      if (!fit.ok()) return std::move(fit.problems);
      found = known.insert(known.end(), {scenario.structure, *std::move(fit.question)});
    }
    if (found->second.size() != 1) return {not_one_file(study, p, found->second.empty(), files)};
    study.points[p].parameters = found->second.front();
  }
  return {};
}

void tell_plans(StudyQuestion& study, const std::vector<SharedSets>& files) {
  std::map<std::string, std::string> names;  // of files, by the columns left out
  for (const SharedSets& file : files) names[file.plans] += (names[file.plans].empty() ? "" : ", ") + file.parameters.name;
  for (const auto& [plans, of] : names)
    if (!plans.empty())
      study.notices.push_back(
          fmt::format("{}: {} left to the scenarios: what is planned is what the study asks about.", of, plans));
}

// A factor's values and the sets' cannot both hold.
Problems set_twice(const StudyQuestion& study) {
  Problems problems;
  for (const Factor& factor : study.study.design.factors)
    for (const std::string& path : factor.paths)
      for (const StudyParameters& file : study.parameters)
        if (column_of(path, file.sets) != std::string::npos)
          problems.push_back(
              {study.file, factor.line, factor.column, false,
               fmt::format("the factor '{}' sets {}, and so do the parameter sets of {}", factor.name, path, file.name),
               "take it out of one of the two: the factor, or the column in a copy of the file. Only named settings of "
               "a factor go before the sets"});
  return problems;
}

// What named settings of the points set goes before the sets.
void leave_out_settings(StudyQuestion& study) {
  std::set<std::string> left_out;
  for (StudyPoint& point : study.points) {
    const ParameterSets& sets = study.parameters[point.parameters].sets;
    for (std::size_t f = 0; f < point.values.size(); ++f) {
      const Factor& factor = study.study.design.factors[f];
      if (factor.settings.empty() || point.values[f].empty()) continue;
      for (const std::string& text : overrides_of(factor, point.values[f], point.scenario)) {
        const std::size_t column = column_of(text, sets);
        if (column == std::string::npos) continue;
        point.left_out.resize(sets.paths.size());
        point.left_out[column] = true;
        left_out.insert(fmt::format("{} by '{}'", sets.paths[column], factor.name));
      }
    }
  }
  if (!left_out.empty())
    study.notices.push_back(fmt::format("Settings of factors go before the parameter sets: {}.", fmt::join(left_out, ", ")));
}

void drop_unused(StudyQuestion& study) {
  std::vector<StudyParameters> used;
  for (std::size_t f = 0; f < study.parameters.size(); ++f) {
    const auto of_file = [&](const StudyPoint& point) { return point.parameters == f; };
    if (std::none_of(study.points.begin(), study.points.end(), of_file)) {
      study.notices.push_back(
          fmt::format("{}: not used, no point has {}.", study.parameters[f].name, study.parameters[f].structure));
      continue;
    }
    for (StudyPoint& point : study.points)
      if (of_file(point)) point.parameters = used.size();
    used.push_back(study.parameters[f]);
  }
  study.parameters = std::move(used);
}

}  // namespace

Asked<SharedSets> shared_sets(ParameterSets sets, std::string name, std::string hash, const Study& study) {
  SharedSets file;
  StudyParameters& p = file.parameters;
  p.sets = std::move(sets), p.name = std::move(name), p.hash = std::move(hash);
  file.plans = fmt::format("{}", fmt::join(leave_out_plans(p.sets), ", "));
  file.structure = take_columns(p.sets, "structure.");
  p.structure = column_text(file.structure, file.structure.sets.front());
  for (const ParameterSet& set : file.structure.sets)
    if (column_text(file.structure, set) != p.structure)
      return {std::nullopt,
              {{p.sets.file, set.line, 1, false,
                fmt::format("was fitted under {}, the first set under {}", column_text(file.structure, set), p.structure),
                "put the sets of each structure into a file of its own and give all files"}}};
  std::vector<double> weights;
  for (const ParameterSet& set : p.sets.sets) weights.push_back(set.weight);
  p.drawn = growing_resampling(weights, (study.replicates + replicates_a_set - 1) / replicates_a_set, study.seed);
  return {std::move(file), {}};
}

std::vector<Diagnostic> share(StudyQuestion& study, std::vector<SharedSets> files, const StructureWith& structure_with) {
  if (auto problems = match(study, files, structure_with); !problems.empty()) return problems;
  tell_plans(study, files);
  for (SharedSets& file : files) study.parameters.push_back(std::move(file.parameters));
  drop_unused(study);
  if (auto problems = set_twice(study); !problems.empty()) return problems;
  leave_out_settings(study);
  return {};
}

std::vector<std::size_t> sets_drawn(const StudyParameters& file) {
  std::vector<std::size_t> sets = file.drawn;
  std::sort(sets.begin(), sets.end());
  sets.erase(std::unique(sets.begin(), sets.end()), sets.end());
  return sets;
}

Scenario with_numbers(const StudyPoint& point, const ParameterSets& sets, const std::vector<double>& numbers) {
  Scenario scenario = point.resolved;
  for (std::size_t i = 0; i < numbers.size(); ++i)
    if (point.left_out.empty() || !point.left_out[i]) ParameterPath(scenario, sets.paths[i]).set(scenario, numbers[i]);
  return scenario;
}

}  // namespace coalis
