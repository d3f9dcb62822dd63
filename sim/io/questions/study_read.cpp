// From a study file to a Study, table by table.
#include <fmt/format.h>

#include <algorithm>

#include "coalis/core/names.hpp"
#include "coalis/network/outcomes.hpp"
#include "coalis/questions/equal_budget.hpp"
#include "coalis/questions/study/points.hpp"
#include "io/scenario/value_text.hpp"
#include "study_keys.hpp"

namespace coalis::io {
namespace {

const std::vector<std::string> top_keys{"format",       "version",  "name",       "question",     "scenarios", "replicates",
                                        "seed",         "outcomes", "record",     "batch",        "design",    "factors",
                                        "equal_budget", "answer",   "parameters", "scenarios_are"};

class StudyReading : private StudyKeys {
 public:
  StudyReading(StudyFile& file, Reading& reading) : StudyKeys(file, reading) {}

  void read() {
    const std::size_t before = file_.diagnostics.size();
    if (!check_header()) return;
    for (const Entry& entry : reading_.root.entries) {
      if (!known(entry.key, top_keys)) unknown(entry, "the file", top_keys);
    }
    text("name", study_.name);
    text("question", study_.question);
    read_scenarios();
    if (const auto count = number("replicates", most_replicates, true)) study_.replicates = static_cast<std::uint32_t>(*count);
    file_.replicates_line = line_of(reading_.root, "replicates");
    if (const auto seed = number("seed", 9.2e18, false)) study_.seed = static_cast<std::uint64_t>(*seed);
    if (const auto batch = number("batch", 1e6, false)) study_.batch = static_cast<std::uint32_t>(*batch);
    read_outcomes();
    read_record();
    read_parameters();
    const std::vector<FactorPlaces> places = read_design(file_, reading_);
    read_budget();
    if (file_.diagnostics.size() > before) return;
    for (const auto& path : study_.files) file_.scenarios.emplace_back(path);
    read_cases();
    if (const Entry* answer = reading_.root.find("answer")) read_answer(reading_, answer->node, study_);
    check_size();
    check_factors(file_, places);
  }

 private:
  static int line_of(const Table& table, std::string_view key) {
    const Entry* entry = table.find(key);
    return entry ? entry->place.line : 0;
  }

  bool check_header() {
    const Entry* format = reading_.root.find("format");
    const auto* text = format ? std::get_if<std::string>(&format->node.value) : nullptr;
    if (!text || *text != "study") {
      error(format ? format->node.place : place_,
            text ? fmt::format("the format is '{}', not 'study'", *text) : "the file does not say that it is a study",
            "begin it with format = \"study\" and version = 1");
      return false;
    }
    const Entry* version = reading_.root.find("version");
    const auto* number = version ? std::get_if<std::int64_t>(&version->node.value) : nullptr;
    if (number && *number == study_format_version) return true;
    if (!number) {
      error(version ? version->node.place : format->place, "the file does not say its format version", "add version = 1");
      return false;
    }
    error(version->node.place,
          fmt::format("format version {} is too {}", *number, *number < study_format_version ? "old" : "new"),
          fmt::format("this program reads version {}", study_format_version));
    return false;
  }

  void text(std::string_view key, std::string& into) {
    const Entry* entry = reading_.root.find(key);
    if (!entry) return error(place_, fmt::format("'{}' is missing in the file", key), "add it at the top: a text for people");
    if (auto value = read_text(reading_, key, entry->node)) into = *std::move(value);
    if (std::holds_alternative<std::string>(entry->node.value) && is_blank(into))
      error(entry->node.place, fmt::format("'{}' is blank", key), "write a text for people");
  }

  // A whole number of the file; an error if it is required and missing.
  std::optional<std::int64_t> number(std::string_view key, double most, bool required) {
    const Entry* entry = reading_.root.find(key);
    if (!entry) {
      if (required) error(place_, fmt::format("'{}' is missing in the file", key), fmt::format("add {} = 100", key));
      return std::nullopt;
    }
    return whole_number(key, entry->node, {required ? 1.0 : 0.0, most});
  }

