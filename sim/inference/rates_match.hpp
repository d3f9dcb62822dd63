// Matching of items whose figures are shares of those who came (evidence_match.hpp).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "coalis/inference/evidence_match.hpp"

namespace coalis {

inline std::string in_quotes(std::string_view text) { return "'" + std::string(text) + "'"; }

// Meetings in the order of time, or who came again, by lag. The question counts two cells a category: who came, who did not.
std::optional<MatchProblem> match_rates(const EvidenceItem& item, EvidenceMatch& into);

}  // namespace coalis
