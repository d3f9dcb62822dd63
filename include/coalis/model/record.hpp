// What one replicate leaves behind (ODD 4, observation; model.md sections 7 to 9). Names, not numbers, are the interface:
// outcome_names() and its like give the order of every array below.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "coalis/model/scenario.hpp"

namespace coalis {

// What to keep of a run besides outcomes and hash. What is off costs nothing.
struct Recording {
  bool trajectories = true;   // of the coalition, by month
  bool regions = true;        // with them those of its regions
  bool organisations = true;  // attendance counts and final state
  bool ties = true;           // edge list and region-by-region strength at the end
  bool survey = true;
  bool organisation_trajectories = false;
  bool answers = false;               // with the survey: what is answered before it is put into categories
  std::span<const int> windows = {};  // of these answers: months from which attendance is counted, beside the whole run
  bool sheets = false;                // who came to the meetings of each month
};

// A recorded quantity: name, unit ("1" for shares), one-sentence definition.
struct Quantity {
  std::string name;
  std::string unit;
  std::string meaning;
  double matters = 0;  // the smallest difference worth talking about, in its unit; of outcomes only
};

// Section 9, in its order (42 rows: events_held.meeting, events_held.outreach, ...). The same for every scenario.
const std::vector<Quantity>& outcome_quantities();
// Coalition trajectories by month; those that also exist by region.
const std::vector<Quantity>& trajectory_quantities();
const std::vector<Quantity>& region_trajectory_quantities();
// Figures of the survey (model.md section 7): reached, agreed, returned, meetings.0 ... inside, outside.
const std::vector<Quantity>& survey_quantities();
// Columns of the final state and of the trajectories by organisation (float or integer, as stored below).
const std::vector<Quantity>& final_float_quantities();
const std::vector<Quantity>& final_integer_quantities();
const std::vector<Quantity>& organisation_trajectory_quantities();

struct Tie {
  std::int32_t owner;
  std::int32_t partner;
  float strength;
};

// One returned questionnaire; -1 where the item was not answered.
struct Respondent {
  std::int32_t organisation;
  std::int8_t sector, meetings, outreach, trainings, cases, goal, leadership, inside, outside;
};

// The same answers before they are put into categories: events attended, impressions of which ratings are made (around 0..1); -1
// and NaN where the item was not answered, or the scenario lacks the kind. Then what all respondents answer.
struct SurveyAnswer {
  std::array<std::int32_t, 3> attended;  // meetings, Outreach Days, trainings
  float goal, leadership, awareness;
  bool related;  // whether its mission is related to that of the coalition
};

struct RunRecord {
  std::uint32_t replicate = 0;
  std::uint64_t hash = 0;           // over the final state of all organisations and the outcomes; the same whatever is recorded
  std::vector<double> outcomes;     // [outcome]; NaN is missing
  std::vector<float> trajectories;  // [quantity][month]; NaN is missing
  std::vector<float> region_trajectories;        // [quantity][region][month]
  std::vector<std::int32_t> attended;            // [kind][organisation], events attended in the run
  std::vector<float> final_float;                // [quantity][organisation]
  std::vector<std::int32_t> final_integer;       // [quantity][organisation]
  std::vector<Tie> ties;                         // by owner, then slot
  std::vector<float> region_ties;                // [region of owner][region of partner], sum of strengths
  std::vector<double> survey;                    // [figure]; NaN is missing
  std::vector<Respondent> respondents;           // by organisation number
  std::vector<SurveyAnswer> answers;             // [window, the whole run first][respondent]
  std::vector<std::int32_t> attended_before;     // [window][kind of SurveyAnswer][organisation]; working memory
  std::vector<float> organisation_trajectories;  // [quantity][month][organisation]
  // [month][organisation] as lists of who came have it: 1 came to a meeting, 0 stayed away, -1 no meeting for it, or never a
  // member so far. Who has withdrawn stays on the list.
  std::vector<std::int8_t> sheets;
  std::vector<std::int32_t> attended_until;  // [organisation] meetings up to the month before; working memory
};

}  // namespace coalis
