// What to do with some money, in sentences of at most 25 words: of best_text.hpp, for the deciders' part of a page.
#pragma once

#include <string>
#include <vector>

#include "coalis/questions/best/answer.hpp"

namespace coalis {

std::string short_best_answer(const BestAnswer& answer);
std::vector<std::string> best_how_sure(const BestAnswer& answer);
std::vector<std::string> best_costs(const BestAnswer& answer);

}  // namespace coalis
