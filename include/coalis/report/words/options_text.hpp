// What could be done otherwise, in words.
#pragma once

#include <string>

#include "coalis/questions/policy/listed.hpp"

namespace coalis {

// keys: the keys of what changes instead of words.
std::string to_text(const ListedOptions& list, bool keys = false);

// "It costs 37,500 dollars a year more.": of one cost instead of another, USD a year.
std::string cost_words(double before, double after);

}  // namespace coalis
