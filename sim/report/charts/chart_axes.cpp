// Axes of charts.
#include "chart_axes.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace coalis::chart {
namespace {

constexpr double row_height = 16;
constexpr std::size_t most_rows = 8;
constexpr std::array<std::string_view, 12> month_names{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::string tick_label(double value, int decimals, bool difference) {
  return difference ? signed_number(value, decimals) : number(value, decimals);
}

std::string tick_label(double value, const Ticks& ticks, bool difference) {
  return tick_label(ticks.labelled(value), ticks.decimals, difference);
}

struct PlacedEvent {
  double x;
  std::string label, full;
  bool leftwards;  // the label ends at the line
  std::size_t row;
};

// Each label in the first row in which it touches no other; what finds no row is left to the description.
std::vector<PlacedEvent> place(const std::vector<Event>& events, const Scale& x, const Frame& frame) {
  std::vector<PlacedEvent> placed;
  std::vector<std::vector<Range>> rows;
  for (const Event& event : events) {
    const double at = x(event.month);
    if (at < frame.left - 1e-6 || at > frame.right + 1e-6) continue;
    const double left = margin, right = page_width - margin;
    const bool leftwards = text_width(event.label, small_size) + 4 > right - at && at - left > right - at;
    const std::string label = shorten(event.label, (leftwards ? at - left : right - at) - 4, small_size);
    const double width = text_width(label, small_size) + 8;
    const Range taken = leftwards ? Range{at - width, at + 4} : Range{at - 4, at + width};
    const auto free = [&](const std::vector<Range>& row) {
      return std::none_of(row.begin(), row.end(), [&](const Range& r) { return r.low < taken.high && taken.low < r.high; });
    };
    const std::size_t row = static_cast<std::size_t>(std::find_if(rows.begin(), rows.end(), free) - rows.begin());
    if (row >= most_rows) continue;
    if (row == rows.size()) rows.emplace_back();
    rows[row].push_back(taken);
    placed.push_back({at, label, event.label, leftwards, row});
  }
  return placed;
}

}  // namespace

std::string axis_title(const Quantity& quantity) {
  return quantity.unit.empty() ? quantity.name : quantity.name + ", " + quantity.unit;
}

std::string scaled(const std::string& title, const Ticks& ticks) {
  return ticks.power == 0 ? title : title + " (\u00D7 " + power_of_ten(ticks.power) + ")";
}

std::string with_unit(double printed, const Quantity& quantity, bool difference) {
  const std::string text = tick_label(printed, quantity.decimals, difference);
  return quantity.unit.empty() || !std::isfinite(printed) ? text : text + " " + quantity.unit;
}

double label_width(const Ticks& ticks, bool difference) {
  double width = 0;
  for (const double v : ticks.values) width = std::max(width, text_width(tick_label(v, ticks, difference), small_size));
  return width;
}

void value_axis(Drawing& drawing, const Scale& y, const Ticks& ticks, const Frame& frame, bool difference, bool labels) {
  for (const double v : ticks.values) {
    const bool zero = difference && v == 0;
    drawing.line({frame.left, y(v)}, {frame.right, y(v)}, {.colour = zero ? colour::ink : colour::grid, .width = zero ? 1.4 : 1});
    if (labels) {
      drawing.text({frame.left - 5, y(v) + 4.5}, tick_label(v, ticks, difference), {.anchor = "end", .fill = colour::quiet});
    }
  }
}

double bottom_axis(Drawing& drawing, const Scale& x, const Ticks& ticks, const Frame& frame, bool difference) {
  for (const double v : ticks.values) {
    const bool zero = difference && v == 0;
    drawing.line({x(v), frame.top}, {x(v), frame.bottom}, {.colour = zero ? colour::ink : colour::grid, .width = zero ? 1.4 : 1});
    const std::string label = tick_label(v, ticks, difference);
    const double half = text_width(label, small_size) / 2;
    const double at = std::max(margin + half, std::min(page_width - margin - half, x(v)));
    drawing.text({at, frame.bottom + 16}, label, {.anchor = "middle", .fill = colour::quiet});
  }
  return frame.bottom + 18;
}

Ticks bottom_ticks(const Scale& x, bool difference) {
  for (int most = 8; most > 2; --most) {
    Ticks found = ticks(x.low, x.high, most);
    if (found.values.size() < 2) return found;
    const double apart = x(found.values[1]) - x(found.values[0]);
    if (label_width(found, difference) + 8 <= apart) return found;
  }
  return ticks(x.low, x.high, 2);
}

Scale month_scale(std::size_t months, const Frame& frame) {
  if (months < 2) return {-1, 1, frame.left, frame.right};
  return {0, static_cast<double>(months - 1), frame.left, frame.right};
}

std::string month_name(const Calendar& start, int month) {
  const int since_zero = start.year * 12 + start.month - 1 + month;
  return std::string(month_names[static_cast<std::size_t>(((since_zero % 12) + 12) % 12)]) + " " +
         std::to_string((since_zero - ((since_zero % 12) + 12) % 12) / 12);
}

double time_axis(Drawing& drawing, const Calendar& start, const Scale& x, std::size_t months, const Frame& frame) {
  const bool years = months >= 24;  // two Januaries at least
  const int last = static_cast<int>(months) - 1;
  const double width = text_width(years ? "2000" : "May 2000", small_size) + 10;
  const int first = years ? (13 - start.month) % 12 : 0;
  // Labels keep near the frame, so that those of neighbouring panels do not meet.
  const auto place = [&](int m) { return std::max(frame.left - 6 + width / 2, std::min(frame.right + 6 - width / 2, x(m))); };
  const auto fits = [&](int step) {
    for (int m = first; m + step <= last; m += step) {
      if (place(m + step) - place(m) < width) return false;
    }
    return true;
  };
  // Steps that a reader can count in: months of a year, or years.
  int step = 0;
  for (const int s : {1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200}) {
    step = s;
    if ((!years || s % 12 == 0) && fits(s)) break;
  }
  drawing.line({frame.left, frame.bottom}, {frame.right, frame.bottom}, {.colour = colour::frame});
  if (first + step > last && place(last) - place(first) >= width) step = last - first;  // at least where it begins and ends
  for (int m = first; m <= last; m += std::max(1, step)) {
    drawing.line({x(m), frame.bottom}, {x(m), frame.bottom + 5}, {.colour = colour::frame});
    const std::string name = month_name(start, m);
    drawing.text({place(m), frame.bottom + 18}, years ? name.substr(4) : name, {.anchor = "middle", .fill = colour::quiet});
  }
  return frame.bottom + 20;
}

double events_height(const std::vector<Event>& events, const Scale& x, const Frame& frame) {
  std::size_t rows = 0;
  for (const PlacedEvent& event : place(events, x, frame)) rows = std::max(rows, event.row + 1);
  return static_cast<double>(rows) * row_height;
}

void draw_events(Drawing& drawing, const std::vector<Event>& events, const Scale& x, const Frame& frame, double top) {
  for (const PlacedEvent& event : place(events, x, frame)) {
    const double y = top + row_height * static_cast<double>(event.row);
    drawing.line({event.x, y + 2}, {event.x, frame.bottom}, {.colour = colour::quiet, .dash = "1 3"});
    drawing.text({event.x + (event.leftwards ? -4 : 4), y + 12}, event.label,
                 {.anchor = event.leftwards ? "end" : "start", .halo = true}, event.full);
  }
}

Range times(const Range& range, double factor) { return {range.low * factor, range.high * factor}; }

Bands times(const Bands& bands, double factor) {
  return {bands.median * factor, times(bands.half, factor), times(bands.most, factor), times(bands.nearly_all, factor)};
}

void add(Extent& extent, const Range& range) {
  extent.add(range.low);
  extent.add(range.high);
}

void add(Extent& extent, const Bands& bands) {
  extent.add(bands.median);
  for (const Range& range : {bands.half, bands.most, bands.nearly_all}) add(extent, range);
}

std::string range_text(const Range& printed, int decimals, bool difference) {
  return tick_label(printed.low, decimals, difference) + " to " + tick_label(printed.high, decimals, difference);
}

}  // namespace coalis::chart
