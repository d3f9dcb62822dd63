// The page on a forecast of who will come: who forecasts best, the meetings held out beside what came, every member.
#pragma once

#include <cstddef>
#include <string>

#include "coalis/questions/forecast/forecast.hpp"
#include "coalis/report/charts/charts.hpp"

namespace coalis::report {

// The last `most` of the meetings held out.
chart::Forecasts forecast_chart(const ForecastAnswer& answer, std::size_t most);

// command: makes the page.
std::string forecast_page(const ForecastAnswer& answer, const std::string& command);

}  // namespace coalis::report
