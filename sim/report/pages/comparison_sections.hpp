// The sections of the report on a comparison, one file each; each gives the HTML below its heading.
#pragma once

#include <string>

#include "coalis/report/pages/comparison_page.hpp"

namespace coalis::report {

std::string decision(const ComparisonPage& page);  // below the question: the answer, its picture, and what a decider asks next
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
// What parameter sets make of an option's difference, in a sentence, and in one of at most 25 words; "" without sets.
std::string sets_sentence(const ComparisonPage& page, std::size_t option);
std::string short_sets_sentence(const ComparisonPage& page, std::size_t option);

// Outcomes that a coordinator asks about, in two pictures: a bar an option, and below it how the others differ from the
// reference.
std::vector<chart::Bars> outcome_bars(const ComparisonPage& page);
// What an option and the reference cost.
YearlyCosts costs_of(const ComparisonPage& page, std::size_t option);
// The options by the names that sentences have room for.
std::vector<Option> short_options(const ComparisonPage& page);

// What they share.
const Outcome& outcome(const ComparisonPage& page, std::string_view name);
std::string level_text(const Outcome& outcome, std::size_t option);  // "46 (36 to 55)"
std::string difference_text(const OutcomeDifference& difference);    // "11 fewer (0.9 to 21 fewer)"
std::string runs_text(const OutcomeDifference& difference);          // "168 worse, 28 alike, 4 better"
// Outcomes that a coordinator asks about, the headline first.
std::vector<std::string> main_outcomes_of(const ComparisonPage& page);
// A table of outcomes: the options' levels, and for every option but the reference its difference and what the runs say.
html::Table outcome_table(const ComparisonPage& page, const std::vector<std::string>& names, const std::string& caption);

}  // namespace coalis::report
