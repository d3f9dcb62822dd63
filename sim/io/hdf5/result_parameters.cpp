// See result_parameters.hpp, here and in include/.
#include "result_parameters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "coalis/engine/simulate.hpp"
#include "coalis/io/questions/parameter_sets.hpp"
#include "coalis/model/fields.hpp"
#include "coalis/network/outcomes.hpp"
#include "io/scenario/value_text.hpp"
#include "questions/study/values.hpp"

namespace coalis {
namespace io {
namespace {

using h5::Dimension;
using h5::no_double;
using h5::Rows;

constexpr std::string_view value_of = "value of ";  // before the path of a column

// Numbers if all are, else texts.
void write_values(hid_t group, const Quantity& what, const Dimension& dimension, const std::vector<std::string>& values) {
  if (const auto numbers = numbers_in(values))
    h5::write_variable<double>(group, what, {&dimension}, no_double, *numbers);
  else
    h5::write_texts(group, what, dimension, values);
}

std::vector<std::string> read_values(hid_t group, const std::string& name) {
  try {
    return h5::read_names(group, name);
  } catch (const h5::Error&) {
    std::vector<std::string> texts;
    for (const double value : h5::read_dataset<double>(group, name)) texts.push_back(number_text(value));
    return texts;
  }
}

Dimension set_dimension(hid_t group, std::size_t count) {
  std::vector<std::int32_t> numbers(count);
  std::iota(numbers.begin(), numbers.end(), 0);
  return {group, {"set", "1", "number of the parameter set"}, std::span<const std::int32_t>(numbers)};
}

class ParametersUsed final : public Section {
 public:
  ParametersUsed(hid_t file, const DrawnSets& drawn, std::size_t expected)
      : drawn_(drawn),
        group_(h5::create_group(file, "parameters")),
        set_(set_dimension(group_, drawn.sets.sets.size())),
        replicate_(Dimension::growing_with_coordinates(group_, {"replicate", "1", "number of the replicate"}, expected)),
        replicates_(replicate_),
        set_of_replicate_(group_, {"set_of_replicate", "1", "set that the replicate has"}, {&replicate_}, {}) {
    h5::write_attribute(group_, "title", std::string("Parameter sets of a file, and the set of each replicate"));
    h5::write_attribute(group_, "file", drawn.file);
    h5::write_attribute(group_, "sha1", drawn.hash);
    write_sets(group_, set_, drawn.sets);
  }
  void append(const RunRecord& record) override {
    replicates_.append(record.replicate);
    set_of_replicate_.append(drawn_.of_replicate.at(record.replicate));
  }
  void finish(const Loop&) override {
    replicates_.flush();
    set_of_replicate_.flush();
  }

