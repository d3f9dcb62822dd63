// What a comparison file holds (docs/formats/comparison.md).
#include <algorithm>
#include <cstdint>
#include <optional>

#include "coalis/engine/simulate.hpp"
#include "coalis/io/hdf5/comparison_file.hpp"
#include "coalis/network/outcomes.hpp"
#include "comparison_parts.hpp"
#include "new_file.hpp"
#include "result_sections.hpp"

namespace coalis {
namespace {

using h5::Dimension;
using h5::no_double;
using h5::no_float;
using h5::Rows;
using io::scenario_dimension;
using io::SharedRegions;
using Scenarios = std::span<const ComparedScenario>;

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

}  // namespace

struct ComparisonWriter::File {
  File(const std::filesystem::path& path, bool overwrite, Scenarios compared, const ComparisonInfo& info)
      : file(path, overwrite),
        scenarios(compared.begin(), compared.end()),
        provenance(info.provenance),
        sets(info.sets),
        regions(io::shared_regions(compared)) {
    const Scenario& reference = scenarios.front().scenario;
    io::write_identity(file, comparison_format, comparison_format_version, title(), info.seed);
    h5::write_attribute(file, "format_minor", std::int32_t{comparison_format_minor});
    io::write_scenarios(file, compared, info.evidence, info.from);
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

  Scenarios others() const { return Scenarios(scenarios).subspan(1); }
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

  void finish(const Loop& loop) {
    const Scenarios all = scenarios;
    outcomes->flush();
    survey->flush();
    if (own_items) own_items->flush();
    levels->flush();
    over_time->flush();
    by_region->flush();
    if (sets) io::write_sets(file, *sets, outcomes->count());
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
  io::write_structures(file_->file, file_->others(), list);
} catch (const h5::Error& error) {
  throw ResultError(file_->file.path().string() + ": " + error.what() + "; is the disk full?");
}

void ComparisonWriter::variances(std::span<const ComparedVariance> list) try {
  io::write_variances(file_->file, file_->others(), list);
} catch (const h5::Error& error) {
  throw ResultError(file_->file.path().string() + ": " + error.what() + "; is the disk full?");
}

void ComparisonWriter::finish(const Loop& loop) try { file_->finish(loop); } catch (const h5::Error& error) {
  throw ResultError(file_->file.path().string() + ": " + error.what() + "; is the disk full?");
}

}  // namespace coalis
