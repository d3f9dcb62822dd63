// Evidence beside the scenario that it is of: windows, and how many could have answered.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "coalis/core/month_text.hpp"
#include "coalis/inference/evidence_match.hpp"
#include "coalis/inference/sheets.hpp"
#include "coalis/inference/survey_items.hpp"
#include "coalis/io/questions/evidence_file.hpp"

namespace coalis {
namespace {

int reported(const EvidenceItem& item) {
  return std::accumulate(item.counts.begin(), item.counts.end(), 0, [](int sum, int count) { return sum + std::max(0, count); });
}

// What is odd about the numbers of an item for so many members; "" if nothing is.
std::string too_many(const EvidenceItem& item, const Organisations& organisations) {
  const int members = organisations.member_count();
  EvidenceMatch match;
  if (!survey_item_named(measured(item)) || item.counts.empty() || match_categories(item, match)) return "";
  if (of_rates(measured(item))) {
    const int listed =
        measured(item) == "attendance_by_meeting" && !item.of.empty() ? *std::max_element(item.of.begin(), item.of.end()) : 0;
    return listed <= members ? ""
                             : fmt::format("'{}' has {} on a list, and the scenario has {} members", item.id, listed, members);
  }
  const bool apart = item.counts.size() == 4;  // frame is not among the categories, which add up to it
  if (measured(item) == "recruitment") {
    const int frame = apart ? reported(item) : item.counts[match.order.front()];
    return frame == members ? "" : fmt::format("'{}' has a list of {}, and the scenario has {} members", item.id, frame, members);
  }
  if (const int answers = std::max(item.n, reported(item)); answers > members)
    return fmt::format("'{}' has {} answers, and the scenario has {} members", item.id, answers, members);
  if (measured(item) != "respondent_sector") return "";
  for (std::size_t k = 0; k < match.order.size() && k < organisations.members.size(); ++k)
    if (const std::size_t c = match.order[k]; item.counts[c] > organisations.members[k])
      return fmt::format("'{}' has {} answers from '{}', and the scenario has {} such members", item.id, item.counts[c],
                         item.categories[c], organisations.members[k]);
  return "";
}

// Meetings are compared with the last before the survey: "" unless the run holds others after those of a list that says when.
std::string other_months(const EvidenceItem& item, const Scenario& scenario) {
  if (measured(item) != "attendance_by_meeting" || item.categories.empty()) return "";
  const int first = leading_month(item.categories.front()), last = leading_month(item.categories.back());
  const int start = month_number(scenario.calendar.start);
  const int survey = scenario.survey.month < 0 ? scenario.calendar.months - 1 : scenario.survey.month;
  if (first < 0 || last < 0) return "";
  int rhythm = usual_gap(first, last, item.categories.size());
  double most = 0;
  for (const Series& series : scenario.series) most = std::max(most, series.per_year);
  if (most > 0) rhythm = std::max(rhythm, static_cast<int>(std::ceil(12 / most)));
  if (const int after = start + survey - last; after >= 0 && after < rhythm) return "";
  return fmt::format("'{}' ends with {}, and meetings of the run up to {} are compared with it", item.id, item.categories.back(),
                     month_text(scenario.calendar.start, survey));
}

}  // namespace

std::vector<Diagnostic> check_windows(const EvidenceFile& evidence, const std::string& file, const Scenario& scenario) {
  std::vector<Diagnostic> wrong;
  for (const EvidenceItem& item : evidence.items) try {
      if (counts_events(measured(item)) || of_sheets(measured(item))) first_month_of(item.last_months, item.since, scenario);
    } catch (const std::invalid_argument& error) {
      wrong.push_back({file, item.line, item.column, false, fmt::format("'{}': {}", item.id, error.what()),
                       "ask for months of the run, up to the survey"});
    }
  return wrong;
}

std::vector<Diagnostic> warnings_about_numbers(const EvidenceFile& evidence, const std::string& file, const Scenario& scenario) {
  std::vector<Diagnostic> warnings;
  for (const EvidenceItem& item : evidence.items)
    if (std::string odd = too_many(item, scenario.organisations); !odd.empty())
      warnings.push_back(
          {file, item.line, item.column, true, std::move(odd), "correct one of the two, if they are of one coalition"});
  for (const EvidenceItem& item : evidence.items)
    if (std::string odd = other_months(item, scenario); !odd.empty())
      warnings.push_back({file, item.line, item.column, true, std::move(odd),
                          fmt::format("write [survey] month = \"{}\" in the scenario", item.categories.back().substr(0, 7))});
  return warnings;
}

}  // namespace coalis
