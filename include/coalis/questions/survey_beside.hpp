// The simulated survey beside the evidence: which figure answers to which category of which item.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "coalis/inference/distance.hpp"
#include "coalis/inference/evidence.hpp"
#include "coalis/model/record.hpp"
#include "coalis/model/scenario.hpp"

namespace coalis {

// A figure of the simulated survey and the category of the evidence that it is to be compared with.
struct SurveyLine {
  std::string label, figure;
  std::size_t category;
};
struct SurveyComparison {
  const char* title;
  const char* item;  // of the evidence
  std::vector<SurveyLine> lines;
};
std::vector<SurveyComparison> survey_comparisons();

// What an item is called wherever it is shown: its id and what it measures, "poll, question 3 (trained)"; that alone where the id
// says no more, or there is none.
std::string survey_title(std::string_view id, std::string_view measures);

// The first item of the evidence that can stand beside these lines: each of its categories is that of one line. Null without.
const EvidenceItem* item_beside(std::span<const EvidenceItem> evidence, const SurveyComparison& comparison);
// The category of an item that is the survey's own so-manieth; nothing if none is.
std::optional<std::size_t> place_of(const EvidenceItem& item, std::size_t category);

// Items that are counted in bins, points or windows of their own, or together with others than the survey's own lines have,
// beside what the simulated survey finds in the same.
class OwnItems {
 public:
  OwnItems() = default;
  // With `all`, those that no line is of, too: who could be reached, which sectors answered, experience with cases. Throws
  // std::invalid_argument if a window is none of the scenario's.
  OwnItems(std::span<const EvidenceItem> evidence, const Scenario& scenario, bool all = false);

  bool empty() const { return items_.empty(); }
  std::span<const ComparedItem> items() const { return items_; }
  std::string title(std::size_t item) const;  // survey_title(), last 12 months
  // One a category of one item after the other: its share of the answers.
  std::vector<Quantity> quantities() const;
  Recording recording(const Recording& besides) const { return empty() ? besides : questions_.recording(besides); }
  std::vector<double> shares(const RunRecord& record) const;

 private:
  std::vector<ComparedItem> items_;
  Questionnaire questions_;
  int frame_ = 0;
};
// The answers to an item: as reported, or those to its categories added up; 0 if unknown.
int answers_to(const EvidenceItem& item);

}  // namespace coalis
