// What each group of a result file holds (docs/formats/result.md).
#include "result_sections.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <functional>
#include <limits>
#include <map>
#include <numeric>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>

#include "result_parameters.hpp"

namespace coalis::io {
namespace {

using h5::Dimension;
using h5::Rows;

constexpr float no_float = std::numeric_limits<float>::quiet_NaN();
constexpr double no_double = std::numeric_limits<double>::quiet_NaN();

std::vector<std::int32_t> numbers(int count) {
  std::vector<std::int32_t> result(static_cast<std::size_t>(count));
  std::iota(result.begin(), result.end(), 0);
  return result;
}

// A variable of integers, as narrow as holds least..most; numbers beyond are cut off.
class Integers {
 public:
  Integers(hid_t group, const Quantity& what, const std::vector<const Dimension*>& dimensions, int least, int most)
      : rows_(make(group, what, dimensions, least, most)) {}
  void append(std::span<const std::int32_t> values) {
    std::visit([&](auto& rows) { rows.append_narrowed(values); }, rows_);
  }
  void flush() {
    std::visit([](auto& rows) { rows.flush(); }, rows_);
  }
  // CF: what the numbers 0, 1, ... stand for; flag_values have the variable's type.
  void write_flags(const std::string& meanings, int count) {
    std::visit(
        [&]<class T>(const Rows<T>& rows) {
          std::vector<T> values(static_cast<std::size_t>(count));
          std::iota(values.begin(), values.end(), T{0});
          h5::write_attribute(rows.dataset(), "flag_values", std::span<const T>(values));
          h5::write_attribute(rows.dataset(), "flag_meanings", meanings);
        },
        rows_);
  }

 private:
  using Any = std::variant<Rows<std::int8_t>, Rows<std::int16_t>, Rows<std::int32_t>>;

  template <class T>
  static bool holds(int least, int most) {
    return least >= std::numeric_limits<T>::min() && most <= std::numeric_limits<T>::max();
  }
  static Any make(hid_t group, const Quantity& what, const std::vector<const Dimension*>& dimensions, int least, int most) {
    if (holds<std::int8_t>(least, most)) return Rows<std::int8_t>(group, what, dimensions, {});
    if (holds<std::int16_t>(least, most)) return Rows<std::int16_t>(group, what, dimensions, {});
    return Rows<std::int32_t>(group, what, dimensions, {});
  }

  Any rows_;
};

template <class T>
std::vector<std::string> names_of(const std::vector<T>& things) {
  std::vector<std::string> names;
  for (const auto& thing : things) names.push_back(thing.name);
  return names;
}

Dimension region_dimension(hid_t group, const Scenario& scenario) {
  return {group, {"region", "", "region of the scenario"}, names_of(scenario.regions)};
}
Dimension kind_dimension(hid_t group, const Scenario& scenario) {
  return {group, {"kind", "", "kind of event"}, names_of(scenario.kinds)};
}
Dimension sector_dimension(hid_t group) {
  return {
      group, {"sector", "", "sector of the organisation"}, std::vector<std::string>(sector_names.begin(), sector_names.end())};
}
Dimension organisation_dimension(hid_t group, const Scenario& scenario) {
  const auto values = numbers(scenario.organisations.count());
  return {group, {"organisation", "1", "number of the organisation"}, std::span<const std::int32_t>(values)};
}

std::size_t column_of(const std::vector<Quantity>& quantities, std::string_view name) {
  const auto found = std::find_if(quantities.begin(), quantities.end(), [&](const Quantity& q) { return q.name == name; });
  if (found == quantities.end()) throw std::logic_error("no quantity " + std::string(name));
  return static_cast<std::size_t>(found - quantities.begin());
}

// A group with a row a replicate.
class ByReplicate : public Section {
 public:
  void append(const RunRecord& record) final {
    replicates_.append(record.replicate);
    append_row(record);
  }
  void finish(const Loop& loop) final {
    replicates_.flush();
    finish_rows(loop);
  }

 protected:
  ByReplicate(hid_t parent, const std::string& name, const std::string& title, std::size_t expected)
      : group_(h5::create_group(parent, name)),
        replicate_(Dimension::growing_with_coordinates(group_, {"replicate", "1", "number of the replicate"}, expected)),
        replicates_(replicate_) {
    h5::write_attribute(group_, "title", title);
  }
  virtual void append_row(const RunRecord& record) = 0;
  virtual void finish_rows(const Loop& loop) = 0;

  h5::Handle group_;
  Dimension replicate_;

