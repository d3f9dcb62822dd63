// Charts of rows: a name over each row, its marks below the name, one axis for all at the bottom.
#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>
#include <vector>

#include "chart_axes.hpp"

namespace coalis::chart {

inline constexpr double row_name = 18, row_body = 24;

inline constexpr std::size_t most_factors = 15;  // rows of a chart of factors

// The factors whose strength is known, the strongest first; equal ones by name.
template <class Factor, class Strength>
std::vector<Factor> strongest_first(const std::vector<Factor>& factors, Strength strength) {
  std::vector<Factor> out;
  std::copy_if(factors.begin(), factors.end(), std::back_inserter(out),
               [&](const Factor& f) { return std::isfinite(strength(f)); });
  std::stable_sort(out.begin(), out.end(), [&](const Factor& a, const Factor& b) {
    return strength(a) != strength(b) ? strength(a) > strength(b) : a.name < b.name;
  });
  return out;
}

// Draws the marks of a row about the height y.
using DrawRow = std::function<void(std::size_t row, const Scale& x, double y)>;

struct Row {
  std::string name;
  std::string remark;  // at the right end of the name's line; may be empty
};

// Grid, rows and axis. `inset` is kept free at both ends for numbers beside marks; `body` is the height of a row below its name.
// Returns where the axis title ends.
double draw_rows(Drawing& drawing, double top, const std::vector<Row>& rows, const Extent& extent, double inset, bool difference,
                 const std::string& title, const DrawRow& draw, double body = row_body);

}  // namespace coalis::chart
