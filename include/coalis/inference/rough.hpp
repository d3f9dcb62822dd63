// Figures that a source gives roughly ("about a third", "two on average"): within limits, of no number of answers. They have no
// deviance, so that no fit can see them; a check says how many simulated surveys lie within the limits.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "coalis/inference/evidence.hpp"
#include "coalis/inference/evidence_match.hpp"
#include "coalis/inference/survey_items.hpp"
#include "coalis/model/scenario.hpp"

namespace coalis {

// An item with EvidenceItem::between beside the simulated survey.
struct RoughItem {
  std::string id, measures, use;
  SurveyQuestion question;
  std::size_t first = 0;                       // of the question's categories in SurveyCounts
  std::vector<std::size_t> to;                 // [category of the question]: its figure
  std::vector<std::string> names;              // of the figures, in the survey's order
  std::vector<std::array<double, 2>> between;  // least and most of each
  bool mean = false;                           // one figure, a number on average; else shares of the answers

  // Of one survey; NaN without answers.
  std::vector<double> figures(const SurveyCounts& survey) const;
};

// In the evidence's order, of the uses that a check shows: `validate` and `specify`. Says what is wrong with an item in
// `problems`, as compared_items() does.
std::vector<RoughItem> rough_items(std::span<const EvidenceItem> evidence, std::vector<std::string>& problems);
// Has the questions of their own counted with those that are there. Throws as Questionnaire::add does, with the item's name.
void ask_rough(std::span<RoughItem> items, const Scenario& scenario, Questionnaire& questions);

}  // namespace coalis
