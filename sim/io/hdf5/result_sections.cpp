// What each group of a result file holds (docs/formats/result.md).
#include "result_sections.hpp"

#include <chrono>
#include <span>
#include <string>

#include "coalis/model/roster.hpp"
#include "result_parameters.hpp"
#include "result_section_parts.hpp"

namespace coalis::io {
namespace {

class Replicates final : public ByReplicate {
 public:
  Replicates(hid_t file, std::size_t expected)
      : ByReplicate(file, "replicates", "Every replicate's fingerprint", expected),
        hash_(group_, {"hash", "1", "64-bit hash over the final state of all organisations and the outcomes"}, {&replicate_},
              {}) {}

 private:
  void append_row(const RunRecord& record) override { hash_.append(record.hash); }
  void finish_rows(const Loop&) override { hash_.flush(); }
  Rows<std::uint64_t> hash_;
};

class Trajectories final : public ByReplicate {
 public:
  Trajectories(hid_t file, const Scenario& scenario, std::size_t expected, bool quantiles)
      : ByReplicate(file, "trajectories", "The coalition, month by month", expected),
        file_(file),
        scenario_(scenario),
        quantiles_(quantiles),
        month_(month_dimension(group_, scenario)),
        columns_(group_, trajectory_quantities(), {&replicate_, &month_}, no_float) {}

 private:
  void append_row(const RunRecord& record) override {
    columns_.append(record.trajectories);
    ++rows_;
  }
  void finish_rows(const Loop& loop) override {
    columns_.flush();
    if (quantiles_) write_quantiles(file_, scenario_, trajectory_quantities(), columns_.datasets(), rows_, loop);
  }
  hid_t file_;
  const Scenario& scenario_;
  bool quantiles_;
  Dimension month_;
  Columns<float> columns_;
  std::size_t rows_ = 0;
};

class RegionTrajectories final : public ByReplicate {
 public:
  RegionTrajectories(hid_t file, const Scenario& scenario, std::size_t expected)
      : ByReplicate(file, "trajectories_by_region", "The organisations of each region, month by month", expected),
        region_(region_dimension(group_, scenario)),
        month_(month_dimension(group_, scenario)),
        columns_(group_, region_trajectory_quantities(), {&replicate_, &region_, &month_}, no_float) {}

 private:
  void append_row(const RunRecord& record) override { columns_.append(record.region_trajectories); }
  void finish_rows(const Loop&) override { columns_.flush(); }
  Dimension region_, month_;
  Columns<float> columns_;
};

}  // namespace

// Days since the first of the first month.
h5::Dimension month_dimension(hid_t group, const Scenario& scenario) {
  using namespace std::chrono;
  const year_month start{year(std::stoi(scenario.calendar.start.substr(0, 4))),
                         std::chrono::month(static_cast<unsigned>(std::stoi(scenario.calendar.start.substr(5, 2))))};
  std::vector<std::int32_t> days;
  for (int t = 0; t < scenario.calendar.months; ++t) {
    days.push_back(static_cast<std::int32_t>((sys_days((start + months(t)) / 1) - sys_days(start / 1)).count()));
  }
  Dimension dimension(group, {"month", "days since " + scenario.calendar.start + "-01", "month, by its first day"},
                      std::span<const std::int32_t>(days));
  h5::write_attribute(dimension.scale(), "calendar", std::string("proleptic_gregorian"));
  h5::write_attribute(dimension.scale(), "standard_name", std::string("time"));
  return dimension;
}

void write_names(hid_t file, const Scenario& scenario) {
  const h5::Handle group = h5::create_group(file, "names");
  h5::write_attribute(group, "title", std::string("What the numbers of regions, roles, hubs, kinds and sectors stand for"));
  region_dimension(group, scenario);
  const Dimension roles(group, {"role", "", "role of the organisation"}, names_of(scenario.roles));
  const Dimension hubs(group, {"hub", "", "hub of the coalition"}, names_of(scenario.hubs));
  kind_dimension(group, scenario);
  sector_dimension(group);
  if (scenario.organisations.roster.empty()) return;
  std::vector<std::string> names;
  for (int i = 0; i < scenario.organisations.count(); ++i) names.push_back(organisation_name(scenario, i));
  const Dimension organisations(group, {"organisation", "", "name of the organisation"}, names);
}

std::vector<std::unique_ptr<Section>> make_sections(hid_t file, const Scenario& scenario, const Recording& recording,
                                                    const ResultInfo& info) {
  const std::size_t expected = info.replicates;
  std::vector<std::unique_ptr<Section>> sections;
  sections.push_back(std::make_unique<Replicates>(file, expected));
  sections.push_back(std::make_unique<RecordedColumns<double>>(file, "outcomes", "Outcomes of every replicate", expected,
                                                               info.outcomes, no_double, &RunRecord::outcomes));
  if (recording.trajectories) {
    sections.push_back(std::make_unique<Trajectories>(file, scenario, expected, info.quantiles));
    if (recording.regions) sections.push_back(std::make_unique<RegionTrajectories>(file, scenario, expected));
  }
  if (recording.organisations) {
    if (!scenario.kinds.empty()) sections.push_back(make_attendance(file, scenario, expected));
    sections.push_back(make_final(file, scenario, expected));
  }
  if (recording.ties) sections.push_back(make_ties(file, scenario, expected));
  if (recording.survey) add_survey(file, expected, sections);
  if (recording.organisation_trajectories) sections.push_back(make_organisation_trajectories(file, scenario, expected));
  if (info.parameters) sections.push_back(make_parameters_section(file, *info.parameters, expected));
  return sections;
}

}  // namespace coalis::io
