#include "survey_evidence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace coalis::cli {
namespace {

SurveyComparison ratings(const char* title, const char* item, const std::string& figure,
                         const std::array<const char*, 5>& labels) {
  SurveyComparison comparison{title, item, {}};
  for (std::size_t i = 0; i < labels.size(); ++i) comparison.lines.push_back({labels[i], fmt::format("{}.{}", figure, i), i});
  return comparison;
}

}  // namespace

std::string percent(double share) { return std::isnan(share) ? "-" : fmt::format("{:.0f} %", 100 * share); }
std::string percent_range(const Summary& s) {
  return std::isnan(s.q10) ? "-" : fmt::format("{:.0f} to {:.0f} %", 100 * s.q10, 100 * s.q90);
}

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

std::string evidence_share(const EvidenceItem* item, std::size_t category) {
  if (!item) return "";
  if (item->share) return percent(*item->share);
  if (category >= item->counts.size() || item->counts[category] < 0) return "not reported";
  const int n = answers_to(*item);
  return n > 0 ? fmt::format("{} ({} of {})", percent(double(item->counts[category]) / n), item->counts[category], n) : "";
}

}  // namespace coalis::cli
