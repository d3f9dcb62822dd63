// What a comparison file holds (docs/formats/comparison.md).
#include <algorithm>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <numeric>
#include <optional>

#include "coalis/engine/simulate.hpp"
#include "coalis/io/hdf5/comparison_file.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/model/plan.hpp"
#include "coalis/network/outcomes.hpp"
#include "new_file.hpp"
#include "result_parameters.hpp"
#include "result_sections.hpp"

namespace coalis {
namespace {

using h5::Dimension;
using h5::Rows;
using Scenarios = std::span<const ComparedScenario>;

constexpr float no_float = std::numeric_limits<float>::quiet_NaN();
constexpr double no_double = std::numeric_limits<double>::quiet_NaN();

Dimension scenario_dimension(hid_t group, Scenarios scenarios) {
  std::vector<std::string> labels;
  for (const auto& s : scenarios) labels.push_back(s.label);
  return {group, {"scenario", "", "label of the scenario"}, labels};
}

// Regions that all scenarios have, in the reference's order, and where each scenario has them.
struct SharedRegions {
  std::vector<std::string> names;
  std::vector<std::vector<std::size_t>> at;  // [scenario][shared region]
};

SharedRegions shared_regions(Scenarios scenarios) {
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

// A group with a row a replicate: a variable a quantity.
template <class T>
class Variables {
 public:
  Variables(hid_t file, const std::string& name, const std::string& title, Scenarios scenarios, std::size_t expected)
      : group_(h5::create_group(file, name)),
        replicate_(Dimension::growing_with_coordinates(group_, {"replicate", "1", "number of the replicate"}, expected)),
        scenario_(scenario_dimension(group_, scenarios)),
        replicates_(replicate_) {
    h5::write_attribute(group_, "title", title);
  }
  void add(const std::vector<Quantity>& quantities, const std::vector<const Dimension*>& inner, T missing) {
    std::vector<const Dimension*> dimensions{&replicate_, &scenario_};
    dimensions.insert(dimensions.end(), inner.begin(), inner.end());
    for (const Quantity& quantity : quantities) rows_.emplace_back(group_, quantity, dimensions, missing);
  }
  void append_replicate(std::uint32_t number) {
    replicates_.append(number);
    ++count_;
  }
  void append(std::size_t quantity, std::span<const T> row) { rows_[quantity].append(row); }
  void flush() {
    replicates_.flush();
    for (auto& rows : rows_) rows.flush();
  }
  hid_t id() const { return group_; }
  hid_t dataset(std::size_t quantity) const { return rows_[quantity].dataset(); }
  std::size_t count() const { return count_; }

 private:
  h5::Handle group_;
  Dimension replicate_, scenario_;
  Rows<std::uint32_t> replicates_;
  std::vector<Rows<T>> rows_;
  std::size_t count_ = 0;
};

// Outcomes with the differences that matter in this comparison.
std::vector<Quantity> outcomes_of(const ComparisonInfo& info) {
  std::vector<Quantity> outcomes = info.matters.empty() ? outcome_quantities() : all_outcome_quantities();
  if (!info.matters.empty()) outcomes.resize(info.matters.size());
  for (std::size_t i = 0; i < info.matters.size(); ++i) outcomes.at(i).matters = info.matters[i];
  return outcomes;
}

void write_scenarios(hid_t file, Scenarios scenarios, const std::string& evidence) {
  const h5::Handle group = h5::create_group(file, "scenarios");
  h5::write_attribute(group, "title", std::string("The scenarios compared; the first is the reference"));
  if (!evidence.empty()) h5::write_attribute(group, "evidence", evidence);
  const Dimension labels = scenario_dimension(group, scenarios);
  for (const auto& s : scenarios) {
    const h5::Handle one = h5::create_group(group, s.label);
    h5::write_attribute(one, "title", s.scenario.name);
    h5::write_attribute(one, "scenario", to_toml(s.scenario));
    h5::write_attribute(one, "planned_cost", make_plan(s.scenario)->planned_cost);
    if (!s.budget.empty()) h5::write_attribute(one, "budget", s.budget);
    h5::write_attribute(one, "fitted_sites", static_cast<std::int32_t>(s.fit.sites));
    if (!s.fit.basis.empty()) h5::write_attribute(one, "fitted_basis", s.fit.basis);
    h5::write_attribute(one, "fitted_items", nlohmann::json(s.fit.items).dump(-1, ' ', true));
    h5::write_attribute(one, "fitted_figures", nlohmann::json(s.fit.figures).dump(-1, ' ', true));
  }
}

Dimension numbered(hid_t group, const Quantity& what, std::size_t count) {
  std::vector<std::int32_t> numbers(count);
  std::iota(numbers.begin(), numbers.end(), 0);
  return {group, what, std::span<const std::int32_t>(numbers)};
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
  io::write_set_values(group, set, sets.values);
  h5::write_variable<std::int32_t>(
      group, {"set_of_replicate", "1", "set that the replicate has in all scenarios"}, {&replicate}, {},
      std::vector(sets.set_of_replicate.begin(), sets.set_of_replicate.begin() + static_cast<std::ptrdiff_t>(replicates)));
}

}  // namespace

struct ComparisonWriter::File {
  File(const std::filesystem::path& path, bool overwrite, Scenarios compared, const ComparisonInfo& info)
      : file(path, overwrite),
        scenarios(compared.begin(), compared.end()),
        provenance(info.provenance),
        sets(info.sets),
        regions(shared_regions(compared)) {
    const Scenario& reference = scenarios.front().scenario;
    io::write_identity(file, comparison_format, comparison_format_version, title(), info.seed);
    h5::write_attribute(file, "format_minor", std::int32_t{comparison_format_minor});
    write_scenarios(file, compared, info.evidence);
    const Scenarios others = compared.subspan(1);

    outcomes.emplace(file, "outcomes", "Outcomes of every replicate and scenario", compared, info.replicates);
    outcomes->add(outcomes_of(info), {}, no_double);
    survey.emplace(file, "survey", "Figures of the simulated survey of every replicate and scenario", compared, info.replicates);
    survey->add(survey_quantities(), {}, no_double);

    if (!info.own_items.empty()) {
      own_items.emplace(file, "survey_items", "Answers to the simulated survey in the categories of the evidence", compared,
                        info.replicates);
      own_items->add(info.own_items, {}, no_double);
    }

    levels.emplace(file, "levels_over_time", "The scenarios, month by month", compared, info.replicates);
    const Dimension level_month = io::month_dimension(levels->id(), reference);
    levels->add(trajectory_quantities(), {&level_month}, no_float);

    over_time.emplace(file, "differences_over_time", "Scenario minus reference, month by month", others, info.replicates);
    const Dimension month = io::month_dimension(over_time->id(), reference);
    over_time->add(trajectory_quantities(), {&month}, no_float);

    by_region.emplace(file, "differences_by_region", "Scenario minus reference in each region, month by month", others,
                      info.replicates);
    const Dimension region = region_dimension(by_region->id());
    const Dimension region_month = io::month_dimension(by_region->id(), reference);
    by_region->add(region_trajectory_quantities(), {&region, &region_month}, no_float);
  }

