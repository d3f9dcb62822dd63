// How large a difference is said to be: digits that agree with its levels, with what matters and with whether it is clear.
#pragma once

#include <string>

#include "coalis/questions/comparison/differences.hpp"
#include "coalis/report/words/outcome_words.hpp"

namespace coalis {

bool is_clear(const OutcomeDifference& d);
// With so many decimals at least.
std::string with_decimals(const OutcomeWords& words, double value, int decimals);
// The size of a value, with more digits where rounding would make it what matters: "3.4" beside "3 at most", "3" only if it is 3.
std::string size_beside(const OutcomeDifference& d, double value, int decimals = 0);
// Of the mean: with so many digits that a clear difference is seen.
std::string size_of_mean(const OutcomeDifference& d);

}  // namespace coalis
