// What a study's factors mean in its scenarios: tables of points, switches, and the check of every value before the first run.
#include <fmt/format.h>

#include <algorithm>

#include "coalis/io/scenario/resolved.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/io/text/file_kind.hpp"
#include "coalis/model/fields.hpp"
#include "io/scenario/scenario_load.hpp"
#include "io/scenario/scenario_reading.hpp"
#include "io/text/csv_reader.hpp"
#include "study_reading.hpp"

namespace coalis::io {
namespace {

template <class T>
std::vector<std::string> choices_of(std::string_view key) {
  const Field<T>* row = find_row<T>(key);
  if (!row) return {};
  if (std::holds_alternative<bool T::*>(row->member)) return {"false", "true"};
  std::vector<std::string> values;
  for (const auto name : choices(row->refers)) values.push_back(fmt::format("\"{}\"", name));
  return values;
}

bool is_error(const Diagnostic& d) { return !d.warning; }

// The values to try: all of a list, the ends of a range.
std::vector<std::string> tried_values(const Factor& factor) {
  if (!factor.values.empty()) return factor.values;
  const auto text = [&](double value) {
    return factor.whole ? std::to_string(static_cast<long long>(value)) : number_text(value);
  };
  return {text(factor.min), text(factor.max)};
}

}  // namespace

std::vector<FactorPlaces> read_design_table(const std::string& text, const std::string& file, DesignPlan& design,
                                            std::vector<Diagnostic>& diagnostics) {
  std::vector<FactorPlaces> places;
  const auto error = [&](const CsvCell& cell, std::string problem, std::string advice) {
    diagnostics.push_back({file, cell.line, cell.column, false, std::move(problem), std::move(advice)});
  };
  if (auto other = another_kind(text, file, "", "a table of points (CSV)"))
    return diagnostics.push_back(*std::move(other)), places;
  const std::size_t before = diagnostics.size();
  const CsvText csv = parse_csv(text, file, diagnostics);
  if (diagnostics.size() == before && csv.rows.empty())
    return error({}, "the table has no points", "write a line of paths, then a line of values a point"), places;
  for (const CsvCell& cell : csv.names) {
    std::string problem;
    if (!split_path(cell.text, problem))
      error(cell, fmt::format("'{}' is no path: {}", cell.text, problem), "write it as for --set");
    design.factors.push_back({.name = cell.text, .paths = {cell.text}, .values = {}});
    places.push_back({{file, cell.line, cell.column}, {}});
  }
  for (const auto& row : csv.rows) {
    DesignPoint& point = design.rows.emplace_back();
    for (const CsvCell& cell : row) point.push_back(cell.text);
  }
  return places;
}

std::vector<std::string> switch_values(const std::string& path) {
  std::string problem;
  const auto names = split_path(path, problem);
  if (!names || names->size() < 2) return {};
  const std::string& table = names->front();
  if (table == "structure") return choices_of<Structure>(names->back());
  if (table == "hubs") return choices_of<Hub>(names->back());
  if (table == "series") return choices_of<Series>(names->back());
  if (table == "kinds") return choices_of<Kind>(names->back());
  return {};
}

bool sets_policy(const Factor& factor) {
  std::vector<std::string> paths = factor.paths;
  const auto everywhere = [&](const std::string& one) {
    return std::all_of(factor.settings.begin(), factor.settings.end(), [&](const std::vector<std::string>& setting) {
      return std::find(setting.begin(), setting.end(), one) != setting.end();
    });
  };
  for (const auto& setting : factor.settings)  // by what they do not have in common
    for (const std::string& one : setting)
      if (!everywhere(one)) paths.push_back(one.substr(0, one.find('=')));
  return !paths.empty() && std::all_of(paths.begin(), paths.end(), is_policy_path);
}

bool differ_in_no_policy(std::span<const LoadedScenario> loaded) {
  std::vector<Scenario> scenarios;
  for (const LoadedScenario& one : loaded) {
    ScenarioFile file = one.with();
    if (!file.ok()) return false;  // said by check_factors()
    scenarios.push_back(std::move(file.scenario));
  }
  return scenarios.size() > 1 && std::all_of(scenarios.begin() + 1, scenarios.end(), [&](const Scenario& s) {
           return policy_and_world(scenarios.front(), s).policy.empty();
         });
}

namespace {

// What is wrong with the values of one factor in one scenario; said once, at the path, if it is the same for all.
void check_factor(StudyFile& file, std::size_t scenario, const Factor& factor, const FactorPlaces& places) {
  const auto values = tried_values(factor);
  std::vector<Diagnostic> found;
  for (std::size_t v = 0; v < values.size(); ++v) {
    const ScenarioFile tried = file.scenarios[scenario].with(overrides_of(factor, values[v], scenario));
    const auto wrong = std::find_if(tried.diagnostics.begin(), tried.diagnostics.end(), is_error);
    if (wrong == tried.diagnostics.end()) continue;
    const Place& place = places.values.at(v);
    found.push_back({place.file, place.line, place.column, false, wrong->problem, wrong->advice});
  }
  const bool same = found.size() == values.size() && std::all_of(found.begin(), found.end(), [&](const Diagnostic& d) {
                      return d.problem == found.front().problem;
                    });
  if (same) {
    found.resize(1);
    found.front().line = places.path.line;
    found.front().column = places.path.column;
  }
  for (Diagnostic& d : found) {
    d.problem = fmt::format("'{}' in {}: {}", factor.name, file.study.scenarios[scenario], d.problem);
    file.diagnostics.push_back(std::move(d));
  }
}

}  // namespace

void check_factors(StudyFile& file, const std::vector<FactorPlaces>& places) {
  const DesignPlan& design = file.study.design;
  for (std::size_t scenario = 0; scenario < file.scenarios.size(); ++scenario) {
    const ScenarioFile base = file.scenarios[scenario].with();
    file.diagnostics.insert(file.diagnostics.end(), base.diagnostics.begin(), base.diagnostics.end());
    if (!base.ok() || design.kind == DesignKind::table) continue;  // points of a table are read one by one
    for (std::size_t f = 0; f < design.factors.size(); ++f) check_factor(file, scenario, design.factors[f], places[f]);
  }
}

}  // namespace coalis::io