  void read_scenarios() {
    const Entry* entry = reading_.root.find("scenarios");
    if (!entry)
      return error(place_, "'scenarios' is missing in the file", "add scenarios = [\"scenario.toml\"], relative to the study");
    const auto nodes = texts("scenarios", entry->node);
    if (!nodes) return;
    for (const Node* node : *nodes) {
      const auto& name = std::get<std::string>(node->value);
      const auto path = (std::filesystem::path(place_.file).parent_path() / name).lexically_normal();
      std::error_code ignored;
      if (!std::filesystem::is_regular_file(path, ignored)) {
        error(node->place, fmt::format("there is no scenario file '{}'", path.string()),
              "its path is relative to the study file");
        continue;
      }
      study_.scenarios.push_back(name);
      study_.files.push_back(path);
    }
  }

  void read_outcomes() {
    std::vector<std::string> names;
    for (const auto& quantity : all_outcome_quantities()) names.push_back(quantity.name);
    const Entry* entry = reading_.root.find("outcomes");
    if (!entry) return error(place_, "'outcomes' is missing in the file", "add those to be reported: outcomes = [\"engaged\"]");
    const auto nodes = texts("outcomes", entry->node);
    if (!nodes) return;
    for (const Node* node : *nodes) {
      const auto& name = std::get<std::string>(node->value);
      const auto found = std::find(names.begin(), names.end(), name);
      if (found == names.end())
        error(node->place, fmt::format("there is no outcome '{}'", name), choose_advice(name, names));
      else
        study_.outcomes.push_back(static_cast<std::size_t>(found - names.begin()));
    }
  }

  // Files of parameter sets: one text, or a list of them.
  void read_parameters() {
    const Entry* entry = reading_.root.find("parameters");
    if (!entry) return;
    std::vector<const Node*> nodes{&entry->node};
    if (!std::holds_alternative<std::string>(entry->node.value))
      nodes = texts("parameters", entry->node).value_or(std::vector<const Node*>{});
    for (const Node* node : nodes) {
      const auto path =
          (std::filesystem::path(place_.file).parent_path() / std::get<std::string>(node->value)).lexically_normal();
      std::error_code ignored;
      const auto named_so = [&](const std::filesystem::path& other) { return same_file_name(other, path); };
      if (std::any_of(study_.parameters.begin(), study_.parameters.end(), named_so))
        error(node->place, fmt::format("two files of parameter sets have the same name in results: '{}'", path.stem().string()),
              "rename one of them");
      else if (std::filesystem::is_regular_file(path, ignored))
        study_.parameters.push_back(path);
      else
        error(node->place, fmt::format("there is no file of parameter sets '{}'", path.string()),
              "its path is relative to the study file");
    }
  }

  void read_record() {
    const Entry* entry = reading_.root.find("record");
    if (!entry) return;
    if (const auto index = choice("record", entry->node, study_record_names)) study_.record = static_cast<StudyRecord>(*index);
  }

  // What the scenarios are to those who ask; without a word options, unless they differ in nothing that can be chosen.
  void read_cases() {
    constexpr std::array<std::string_view, 2> names{"options", "cases"};
    if (const Entry* entry = reading_.root.find("scenarios_are"))
      study_.cases = choice("scenarios_are", entry->node, names).value_or(0) == 1;
    else
      study_.cases = differ_in_no_policy(file_.scenarios);
  }

  void read_budget() {
    const Entry* entry = reading_.root.find("equal_budget");
    if (!entry) return;
    const auto levers = budget_levers();
    const std::vector<std::string_view> names(levers.begin(), levers.end());
    if (const auto index = choice("equal_budget", entry->node, names)) study_.equal_budget = levers[*index];
    if (study_.scenarios.size() < 2)
      error(entry->place, "equal_budget compares scenarios, and there is one", "name others, or remove it");
  }

  void check_size() {
    const double points = design_size(study_.design) * static_cast<double>(study_.files.size());
    const double runs = points * study_.replicates;
    if (points > double{most_points})
      error(place_, fmt::format("the design has {:.0f} points", points), fmt::format("at most {} are possible", most_points));
    else if (runs > double{most_runs})
      error(place_, fmt::format("the study has {:.0f} runs", runs), fmt::format("at most {} are possible", most_runs));
  }
};

}  // namespace

void read_study_tables(StudyFile& file, const Table& root, const std::string& name) {
  Scenario unused;
  Reading reading{unused, file.diagnostics, root, {name, 1, 1}};
  StudyReading(file, reading).read();
}

}  // namespace coalis::io
