// A forecast of who will come as JSON: every member, every meeting.
#pragma once

#include <string>

#include "coalis/questions/forecast/forecast.hpp"

namespace coalis {

std::string json_text(const ForecastAnswer& answer);

}  // namespace coalis