  std::string title() const {
    std::string text;
    for (const auto& s : scenarios) text += (text.empty() ? "" : " | ") + s.scenario.name;
    return text;
  }
  Dimension region_dimension(hid_t group) const {
    return {group, {"region", "", "region that all scenarios have"}, regions.names};
  }
  std::size_t months() const { return static_cast<std::size_t>(scenarios.front().scenario.calendar.months); }

  void append(std::span<const RunRecord> records, std::span<const std::vector<double>> own) {
    const std::uint32_t number = records.front().replicate;
    outcomes->append_replicate(number);
    append_rows(*outcomes, records, &RunRecord::outcomes);
    survey->append_replicate(number);
    append_rows(*survey, records, &RunRecord::survey);
    if (own_items) append_own(number, own);
    levels->append_replicate(number);
    append_levels(records);
    over_time->append_replicate(number);
    append_over_time(records);
    by_region->append_replicate(number);
    append_by_region(records);
  }

  static void append_rows(Variables<double>& group, std::span<const RunRecord> records, std::vector<double> RunRecord::*values) {
    std::vector<double> row(records.size());
    for (std::size_t q = 0; q < (records.front().*values).size(); ++q) {
      std::transform(records.begin(), records.end(), row.begin(), [&](const RunRecord& r) { return (r.*values)[q]; });
      group.append(q, row);
    }
  }

