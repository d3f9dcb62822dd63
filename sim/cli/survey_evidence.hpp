// The simulated survey beside the evidence: which figure answers to which category of which item.
#pragma once

#include <string>
#include <vector>

#include "coalis/ensemble/summary.hpp"
#include "coalis/io/evidence_file.hpp"

namespace coalis::cli {

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

// "36 % (23 of 64)"; "" without the item.
std::string evidence_share(const EvidenceItem* item, std::size_t category);
// The answers to an item: as reported, or those to its categories added up; 0 if unknown.
int answers_to(const EvidenceItem& item);

std::string percent(double share);                  // "36 %", "-" if missing
std::string percent_range(const Summary& summary);  // the middle 80 %: "22 to 48 %"

}  // namespace coalis::cli
