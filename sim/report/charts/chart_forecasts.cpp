// Forecasts: where each said that a number would lie, a bar a forecast, and what came across all of them.
#include <algorithm>
#include <cmath>

#include "chart_axes.hpp"

namespace coalis::chart {
namespace {

constexpr double forecast_bar = 10, forecast_lane = 17, below_name = 22, held_room = 52, most_series_room = 160;

using Case = Forecasts::Case;

std::string came_told(const Case& one, const Quantity& q) {
  return "\u25C6 " + (one.told.empty() ? number(one.came * q.factor, q.decimals) : one.told);
}

// In words, so that a reader need not measure.
std::string held_or_missed(const Case& one, std::size_t series) {
  const Range most = series < one.said.size() ? one.said[series].most : Range{};
  if (!std::isfinite(most.low + most.high)) return "no value";
  if (!std::isfinite(one.came)) return "";
  return most.low <= one.came && one.came <= most.high ? "held" : "missed";
}

double series_room(const Forecasts& data) {
  double room = 0;
  for (const std::string& name : data.series) room = std::max(room, text_width(name, small_size, true) + 12);
  return std::min(room, most_series_room);
}

void draw_said(Drawing& drawing, const Forecasts::Said& said, double factor, const Scale& x, double y, bool first) {
  const Range most = times(said.most, factor);
  if (std::isfinite(most.low + most.high))
    drawing.box(x(most.low), y - forecast_bar / 2, std::max(2.0, x(most.high) - x(most.low)), forecast_bar,
                first ? colour::half : colour::most);
  if (const double mean = x(said.mean * factor); std::isfinite(said.mean))
    drawing.line({mean, y - forecast_bar / 2}, {mean, y + forecast_bar / 2}, {.width = 2});
}

// Returns the baseline of the next group's name.
double draw_case(Drawing& drawing, const Forecasts& data, const Case& one, const Scale& x, const Ticks& marks, double y) {
  const Quantity& q = data.quantity;
  const std::string came = shorten(came_told(one, q), most_series_room, small_size);
  drawing.text({page_width - margin, y}, came, {.anchor = "end"}, came_told(one, q));
  const double room = page_width - 2 * margin - text_width(came, small_size) - 10;
  drawing.text({margin, y}, shorten(one.name, room, small_size, true), {.bold = true}, one.name);
  const double first = y + below_name, last = first + forecast_lane * static_cast<double>(data.series.size() - 1);
  for (const double v : marks.values)
    drawing.line({x(v), first - forecast_bar}, {x(v), last + forecast_bar}, {.colour = colour::grid});
  for (std::size_t s = 0; s < data.series.size(); ++s) {
    const double middle = first + forecast_lane * static_cast<double>(s);
    drawing.text({margin, middle + 4.5}, shorten(data.series[s], series_room(data) - 8, small_size, s == 0), {.bold = s == 0},
                 data.series[s]);
    if (s < one.said.size()) draw_said(drawing, one.said[s], q.factor, x, middle, s == 0);
    drawing.text({page_width - margin, middle + 4.5}, held_or_missed(one, s), {.anchor = "end", .fill = colour::quiet});
  }
  if (const double at = x(one.came * q.factor); std::isfinite(one.came)) {
    drawing.line({at, first - forecast_bar - 2}, {at, last + forecast_bar - 2}, {.width = 1.4, .dash = "2 2"});
    drawing.mark({at, first - forecast_bar - 2}, Shape::diamond, 9, colour::ink);
  }
  return last + forecast_bar + 15;
}

std::string describe(const Forecasts& data) {
  const Quantity& q = data.quantity;
  std::string out = axis_title(q) + ".";
  for (const Case& one : data.cases) {
    out += " " + one.name + ": " + (one.told.empty() ? number(one.came * q.factor, q.decimals) + " came" : one.told);
    for (std::size_t s = 0; s < std::min(data.series.size(), one.said.size()); ++s)
      out += "; " + data.series[s] + " said " + number(one.said[s].mean * q.factor, q.decimals + 1) + ", 8 in 10 " +
             range_text(times(one.said[s].most, q.factor), q.decimals, false) + ", " + held_or_missed(one, s);
    out += ".";
  }
  return out;
}

}  // namespace

std::string svg(const Forecasts& data) {
  Drawing drawing(data.caption);
  double y = drawing.top() + 6;
  if (data.cases.empty() || data.series.empty())
    return drawing.finish(drawing.paragraph({margin, y}, no_values, page_width - 2 * margin, {}) - 4, {}, describe(data));
  const Quantity& q = data.quantity;
  Extent extent;
  for (const Case& one : data.cases) {
    extent.add(one.came * q.factor);
    for (const Forecasts::Said& said : one.said) add(extent, times(said.most, q.factor)), extent.add(said.mean * q.factor);
  }
  const Scale x = enclosing(extent, margin + series_room(data) + 8, page_width - margin - held_room - 8);
  const Ticks marks = bottom_ticks(x, false);
  for (const Case& one : data.cases) y = draw_case(drawing, data, one, x, marks, y);
  const double bottom = y - 12;
  drawing.line({x.from, bottom}, {x.to, bottom}, {.colour = colour::frame});
  const double below = bottom_axis(drawing, x, marks, {x.from, x.to, bottom, bottom}, false);
  const double end = drawing.centred({page_width / 2, below + 14}, scaled(axis_title(q), marks)) - 12;
  return drawing.finish(end,
                        {"Bars: where each forecast says that the number lies, 8 times in 10; the line in a bar is its average.",
                         "\u25C6 and dotted line: what came. Held: it lies within the bar. Missed: it does not."},
                        describe(data));
}

}  // namespace coalis::chart
