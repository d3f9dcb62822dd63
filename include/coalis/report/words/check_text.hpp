// What the checks of a posterior say, in words and tables.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "coalis/questions/calibration/check.hpp"
#include "coalis/report/words/fit_words.hpp"

namespace coalis {

std::string to_text(const PosteriorCheck& check);

// What a parameter is called, with all that has its value: "Appeal of an event of this kind (meeting and outreach)".
std::string parameter_words(const PosteriorCheck::Parameter& parameter);

// Its items for the verdict; what sets an input is no test of the fit.
std::vector<ItemFit> item_fits(const PosteriorCheck& check);
// Of the fitted items, for weights_text().
std::vector<ItemWeight> item_weights(const PosteriorCheck& check);
std::string fit_verdict(const PosteriorCheck& check);

// A sentence a figure that the source gives roughly: what it may be, where the fitted model has it.
std::vector<std::string> rough_words(const PosteriorCheck& check);

// The parameters of a direction, the largest first. What the evidence fixes is a sum ("a + b - c"), what it does not is a way to
// move ("a up, b up, c down").
std::string direction_words(const Direction& direction, const std::vector<PosteriorCheck::Parameter>& parameters);

// "too narrow", "conservative" or "as it should be": of the share of 90 % intervals that hold the truth.
std::string_view coverage_verdict(double coverage);

}  // namespace coalis
