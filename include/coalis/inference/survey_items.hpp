// The items of the simulated questionnaire and the answers of one survey, counted by category.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "coalis/inference/evidence_match.hpp"
#include "coalis/model/record.hpp"
#include "coalis/model/scenario.hpp"

namespace coalis {

struct SurveyItem {
  std::string_view id;  // as in evidence files
  std::size_t first;    // of its categories in SurveyCounts
  std::size_t categories;
};

// recruitment (unreachable, refused, recruited but not returned, returned), respondent_sector (nonprofit, public, for_profit),
// meetings_attended and outreach_days_attended (0 to 3, 4 or more), trained, case_experience, collaborates_inside,
// collaborates_outside (yes, no), goal_attainment_rating and leadership_rating (0 to 4). Those without categories here are always
// questions of a Questionnaire: mission_related (yes, no), policy_awareness (a rating), trainings_of_trained (their number, and
// that of the trainings that they attended), those of lists of who came (sheets.hpp).
inline constexpr std::size_t survey_categories = 35;
inline constexpr std::array<SurveyItem, 16> survey_items{{{"recruitment", 0, 4},
                                                          {"respondent_sector", 4, 3},
                                                          {"meetings_attended", 7, 5},
                                                          {"outreach_days_attended", 12, 5},
                                                          {"trained", 17, 2},
                                                          {"case_experience", 19, 2},
                                                          {"collaborates_inside", 21, 2},
                                                          {"collaborates_outside", 23, 2},
                                                          {"goal_attainment_rating", 25, 5},
                                                          {"leadership_rating", 30, 5},
                                                          {"mission_related", survey_categories, 0},
                                                          {"policy_awareness", survey_categories, 0},
                                                          {"trainings_of_trained", survey_categories, 0},
                                                          {"attendance_by_member", survey_categories, 0},
                                                          {"attendance_by_meeting", survey_categories, 0},
                                                          {"attendance_persistence", survey_categories, 0}}};

std::optional<std::size_t> survey_item_named(std::string_view id);

// Answers by item and category, in the order of survey_items; then those of the questions of a Questionnaire.
using SurveyCounts = std::vector<std::int32_t>;

// The answers of one simulated survey. frame: organisations on the list of members. The record must have been made with
// Recording::survey.
SurveyCounts count_answers(const RunRecord& record, int frame);

// Questions with bins, points or windows of their own, which the survey counts besides its own.
class Questionnaire {
 public:
  Questionnaire() = default;
  // The place of the question's first category in SurveyCounts. Throws std::invalid_argument if its window is none of the
  // scenario's.
  std::size_t add(const SurveyQuestion& question, const Scenario& scenario);

  // What a run must record: the survey, and answers and lists of who came if a question needs them. Refers to this object.
  Recording recording(Recording besides) const;
  SurveyCounts count(const RunRecord& record, int frame) const;
  std::size_t categories() const { return categories_; }

 private:
  struct Asked {
    SurveyQuestion question;
    std::size_t window = 0;              // of SurveyAnswer; 0: the whole run
    int first = 0, end = 0, months = 0;  // of lists: months counted, and of the run
  };
  std::vector<Asked> asked_;
  std::vector<int> windows_;
  std::size_t categories_ = survey_categories;
};

// First month of the window of a question: nothing for the whole run. Throws std::invalid_argument with what is wrong.
std::optional<int> first_month_of(int last_months, const std::string& since, const Scenario& scenario);

}  // namespace coalis