  void append_own(std::uint32_t number, std::span<const std::vector<double>> own) {
    own_items->append_replicate(number);
    std::vector<double> row(own.size());
    for (std::size_t q = 0; q < own.front().size(); ++q) {
      std::transform(own.begin(), own.end(), row.begin(), [&](const std::vector<double>& shares) { return shares[q]; });
      own_items->append(q, row);
    }
  }

  void append_levels(std::span<const RunRecord> records) {
    std::vector<float> row;
    for (std::size_t q = 0; q < trajectory_quantities().size(); ++q) {
      row.clear();
      for (const RunRecord& record : records) {
        const auto first = record.trajectories.begin() + static_cast<std::ptrdiff_t>(q * months());
        row.insert(row.end(), first, first + static_cast<std::ptrdiff_t>(months()));
      }
      levels->append(q, row);
    }
  }

  void append_over_time(std::span<const RunRecord> records) {
    std::vector<float> row;
    for (std::size_t q = 0; q < trajectory_quantities().size(); ++q) {
      row.clear();
      for (const RunRecord& other : records.subspan(1))
        for (std::size_t i = q * months(); i < (q + 1) * months(); ++i)
          row.push_back(other.trajectories[i] - records.front().trajectories[i]);
      over_time->append(q, row);
    }
  }

  const float* region_values(std::span<const RunRecord> records, std::size_t scenario, std::size_t quantity,
                             std::size_t region) const {
    const std::size_t count = scenarios[scenario].scenario.regions.size();
    return &records[scenario].region_trajectories[(quantity * count + regions.at[scenario][region]) * months()];
  }

  void append_by_region(std::span<const RunRecord> records) {
    std::vector<float> row;
    for (std::size_t q = 0; q < region_trajectory_quantities().size(); ++q) {
      row.clear();
      for (std::size_t s = 1; s < records.size(); ++s) {
        for (std::size_t region = 0; region < regions.names.size(); ++region) {
          const float* other = region_values(records, s, q, region);
          const float* reference = region_values(records, 0, q, region);
          for (std::size_t month = 0; month < months(); ++month) row.push_back(other[month] - reference[month]);
        }
      }
      by_region->append(q, row);
    }
  }

  // Quantiles over replicates of a group with a row of months for each of `labels`.
  void write_quantiles(const std::string& name, const std::string& of, const Variables<float>& group_of, Scenarios labels,
                       const Loop& loop) {
    const h5::Handle group = h5::create_group(file, name);
    h5::write_attribute(group, "title", "Quantiles of /" + of + " over replicates");
    const Dimension scenario = scenario_dimension(group, labels);
    const Dimension probability(group, {"quantile", "1", "probability"}, std::span<const double>(io::quantile_probabilities));
    const Dimension month = io::month_dimension(group, scenarios.front().scenario);
    for (std::size_t q = 0; q < trajectory_quantities().size(); ++q) {
      std::vector<float> values;
      for (hsize_t s = 0; s < labels.size(); ++s) append_to(values, group_of.dataset(q), std::array{s}, loop);
      h5::write_variable<float>(group, trajectory_quantities()[q], {&scenario, &probability, &month}, no_float, values);
    }
  }

