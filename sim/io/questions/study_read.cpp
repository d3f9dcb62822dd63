// From a study file to a Study, table by table.
#include <fmt/format.h>

#include <algorithm>

#include "coalis/io/questions/study_file.hpp"
#include "coalis/io/text/file_kind.hpp"
#include "coalis/io/text/whole_file.hpp"
#include "coalis/network/outcomes.hpp"
#include "coalis/questions/equal_budget.hpp"
#include "coalis/statistics/unit_points.hpp"
#include "io/scenario/scenario_reading.hpp"
#include "io/scenario/value_text.hpp"
#include "io/text/durable.hpp"
#include "study_reading.hpp"

namespace coalis {
namespace io {
namespace {

constexpr double most_runs = 100'000'000;

const std::vector<std::string> top_keys{"format",       "version",  "name",       "question",     "scenarios", "replicates",
                                        "seed",         "outcomes", "record",     "batch",        "design",    "factors",
                                        "equal_budget", "answer",   "parameters", "scenarios_are"};
const std::vector<std::string> design_keys{"kind", "points", "seed", "table"};
const std::vector<std::string> factor_keys{"path",   "name",  "values",   "range",     "levels",
                                           "switch", "whole", "settings", "scenarios", "policy"};

class StudyReading {
 public:
  StudyReading(StudyFile& file, const Table& root, std::string name)
      : file_(file), study_(file.study), place_{std::move(name), 1, 1}, reading_{unused_, file.diagnostics, root, place_} {}

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
    read_design();
    read_budget();
    if (file_.diagnostics.size() > before) return;
    read_cases();
    if (const Entry* answer = reading_.root.find("answer")) read_answer(reading_, answer->node, study_);
    check_size();
    check_factors(study_, places_, file_.diagnostics);
  }

