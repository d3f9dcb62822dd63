// See study_runs.hpp.
#include "coalis/io/hdf5/study_runs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "coalis/io/hdf5/study_result.hpp"
#include "coalis/model/fields.hpp"
#include "coalis/questions/study/design.hpp"
#include "io/questions/study_reading.hpp"
#include "io/scenario/value_text.hpp"
#include "io/text/toml_tree.hpp"
#include "kept_outcomes.hpp"
#include "questions/study/values.hpp"
#include "result_open.hpp"
#include "result_parameters.hpp"

namespace coalis {
namespace {

using Names = std::vector<std::string>;

const std::string* text_in(const io::Table& table, std::string_view key) {
  const io::Entry* entry = table.find(key);
  return entry ? std::get_if<std::string>(&entry->node.value) : nullptr;
}

Names texts_of(const io::Node& node) {
  if (const auto* one = std::get_if<std::string>(&node.value)) return {*one};
  Names texts;
  if (const auto* array = std::get_if<io::Array>(&node.value))
    for (const io::Node& item : *array)
      if (const auto* text = std::get_if<std::string>(&item.value)) texts.push_back(*text);
  return texts;
}

// A factor as far as it says what its values set.
Factor factor_of(const io::Table& table, const Names& scenarios) {
  Factor factor;
  if (const io::Entry* path = table.find("path")) factor.paths = texts_of(path->node);
  if (const auto* name = text_in(table, "name"))
    factor.name = *name;
  else if (!factor.paths.empty())
    factor.name = factor.paths.front();
  if (const io::Entry* settings = table.find("settings")) {
    if (const auto* list = std::get_if<io::Array>(&settings->node.value)) {
      for (const io::Node& node : *list) {
        const auto* one = std::get_if<io::Table>(&node.value);
        const std::string* name = one ? text_in(*one, "name") : nullptr;
        const io::Entry* set = one ? one->find("set") : nullptr;
        factor.values.push_back(name ? io::toml_string(*name) : "");
        factor.settings.push_back(set ? texts_of(set->node) : Names{});
      }
    }
  }
  if (const io::Entry* changed = table.find("scenarios"))
    for (const std::string& name : texts_of(changed->node))
      for (std::size_t s = 0; s < scenarios.size(); ++s)
        if (io::is_scenario(scenarios[s], name)) factor.scenarios.push_back(s);
  return factor;
}

// Columns of a table of points are paths themselves.
std::vector<Factor> factors_of(const io::Table& study, hid_t design, const Names& scenarios) {
  std::vector<Factor> factors;
  if (const io::Entry* list = study.find("factors"); list && std::holds_alternative<io::Array>(list->node.value)) {
    for (const io::Node& node : std::get<io::Array>(list->node.value))
      if (const auto* table = std::get_if<io::Table>(&node.value)) factors.push_back(factor_of(*table, scenarios));
    return factors;
  }
  constexpr std::string_view value_of = "value of ";
  for (const std::string& name : h5::dataset_names(design)) {
    const std::string meaning = h5::read_text_attribute_of(design, name, "long_name");
    if (!meaning.starts_with(value_of)) continue;
    const std::string path = meaning.substr(value_of.size());
    factors.push_back({.name = path, .paths = {path}, .values = {}});
  }
  return factors;
}

// A value as --set takes it: numbers as they are, words and lists of TOML too, else a text.
std::string setting_text(const std::string& value) {
  if (value.empty() || value == "true" || value == "false" || value.front() == '[' || value.front() == '"') return value;
  return numbers_in({value}) ? value : io::toml_string(value);
}

// [point] of a factor; "" where the scenario's own was left.
Names values_of(hid_t design, const std::string& name) {
  const std::string variable = variable_name(name);
  try {
    return h5::read_names(design, variable);
  } catch (const h5::Error&) {
    Names texts;
    for (const double value : h5::read_dataset<double>(design, variable))
      texts.push_back(std::isnan(value) ? "" : number_text(value));
    return texts;
  }
}

void read_points(hid_t file, StudyRuns& runs) {
  const h5::Handle group = h5::open_group(file, "design");
  const Names listed = h5::read_names(h5::open_group(file, "scenarios"), "scenario");
  runs.scenario_texts = h5::read_names(h5::open_group(file, "scenarios"), "text");
  const Names scenarios = h5::read_names(group, "scenario"), keys = h5::read_names(group, "key");
  std::vector<Diagnostic> diagnostics;
  const auto study = io::parse_toml(h5::read_text_attribute(file, "study"), "study", diagnostics);
  if (!study) throw h5::Error("the study in it cannot be read: " + to_string(diagnostics.front()));
  const auto& table = std::get<io::Table>(study->value);
  if (const auto* lever = text_in(table, "equal_budget")) runs.equal_budget = *lever;
  for (std::size_t p = 0; p < keys.size(); ++p) {
    const auto found = std::find(listed.begin(), listed.end(), scenarios.at(p));
    if (found == listed.end()) throw h5::Error("a point has a scenario that there is not");
    runs.points.push_back({static_cast<std::size_t>(found - listed.begin()), keys[p], {}});
  }
  for (const Factor& factor : factors_of(table, group, listed)) {
    const Names values = values_of(group, factor.name);
    for (std::size_t p = 0; p < runs.points.size(); ++p) {
      StudyRuns::Point& point = runs.points[p];
      const std::string value = setting_text(values.at(p));
      if (value.empty()) continue;
      point.named_settings = point.named_settings || !factor.settings.empty();
      for (std::string& text :
           overrides_of(factor, factor.settings.empty() ? value : io::toml_string(plain_text(value)), point.scenario))
        point.setting.push_back(std::move(text));
    }
  }
}

void read_parameters(hid_t file, StudyRuns& runs) {
  if (!h5::has_group(file, "parameters")) return;
  const h5::Handle group = h5::open_group(file, "parameters");
  const Names files = h5::read_names(h5::open_group(file, "design"), "parameter_file");
  Names seen;
  for (std::size_t p = 0; p < runs.points.size(); ++p) {
    const auto known = std::find(seen.begin(), seen.end(), files.at(p));
    runs.points[p].parameters = static_cast<std::size_t>(known - seen.begin());
    if (known != seen.end()) continue;
    seen.push_back(files[p]);
    const h5::Handle one = h5::open_group(group, std::filesystem::path(files[p]).stem().string());
    runs.parameters.push_back({io::read_sets(one), h5::read_dataset<std::int32_t>(one, "set_of_replicate")});
    for (const std::int32_t set : runs.parameters.back().of_replicate)
      if (set < 0 || static_cast<std::size_t>(set) >= runs.parameters.back().sets.sets.size())
        throw h5::Error("a replicate has a set that there is not");
    if (runs.parameters.back().of_replicate.size() != runs.replicates) throw h5::Error("not every replicate has a parameter set");
  }
}

StudyRuns read(hid_t file) {
  StudyRuns runs;
  runs.program_version = h5::read_text_attribute(file, "program_version");
  runs.model_version = h5::read_text_attribute(file, "model_version");
  runs.commit = h5::read_text_attribute(file, "commit");
  runs.seed = h5::read_attribute<std::uint64_t>(file, "seed");
  read_points(file, runs);
  const h5::Handle group = h5::open_group(file, "runs");
  runs.replicates = h5::read_dataset<std::int32_t>(group, "replicate").size();
  runs.hashes = h5::read_rows<std::uint64_t>(group, "hash", 0, runs.points.size());
  runs.done = h5::read_rows<std::int32_t>(group, "done", 0, runs.points.size());
  const std::size_t count = runs.points.size() * runs.replicates;
  h5::require_outcomes(file);
  const h5::Handle outcomes = h5::open_group(file, "outcomes");
  for (const std::string& name : h5::dataset_names(outcomes)) {
    if (name == "point" || name == "replicate") continue;
    runs.outcome_names.push_back(name);
    runs.outcomes.push_back(h5::read_rows<double>(outcomes, name, 0, runs.points.size()));
    if (runs.outcomes.back().size() != count) throw h5::Error("variable " + name + " does not have a value a run");
  }
  if (runs.hashes.size() != count || runs.done.size() != count) throw h5::Error("not every run has a hash");
  read_parameters(file, runs);
  return runs;
}

}  // namespace

StudyRuns read_study_runs(const CheckedPath& checked) {
  const h5::Handle file = io::open_hdf5(checked, io::study_kind);
  try {
    return read(file);
  } catch (const h5::Error& error) {
    throw ResultError(fmt::format("{}: damaged: {}; copy it again or run the study again", checked.path.string(), error.what()));
  }
}

}  // namespace coalis
