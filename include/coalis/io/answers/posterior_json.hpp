// What was learnt from the evidence, as JSON.
#pragma once

#include <string>

#include "coalis/questions/calibration/posterior.hpp"

namespace coalis {

std::string json_text(const PosteriorAnswer& answer);

}  // namespace coalis
