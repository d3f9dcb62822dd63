// What the deciders' part of a page says: sentences of at most 25 words, by short names. Numbers are those of sentences.hpp.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "coalis/report/words/sentences.hpp"

namespace coalis {

inline constexpr std::size_t most_words = 25;

// What spaces part and has a letter or a digit.
std::size_t words_in(std::string_view text);
// The first that has at most 25 words, else the last: the fullest stands first.
std::string fullest(const std::vector<std::string>& texts);
// "The first sentence." of a text, without what follows.
std::string_view first_sentence_of(std::string_view text);

// Names without what all of them begin with ("Illinois, three hubs": "three hubs"), at most six words each; what a budget made of
// one stands behind them whole ("three hubs, scaled to 0.3 of a post in all").
std::vector<std::string> short_names(const std::vector<std::string>& names);

// "B (three hubs) keeps 10 fewer organisations in 100 engaged than A (one centre), on average: 29 against 39."
std::string short_answer(const Option& reference, const Option& other, const OutcomeDifference& difference);
// In how many runs, how far, and what the ranges hold.
std::vector<std::string> how_sure(const Option& reference, const Option& other, const OutcomeDifference& difference,
                                  const Included& included, bool extrapolated);
// As planned, as spent, of members.
std::vector<std::string> short_costs(const Option& reference, const Option& other, int months, const YearlyCosts& costs);
// What stands behind it, in one line.
std::string evidence_line(const EvidenceBase& evidence);

}  // namespace coalis
