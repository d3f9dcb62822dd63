// What to do with some money, in sentences of at most 25 words: of best_text.hpp, for the deciders' part of a page.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "coalis/questions/best/answer.hpp"

namespace coalis {

// Of several that are not told apart the cheapest is named; what follows speaks of that one.
std::string short_best_answer(const BestAnswer& answer);
// What does nearly as well for less money, or for none; empty if nothing does.
std::vector<std::string> best_for_less(const BestAnswer& answer);
// Those that are not told apart, the cheapest first, by the letters of what is shown.
std::vector<std::string> best_alike(const BestAnswer& answer, const std::vector<std::size_t>& shown);
std::vector<std::string> best_how_sure(const BestAnswer& answer);
std::vector<std::string> best_costs(const BestAnswer& answer);

}  // namespace coalis
