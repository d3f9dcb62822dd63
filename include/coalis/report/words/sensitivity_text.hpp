// What an outcome hangs on, in words and tables; what it takes to find out.
#pragma once

#include <string>

#include "coalis/questions/sensitivity/sensitivity.hpp"

namespace coalis {

std::string to_text(const SensitivityFindings& findings);

// "Morris: ...; 12,800 runs, about 3 min with 2 threads". seconds: that all runs will take.
std::string cost_text(const SensitivityQuestion& question, double seconds, int threads);

// What is said where much_chance().
std::string chance_warning(const SensitivityFindings& findings);

// How much of the variance is parameters and how much luck, in one run and in the means that are drawn: the same in the terminal
// and on pages. "" if it is not known.
std::string luck_words(const SeedShare& share, std::size_t replicates);

// "* First order above the total ...", which cannot be: names of such inputs, "" without.
std::string above_total_names(const SensitivityTarget& target);

}  // namespace coalis