 private:
  Rows<std::uint32_t> replicates_;
};

// A variable a quantity; the record holds the quantities one after the other.
template <class T>
class Columns {
 public:
  Columns(hid_t group, const std::vector<Quantity>& quantities, const std::vector<const Dimension*>& dimensions,
          std::optional<T> missing) {
    rows_.reserve(quantities.size());
    for (const auto& quantity : quantities) rows_.emplace_back(group, quantity, dimensions, missing);
  }
  void append(std::span<const T> values) {
    const std::size_t size = rows_.empty() ? 0 : values.size() / rows_.size();
    for (std::size_t i = 0; i < rows_.size(); ++i) rows_[i].append(values.subspan(i * size, size));
  }
  void flush() {
    for (auto& rows : rows_) rows.flush();
  }
  std::vector<hid_t> datasets() const {
    std::vector<hid_t> ids;
    for (const auto& rows : rows_) ids.push_back(rows.dataset());
    return ids;
  }
  hid_t dataset(std::size_t i) const { return rows_[i].dataset(); }

 private:
  std::vector<Rows<T>> rows_;
};

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

class Outcomes final : public ByReplicate {
 public:
  Outcomes(hid_t file, std::size_t expected, const std::vector<Quantity>& outcomes)
      : ByReplicate(file, "outcomes", "Outcomes of every replicate", expected),
        columns_(group_, outcomes, {&replicate_}, no_double) {}

 private:
  void append_row(const RunRecord& record) override { columns_.append(record.outcomes); }
  void finish_rows(const Loop&) override { columns_.flush(); }
  Columns<double> columns_;
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

// Where each replicate's rows lie on a dimension that strings them together (CF: contiguous ragged array).
class Ragged {
 public:
  Ragged(hid_t group, const Dimension& replicate, const std::string& name)
      : dimension_(Dimension::growing(group, name, rows_a_replicate * replicate.expected())),
        start_(group, {name + "_start", "1", "first row of the replicate on dimension " + name}, {&replicate}, {}),
        count_(group, {name + "_count", "1", "rows of the replicate on dimension " + name}, {&replicate}, {}),
        owner_(group, {name + "_replicate", "1", "replicate of the row"}, {&dimension_}, {}) {
    h5::write_attribute(count_.dataset(), "sample_dimension", name);
  }
  const Dimension& dimension() const { return dimension_; }
  void append(std::uint32_t replicate, std::size_t count) {
    start_.append(total_);
    count_.append(static_cast<std::int32_t>(count));
    total_ += static_cast<std::int64_t>(count);
    replicates_.assign(count, replicate);
    owner_.append(replicates_);
  }
  void finish() {
    start_.flush();
    count_.flush();
    owner_.flush();
    dimension_.set_length(static_cast<hsize_t>(total_));
  }

 private:
  static constexpr std::size_t rows_a_replicate = 64;  // a guess; storage is laid out for it
  Dimension dimension_;
  Rows<std::int64_t> start_;
  Rows<std::int32_t> count_;
  Rows<std::uint32_t> owner_;
  std::vector<std::uint32_t> replicates_;
  std::int64_t total_ = 0;
};

class Ties final : public ByReplicate {
 public:
  Ties(hid_t file, const Scenario& scenario, std::size_t expected)
      : ByReplicate(file, "ties", "Inside ties at the end of the run", expected),
        region_(region_dimension(group_, scenario)),
        partner_region_(group_, {"partner_region", "", "region of the partner"}, names_of(scenario.regions)),
        edges_(group_, replicate_, "edge"),
        owner_(group_, {"owner", "1", "organisation that owns the tie"}, {&edges_.dimension()}, {}),
        partner_(group_, {"partner", "1", "organisation that the tie leads to"}, {&edges_.dimension()}, {}),
        strength_(group_, {"strength", "1", "strength of the tie, 0..1"}, {&edges_.dimension()}, {}),
        between_(group_, {"region_strength", "1", "sum of the strengths of ties, by region of owner and of partner"},
                 {&replicate_, &region_, &partner_region_}, {}) {}

 private:
  void append_row(const RunRecord& record) override {
    edges_.append(record.replicate, record.ties.size());
    for (const Tie& tie : record.ties) {
      owner_.append(tie.owner);
      partner_.append(tie.partner);
      strength_.append(tie.strength);
    }
    between_.append(record.region_ties);
  }
  void finish_rows(const Loop&) override {
    edges_.finish();
    owner_.flush();
    partner_.flush();
    strength_.flush();
    between_.flush();
  }
  Dimension region_, partner_region_;
  Ragged edges_;
  Rows<std::int32_t> owner_, partner_;
  Rows<float> strength_, between_;
};

class Survey final : public ByReplicate {
 public:
  Survey(hid_t file, std::size_t expected)
      : ByReplicate(file, "survey", "Figures of the simulated survey", expected),
        columns_(group_, survey_quantities(), {&replicate_}, no_double) {}
  hid_t group() const { return group_; }

