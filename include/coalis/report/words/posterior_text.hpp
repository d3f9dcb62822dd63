// What was learnt from the evidence, in words and tables.
#pragma once

#include <string>

#include "coalis/questions/calibration/posterior.hpp"

namespace coalis {

std::string to_text(const PosteriorAnswer& answer);

// "generation  3: tolerance   12.345, ...": a line while the sampling goes on.
std::string generation_text(const GenerationSummary& generation);

}  // namespace coalis
