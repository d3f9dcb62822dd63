// Predictive checks: what calibrated parameters predict for each item of the evidence, beside what was observed.
#include <cmath>

#include "chart_difference.hpp"
#include "chart_rows.hpp"

namespace coalis::chart {
namespace {

constexpr double thickness = 14;

using Item = PredictiveChecks::Item;

// In words, so that a reader need not measure.
std::string verdict(const Item& item) {
  const Range& range = item.predicted.nearly_all;
  if (!std::isfinite(item.observed)) return "not reported";
  if (!std::isfinite(range.low + range.high)) return "no prediction";
  if (item.observed < range.low) return "observed below";
  return item.observed > range.high ? "observed above" : "within 19 in 20";
}

void draw_item(Drawing& drawing, const Item& item, double factor, const Scale& x, double y) {
  const Bands bands = times(item.predicted, factor);
  const auto draw = [&](const Range& range, std::string_view fill) {
    if (!std::isfinite(range.low + range.high)) return;
    drawing.box(x(range.low), y - thickness / 2, std::max(1.0, x(range.high) - x(range.low)), thickness, fill);
  };
  draw(bands.nearly_all, colour::nearly_all);
  draw(bands.most, colour::most);
  draw(bands.half, colour::half);
  if (std::isfinite(bands.median)) {
    drawing.line({x(bands.median), y - thickness / 2}, {x(bands.median), y + thickness / 2},
                 {.colour = colour::paper, .width = 3});
  }
  const Range interval = times(item.interval, factor);
  if (std::isfinite(interval.low + interval.high)) {
    drawing.line({x(interval.low), y}, {x(interval.high), y}, {.width = 1.8});
    for (const double end : {interval.low, interval.high}) drawing.line({x(end), y - 4}, {x(end), y + 4}, {.width = 1.8});
  }
  if (std::isfinite(item.observed)) drawing.mark({x(item.observed * factor), y}, Shape::diamond, 10, colour::ink);
}

}  // namespace

std::string svg(const PredictiveChecks& data) {
  Drawing drawing(data.caption);
  const Quantity& q = data.quantity;
  Extent extent;
  std::vector<Row> rows;
  bool held_out = false;
  std::string description = "Predicted and observed, " + axis_title(q) + ".";
  for (const Item& item : data.items) {
    add(extent, times(item.predicted, q.factor));
    add(extent, times(item.interval, q.factor));
    extent.add(item.observed * q.factor);
    held_out = held_out || item.held_out;
    rows.push_back({item.name + (item.held_out ? " *" : ""), verdict(item)});
    description += " " + item.name + (item.held_out ? " (not used in the fit)" : "") + ": observed " +
                   number(item.observed * q.factor, q.decimals) + ", predicted median " +
                   number(item.predicted.median * q.factor, q.decimals) + ", " +
                   bands_text(times(item.predicted, q.factor), q.decimals, false) + ": " + verdict(item) + ".";
  }
  const double below =
      draw_rows(drawing, drawing.top() - 8, rows, extent, 14, false, axis_title(q),
                [&](std::size_t i, const Scale& x, double y) { draw_item(drawing, data.items[i], q.factor, x, y); });
  return drawing.finish(below,
                        {"Grey: predicted, dark for half, middle for 8 in 10, light for 19 in 20; white line: median.",
                         "\u25C6 Observed, with the survey's 95 % interval.", held_out ? "* Not used in the fit." : ""},
                        description);
}

}  // namespace coalis::chart
