// What a comparison says, for people: first what a reader must know about costs, then the differences, then how sure they are.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "coalis/questions/comparison/answer.hpp"
#include "coalis/report/words/sentences.hpp"

namespace coalis {

// The whole answer, for lines of any width (plain_text.hpp).
std::string to_text(const ComparisonAnswer& answer);

// What must be known before any figure: differences in planned cost above 1 %, what equal budget did, levers outside their
// supported ranges. One sentence each, those on cost first.
std::vector<std::string> notices(const Comparison& question);

// What equal budget did to a scenario; "" without.
std::string budget_sentence(const Comparison& question, const Contender& other);
// That the budget takes away what an option changes, and what to scale instead; "" where it does not.
std::string undone_by_budget(const Comparison& question, const Contender& other);

// The answer in sentences for one scenario (not the reference) and outcome.
Sentences sentences_of(const ComparisonAnswer& answer, std::size_t scenario, std::size_t outcome);

// The parts on structures and on what differences vary by; "" without (comparison_variants_text.cpp).
std::string variants_text(const ComparisonAnswer& answer);
std::string variance_text(const ComparisonAnswer& answer);

}  // namespace coalis
