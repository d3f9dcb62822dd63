// For the page's module alone: a page has no evidence, so what would match it with the survey's answers is left out.
#include "coalis/inference/evidence_match.hpp"

namespace coalis {

std::optional<MatchProblem> match_categories(const EvidenceItem&, EvidenceMatch&) { __builtin_trap(); }
bool counts_events(std::string_view) { __builtin_trap(); }
bool counts_trainings(std::string_view) { __builtin_trap(); }
bool is_rating(std::string_view) { __builtin_trap(); }
std::optional<Bin> bin_named(std::string_view) { __builtin_trap(); }
std::vector<Bin> bins_of(const EvidenceItem&) { __builtin_trap(); }

}  // namespace coalis
