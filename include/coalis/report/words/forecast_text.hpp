// A forecast of who will come, in sentences and tables.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "coalis/questions/forecast/forecast.hpp"

namespace coalis {

std::string_view forecaster_name(Forecaster forecaster);  // "the model"
std::string last_of(std::size_t some, std::size_t all);   // "last 3 of 6 meetings", "last of 6 meetings"
std::string predicted_text(const Predicted& number);      // "12.3 (9 to 15)"
// Whether the model's intervals hold clearly less often than they should (-1: too narrow), more often (1: too wide), or neither.
int width_of_intervals(const ForecastAnswer& answer);
// Members in their interval, and that should be: "3 of 4" and "3.9"; from 100 members on "87 of 100" and "98".
std::string members_held(const ForecastAnswer& answer);
std::string members_to_be_held(const ForecastAnswer& answer);
// Whether the nearest simulated coalitions differ from the observed past much more than among each other.
bool none_is_alike(const ForecastAnswer& answer);
// Who forecasts better, whether intervals are to be believed, and what the forecast rests on: a sentence each.
std::vector<std::string> forecast_sentences(const ForecastAnswer& answer);
std::string to_text(const ForecastAnswer& answer);

}  // namespace coalis
