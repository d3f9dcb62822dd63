// The sections of the report on a comparison, one file each; each gives the HTML below its heading.
#pragma once

#include <string>

#include "coalis/report/pages/comparison_page.hpp"

namespace coalis::report {

std::string decision(const ComparisonPage& page);
std::string scenarios(const ComparisonPage& page);
std::string methods(const ComparisonPage& page);
std::string evidence(const ComparisonPage& page);
std::string comparison(const ComparisonPage& page);
std::string structures(const ComparisonPage& page);
std::string variances(const ComparisonPage& page);  // "" if neither parameters nor structures were varied
std::string limits(const ComparisonPage& page);
std::string provenance(const ComparisonPage& page);
std::string glossary(const ComparisonPage& page);

// Whether an option's difference is the same under the page's other structures, in a sentence.
std::string structures_sentence(const ComparisonPage& page, std::size_t option);
// What parameter sets make of an option's difference, in a sentence; "" without sets.
std::string sets_sentence(const ComparisonPage& page, std::size_t option);

// What they share.
const Outcome& outcome(const ComparisonPage& page, std::string_view name);
std::string level_text(const Outcome& outcome, std::size_t option);  // "46 (36 to 55)"
std::string difference_text(const OutcomeDifference& difference);    // "11 fewer (0.9 to 21 fewer)"
std::string runs_text(const OutcomeDifference& difference);          // "168 worse, 28 alike, 4 better"
// A table of outcomes: the options' levels, and for every option but the reference its difference and what the runs say.
html::Table outcome_table(const ComparisonPage& page, const std::vector<std::string>& names, const std::string& caption);

}  // namespace coalis::report
