// Charts of rows: a name over each row, its marks below the name, one axis for all at the bottom.
#pragma once

#include <functional>

#include "chart_axes.hpp"

namespace coalis::chart {

inline constexpr double row_name = 18, row_body = 24;

// Draws the marks of a row about the height y.
using DrawRow = std::function<void(std::size_t row, const Scale& x, double y)>;

struct Row {
  std::string name;
  std::string remark;  // at the right end of the name's line; may be empty
};

// Grid, rows and axis. `inset` is kept free at both ends for numbers beside marks. Returns where the axis title ends.
double draw_rows(Drawing& drawing, double top, const std::vector<Row>& rows, const Extent& extent, double inset, bool difference,
                 const std::string& title, const DrawRow& draw);

}  // namespace coalis::chart