 private:
  static bool known(const std::string& key, const std::vector<std::string>& keys) {
    return std::find(keys.begin(), keys.end(), key) != keys.end();
  }
  static int line_of(const Table& table, std::string_view key) {
    const Entry* entry = table.find(key);
    return entry ? entry->place.line : 0;
  }
  void error(const Place& place, std::string problem, std::string advice) {
    reading_.error(place, std::move(problem), std::move(advice));
  }
  void unknown(const Entry& entry, std::string_view where, const std::vector<std::string>& keys) {
    error(entry.place, fmt::format("unknown key '{}' in {}", entry.key, where), choose_advice(entry.key, keys));
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
  std::optional<std::int64_t> whole_number(std::string_view key, const Node& node, const Bounds& bounds) {
    if (!std::holds_alternative<std::int64_t>(node.value)) return read_integer(reading_, key, node, bounds, ""), std::nullopt;
    if (!read_number(reading_, key, node, bounds, "")) return std::nullopt;
    return std::get<std::int64_t>(node.value);
  }

  // The texts of a list; nothing, and an error, if it is something else.
  std::optional<std::vector<const Node*>> texts(std::string_view key, const Node& node) {
    const auto* array = std::get_if<Array>(&node.value);
    std::vector<const Node*> nodes;
    bool good = array != nullptr;
    for (std::size_t i = 0; good && i < array->size(); ++i) {
      good = std::holds_alternative<std::string>((*array)[i].value);
      nodes.push_back(&(*array)[i]);
    }
    if (good && !nodes.empty()) return nodes;
    error(node.place, fmt::format("{} takes a list of texts, not {}", key, array ? "this list" : type_name(node)),
          fmt::format("write {} = [\"...\", \"...\"]", key));
    return std::nullopt;
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

  // The place of a text among the names that a key may have.
  std::optional<std::size_t> choice(std::string_view key, const Node& node, std::span<const std::string_view> names) {
    const auto value = read_text(reading_, key, node);
    if (!value) return std::nullopt;
    const auto found = std::find(names.begin(), names.end(), *value);
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
    error(node.place, fmt::format("{}: there is no '{}'", key, *value), choose_advice(*value, {names.begin(), names.end()}));
    return std::nullopt;
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
      study_.cases = differ_in_no_policy(study_);
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

  void read_design() {
    const Entry* entry = reading_.root.find("design");
    if (!entry) return error(place_, "the table [design] is missing", "add it, with kind = \"full_factorial\"");
    const Table* table = reading_.table("design");
    if (!table) return;
    for (const Entry& other : table->entries) {
      if (!known(other.key, design_keys)) unknown(other, "[design]", design_keys);
    }
    const Entry* kind = table->find("kind");
    if (!kind)
      return error(entry->place, "'kind' is missing in [design]", choose_advice("", {design_names.begin(), design_names.end()}));
    const auto index = choice("kind", kind->node, design_names);
    if (!index) return;
    DesignPlan& design = study_.design;
    design.kind = static_cast<DesignKind>(*index);
    const bool sampled = design.kind == DesignKind::latin_hypercube || design.kind == DesignKind::sobol;
    only_for(*table, "points", sampled, kind->node);
    only_for(*table, "seed", design.kind == DesignKind::latin_hypercube, kind->node);
    only_for(*table, "table", design.kind == DesignKind::table, kind->node);
    if (const Entry* points = table->find("points"); points && sampled) {
      file_.points_line = points->place.line;
      if (const auto count = whole_number("points", points->node, {1, double{most_points}}))
        design.points = static_cast<std::size_t>(*count);
    } else if (sampled) {
      error(kind->place, fmt::format("'points' is missing in [design] of kind '{}'", design_names[*index]), "add points = 64");
    }
    if (const Entry* seed = table->find("seed")) {
      if (const auto value = whole_number("seed", seed->node, {0, 9.2e18})) design.seed = static_cast<std::uint64_t>(*value);
    }
    if (design.kind == DesignKind::table) return read_table(*table, kind->place);
    read_factors();
  }

  void only_for(const Table& table, std::string_view key, bool allowed, const Node& kind) {
    const Entry* entry = table.find(key);
    if (!entry || allowed) return;
    error(entry->place, fmt::format("'{}' has no meaning in a design of kind '{}'", key, std::get<std::string>(kind.value)),
          "remove it");
  }

  void read_table(const Table& design, const Place& kind) {
    const Entry* entry = design.find("table");
    if (!entry)
      return error(kind, "'table' is missing in [design] of kind 'table'", "add table = \"points.csv\", relative to the study");
    const auto name = io::read_text(reading_, "table", entry->node);
    if (!name) return;
    if (const Entry* factors = reading_.root.find("factors")) {
      error(factors->place, "a design of kind 'table' has its factors in the table", "remove [[factors]]");
    }
    const auto path = (std::filesystem::path(place_.file).parent_path() / *name).lexically_normal();
    const auto content = read_file(path, entry->node.place, file_.diagnostics, largest_table);
    if (!content) return;
    places_ = read_design_table(*content, path.string(), study_.design, file_.diagnostics);
    check_factor_names(study_.design.factors, places_, file_.diagnostics);
    for (Factor& factor : study_.design.factors) factor.policy = sets_policy(factor);
  }

  void read_factors() {
    for (const Node* node : reading_.list("factors", "factor")) read_factor(std::get<Table>(node->value), node->place);
    auto& factors = study_.design.factors;
    const std::size_t most = sobol_factors_max();
    if (study_.design.kind == DesignKind::sobol && factors.size() > most) {
      error(place_, fmt::format("a Sobol' sequence has at most {} factors", most), "use latin_hypercube");
    }
    if (study_.design.kind == DesignKind::sobol && factors.empty())
      error(place_, "a Sobol' sequence needs a factor", "add [[factors]]");
    check_factor_names(factors, places_, file_.diagnostics);
  }

  void read_factor(const Table& table, const Place& place) {
    const std::size_t before = file_.diagnostics.size();
    for (const Entry& entry : table.entries) {
      if (!known(entry.key, factor_keys)) unknown(entry, "[[factors]]", factor_keys);
    }
    Factor factor;
    FactorPlaces places{place, {}};
    const Entry* path = table.find("path");
    if (const Entry* settings = table.find("settings")) {
      read_settings(table, *settings, factor, places);
      return add_factor(table, std::move(factor), std::move(places), before);
    }
    if (!path)
      return error(place, "'path' is missing in [[factors]]", "add the key to be changed: path = \"levers.information\"");
    places.path = path->node.place;
    if (const auto* one = std::get_if<std::string>(&path->node.value)) {
      factor.paths = {*one};
    } else if (const auto nodes = texts("path", path->node)) {
      for (const Node* node : *nodes) factor.paths.push_back(std::get<std::string>(node->value));
    } else {
      return;
    }
    factor.name = factor.paths.front();
    if (const Entry* name = table.find("name")) {
      factor.name = io::read_text(reading_, "name", name->node).value_or(factor.name);
      places.name = name->node.place;
    }
    read_levels(table, factor, places);
    add_factor(table, std::move(factor), std::move(places), before);
  }

  // With the scenarios that it changes; nothing if there have been errors since `before`.
  void add_factor(const Table& table, Factor factor, FactorPlaces places, std::size_t before) {
    read_changed(table, factor);
    if (file_.diagnostics.size() > before) return;
    factor.line = places.path.line, factor.column = places.path.column;
    factor.policy = sets_policy(factor);
    if (const Entry* policy = table.find("policy"))
      factor.policy = read_switch(reading_, "policy", policy->node).value_or(factor.policy);
    study_.design.factors.push_back(std::move(factor));
    places_.push_back(std::move(places));
  }

  // The scenarios that a factor changes; all without.
  void read_changed(const Table& table, Factor& factor) {
    const Entry* entry = table.find("scenarios");
    const auto nodes = entry ? texts("scenarios", entry->node) : std::nullopt;
    for (std::size_t i = 0; nodes && i < nodes->size(); ++i) {
      const Node& node = *(*nodes)[i];
      const auto& name = std::get<std::string>(node.value);
      const auto found = std::find_if(study_.scenarios.begin(), study_.scenarios.end(),
                                      [&](const std::string& listed) { return is_scenario(listed, name); });
      if (found == study_.scenarios.end())
        error(node.place, fmt::format("'{}' is no scenario of the study", name), choose_advice(name, study_.scenarios));
      else
        factor.scenarios.push_back(static_cast<std::size_t>(found - study_.scenarios.begin()));
    }
  }

  // Named settings of several keys.
  void read_settings(const Table& table, const Entry& settings, Factor& factor, FactorPlaces& places) {
    const Entry* name = table.find("name");
    if (!name) return error(settings.place, "a factor of settings needs a name", "add name = \"size\"");
    factor.name = io::read_text(reading_, "name", name->node).value_or("");
    places.path = name->node.place;
    for (const Entry& entry : table.entries) {
      if (entry.key != "name" && entry.key != "settings" && entry.key != "scenarios" && entry.key != "policy")
        error(entry.place, fmt::format("'{}' has no meaning beside settings", entry.key), "remove it");
    }
    const auto* array = std::get_if<Array>(&settings.node.value);
    const char* advice = "write settings = [{ name = \"small\", set = [\"levers.information=0\"] }, ...]";
    if (!array || array->empty()) return error(settings.node.place, "settings takes a list of tables", advice);
    for (const Node& node : *array) {
      const auto* setting = std::get_if<Table>(&node.value);
      const Entry* called = setting ? setting->find("name") : nullptr;
      const Entry* set = setting ? setting->find("set") : nullptr;
      if (!called || !set || setting->entries.size() > 2)
        return error(node.place, "a setting has a name and a list 'set'", advice);
      const auto text = io::read_text(reading_, "name", called->node);
      const auto* items = std::get_if<Array>(&set->node.value);
      const auto texts_of_set = items && items->empty() ? std::vector<const Node*>{} : texts("set", set->node);
      if (!text || !texts_of_set) return;
      const std::string value = toml_string(*text);
      if (std::find(factor.values.begin(), factor.values.end(), value) != factor.values.end())
        error(called->place, fmt::format("two settings are named '{}'", *text), "give one of them another name");
      factor.values.push_back(value);
      places.values.push_back(node.place);
      auto& list = factor.settings.emplace_back();
      for (const Node* one : *texts_of_set) list.push_back(std::get<std::string>(one->value));
    }
  }

  // values, range or switch: one of them.
  void read_levels(const Table& table, Factor& factor, FactorPlaces& places) {
    const Entry* values = table.find("values");
    const Entry* range = table.find("range");
    const Entry* choices = table.find("switch");
    if ((values != nullptr) + (range != nullptr) + (choices != nullptr) != 1) {
      return error(places.path, fmt::format("the factor '{}' needs one of values, range and switch", factor.name),
                   "write values = [0, 0.5, 1], range = [0, 1] or switch = true");
    }
    for (const char* key : {"levels", "whole"}) {
      const Entry* entry = table.find(key);
      if (entry && !range) error(entry->place, fmt::format("'{}' belongs to a range", key), "remove it");
    }
    if (values) return read_values(values->node, factor, places);
    if (range) return read_range(table, range->node, factor, places);
    const bool wanted = read_switch(reading_, "switch", choices->node).value_or(false);
    factor.values = switch_values(factor.paths.front());
    places.values.assign(factor.values.size(), choices->node.place);
    if (!wanted)
      error(choices->node.place, "switch takes true", "write switch = true: the factor takes every choice of its key");
    else if (factor.values.empty())
      error(places.path, fmt::format("'{}' is no switch", factor.paths.front()), "list its values = [...]");
  }

  void read_values(const Node& node, Factor& factor, FactorPlaces& places) {
    const auto* array = std::get_if<Array>(&node.value);
    if (!array || array->empty()) return error(node.place, "values takes a list", "write values = [0, 0.5, 1]");
    for (const Node& value : *array) {
      auto text = toml_text(value);
      if (!text) {
        error(value.place, fmt::format("a value of a factor cannot be {}", type_name(value)),
              "give a number, a text, true, false or a list of texts");
        continue;
      }
      if (std::find(factor.values.begin(), factor.values.end(), *text) != factor.values.end()) {
        error(value.place, fmt::format("the value {} is there twice", *text), "remove one of them");
      }
      factor.values.push_back(*std::move(text));
      places.values.push_back(value.place);
    }
  }

  void read_range(const Table& table, const Node& node, Factor& factor, FactorPlaces& places) {
    const auto* ends = std::get_if<Array>(&node.value);
    if (!ends || ends->size() != 2) return error(node.place, "range takes its two ends", "write range = [0, 1]");
    const auto min = read_number(reading_, "range", ends->front(), {}, ""),
               max = read_number(reading_, "range", ends->back(), {}, "");
    if (!min || !max) return;
    if (!(*min < *max)) return error(node.place, "the range is empty", "write the smaller end first");
    factor.min = *min;
    factor.max = *max;
    places.values = {ends->front().place, ends->back().place};
    if (const Entry* whole = table.find("whole")) factor.whole = read_switch(reading_, "whole", whole->node).value_or(false);
    if (factor.whole && (*min != static_cast<double>(static_cast<long long>(*min)) ||
                         *max != static_cast<double>(static_cast<long long>(*max)))) {
      error(node.place, "the ends of a range of whole numbers are whole numbers", "write range = [2, 12]");
    }
    const bool factorial = study_.design.kind == DesignKind::full_factorial || study_.design.kind == DesignKind::one_factor;
    const Entry* levels = table.find("levels");
    if (!levels && factorial) {
      error(node.place, "a range has 'levels' in a factorial design", "add levels = 5, or list the values");
    } else if (levels && !factorial) {
      error(levels->place, "'levels' has no meaning in a design that fills the range", "remove it");
    } else if (levels) {
      if (const auto count = whole_number("levels", levels->node, {2, 10'000})) factor.levels = static_cast<int>(*count);
    }
  }

  void check_size() {
    const double points = design_size(study_.design) * static_cast<double>(study_.files.size());
    const double runs = points * study_.replicates;
    if (points > double{most_points})
      error(place_, fmt::format("the design has {:.0f} points", points), fmt::format("at most {} are possible", most_points));
    else if (runs > most_runs)
      error(place_, fmt::format("the study has {:.0f} runs", runs), fmt::format("at most {:.0f} are possible", most_runs));
  }

  StudyFile& file_;
  Study& study_;
  Scenario unused_;
  Place place_;
  Reading reading_;
  std::vector<FactorPlaces> places_;
};

}  // namespace

void read_study_tables(StudyFile& file, const Table& root, const std::string& name) { StudyReading(file, root, name).read(); }

std::optional<std::string> read_file(const std::filesystem::path& path, const Place& place, std::vector<Diagnostic>& diagnostics,
                                     std::size_t largest) {
  WholeFile file = read_whole_file(path, largest);
  if (file.ok()) return std::move(file.text);
  diagnostics.push_back({place.file, place.line, place.column, false,
                         fmt::format("cannot read the file '{}': {}", path.string(), file.problem), file.advice});
  return std::nullopt;
}

}  // namespace io

bool StudyFile::ok() const {
  return std::all_of(diagnostics.begin(), diagnostics.end(), [](const Diagnostic& d) { return d.warning; });
}

StudyFile read_study(const std::filesystem::path& path) {
  std::vector<Diagnostic> diagnostics;
  if (const auto text = io::read_file(path, {path.string()}, diagnostics)) return parse_study(*text, path);
  StudyFile file;
  file.diagnostics = std::move(diagnostics);
  return file;
}

StudyFile parse_study(std::string text, const std::filesystem::path& path) {
  StudyFile file;
  file.text = std::move(text);
  if (auto other = another_kind(file.text, path.string(), "study", "a study")) {
    file.diagnostics.push_back(*std::move(other));
    return file;
  }
  if (const auto root = io::parse_toml(file.text, path.string(), file.diagnostics))
    io::read_study_tables(file, std::get<io::Table>(root->value), path.string());
  return file;
}

std::string with_number(std::string_view text, int line, std::string_view key, std::uint64_t number) {
  std::size_t at = 0;
  for (int i = 1; i < line; ++i) at = text.find('\n', at) + 1;
  at = text.find('=', text.find(key, at)) + 1;
  at = text.find_first_not_of(" \t", at);
  const std::size_t end = std::min(text.size(), text.find_first_of(" \t\r\n#,}", at));
  return fmt::format("{}{}{}", text.substr(0, at), number, text.substr(end));
}

void write_text(const std::filesystem::path& path, std::string_view text) { io::write_durably(path, text); }

}  // namespace coalis
