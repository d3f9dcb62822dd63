// What the deciders' part of the page on a forecast says: sentences of at most 25 words.
#pragma once

#include <string>
#include <vector>

#include "coalis/questions/forecast/forecast.hpp"

namespace coalis {

// "the model", "as often as last year" ("... as before" where no dates tell a year), "record, evened out".
std::string short_forecaster(const ForecastAnswer& answer, Forecaster forecaster);
// Who forecasts best; a rule that clearly does is named first.
std::string short_forecast_answer(const ForecastAnswer& answer);
// What is forecast from what, and what an error is.
std::string forecast_definition(const ForecastAnswer& answer);
// What stands behind it, in one line.
std::string forecast_evidence(const ForecastAnswer& answer);
// What each plain rule says.
std::vector<std::string> plain_rules(const ForecastAnswer& answer);
// Against each rule, how often the ranges hold, what it rests on.
std::vector<std::string> forecast_how_sure(const ForecastAnswer& answer);
// Whom to believe, and what for.
std::vector<std::string> forecast_meaning(const ForecastAnswer& answer);

}  // namespace coalis
