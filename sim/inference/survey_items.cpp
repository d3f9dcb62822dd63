#include "coalis/inference/survey_items.hpp"

#include <algorithm>

namespace coalis {
namespace {

// Where the counts of an item begin.
std::size_t first_of(std::string_view id) { return survey_items[*survey_item_named(id)].first; }

}  // namespace

std::optional<std::size_t> survey_item_named(std::string_view id) {
  const auto found =
      std::find_if(survey_items.begin(), survey_items.end(), [&](const SurveyItem& item) { return item.id == id; });
  if (found == survey_items.end()) return std::nullopt;
  return static_cast<std::size_t>(found - survey_items.begin());
}

SurveyCounts count_answers(const RunRecord& record, int frame) {
  static const std::size_t sector = first_of("respondent_sector"), meetings = first_of("meetings_attended"),
                           outreach = first_of("outreach_days_attended"), trained = first_of("trained"),
                           cases = first_of("case_experience"), inside = first_of("collaborates_inside"),
                           outside = first_of("collaborates_outside"), goal = first_of("goal_attainment_rating"),
                           leadership = first_of("leadership_rating");
  SurveyCounts counts{};
  const auto reached = static_cast<std::int32_t>(record.survey.at(0)), agreed = static_cast<std::int32_t>(record.survey.at(1)),
             returned = static_cast<std::int32_t>(record.survey.at(2));
  counts[0] = std::max(0, frame - reached);
  counts[1] = reached - agreed;
  counts[2] = agreed - returned;
  counts[3] = returned;
  const auto yes_no = [&](std::size_t first, int answer) {
    if (answer >= 0) ++counts[first + (answer == 0)];
  };
  const auto scale = [&](std::size_t first, int answer) {
    if (answer >= 0) ++counts[first + static_cast<std::size_t>(answer)];
  };
  for (const Respondent& r : record.respondents) {
    scale(sector, r.sector);
    scale(meetings, r.meetings);
    scale(outreach, r.outreach);
    yes_no(trained, r.trainings);
    yes_no(cases, r.cases);
    yes_no(inside, r.inside);
    yes_no(outside, r.outside);
    scale(goal, r.goal);
    scale(leadership, r.leadership);
  }
  return counts;
}

}  // namespace coalis
