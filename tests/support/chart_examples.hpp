// Examples of every chart: one of usual data each, which the golden files show, and many of data that are hard to draw.
#pragma once

#include <any>
#include <map>
#include <string>
#include <typeindex>
#include <vector>

#include "coalis/report/charts/charts.hpp"

namespace coalis::test {

struct ChartExample {
  std::string name, svg;
};

// Usual data, one a chart, by its type.
const std::map<std::type_index, std::any>& chart_examples();
template <class Chart>
Chart example() {
  return std::any_cast<Chart>(chart_examples().at(typeid(Chart)));
}
chart::PredictiveChecks checks_of_three_example();

std::vector<ChartExample> usual_charts();
// Empty, all zero, one run, one month, gaps, infinities, huge and tiny numbers, 60 regions, long and hostile text.
std::vector<ChartExample> hard_charts();

}  // namespace coalis::test
