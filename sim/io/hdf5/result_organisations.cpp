// Organisations in a result file: the events they attended, how they ended, month by month (docs/formats/result.md).
#include <algorithm>
#include <limits>
#include <map>

#include "result_section_parts.hpp"

namespace coalis::io {
namespace {

class Attendance final : public ByReplicate {
 public:
  Attendance(hid_t file, const Scenario& scenario, std::size_t expected)
      : ByReplicate(file, "attendance", "Events attended in the run", expected),
        kind_(kind_dimension(group_, scenario)),
        sector_(sector_dimension(group_)),
        count_(count_dimension(group_)),
        organisation_(organisation_dimension(group_, scenario)),
        organisations_(
            group_, {"organisations", "1", "organisations that were ever members by how many events of the kind they attended"},
            {&replicate_, &kind_, &sector_, &count_}, 0, scenario.organisations.count()),
        attended_(group_, {"attended", "1", "events of the kind that the organisation attended, 32767 stands for more"},
                  {&replicate_, &kind_, &organisation_}, {}),
        histogram_(scenario.kinds.size() * sectors * counts),
        status_(column_of(final_integer_quantities(), "status")),
        sector_column_(column_of(final_integer_quantities(), "sector")) {}

 private:
  static constexpr std::size_t counts = 21;  // 0, 1, ..., 19, 20 or more

  static Dimension count_dimension(hid_t group) {
    const auto values = numbers(counts);
    return {group, {"count", "1", "events attended, the last stands for 20 or more"}, std::span<const std::int32_t>(values)};
  }

  void append_row(const RunRecord& record) override {
    const std::size_t n = organisation_.length();
    std::fill(histogram_.begin(), histogram_.end(), 0);
    for (std::size_t i = 0; i < n; ++i) {
      if (record.final_integer[status_ * n + i] == 0) continue;  // never a member
      const auto sector = static_cast<std::size_t>(record.final_integer[sector_column_ * n + i]);
      for (std::size_t kind = 0; kind < kind_.length(); ++kind) {
        const auto count = std::min<std::size_t>(static_cast<std::size_t>(record.attended[kind * n + i]), counts - 1);
        ++histogram_[(kind * sectors + sector) * counts + count];
      }
    }
    organisations_.append(histogram_);
    attended_.append_narrowed(std::span(record.attended));
  }
  void finish_rows(const Loop&) override {
    organisations_.flush();
    attended_.flush();
  }
  Dimension kind_, sector_, count_, organisation_;
  Integers organisations_;
  Rows<std::int16_t> attended_;
  std::vector<std::int32_t> histogram_;
  std::size_t status_, sector_column_;
};

class Final final : public ByReplicate {
 public:
  Final(hid_t file, const Scenario& scenario, std::size_t expected)
      : ByReplicate(file, "final", "Organisations at the end of the run", expected),
        organisation_(organisation_dimension(group_, scenario)),
        floats_(group_, final_float_quantities(), {&replicate_, &organisation_}, no_float) {
    constexpr int months = std::numeric_limits<std::int16_t>::max();
    const std::map<std::string_view, int> most{{"sector", sectors - 1},
                                               {"role", static_cast<int>(scenario.roles.size())},
                                               {"region", static_cast<int>(scenario.regions.size())},
                                               {"serves_victims", 1},
                                               {"type", 2},
                                               {"status", 3},
                                               {"home_hub", static_cast<int>(scenario.hubs.size())}};
    for (const Quantity& quantity : final_integer_quantities()) {
      const auto found = most.find(quantity.name);
      integers_.emplace_back(group_, quantity, std::vector<const Dimension*>{&replicate_, &organisation_}, -1,
                             found == most.end() ? months : found->second);
    }
    flags("status", "nonmember enrolled dormant withdrawn", 4);
    flags("sector", "nonprofit public for_profit", 3);
    flags("type", "unconditional conditional free_rider", 3);
  }

 private:
  void flags(std::string_view name, const std::string& meanings, int count) {
    integers_[column_of(final_integer_quantities(), name)].write_flags(meanings, count);
  }
  void append_row(const RunRecord& record) override {
    floats_.append(record.final_float);
    const std::size_t n = organisation_.length();
    for (std::size_t i = 0; i < integers_.size(); ++i) integers_[i].append(std::span(record.final_integer).subspan(i * n, n));
  }
  void finish_rows(const Loop&) override {
    floats_.flush();
    for (Integers& integers : integers_) integers.flush();
  }
  Dimension organisation_;
  Columns<float> floats_;
  std::vector<Integers> integers_;
};

class OrganisationTrajectories final : public ByReplicate {
 public:
  OrganisationTrajectories(hid_t file, const Scenario& scenario, std::size_t expected)
      : ByReplicate(file, "organisation_trajectories", "Organisations, month by month", expected),
        month_(month_dimension(group_, scenario)),
        organisation_(organisation_dimension(group_, scenario)),
        columns_(group_, organisation_trajectory_quantities(), {&replicate_, &month_, &organisation_}, no_float) {}

 private:
  void append_row(const RunRecord& record) override { columns_.append(record.organisation_trajectories); }
  void finish_rows(const Loop&) override { columns_.flush(); }
  Dimension month_, organisation_;
  Columns<float> columns_;
};

}  // namespace

std::unique_ptr<Section> make_attendance(hid_t file, const Scenario& scenario, std::size_t expected) {
  return std::make_unique<Attendance>(file, scenario, expected);
}

std::unique_ptr<Section> make_final(hid_t file, const Scenario& scenario, std::size_t expected) {
  return std::make_unique<Final>(file, scenario, expected);
}

std::unique_ptr<Section> make_organisation_trajectories(hid_t file, const Scenario& scenario, std::size_t expected) {
  return std::make_unique<OrganisationTrajectories>(file, scenario, expected);
}

}  // namespace coalis::io
