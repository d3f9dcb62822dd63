// What has another number of rows in every replicate: ties, and the survey with its answers (docs/formats/result.md).
#include <algorithm>
#include <array>
#include <functional>

#include "result_section_parts.hpp"

namespace coalis::io {
namespace {

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

}  // namespace

std::unique_ptr<Section> make_ties(hid_t file, const Scenario& scenario, std::size_t expected) {
  return std::make_unique<Ties>(file, scenario, expected);
}

void add_survey(hid_t file, std::size_t expected, std::vector<std::unique_ptr<Section>>& sections) {
  auto survey = std::make_unique<RecordedColumns<double>>(file, "survey", "Figures of the simulated survey", expected,
                                                          survey_quantities(), no_double, &RunRecord::survey);
  auto respondents = std::make_unique<Respondents>(survey->group(), expected);
  sections.push_back(std::move(survey));
  sections.push_back(std::move(respondents));
}

}  // namespace coalis::io
