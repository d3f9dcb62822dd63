#include "coalis/questions/survey_beside.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>

#include "coalis/core/counted.hpp"
#include "coalis/inference/evidence_match.hpp"
#include "coalis/inference/sheets.hpp"

namespace coalis {
namespace {

constexpr int usual_open = 4;  // the survey's last category of attendance: 4 or more

SurveyComparison ratings(const char* title, const char* item, const std::string& figure,
                         const std::array<const char*, 5>& labels) {
  SurveyComparison comparison{title, item, {}};
  for (std::size_t i = 0; i < labels.size(); ++i) comparison.lines.push_back({labels[i], fmt::format("{}.{}", figure, i), i});
  return comparison;
}

// Whether each category of an item is one of the survey's own.
bool beside_lines(const EvidenceItem& item) {
  if (item.counts.empty()) return item.share.has_value();
  EvidenceMatch match;
  if (match_categories(item, match) || match.question.own()) return false;
  std::size_t placed = 0;
  for (std::size_t k = 0; k < match.question.categories; ++k) placed += place_of(item, k).has_value();
  return placed == item.categories.size();
}

}  // namespace

int answers_to(const EvidenceItem& item) {
  int total = 0;
  for (const int count : item.counts) total += std::max(0, count);
  return item.n > 0 ? item.n : total;
}

std::vector<SurveyComparison> survey_comparisons() {
  constexpr std::array counts{"none", "1", "2", "3", "4 or more"}, marks{"0 (lowest)", "1", "2", "3", "4 (highest)"};
  return {ratings("Meetings attended", "meetings_attended", "meetings", counts),
          ratings("Outreach Days attended", "outreach_days_attended", "outreach", counts),
          {"Trained", "trained", {{"at least once", "trained", 0}}},
          ratings("Goal attainment as rated", "goal_attainment_rating", "goal", marks),
          ratings("Leadership as rated", "leadership_rating", "leadership", marks),
          {"Collaborates inside the coalition", "collaborates_inside", {{"yes", "inside", 0}}},
          {"Collaborates outside of it", "collaborates_outside", {{"yes", "outside", 0}}}};
}

std::optional<std::size_t> place_of(const EvidenceItem& item, std::size_t category) {
  EvidenceMatch match;
  if (match_categories(item, match)) return std::nullopt;
  if (!counts_events(measured(item)) || match.question.categories == 2)
    return category < match.order.size() ? std::optional(match.order[category]) : std::nullopt;
  for (std::size_t c = 0; c < item.categories.size(); ++c) {
    const auto bin = item.bins.empty() ? bin_named(item.categories[c]) : item.bins[c];
    const int from = static_cast<int>(category);
    if (bin && bin->from == from && (from == usual_open ? bin->to == Bin::open : bin->to == from)) return c;
  }
  return std::nullopt;
}

const EvidenceItem* item_beside(std::span<const EvidenceItem> evidence, const SurveyComparison& comparison) {
  for (const EvidenceItem& item : evidence)
    if (measured(item) == comparison.item && beside_lines(item)) return &item;
  return nullptr;
}

OwnItems::OwnItems(std::span<const EvidenceItem> evidence, const Scenario& scenario, bool all)
    : frame_(scenario.organisations.member_count()) {
  const auto comparisons = survey_comparisons();
  std::vector<EvidenceItem> others, sheets;
  for (const EvidenceItem& item : evidence) {
    const auto line =
        std::find_if(comparisons.begin(), comparisons.end(), [&](const SurveyComparison& c) { return measured(item) == c.item; });
    if (of_sheets(measured(item)))
      sheets.push_back(item);
    else if (line == comparisons.end() ? all && !item.counts.empty() : item_beside(evidence, *line) != &item)
      others.push_back(item);
  }
  others.insert(others.end(), sheets.begin(), sheets.end());  // last: older files have none of them
  std::vector<std::string> problems;                          // which the reader has said
  items_ = compared_items(others, "", problems);
  questions_ = questionnaire_for(items_, scenario);
}

std::string survey_title(std::string_view id, std::string_view measures) {
  const auto comparisons = survey_comparisons();
  const auto found =
      std::find_if(comparisons.begin(), comparisons.end(), [&](const SurveyComparison& c) { return measures == c.item; });
  std::string title(found == comparisons.end() ? measures : found->title);
  std::replace(title.begin(), title.end(), '_', ' ');
  if (id.empty() || id == measures) return title;
  const bool capital = title.front() >= 'A' && title.front() <= 'Z' && !title.starts_with("Outreach Day");  // a name
  if (capital) title.front() = static_cast<char>(title.front() - 'A' + 'a');
  return std::string(id) + " (" + title + ")";
}

std::string OwnItems::title(std::size_t i) const {
  const ComparedItem& item = items_[i];
  std::string text = survey_title(item.id, item.measures);
  if (item.question.last_months > 0) text += ", last " + counted(item.question.last_months, "month");
  if (!item.question.since.empty()) text += ", since " + item.question.since;
  return text;
}

std::vector<Quantity> OwnItems::quantities() const {
  std::vector<Quantity> list;
  for (std::size_t i = 0; i < items_.size(); ++i)
    for (std::size_t k = 0; k < items_[i].names.size(); ++k)
      list.push_back({fmt::format("item.{}.{}", i, k), "1",
                      items_[i].question.sheets ? fmt::format("share '{}' of: {}", items_[i].names[k], title(i))
                                                : fmt::format("share of the answers '{}' to: {}", items_[i].names[k], title(i))});
  return list;
}

std::vector<double> OwnItems::shares(const RunRecord& record) const {
  const SurveyCounts counts = questions_.count(record, frame_);
  std::vector<double> shares;
  for (const ComparedItem& item : items_) {
    const auto cells = item.cells_of(counts);
    const auto own = item.shares(cells);
    shares.insert(shares.end(), own.begin(), own.end());
  }
  return shares;
}

}  // namespace coalis
