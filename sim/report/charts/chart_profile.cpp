// Profile: one number a row and series beside the band in which it should lie.
#include <algorithm>
#include <cmath>

#include "chart_rows.hpp"

namespace coalis::chart {
namespace {

constexpr double profile_lane = 9;

double body_height(const Profile& data) { return std::max(row_body, profile_lane * static_cast<double>(data.series.size()) + 5); }

double lane_of(const Profile& data, std::size_t series, double y) {
  return y + profile_lane * (static_cast<double>(series) - static_cast<double>(data.series.size() - 1) / 2);
}

bool outside(const Profile& data, double value) {
  return std::isfinite(value) && (value < data.expected.low || value > data.expected.high);
}

void draw_row(Drawing& drawing, const Profile& data, const Profile::Row& row, const Scale& x, double y) {
  const double half = body_height(data) / 2;
  const Range band = times(data.expected, data.quantity.factor);
  if (std::isfinite(band.low + band.high))
    drawing.box(x(band.low), y - half, x(band.high) - x(band.low), 2 * half, colour::nearly_all);
  if (const double at = data.reference * data.quantity.factor; std::isfinite(at))
    drawing.line({x(at), y - half}, {x(at), y + half}, {.colour = colour::frame, .width = 1.4});
  for (std::size_t s = 0; s < std::min(row.values.size(), data.series.size()); ++s) {
    if (!std::isfinite(row.values[s])) continue;
    const Style& style = style_of(data.series[s].letter);
    drawing.mark({x(row.values[s] * data.quantity.factor), lane_of(data, s, y)}, style.mark, 9, style.line);
  }
}

// "91 / 90 / 92"; a number outside of the band has a "!".
std::string numbers(const Profile& data, const Profile::Row& row) {
  std::string out;
  for (std::size_t s = 0; s < data.series.size(); ++s) {
    const double value = s < row.values.size() ? row.values[s] : missing;
    out +=
        (s > 0 ? " / " : "") + number(value * data.quantity.factor, data.quantity.decimals) + (outside(data, value) ? "!" : "");
  }
  return out;
}

std::string symbol(Shape mark) {
  switch (mark) {
    case Shape::circle: return "\u25CF";
    case Shape::square: return "\u25A0";
    case Shape::triangle: return "\u25B2";
    case Shape::diamond: return "\u25C6";
    default: return "\u2022";
  }
}

}  // namespace

std::string svg(const Profile& data) {
  Drawing drawing(data.caption);
  const Quantity& q = data.quantity;
  Extent extent;
  for (const double end : {data.expected.low, data.expected.high, data.reference}) extent.add(end * q.factor);
  std::vector<Row> rows;
  std::string description = axis_title(q) + ".", order;
  bool any_outside = false;
  for (std::size_t s = 0; s < data.series.size(); ++s)
    order += (s > 0 ? ", " : "") + symbol(style_of(data.series[s].letter).mark) + " " + data.series[s].name;
  for (const Profile::Row& row : data.rows) {
    rows.push_back({row.name, numbers(data, row)});
    description += " " + row.name + ":";
    for (std::size_t s = 0; s < std::min(row.values.size(), data.series.size()); ++s) {
      extent.add(row.values[s] * q.factor);
      any_outside = any_outside || outside(data, row.values[s]);
      description += (s > 0 ? ", " : " ") + data.series[s].name + " " + number(row.values[s] * q.factor, q.decimals);
    }
    description += ".";
  }
  const double below = draw_rows(
      drawing, drawing.top() - 8, rows, extent, 14, false, axis_title(q),
      [&](std::size_t i, const Scale& x, double y) { draw_row(drawing, data, data.rows[i], x, y); }, body_height(data));
  std::vector<std::string> notes;
  if (!order.empty()) notes.push_back(order + (data.series.size() > 1 ? "; the numbers are in this order." : "."));
  if (std::isfinite(data.expected.low + data.expected.high))
    notes.push_back("Grey: " + range_text(times(data.expected, q.factor), q.decimals, false) + ", " + data.expected_is +
                    (any_outside ? "; ! lies outside." : "."));
  return drawing.finish(below, notes, description);
}

}  // namespace coalis::chart
