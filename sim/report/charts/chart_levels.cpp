// Levels over calendar time: a panel an option, all on the same axes, with single runs and the evidence.
#include <algorithm>
#include <cmath>

#include "chart_axes.hpp"

namespace coalis::chart {
namespace {

constexpr double level_gap = 14, level_height = 170, level_strip = 6;
constexpr std::size_t most_runs = 12, points_of_runs = 2000, points_of_bands = 1600;

Extent extent_of(const Levels& data) {
  Extent out;
  const double factor = data.quantity.factor;
  for (const Levels::Panel& panel : data.panels) {
    for (const Bands& bands : panel.months) {
      out.add(bands.median * factor);
      add(out, times(bands.most, factor));
    }
    for (std::size_t r = 0; r < std::min(most_runs, panel.runs.size()); ++r) {
      for (const double v : panel.runs[r]) out.add(v * factor);
    }
  }
  for (const Levels::Evidence& e : data.evidence) {
    out.add(e.value * factor);
    add(out, times(e.interval, factor));
  }
  return out;
}

std::size_t months_of(const Levels& data) {
  std::size_t months = 0;
  for (const Levels::Panel& panel : data.panels) {
    months = std::max(months, panel.months.size());
    for (const auto& run : panel.runs) months = std::max(months, run.size());
  }
  return months;
}

// The months that are drawn: all, or in very long runs every so-many-th and the last, so that a chart stays small.
std::vector<std::size_t> months_drawn(std::size_t months, std::size_t lines, std::size_t points) {
  const std::size_t stride = months * lines / points + 1;
  std::vector<std::size_t> out;
  for (std::size_t m = months == 0 ? 0 : (months - 1) % stride; m < months; m += stride) out.push_back(m);
  return out;
}

void draw_panel(Drawing& drawing, const Levels& data, const Levels::Panel& panel, const Scale& x, const Scale& y) {
  const double factor = data.quantity.factor;
  const Style& style = style_of(panel.option.letter);
  std::vector<double> at;
  std::vector<Range> most;
  std::vector<Point> median;
  for (const std::size_t m : months_drawn(panel.months.size(), 4 * data.panels.size(), points_of_bands)) {
    const Bands bands = times(panel.months[m], factor);
    at.push_back(x(static_cast<double>(m)));
    most.push_back({y(bands.most.low), y(bands.most.high)});
    median.push_back({at.back(), y(bands.median)});
  }
  drawing.band(at, most, style.tint);
  for (std::size_t r = 0; r < std::min(most_runs, panel.runs.size()); ++r) {
    std::vector<Point> points;
    for (const std::size_t m : months_drawn(panel.runs[r].size(), most_runs * data.panels.size(), points_of_runs)) {
      points.push_back({x(static_cast<double>(m)), y(panel.runs[r][m] * factor)});
    }
    drawing.path(points, {.colour = colour::ink, .width = 0.7, .opacity = 0.45});
  }
  drawing.path(median, {.colour = colour::paper, .width = 5});
  drawing.path(median, {.colour = style.line, .width = 3, .dash = style.dash});
}

void draw_evidence(Drawing& drawing, const Levels& data, const Scale& x, const Scale& y) {
  for (const Levels::Evidence& e : data.evidence) {
    const Range interval = times(e.interval, data.quantity.factor);
    const double at = x(e.month);
    if (std::isfinite(interval.low + interval.high)) {
      drawing.line({at, y(interval.low)}, {at, y(interval.high)}, {.colour = colour::paper, .width = 4.5});
      drawing.line({at, y(interval.low)}, {at, y(interval.high)}, {.width = 2});
    }
    const double value = y(e.value * data.quantity.factor);
    if (std::isfinite(value)) drawing.mark({at, value}, Shape::diamond, 10, colour::ink);
  }
}

// Name of the option behind a piece of its line; returns the height it takes.
double head(Drawing& drawing, const Option& option, double left, double width, double top) {
  const Style& style = style_of(option.letter);
  drawing.line({left, top + 10}, {left + 24, top + 10}, {.colour = style.line, .width = 3, .dash = style.dash});
  const std::string name = option.letter.empty() || option.name.empty() ? short_name(option) : option.letter + " " + option.name;
  return drawing.paragraph({left + 30, top + 14.5}, name, width - 30, {.fill = style.text, .bold = true}, 16, 2) - top - 14.5;
}

std::vector<std::string> notes(const Levels& data) {
  if (data.panels.empty()) return {std::string(no_values)};
  std::vector<std::string> out{"Thick line: median; shaded: 8 in 10 runs; thin lines: single runs."};
  for (const Levels::Evidence& e : data.evidence) {
    const Range interval = times(e.interval, data.quantity.factor);
    std::string line = "\u25C6 " + e.label + ": " + with_unit(e.value * data.quantity.factor, data.quantity, false);
    if (std::isfinite(interval.low + interval.high))
      line += ", 95 % interval " + range_text(interval, data.quantity.decimals, false);
    out.push_back(line + ".");
  }
  return out;
}

std::string describe(const Levels& data) {
  std::string out = axis_title(data.quantity) + ", a panel an option, on equal axes.";
  for (const Levels::Panel& panel : data.panels) {
    out += " " + title_of(panel.option) + ": ";
    const auto last =
        std::find_if(panel.months.rbegin(), panel.months.rend(), [](const Bands& b) { return std::isfinite(b.median); });
    if (last == panel.months.rend()) {
      out += "no values.";
      continue;
    }
    const Bands end = times(*last, data.quantity.factor);
    out += "in " + month_name(data.start, static_cast<int>(panel.months.rend() - last) - 1) + " median " +
           number(end.median, data.quantity.decimals) + ", 8 in 10 runs " + range_text(end.most, data.quantity.decimals, false) +
           ".";
  }
  for (const std::string& note : notes(data)) out += " " + note;
  return out;
}

}  // namespace

std::string svg(const Levels& data) {
  Drawing drawing(data.caption);
  const std::size_t months = months_of(data), columns = std::min<std::size_t>(2, std::max<std::size_t>(1, data.panels.size()));
  const Scale inner = enclosing(extent_of(data), level_height - level_strip, level_strip);
  const Ticks marks = ticks(inner.low, inner.high, 6);
  double top = drawing.heading(scaled(axis_title(data.quantity), marks));
  const double left = margin + label_width(marks, false) + 6;
  const double width = (page_width - margin - left - level_gap * static_cast<double>(columns - 1)) / static_cast<double>(columns);
  double below = top;
  for (std::size_t first = 0; first < data.panels.size(); first += columns) {
    const auto frame_of = [&](std::size_t column) {
      const double from = left + static_cast<double>(column) * (width + level_gap);
      return Frame{from, from + width, 0, 0};
    };
    const std::size_t end = std::min(data.panels.size(), first + columns);
    double heads = 0;
    for (std::size_t p = first; p < end; ++p) {
      heads = std::max(heads, head(drawing, data.panels[p].option, frame_of(p - first).left, width, top));
    }
    for (std::size_t p = first; p < end; ++p) {
      Frame frame = frame_of(p - first);
      const Scale x = month_scale(months, {frame.left + 6, frame.right - 8, 0, 0});
      frame.top = top + heads + 6;
      frame.bottom = frame.top + level_height;
      const Scale y{inner.low, inner.high, frame.bottom - level_strip, frame.top + level_strip};
      value_axis(drawing, y, marks, frame, false, p == first);
      draw_panel(drawing, data, data.panels[p], x, y);
      for (const Event& event : data.panels[p].interventions) {
        drawing.line({x(event.month), frame.top}, {x(event.month), frame.bottom}, {.colour = colour::quiet, .dash = "1 3"});
      }
      if (p == data.evidence_panel) draw_evidence(drawing, data, x, y);
      below = time_axis(drawing, data.start, x, months, frame);
    }
    top = below + 6;
  }
  std::vector<std::string> lines = notes(data);
  for (const Levels::Panel& panel : data.panels)
    for (const Event& event : panel.interventions)
      lines.push_back("Dotted: " + event.label + ", " + month_name(data.start, event.month) + ".");
  return drawing.finish(below, lines, describe(data));
}

}  // namespace coalis::chart
