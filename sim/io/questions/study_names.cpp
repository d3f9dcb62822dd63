// Names of a study: what becomes a column of a table or a variable of HDF5 stands for one thing only.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <set>

#include "coalis/core/names.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/network/outcomes.hpp"
#include "questions/study/values.hpp"
#include "study_reading.hpp"

namespace coalis::io {
namespace {

// Of the columns beside those of factors: in /design and /runs of a result, in points.csv and runs.csv.
constexpr std::array<std::string_view, 9> own_columns{"point", "replicate",      "seed",           "scenario", "key",
                                                      "hash",  "parameter_file", "parameter_line", "done"};

bool is_column(const std::string& name) {
  if (std::find(own_columns.begin(), own_columns.end(), name) != own_columns.end()) return true;
  const auto& outcomes = all_outcome_quantities();
  return std::any_of(outcomes.begin(), outcomes.end(), [&](const Quantity& q) { return q.name == name; });
}

// Nothing, or why a factor cannot have the name.
std::string problem_of(const std::string& name) {
  if (is_blank(name)) return "a factor has an empty name";
  if (const auto blanks = blank_problem(name); !blanks.empty()) return fmt::format("the factor '{}' {}", name, blanks);
  if (name == "." || name == "..") return fmt::format("a factor is named '{}', which means a folder", name);
  if (is_column(name_key(name))) return fmt::format("a factor is named '{}', as a column of every study's tables is", name);
  return "";
}

// All paths that a factor sets, as names; those of settings, too.
std::set<std::vector<std::string>> paths_of(const Factor& factor) {
  std::set<std::vector<std::string>> paths;
  for (const std::string& path : factor.paths) paths.insert(names_set(path));
  for (const auto& setting : factor.settings)
    for (const std::string& text : setting) paths.insert(names_set(text));
  return paths;
}

bool share_scenario(const Factor& a, const Factor& b) {
  if (a.scenarios.empty() || b.scenarios.empty()) return true;
  return std::any_of(a.scenarios.begin(), a.scenarios.end(),
                     [&](std::size_t s) { return std::find(b.scenarios.begin(), b.scenarios.end(), s) != b.scenarios.end(); });
}

bool begins_with(const std::vector<std::string>& whole, const std::vector<std::string>& start) {
  return start.size() <= whole.size() && std::equal(start.begin(), start.end(), whole.begin());
}

// What both factors set, "" nothing: with both only one of them would count.
std::string both_set(const Factor& a, const Factor& b) {
  if (!share_scenario(a, b)) return "";
  for (const auto& one : paths_of(a))
    for (const auto& other : paths_of(b))
      if (begins_with(one, other) || begins_with(other, one))
        return fmt::format("{}", fmt::join(one.size() > other.size() ? one : other, "."));
  return "";
}

// The paths of one factor: each once.
std::string path_twice(const Factor& factor) {
  const auto twice = [](const std::vector<std::string>& texts) -> std::string {
    std::set<std::vector<std::string>> seen;
    for (const std::string& text : texts)
      if (!seen.insert(names_set(text)).second) return fmt::format("{}", fmt::join(names_set(text), "."));
    return "";
  };
  if (auto found = twice(factor.paths); !found.empty()) return found;
  for (const auto& setting : factor.settings)
    if (auto found = twice(setting); !found.empty()) return found;
  return "";
}

}  // namespace

}  // namespace coalis::io

namespace coalis {

bool same_file_name(const std::filesystem::path& a, const std::filesystem::path& b) {
  return same_column(a.stem().string(), b.stem().string());
}

}  // namespace coalis

namespace coalis::io {

void check_factor_names(const std::vector<Factor>& factors, const std::vector<FactorPlaces>& places,
                        std::vector<Diagnostic>& diagnostics) {
  const auto error = [&](std::size_t factor, std::string problem, std::string advice) {
    const Place& at = places.at(factor).name.file.empty() ? places[factor].path : places[factor].name;
    diagnostics.push_back({at.file, at.line, at.column, false, std::move(problem), std::move(advice)});
  };
  for (std::size_t i = 0; i < factors.size(); ++i) {
    if (const auto problem = problem_of(factors[i].name); !problem.empty()) error(i, problem, "give it another name = \"...\"");
    if (const auto path = path_twice(factors[i]); !path.empty())
      error(i, fmt::format("the factor '{}' sets {} twice", factors[i].name, path), "remove one of them");
    for (std::size_t j = 0; j < i; ++j) {
      if (factors[i].name == factors[j].name)
        error(i, fmt::format("two factors are named '{}'", factors[i].name), "give one of them another name = \"...\"");
      else if (same_column(factors[i].name, factors[j].name))
        error(i,
              fmt::format("the factors '{}' and '{}' have one name in tables and files, where '/' is '_' and letter case, spaces "
                          "and how letters are made up may not count",
                          factors[j].name, factors[i].name),
              "give one of them another name = \"...\"");
      else if (const auto path = both_set(factors[i], factors[j]); !path.empty())
        error(i, fmt::format("the factors '{}' and '{}' both set {}", factors[j].name, factors[i].name, path),
              "remove one of them, or give them different 'scenarios'");
    }
  }
}

}  // namespace coalis::io
