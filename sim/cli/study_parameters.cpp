#include "study_parameters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <stdexcept>

#include "coalis/core/characters.hpp"
#include "coalis/core/counted.hpp"
#include "coalis/ensemble/ensemble.hpp"
#include "coalis/inference/parameter_path.hpp"
#include "coalis/io/text/file_hash.hpp"
#include "coalis/model/parameter_sums.hpp"
#include "coalis/questions/equal_budget.hpp"
#include "coalis/questions/structures.hpp"
#include "coalis/statistics/resampling.hpp"
#include "print.hpp"

namespace coalis::cli {
namespace {

using Names = std::vector<std::string>;

constexpr std::size_t most_errors = 20;

bool error(const Diagnostic& diagnostic) {
  print_message("{}\n", to_string(diagnostic));
  return false;
}

// A file with its columns of structure taken out.
struct ReadFile {
  StudyParameters parameters;
  ParameterSets structure;
  std::string plans;  // columns left to the scenarios
};

std::string column_text(const ParameterSets& sets, const ParameterSet& set) {
  std::string text;
  for (std::size_t i = 0; i < set.values.size(); ++i)
    text += fmt::format("{}{}={}", i > 0 ? ", " : "", sets.paths[i], set.values[i]);
  return text;
}

std::optional<ReadFile> read_file(const PreparedStudy& study, const std::filesystem::path& path) {
  ReadFile file;
  StudyParameters& p = file.parameters;
  p.sets = read_parameter_sets(path);
  for (const Diagnostic& d : p.sets.diagnostics) error(d);
  if (!p.sets.ok()) return std::nullopt;
  p.name = visible(path.filename().string(), Lines::one);
  p.hash = sha1_of_file(path);
  file.plans = fmt::format("{}", fmt::join(leave_out_plans(p.sets), ", "));
  file.structure = take_columns(p.sets, "structure.");
  p.structure = column_text(file.structure, file.structure.sets.front());
  for (const ParameterSet& set : file.structure.sets)
    if (column_text(file.structure, set) != p.structure) {
      error({p.sets.file, set.line, 1, false,
             fmt::format("was fitted under {}, the first set under {}", column_text(file.structure, set), p.structure),
             "put the sets of each structure into a file of its own and give all files"});
      return std::nullopt;
    }
  std::vector<double> weights;
  for (const ParameterSet& set : p.sets.sets) weights.push_back(set.weight);
  const std::uint32_t replicates = study.study().replicates;
  p.drawn = growing_resampling(weights, (replicates + replicates_a_set - 1) / replicates_a_set, study.study().seed);
  return file;
}

// Whether a scenario has the structure that the sets were fitted under.
bool fitted_under(const Scenario& scenario, const ReadFile& file) {
  if (file.structure.paths.empty()) return true;
  const ScenarioFile with = with_parameters(scenario, file.structure, file.structure.sets.front());
  if (!with.ok()) throw with.diagnostics.front();
  return with.scenario.structure == scenario.structure;
}

// Gives every point its file.
bool match(PreparedStudy& study, const std::vector<ReadFile>& files) {
  std::vector<std::pair<Structure, std::vector<std::size_t>>> known;  // files of each structure
  for (std::size_t p = 0; p < study.points.size(); ++p) {
    const Scenario& scenario = study.points[p].resolved;
    auto found = std::find_if(known.begin(), known.end(), [&](const auto& k) { return k.first == scenario.structure; });
    if (found == known.end()) {
      std::vector<std::size_t> fit;
      for (std::size_t f = 0; f < files.size(); ++f)
        if (fitted_under(scenario, files[f])) fit.push_back(f);
      found = known.insert(known.end(), {scenario.structure, fit});
    }
    if (found->second.size() == 1) {
      study.points[p].parameters = found->second.front();
      continue;
    }
    std::string fitted;
    for (const ReadFile& file : files)
      fitted += fmt::format("{}{} ({})", fitted.empty() ? "" : ", ", file.parameters.name,
                            file.parameters.structure.empty() ? "any" : file.parameters.structure);
    print_message("{}: error: {} has the structure '{}', and {} parameter sets were fitted under it: {}; {}\n", study.path,
                  study.describe(p), to_string(scenario.structure), found->second.empty() ? "no" : "several files of", fitted,
                  found->second.empty() ? "add a file that was, with another --parameters" : "give one of them");
    return false;
  }
  return true;
}

void tell_plans(PreparedStudy& study, const std::vector<ReadFile>& files) {
  std::map<std::string, std::string> names;  // of files, by the columns left out
  for (const ReadFile& file : files) names[file.plans] += (names[file.plans].empty() ? "" : ", ") + file.parameters.name;
  for (const auto& [plans, of] : names)
    if (!plans.empty())
      study.notices.push_back(
          fmt::format("{}: {} left to the scenarios: what is planned is what the study asks about.", of, plans));
}

bool begins_with(const Names& whole, const Names& start) {
  return start.size() <= whole.size() && std::equal(start.begin(), start.end(), whole.begin());
}

// The column that a path sets or is part of; npos if there is none.
std::size_t column_of(const Names& path, const ParameterSets& sets) {
  for (std::size_t i = 0; i < sets.paths.size(); ++i)
    if (const Names column = names_set(sets.paths[i]); begins_with(column, path) || begins_with(path, column)) return i;
  return std::string::npos;
}

// A factor's values and the sets' cannot both hold.
bool check_factors(const PreparedStudy& study) {
  bool good = true;
  for (const Factor& factor : study.study().design.factors)
    for (const std::string& path : factor.paths)
      for (const StudyParameters& file : study.parameters)
        if (column_of(names_set(path), file.sets) != std::string::npos)
          good = error({study.path, factor.line, factor.column, false,
                        fmt::format("the factor '{}' sets {}, and so do the parameter sets of {}", factor.name, path, file.name),
                        "take it out of one of the two: the factor, or the column in a copy of the file. Only named settings of "
                        "a factor go before the sets"});
  return good;
}

// What named settings of the points set goes before the sets.
void leave_out_settings(PreparedStudy& study) {
  std::set<std::string> left_out;
  for (StudyPoint& point : study.points) {
    const ParameterSets& sets = study.parameters[point.parameters].sets;
    for (std::size_t f = 0; f < point.values.size(); ++f) {
      const Factor& factor = study.study().design.factors[f];
      if (factor.settings.empty() || point.values[f].empty()) continue;
      for (const std::string& text : overrides_of(factor, point.values[f], point.scenario)) {
        const std::size_t column = column_of(names_set(text), sets);
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

void drop_unused(PreparedStudy& study) {
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

// What trying sets has found wrong, from several threads; each once.
class Problems {
 public:
  void add(const Diagnostic& diagnostic) {
    const std::lock_guard lock(mutex_);
    texts_.insert(to_string(diagnostic));
  }
  bool print() const {
    std::size_t printed = 0;
    for (const std::string& text : texts_)
      if (printed++ < most_errors) print_message("{}\n", text);
    if (texts_.size() > most_errors) print_message("and {} more\n", texts_.size() - most_errors);
    return texts_.empty();
  }

 private:
  std::mutex mutex_;
  std::set<std::string> texts_;
};

// Places of the sets that are drawn, each once, ascending.
std::vector<std::size_t> sets_drawn(const StudyParameters& file) {
  std::vector<std::size_t> sets = file.drawn;
  std::sort(sets.begin(), sets.end());
  sets.erase(std::unique(sets.begin(), sets.end()), sets.end());
  return sets;
}

// A set as numbers from a scenario that has it; empty if a column is no number.
std::vector<double> numbers_of(const Scenario& scenario, const ParameterSets& sets) try {
  std::vector<double> numbers;
  for (const std::string& path : sets.paths) numbers.push_back(ParameterPath(scenario, path).value(scenario));
  return numbers;
} catch (const std::invalid_argument&) {
  return {};
}

// The numbers of each set that is drawn: read and checked at a point that takes all of it.
std::vector<std::vector<double>> read_numbers(const PreparedStudy& study, std::size_t f, Problems& problems) {
  const StudyParameters& file = study.parameters[f];
  std::vector<std::vector<double>> numbers(file.sets.sets.size());
  const auto point = std::find_if(study.points.begin(), study.points.end(),
                                  [&](const StudyPoint& p) { return p.parameters == f && p.left_out.empty(); });
  if (point == study.points.end()) return numbers;
  const std::vector<std::size_t> drawn = sets_drawn(file);
  for_each(tbb_loop(), static_cast<int>(drawn.size()), [&](int i) {
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

Scenario with_numbers(const StudyPoint& point, const ParameterSets& sets, const std::vector<double>& numbers) {
  Scenario scenario = point.resolved;
  for (std::size_t i = 0; i < numbers.size(); ++i)
    if (point.left_out.empty() || !point.left_out[i]) ParameterPath(scenario, sets.paths[i]).set(scenario, numbers[i]);
  return scenario;
}

bool read_parameters(PreparedStudy& study, const std::vector<std::filesystem::path>& paths) try {
  std::vector<ReadFile> files;
  for (const auto& path : paths) {
    auto file = read_file(study, path);
    if (!file) return false;
    const auto named_so = [&](const ReadFile& other) { return same_file_name(other.parameters.name, file->parameters.name); };
    if (std::any_of(files.begin(), files.end(), named_so))
      return error(
          {path.string(), 0, 0, false, "two files of parameter sets have the same name in results", "rename one of them"});
    files.push_back(std::move(*file));
  }
  if (!match(study, files)) return false;
  tell_plans(study, files);
  for (ReadFile& file : files) study.parameters.push_back(std::move(file.parameters));
  drop_unused(study);
  if (!check_factors(study)) return false;
  leave_out_settings(study);
  return true;
} catch (const Diagnostic& wrong) {  // a structure that there is not
  return error(wrong);
} catch (const ResultError& wrong) {
  print_message("{}\n", wrong.what());
  return false;
}

bool check_parameters(PreparedStudy& study) {
  Problems problems;
  for (std::size_t f = 0; f < study.parameters.size(); ++f) study.numbers.push_back(read_numbers(study, f, problems));
  if (!problems.print()) return false;
  const std::size_t points = study.parameters.empty() ? 0 : study.points.size();
  for_each(tbb_loop(), static_cast<int>(points), [&](int p) {
    const StudyPoint& point = study.points[static_cast<std::size_t>(p)];
    const StudyParameters& file = study.parameters[point.parameters];
    const double cost = planned_cost(point.resolved);
    for (const std::size_t s : sets_drawn(file)) {
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
  return problems.print();
}

std::string parameters_text(const PreparedStudy& study) {
  std::string text;
  for (const StudyParameters& file : study.parameters) {
    text += fmt::format("{}{} of the {} of {}", text.empty() ? "" : ", ", sets_drawn(file).size(),
                        counted(file.sets.sets.size(), "set"), file.name);
  }
  if (text.empty()) return "";
  return fmt::format("{} in {} by weight, {} each", text, counted(study.parameters.front().drawn.size(), "draw"),
                     counted(replicates_a_set, "run"));
}

nlohmann::ordered_json parameters_json(const PreparedStudy& study) {
  nlohmann::ordered_json list;
  for (const StudyParameters& file : study.parameters)
    list.push_back({{"file", file.name},
                    {"sha1", file.hash},
                    {"structure", file.structure},
                    {"sets", file.sets.sets.size()},
                    {"sets_drawn", sets_drawn(file).size()},
                    {"draws", file.drawn.size()},
                    {"replicates_a_set", replicates_a_set}});
  return list;
}

}  // namespace coalis::cli
