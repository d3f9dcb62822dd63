// How each outcome is spoken of: its name for a reader, the unit it is said in, how a difference reads, whether more is better.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "coalis/model/record.hpp"

namespace coalis {

enum class Better { more, less, neither };

struct OutcomeWords {
  std::string_view name;     // of the outcome (model.md section 9)
  std::string_view title;    // "Engaged"
  std::string_view measure;  // completes a level, "46 organisations in 100 engaged"
  std::string_view unit;     // completes an amount: "in 100", "points of 100", "meetings", "USD a year"
  std::string_view change;   // a difference: "keeps {amount} {direction} organisation{s} in 100 engaged"
  std::string_view more, less;
  double scale;  // the outcome's unit in the unit said
  int decimals;  // of an amount of 1 or more
  Better better;
};

// Throws std::out_of_range for a name that is no outcome.
const OutcomeWords& words_of(std::string_view outcome);

// Whether it is an average a year, and no ratio of two.
bool is_a_year(const OutcomeWords& words);

// The title within a sentence: "engaged", "Outreach Days attended".
std::string title_within(const OutcomeWords& words);

// What `engaged` and its like mean in one sentence, said once on a page: "Engaged: ever-members that attended any event ...".
std::string definition(std::string_view outcome);

// An amount in the outcome's unit as it is said: "46", "0.4", "38,517". Rounded to at least one significant digit, so that only
// what is very small says 0.
std::string amount(const OutcomeWords& words, double value);
// The same with its unit: "3 in 100", "0.5 meetings", "1,000 USD a year".
std::string amount_with_unit(const OutcomeWords& words, double value);

// The difference that matters with its unit, in as many digits as it has: 2.5 in 100 is not said as 2 or 3.
std::string matters_with_unit(const OutcomeWords& words, double matters);

// "22 more outcomes with --all"; "" if none of every run is left out, or if others were named.
std::string outcomes_left_out(const std::vector<std::size_t>& shown);

// Where a quantity stands in its list. Throws std::out_of_range for a name that it does not have.
std::size_t index_of(const std::vector<Quantity>& quantities, std::string_view name);

// "12,345", "-1,000".
std::string grouped(double value);
// "June 2005 to December 2008"; "June 2005" of one month.
std::string span_of_months(std::string_view start, int months);

}  // namespace coalis
