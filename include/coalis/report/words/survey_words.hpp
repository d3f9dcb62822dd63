// How shares of answers are said, of the simulated survey and of the evidence.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "coalis/inference/distance.hpp"
#include "coalis/inference/evidence.hpp"
#include "coalis/statistics/summary.hpp"

namespace coalis {

// Of shares of one whole: add up to 100 %, and what is not all or nothing is not said to be (largest remainder).
std::vector<std::string> percents(const std::vector<double>& shares);
std::string percent(double share);                  // "36 %", "-" if missing
std::string percent_range(const Summary& summary);  // the middle 80 %: "22 to 48 %"

// "36 % (23 of 64)"; "" without the item. category: of the survey's item.
std::string evidence_share(const EvidenceItem* item, std::size_t category);
// "36 % (23 of 64)" in a cell.
std::string observed_share(const ComparedItem& item, std::size_t cell);

}  // namespace coalis
