// The design of a study file and its factors.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "coalis/core/names.hpp"
#include "coalis/statistics/unit_points.hpp"
#include "io/scenario/value_text.hpp"
#include "study_keys.hpp"

namespace coalis::io {
namespace {

const std::vector<std::string> design_keys{"kind", "points", "seed", "table"};
const std::vector<std::string> factor_keys{"path",   "name",  "values",   "range",     "levels",
                                           "switch", "whole", "settings", "scenarios", "policy"};

class DesignReading : private StudyKeys {
 public:
  DesignReading(StudyFile& file, Reading& reading) : StudyKeys(file, reading) {}

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

  std::vector<FactorPlaces> places() { return std::move(places_); }

 private:
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
      if (const std::string problem = blank_problem(*text); !problem.empty())
        error(called->place, fmt::format("the setting '{}' {}", *text, problem), "write plain spaces, between words only");
      if (std::any_of(factor.values.begin(), factor.values.end(),
                      [&](const std::string& other) { return name_key(other) == name_key(value); }))
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

  std::vector<FactorPlaces> places_;
};

}  // namespace

std::vector<FactorPlaces> read_design(StudyFile& file, Reading& reading) {
  DesignReading design(file, reading);
  design.read_design();
  return design.places();
}

}  // namespace coalis::io
