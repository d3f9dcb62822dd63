// What to do with some money, in words.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "coalis/questions/best/answer.hpp"

namespace coalis {

// The answer in three sentences: what to do and what comes of it; how sure that is; what more money would bring, and what members
// give.
std::array<std::string, 3> best_sentences(const BestAnswer& answer);
// What else is to be known: what the aim does not see, rules that were not fitted, what uncertainty would change the choice.
std::vector<std::string> best_remarks(const BestAnswer& answer);
// The least of the lesser amounts whose best is behind the choice by less than matters; null if there is none.
const BestStep* nearly_as_good(const BestAnswer& answer);
// By how much it is, in the outcome's unit with a digit more: it stands beside what matters.
std::string behind_text(const BestAnswer& answer, const BestStep& less);
// The cheapest of those that are not told from the best: that one is named first.
std::size_t cheapest_alike(const BestAnswer& answer);
// What costs no more than what is done now, is no part of the best, and is behind it by less than matters: the best of these.
std::optional<std::size_t> free_and_near(const BestAnswer& answer);
// "60,000 USD a year"
std::string dollars(double money);
// Rows to show: as it is, those not told from the best (a dozen at most), the choices of other amounts.
std::vector<std::size_t> rows_shown(const BestAnswer& answer);
// What one of them is called beside it: "A", "B", ...
std::string letter_in(const std::vector<std::size_t>& shown, std::size_t row);
// What became of a row: "chosen", of several that are not told apart "as good"; "less good", "costs more", "does harm", "may do
// harm" of what gains more and is not known to leave alone what is guarded.
std::string_view verdict_on(const BestAnswer& answer, std::size_t row);
// "3 in 100 (2 to 4)" of a difference for the better, in the outcome's unit as it is said.
std::string gain_text(const std::string& outcome, const BestFigure& gain);
// Of its 95 % interval, in the outcome's own unit.
double half_width_of(const BestAnswer& answer, const BestInformation& one);

std::string to_text(const BestAnswer& answer);

}  // namespace coalis
