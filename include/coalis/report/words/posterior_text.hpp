// What was learnt from the evidence, in words and tables.
#pragma once

#include <string>

#include "coalis/questions/calibration/posterior.hpp"

namespace coalis {

std::string to_text(const PosteriorAnswer& answer);

// For a coordinator: what the figures say of which parameters, what they leave open, whether the draws suffice, and what to
// collect next.
std::string verdict_text(const PosteriorAnswer& answer);

// "generation  3: tolerance   12.345, ...": a line while the sampling goes on.
std::string generation_text(const GenerationSummary& generation);

}  // namespace coalis