  void write_quantiles_by_region(const Loop& loop) {
    const Scenarios all = scenarios;
    const h5::Handle group = h5::create_group(file, "difference_quantiles_by_region");
    h5::write_attribute(group, "title", std::string("Quantiles of /differences_by_region over replicates"));
    const Dimension scenario = scenario_dimension(group, all.subspan(1));
    const Dimension region = region_dimension(group);
    const Dimension probability(group, {"quantile", "1", "probability"}, std::span<const double>(io::quantile_probabilities));
    const Dimension month = io::month_dimension(group, all.front().scenario);
    for (std::size_t q = 0; q < region_trajectory_quantities().size(); ++q) {
      std::vector<float> values;
      for (hsize_t s = 0; s + 1 < all.size(); ++s)
        for (hsize_t r = 0; r < regions.names.size(); ++r) append_to(values, by_region->dataset(q), std::array{s, r}, loop);
      h5::write_variable<float>(group, region_trajectory_quantities()[q], {&scenario, &region, &probability, &month}, no_float,
                                values);
    }
  }

  void append_to(std::vector<float>& values, hid_t variable, std::span<const hsize_t> inner, const Loop& loop) const {
    const auto block = io::quantiles_by_month(variable, inner, months(), outcomes->count(), loop);
    values.insert(values.end(), block.begin(), block.end());
  }

  void write_structures(std::span<const ComparedStructure> list) {
    const h5::Handle group = h5::create_group(file, "structures");
    h5::write_attribute(group, "title",
                        std::string("Mean differences from the reference under each structure; the first is the scenarios' own"));
    std::vector<std::string> names, calibrations;
    for (const ComparedStructure& one : list) names.push_back(one.structure), calibrations.push_back(one.calibration);
    const Dimension structure(group, {"structure", "", "engagement, decision, influence"}, names);
    const Scenarios all = scenarios;
    const Dimension scenario = scenario_dimension(group, all.subspan(1));
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

  void write_variances(std::span<const ComparedVariance> list) {
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
    const Scenarios all = scenarios;
    const Dimension scenario = scenario_dimension(group, all.subspan(1));
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

  void finish(const Loop& loop) {
    const Scenarios all = scenarios;
    outcomes->flush();
    survey->flush();
    if (own_items) own_items->flush();
    levels->flush();
    over_time->flush();
    by_region->flush();
    if (sets) write_sets(file, *sets, outcomes->count());
    write_quantiles("level_quantiles_over_time", "levels_over_time", *levels, all, loop);
    write_quantiles("difference_quantiles_over_time", "differences_over_time", *over_time, all.subspan(1), loop);
    write_quantiles_by_region(loop);
    outcomes.reset();
    survey.reset();
    own_items.reset();
    levels.reset();
    over_time.reset();
    by_region.reset();
    file.finish(provenance);
  }

  io::NewFile file;
  std::vector<ComparedScenario> scenarios;
  Provenance provenance;
  std::optional<ComparedSets> sets;
  SharedRegions regions;
  std::optional<Variables<double>> outcomes, survey, own_items;
  std::optional<Variables<float>> levels, over_time, by_region;
};

ComparisonWriter::ComparisonWriter(const std::filesystem::path& path, bool overwrite, std::span<const ComparedScenario> scenarios,
                                   const ComparisonInfo& info) try
    : file_(std::make_unique<File>(path, overwrite, scenarios, info)) {
} catch (const h5::Error& error) {
  throw ResultError(path.string() + ": " + error.what());
}

ComparisonWriter::~ComparisonWriter() = default;

void ComparisonWriter::append(std::span<const RunRecord> records, std::span<const std::vector<double>> own_items) try {
  file_->append(records, own_items);
} catch (const h5::Error& error) {
  throw ResultError(file_->file.path().string() + ": " + error.what() + "; is the disk full?");
}

void ComparisonWriter::structures(std::span<const ComparedStructure> list) try {
  file_->write_structures(list);
} catch (const h5::Error& error) {
  throw ResultError(file_->file.path().string() + ": " + error.what() + "; is the disk full?");
}

void ComparisonWriter::variances(std::span<const ComparedVariance> list) try {
  file_->write_variances(list);
} catch (const h5::Error& error) {
  throw ResultError(file_->file.path().string() + ": " + error.what() + "; is the disk full?");
}

void ComparisonWriter::finish(const Loop& loop) try { file_->finish(loop); } catch (const h5::Error& error) {
  throw ResultError(file_->file.path().string() + ": " + error.what() + "; is the disk full?");
}

}  // namespace coalis
