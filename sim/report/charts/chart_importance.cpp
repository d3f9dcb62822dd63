// Importance: sensitivity indices of each factor with their intervals, the largest first.
#include <algorithm>
#include <cmath>

#include "chart_rows.hpp"

namespace coalis::chart {
namespace {

using Factor = Importance::Factor;

void draw_index(Drawing& drawing, const Scale& x, double y, double value, const Range& interval, bool total) {
  const std::string_view line = styles[total ? 0 : 1].line;
  if (std::isfinite(interval.low + interval.high)) {
    drawing.line({x(interval.low), y}, {x(interval.high), y}, {.colour = line, .width = 2, .dash = total ? "" : "4 3"});
  }
  if (std::isfinite(value)) drawing.mark({x(value), y}, total ? Shape::circle : Shape::square, 9, line, !total);
}

std::string say(double value, const Range& interval, int decimals) {
  std::string out = number(value, decimals);
  if (std::isfinite(interval.low + interval.high)) out += " (" + range_text(interval, decimals, false) + ")";
  return out;
}

}  // namespace

std::string svg(const Importance& data) {
  Drawing drawing(data.caption);
  const Quantity& q = data.quantity;
  std::vector<Factor> factors = strongest_first(data.factors, [](const Factor& f) { return f.total; });
  const std::size_t complete = factors.size();
  factors.resize(std::min(complete, most_factors));
  Extent extent;
  extent.add(0);
  std::vector<Row> rows;
  bool any_first = false;
  std::string description = axis_title(q) + ".";
  for (Factor& f : factors) {
    f.total *= q.factor;
    f.first *= q.factor;
    f.total_interval = times(f.total_interval, q.factor);
    f.first_interval = times(f.first_interval, q.factor);
    any_first = any_first || std::isfinite(f.first);
    for (const double v : {f.total, f.first}) extent.add(v);
    add(extent, f.total_interval);
    add(extent, f.first_interval);
    std::string remark = number(f.total, q.decimals);
    description += " " + f.name + ": " + data.total_is + " " + say(f.total, f.total_interval, q.decimals);
    if (std::isfinite(f.first)) {
      remark += " / " + number(f.first, q.decimals);
      description += ", " + data.first_is + " " + say(f.first, f.first_interval, q.decimals);
    }
    description += ".";
    rows.push_back({f.name, remark});
  }
  const double below =
      draw_rows(drawing, drawing.top() - 8, rows, extent, 14, false, axis_title(q), [&](std::size_t i, const Scale& x, double y) {
        const bool both = std::isfinite(factors[i].first);
        draw_index(drawing, x, y - (both ? 6 : 0), factors[i].total, factors[i].total_interval, true);
        if (both) draw_index(drawing, x, y + 6, factors[i].first, factors[i].first_interval, false);
      });
  std::vector<std::string> notes{"\u25CF " + data.total_is + (any_first ? "; \u25A1 " + data.first_is : "") +
                                 ". Lines: 95 % intervals."};
  if (any_first) notes.push_back("Numbers: " + data.total_is + " / " + data.first_is + ".");
  if (complete > most_factors) notes.push_back("Not drawn: " + counted(complete - most_factors, "factor") + " of less weight.");
  if (complete < data.factors.size())
    notes.push_back("Without a value: " + counted(data.factors.size() - complete, "factor") + ".");
  return drawing.finish(below, notes, description);
}

}  // namespace coalis::chart
