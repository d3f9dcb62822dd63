// A forecast of who will come, in sentences and tables.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "coalis/questions/forecast/forecast.hpp"

namespace coalis {

std::string_view forecaster_name(Forecaster forecaster);  // "the model"
// Who forecasts better, whether intervals are to be believed, and what the forecast rests on: a sentence each.
std::vector<std::string> forecast_sentences(const ForecastAnswer& answer);
std::string to_text(const ForecastAnswer& answer);

}  // namespace coalis
