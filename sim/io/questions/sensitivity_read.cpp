// From a sensitivity file to its plan: own keys here, the rest as a study whose design is put in.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "coalis/io/questions/sensitivity_file.hpp"
#include "coalis/io/text/file_kind.hpp"
#include "coalis/questions/study/points.hpp"
#include "coalis/statistics/unit_points.hpp"
#include "io/scenario/scenario_reading.hpp"
#include "study_reading.hpp"

namespace coalis {
namespace io {
namespace {

const std::vector<std::string> keys{"format",   "version", "name",   "question", "scenarios", "replicates", "seed",
                                    "outcomes", "factors", "morris", "sobol",    "groups",    "resamples"};

class SensitivityReading {
 public:
  SensitivityReading(SensitivityFile& file, Table& root, const Place& place)
      : file_(file), root_(root), place_(place), reading_{unused_, file.study.diagnostics, root, place} {}

  // Own keys are read and taken out; what is left is a study.
  void read() {
    if (!check_header()) return;
    for (const Entry& entry : root_.entries) {
      if (std::find(keys.begin(), keys.end(), entry.key) == keys.end())
        error(entry.place, fmt::format("unknown key '{}' in the file", entry.key), choose_advice(entry.key, keys));
    }
    read_methods();
    if (const Entry* groups = root_.find("groups"))
      file_.plan.groups = read_switch(reading_, "groups", groups->node).value_or(true);
    if (const Entry* resamples = root_.find("resamples"))
      if (const auto count = whole("resamples", resamples->node, {100, 100'000})) file_.plan.resamples = *count;
    if (!file_.study.diagnostics.empty()) return;
    for (const char* key : {"morris", "sobol", "groups", "resamples"})
      std::erase_if(root_.entries, [&](const Entry& entry) { return entry.key == key; });
    root_.find("format")->node.value = std::string("study");
    Table design{{{"kind", place_, {std::string("latin_hypercube"), place_}}, {"points", place_, {std::int64_t{1}, place_}}},
                 false};
    root_.entries.push_back({"design", place_, {std::move(design), place_}});
    read_study_tables(file_.study, root_, place_.file);
    if (!file_.ok()) return;
    check_study();
    const Study& study = file_.study.study;
    for (const Factor& factor : study.design.factors) {
      file_.plan.names.push_back(factor.name);
      file_.plan.paths.push_back(factor.paths.empty() ? "" : factor.paths.front());  // of named settings: none
    }
    file_.plan.seed = study.seed;
    check_size();
  }

 private:
  void error(const Place& place, std::string problem, std::string advice) {
    reading_.error(place, std::move(problem), std::move(advice));
  }

  bool check_header() {
    const Entry* format = root_.find("format");
    const auto* text = format ? std::get_if<std::string>(&format->node.value) : nullptr;
    if (text && *text == "sensitivity") return true;  // the version is read as a study's: both are 1
    error(format ? format->node.place : place_,
          text ? fmt::format("the format is '{}', not 'sensitivity'", *text)
               : "the file does not say that it is a sensitivity study",
          "begin it with format = \"sensitivity\" and version = 1");
    return false;
  }

  std::optional<std::size_t> whole(std::string_view key, const Node& node, const Bounds& bounds) {
    const auto value = read_integer(reading_, key, node, bounds, "");
    return value ? std::optional(static_cast<std::size_t>(*value)) : std::nullopt;
  }

  // A table of whole numbers: key, where it goes, bounds.
  struct Number {
    const char* key;
    std::size_t* into;
    Bounds bounds;
  };
  bool read_table(const char* name, const std::vector<Number>& numbers) {
    if (!root_.find(name)) return false;
    const Table* table = reading_.table(name);
    if (!table) return false;
    std::vector<std::string> known;
    for (const Number& number : numbers) known.emplace_back(number.key);
    for (const Entry& entry : table->entries) {
      const auto number = std::find_if(numbers.begin(), numbers.end(), [&](const Number& n) { return n.key == entry.key; });
      if (number == numbers.end())
        error(entry.place, fmt::format("unknown key '{}' in [{}]", entry.key, name), choose_advice(entry.key, known));
      else if (const auto value = whole(entry.key, entry.node, number->bounds))
        *number->into = *value;
    }
    return true;
  }

  void read_methods() {
    MorrisPlan morris;
    SobolPlan sobol;
    if (read_table("morris",
                   {{"trajectories", &morris.trajectories, {fewest_trajectories, 10'000}}, {"levels", &morris.levels, {2, 100}}}))
      file_.plan.morris = morris;
    if (read_table("sobol", {{"points", &sobol.points, {16, 1'048'576}}})) file_.plan.sobol = sobol;
    if (!root_.find("morris") && !root_.find("sobol"))
      error(place_, "the file asks for no method", "add [morris] with trajectories = 30, or [sobol] with points = 256");
    if (morris.levels % 2 == 1)
      error(root_.find("morris")->place, fmt::format("levels = {} is odd", morris.levels),
            "an even number of levels, as 4, is needed");
    if ((sobol.points & (sobol.points - 1)) != 0)
      error(root_.find("sobol")->place, fmt::format("points = {} is no power of 2", sobol.points),
            "a Sobol' sequence keeps its balance at 128, 256, 512, ...");
  }

  void check_study() {
    const Study& study = file_.study.study;
    if (study.design.factors.empty())
      error(place_, "there are no factors", "add [[factors]] with path = \"parameters.tie_prob\" and range = [0.05, 0.3]");
    if (study.scenarios.size() > 2)
      error(root_.find("scenarios")->place, fmt::format("there are {} scenarios", study.scenarios.size()),
            "name one, or two for the difference of the second from the first");
    if (2 * study.design.factors.size() > sobol_factors_max())
      error(place_, fmt::format("there are {} factors", study.design.factors.size()),
            fmt::format("at most {} are possible", sobol_factors_max() / 2));
  }

  void check_size() {
    const Study& study = file_.study.study;
    const auto runs = static_cast<double>(points_of(file_.plan)) * static_cast<double>(study.scenarios.size()) * study.replicates;
    if (runs > double{most_runs})
      error(place_, fmt::format("the study has {:.0f} runs", runs),
            fmt::format("at most {} are possible: take fewer points, trajectories or replicates", most_runs));
  }

  SensitivityFile& file_;
  Table& root_;
  Place place_;
  Scenario unused_;
  Reading reading_;
};

}  // namespace
}  // namespace io

SensitivityFile read_sensitivity(const std::filesystem::path& path) {
  SensitivityFile file;
  const auto text = io::read_file(path, {path.string()}, file.study.diagnostics);
  return text ? parse_sensitivity(*text, path) : file;
}

SensitivityFile parse_sensitivity(std::string text, const std::filesystem::path& path) {
  SensitivityFile file;
  const io::Place place{path.string(), 1, 1};
  file.study.text = std::move(text);
  if (auto other = another_kind(file.study.text, path.string(), "sensitivity", "a sensitivity study")) {
    file.study.diagnostics.push_back(*std::move(other));
    return file;
  }
  if (auto root = io::parse_toml(file.study.text, path.string(), file.study.diagnostics))
    io::SensitivityReading(file, std::get<io::Table>(root->value), place).read();
  return file;
}

}  // namespace coalis