 private:
  const DrawnSets& drawn_;
  h5::Handle group_;
  Dimension set_, replicate_;
  Rows<std::uint32_t> replicates_;
  Rows<std::int32_t> set_of_replicate_;
};

}  // namespace

Dimension numbered(hid_t group, const Quantity& what, std::size_t count) { return Dimension::numbered(group, what, count); }

void write_sets(hid_t group, const Dimension& set, const ParameterSets& sets) {
  std::vector<std::int32_t> lines;
  std::vector<double> weights;
  for (const ParameterSet& s : sets.sets) lines.push_back(s.line), weights.push_back(s.weight);
  h5::write_variable<std::int32_t>(group, {"line", "1", "line of the set in the file"}, {&set}, {}, lines);
  h5::write_variable<double>(group, {"weight", "1", "weight of the set as the file has it"}, {&set}, no_double, weights);
  write_set_values(group, set, sets);
}

void write_set_values(hid_t group, const Dimension& set, const ParameterSets& sets) {
  for (std::size_t i = 0; i < sets.paths.size(); ++i) {
    std::vector<std::string> values;
    for (const ParameterSet& s : sets.sets) values.push_back(s.values[i]);
    write_values(group, {variable_name(sets.paths[i]), "1", std::string(value_of) + sets.paths[i]}, set, values);
  }
}

ParameterSets read_sets(hid_t group) {
  ParameterSets sets;
  sets.file = h5::read_text_attribute(group, "file");
  const auto lines = h5::read_dataset<std::int32_t>(group, "line");
  const auto weights = h5::read_dataset<double>(group, "weight");
  if (lines.size() != weights.size()) throw h5::Error("parameter sets differ in number");
  for (std::size_t i = 0; i < lines.size(); ++i) sets.sets.push_back({lines[i], weights[i], {}});
  for (const std::string& name : h5::dataset_names(group)) {
    const std::string meaning = h5::read_text_attribute_of(group, name, "long_name");
    if (!meaning.starts_with(value_of)) continue;
    const auto values = read_values(group, name);
    if (values.size() != lines.size()) throw h5::Error("variable " + name + " does not have a value a set");
    sets.paths.push_back(meaning.substr(value_of.size()));
    for (std::size_t i = 0; i < values.size(); ++i) sets.sets[i].values.push_back(values[i]);
  }
  return sets;
}

std::unique_ptr<Section> make_parameters_section(hid_t file, const DrawnSets& drawn, std::size_t expected) {
  return std::make_unique<ParametersUsed>(file, drawn, expected);
}

std::shared_ptr<const DrawnSets> read_drawn_sets(hid_t file, std::size_t replicates) {
  if (!h5::has_group(file, "parameters")) return nullptr;
  const h5::Handle group = h5::open_group(file, "parameters");
  auto drawn = std::make_shared<DrawnSets>();
  drawn->file = h5::read_text_attribute(group, "file");
  drawn->hash = h5::read_text_attribute(group, "sha1");
  drawn->sets = read_sets(group);
  drawn->of_replicate = h5::read_dataset<std::int32_t>(group, "set_of_replicate");
  if (drawn->of_replicate.size() != replicates) throw h5::Error("not every replicate has a parameter set");
  for (const std::int32_t set : drawn->of_replicate)
    if (set < 0 || static_cast<std::size_t>(set) >= drawn->sets.sets.size())
      throw h5::Error("a replicate has a set that there is not");
  return drawn;
}

}  // namespace io

Scenario scenario_of_row(const ResultFile& result, const Scenario& scenario, std::size_t row) {
  if (!result.parameters) return scenario;
  const DrawnSets& drawn = *result.parameters;
  const ParameterSet& set = drawn.sets.sets[static_cast<std::size_t>(drawn.of_replicate.at(row))];
  ScenarioFile file = with_parameters(scenario, drawn.sets, set);
  if (!file.ok()) throw ResultError("parameter sets of the result: " + to_string(file.diagnostics.front()));
  return std::move(file.scenario);
}

std::size_t run_rows(const ResultFile& result, const Scenario& scenario, const std::vector<std::size_t>& rows,
                     const Recording& recording, const Execution& execution, const Sink& sink) {
  std::vector<std::uint32_t> replicates;
  for (const std::size_t row : rows) replicates.push_back(result.replicates.at(row));
  if (!result.parameters) return run_ensemble(scenario, result.seed, replicates, recording, execution, sink);
  std::vector<std::uint32_t> tasks(rows.size());
  std::iota(tasks.begin(), tasks.end(), 0u);
  std::map<std::int32_t, Scenario> scenarios;  // by set
  for (const std::size_t row : rows) {
    const std::int32_t set = result.parameters->of_replicate[row];
    if (!scenarios.contains(set)) scenarios.emplace(set, scenario_of_row(result, scenario, row));
  }
  const auto make_runner = [&]() -> Runner {
    return [&](std::uint32_t task, RunRecord& record) {
      const Scenario& own = scenarios.at(result.parameters->of_replicate[rows[task]]);
      Simulator(make_plan(own)).run(result.seed, replicates[task], recording, record);
      if (execution.measure) execution.measure(own, record);
    };
  };
  return execute(tasks, make_runner, execution, sink);
}

}  // namespace coalis
