// Examples of every chart: one of usual data each, which the golden files show, and many of data that are hard to draw.
#pragma once

#include <string>
#include <vector>

#include "coalis/report/charts/charts.hpp"

namespace coalis::test {

struct ChartExample {
  std::string name, svg;
};

// Usual data, one a chart.
chart::DifferenceFan fan_example();
chart::DifferenceDots dots_example();
chart::Levels levels_example();
chart::AttendanceHistogram histogram_example();
chart::RegionTiles regions_example();
chart::DoseResponse dose_example();
chart::Tornado tornado_example();
chart::Importance importance_example();
chart::Frontier frontier_example();
chart::PredictiveChecks checks_example();
chart::PredictiveChecks checks_of_three_example();
chart::Profile profile_example();
chart::RankHistograms ranks_example();

std::vector<ChartExample> usual_charts();
// Empty, all zero, one run, one month, gaps, infinities, huge and tiny numbers, 60 regions, long and hostile text.
std::vector<ChartExample> hard_charts();

}  // namespace coalis::test
