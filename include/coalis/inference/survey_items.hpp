// The items of the simulated questionnaire and the answers of one survey, counted by category.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "coalis/observation/record.hpp"

namespace coalis {

struct SurveyItem {
  std::string_view id;  // as in evidence files
  std::size_t first;    // of its categories in SurveyCounts
  std::size_t categories;
};

// recruitment (unreachable, refused, recruited but not returned, returned), respondent_sector (nonprofit, public, for_profit),
// meetings_attended and outreach_days_attended (0 to 3, 4 or more), trained, case_experience, collaborates_inside,
// collaborates_outside (yes, no), goal_attainment_rating and leadership_rating (0 to 4).
inline constexpr std::array<SurveyItem, 10> survey_items{{{"recruitment", 0, 4},
                                                          {"respondent_sector", 4, 3},
                                                          {"meetings_attended", 7, 5},
                                                          {"outreach_days_attended", 12, 5},
                                                          {"trained", 17, 2},
                                                          {"case_experience", 19, 2},
                                                          {"collaborates_inside", 21, 2},
                                                          {"collaborates_outside", 23, 2},
                                                          {"goal_attainment_rating", 25, 5},
                                                          {"leadership_rating", 30, 5}}};
inline constexpr std::size_t survey_categories = 35;

std::optional<std::size_t> survey_item_named(std::string_view id);

// Answers by item and category, in the order of survey_items.
using SurveyCounts = std::array<std::int32_t, survey_categories>;

// The answers of one simulated survey. frame: organisations on the list of members. The record must have been made with
// Recording::survey.
SurveyCounts count_answers(const RunRecord& record, int frame);

inline std::span<const std::int32_t> answers_of(const SurveyCounts& counts, const SurveyItem& item) {
  return std::span(counts).subspan(item.first, item.categories);
}

}  // namespace coalis