 private:
  void append_row(const RunRecord& record) override { columns_.append(record.survey); }
  void finish_rows(const Loop&) override { columns_.flush(); }
  Columns<double> columns_;
};

class Respondents final : public ByReplicate {
 public:
  Respondents(hid_t survey, std::size_t expected)
      : ByReplicate(survey, "respondents", "Returned questionnaires of the simulated survey", expected),
        rows_(group_, replicate_, "respondent"),
        organisation_(group_, {"organisation", "1", "organisation that answered"}, {&rows_.dimension()}, {}) {
    for (const auto& item : items) {
      answers_.emplace_back(group_, Quantity{item.name, "1", item.meaning}, std::vector{&rows_.dimension()}, std::int8_t{-1});
    }
  }

 private:
  struct Item {
    const char* name;
    std::int8_t Respondent::*answer;
    const char* meaning;
  };
  static constexpr std::array items{Item{"sector", &Respondent::sector, "sector: 0 nonprofit, 1 public, 2 for_profit"},
                                    Item{"meetings", &Respondent::meetings, "meetings attended, 4 stands for 4 or more"},
                                    Item{"outreach", &Respondent::outreach, "Outreach Days attended, 4 stands for 4 or more"},
                                    Item{"trainings", &Respondent::trainings, "trainings attended"},
                                    Item{"cases", &Respondent::cases, "has case experience: 0 no, 1 yes"},
                                    Item{"goal", &Respondent::goal, "rating of goal attainment, 0..4"},
                                    Item{"leadership", &Respondent::leadership, "rating of leadership, 0..4"},
                                    Item{"inside", &Respondent::inside, "collaborates inside the coalition: 0 no, 1 yes"},
                                    Item{"outside", &Respondent::outside, "collaborates outside of the coalition: 0 no, 1 yes"}};

  void append_row(const RunRecord& record) override {
    rows_.append(record.replicate, record.respondents.size());
    for (const Respondent& respondent : record.respondents) organisation_.append(respondent.organisation);
    column_.resize(record.respondents.size());
    for (std::size_t i = 0; i < items.size(); ++i) {
      std::transform(record.respondents.begin(), record.respondents.end(), column_.begin(), std::mem_fn(items[i].answer));
      answers_[i].append(column_);
    }
  }
  void finish_rows(const Loop&) override {
    rows_.finish();
    organisation_.flush();
    for (auto& answers : answers_) answers.flush();
  }
  Ragged rows_;
  Rows<std::int32_t> organisation_;
  std::vector<Rows<std::int8_t>> answers_;
  std::vector<std::int8_t> column_;
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
  Dimension(group, {"role", "", "role of the organisation"}, names_of(scenario.roles));
  Dimension(group, {"hub", "", "hub of the coalition"}, names_of(scenario.hubs));
  kind_dimension(group, scenario);
  sector_dimension(group);
}

std::vector<std::unique_ptr<Section>> make_sections(hid_t file, const Scenario& scenario, const Recording& recording,
                                                    const ResultInfo& info) {
  const std::size_t expected = info.replicates;
  std::vector<std::unique_ptr<Section>> sections;
  sections.push_back(std::make_unique<Replicates>(file, expected));
  sections.push_back(std::make_unique<Outcomes>(file, expected, info.outcomes));
  if (recording.trajectories) {
    sections.push_back(std::make_unique<Trajectories>(file, scenario, expected, info.quantiles));
    if (recording.regions) sections.push_back(std::make_unique<RegionTrajectories>(file, scenario, expected));
  }
  if (recording.organisations) {
    if (!scenario.kinds.empty()) sections.push_back(std::make_unique<Attendance>(file, scenario, expected));
    sections.push_back(std::make_unique<Final>(file, scenario, expected));
  }
  if (recording.ties) sections.push_back(std::make_unique<Ties>(file, scenario, expected));
  if (recording.survey) {
    auto survey = std::make_unique<Survey>(file, expected);
    auto respondents = std::make_unique<Respondents>(survey->group(), expected);
    sections.push_back(std::move(survey));
    sections.push_back(std::move(respondents));
  }
  if (recording.organisation_trajectories)
    sections.push_back(std::make_unique<OrganisationTrajectories>(file, scenario, expected));
  if (info.parameters) sections.push_back(make_parameters_section(file, *info.parameters, expected));
  return sections;
}

}  // namespace coalis::io
