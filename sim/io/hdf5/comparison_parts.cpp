// See comparison_parts.hpp.
#include "comparison_parts.hpp"

#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>

#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/model/plan.hpp"
#include "result_parameters.hpp"

namespace coalis::io {
namespace {

using h5::Dimension;
using h5::no_double;

}  // namespace

SharedRegions shared_regions(std::span<const ComparedScenario> scenarios) {
  SharedRegions shared;
  shared.at.resize(scenarios.size());
  for (const Region& region : scenarios.front().scenario.regions) {
    std::vector<std::size_t> at;
    for (const auto& s : scenarios) {
      const auto& regions = s.scenario.regions;
      const auto found = std::find_if(regions.begin(), regions.end(), [&](const Region& r) { return r.name == region.name; });
      if (found != regions.end()) at.push_back(static_cast<std::size_t>(found - regions.begin()));
    }
    if (at.size() < scenarios.size()) continue;
    shared.names.push_back(region.name);
    for (std::size_t i = 0; i < at.size(); ++i) shared.at[i].push_back(at[i]);
  }
  return shared;
}

Dimension scenario_dimension(hid_t group, std::span<const ComparedScenario> scenarios) {
  std::vector<std::string> labels;
  for (const auto& s : scenarios) labels.push_back(s.label);
  return {group, {"scenario", "", "label of the scenario"}, labels};
}

void write_scenarios(hid_t file, std::span<const ComparedScenario> scenarios, const std::string& evidence, int from) {
  const h5::Handle group = h5::create_group(file, "scenarios");
  h5::write_attribute(group, "title", std::string("The scenarios compared; the first is the reference"));
  if (!evidence.empty()) h5::write_attribute(group, "evidence", evidence);
  if (from > 0) h5::write_attribute(group, "from_month", std::int32_t{from});
  const Dimension labels = scenario_dimension(group, scenarios);
  for (const auto& s : scenarios) {
    const h5::Handle one = h5::create_group(group, s.label);
    h5::write_attribute(one, "title", s.scenario.name);
    h5::write_attribute(one, "scenario", to_toml(s.scenario));
    const auto plan = make_plan(s.scenario);
    h5::write_attribute(one, "planned_cost", plan->planned_cost);
    if (from > 0) h5::write_attribute(one, "planned_cost_from", planned_cost_a_year(*plan, from));
    if (!s.budget.empty()) h5::write_attribute(one, "budget", s.budget);
    if (!s.undone.empty()) h5::write_attribute(one, "undone", s.undone);
    h5::write_attribute(one, "fitted_sites", static_cast<std::int32_t>(s.fit.sites));
    if (!s.fit.basis.empty()) h5::write_attribute(one, "fitted_basis", s.fit.basis);
    h5::write_attribute(one, "fitted_items", nlohmann::json(s.fit.items).dump(-1, ' ', true));
    h5::write_attribute(one, "fitted_figures", nlohmann::json(s.fit.figures).dump(-1, ' ', true));
  }
}

// As a study's result has them (study_result.cpp).
void write_sets(hid_t file, const ComparedSets& sets, std::size_t replicates) {
  const h5::Handle group = h5::create_group(file, "parameters");
  h5::write_attribute(group, "title", std::string("Parameter sets, and the set of each replicate"));
  h5::write_attribute(group, "file", sets.file);
  h5::write_attribute(group, "sha1", sets.hash);
  h5::write_attribute(group, "sets_used", static_cast<std::int32_t>(sets.used));
  const Dimension set = numbered(group, {"set", "1", "number of the parameter set"}, sets.lines.size());
  const Dimension replicate = numbered(group, {"replicate", "1", "number of the replicate"}, replicates);
  h5::write_variable<std::int32_t>(group, {"line", "1", "line of the set in the file"}, {&set}, {}, sets.lines);
  h5::write_variable<double>(group, {"weight", "1", "weight by which the set was drawn"}, {&set}, no_double, sets.weights);
  write_set_values(group, set, sets.values);
  h5::write_variable<std::int32_t>(
      group, {"set_of_replicate", "1", "set that the replicate has in all scenarios"}, {&replicate}, {},
      std::vector(sets.set_of_replicate.begin(), sets.set_of_replicate.begin() + static_cast<std::ptrdiff_t>(replicates)));
}

void write_structures(hid_t file, std::span<const ComparedScenario> others, std::span<const ComparedStructure> list) {
  const h5::Handle group = h5::create_group(file, "structures");
  h5::write_attribute(group, "title",
                      std::string("Mean differences from the reference under each structure; the first is the scenarios' own"));
  std::vector<std::string> names, calibrations;
  for (const ComparedStructure& one : list) names.push_back(one.structure), calibrations.push_back(one.calibration);
  const Dimension structure(group, {"structure", "", "engagement, decision, influence"}, names);
  const Dimension scenario = scenario_dimension(group, others);
  h5::write_texts(group, {"calibration", "", "how far the structure is fitted to the evidence"}, structure, calibrations);
  for (std::size_t q = 0; q < outcome_quantities().size(); ++q) {
    std::vector<double> mean, error;
    for (const ComparedStructure& one : list) {
      mean.insert(mean.end(), one.mean[q].begin(), one.mean[q].end());
      error.insert(error.end(), one.error[q].begin(), one.error[q].end());
    }
    const Quantity& outcome = outcome_quantities()[q];
    h5::write_variable<double>(group, outcome, {&structure, &scenario}, no_double, mean);
    h5::write_variable<double>(group, {outcome.name + ".se", outcome.unit, "Monte Carlo standard error of " + outcome.name},
                               {&structure, &scenario}, no_double, error);
  }
}

void write_variances(hid_t file, std::span<const ComparedScenario> others, std::span<const ComparedVariance> list) {
  const h5::Handle group = h5::create_group(file, "variance");
  h5::write_attribute(group, "title",
                      std::string("What differences of single replicates vary by: chance, parameters, structure"));
  std::vector<std::string> calibrations;
  std::vector<std::int32_t> counts, set_counts;
  for (const ComparedVariance& one : list) {
    calibrations.push_back(one.calibration);
    counts.push_back(static_cast<std::int32_t>(one.structures));
    set_counts.push_back(static_cast<std::int32_t>(one.parameter_sets));
  }
  const Dimension calibration(group, {"calibration", "", "how far its structures are fitted to the evidence"}, calibrations);
  const Dimension scenario = scenario_dimension(group, others);
  const Dimension part(group, {"part", "", "mean, part of the variance, or what the sets' means are"},
                       std::vector<std::string>(compared_part_names.begin(), compared_part_names.end()));
  h5::write_variable<std::int32_t>(group, {"structures", "1", "number of structures"}, {&calibration}, {}, counts);
  h5::write_variable<std::int32_t>(group, {"parameter_sets", "1", "number of parameter sets; 0: the scenarios' own"},
                                   {&calibration}, {}, set_counts);
  for (std::size_t q = 0; q < outcome_quantities().size(); ++q) {
    std::vector<double> values;
    for (const ComparedVariance& one : list)
      for (const ComparedParts& p : one.parts[q])
        values.insert(values.end(), {p.mean, p.chance, p.parameters, p.structure, p.parameter_noise, p.sets_low, p.sets_high,
                                     p.sets_same_sign});
    h5::write_variable<double>(group, outcome_quantities()[q], {&calibration, &scenario, &part}, no_double, values);
  }
}

}  // namespace coalis::io
