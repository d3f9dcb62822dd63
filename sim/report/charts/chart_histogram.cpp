// Attendance histogram: bars of simulated answers beside the survey's, with a table of the same numbers under the bars.
#include <algorithm>
#include <cmath>

#include "chart_axes.hpp"

namespace coalis::chart {
namespace {

constexpr double histogram_height = 170, bar_name_height = 18, histogram_strip = 8;

double percent(double share) { return share * 100; }

struct Layout {
  const AttendanceHistogram& data;
  Frame frame;
  Scale y;

  double slot() const { return frame.width() / static_cast<double>(std::max<std::size_t>(1, data.categories.size())); }
  double centre(std::size_t category) const { return frame.left + (static_cast<double>(category) + 0.5) * slot(); }
  // Bars and the evidence stand side by side within a category.
  double width() const { return slot() * 0.84 / static_cast<double>(data.simulated.size() + 1); }
  double place(std::size_t category, std::size_t which) const {
    return centre(category) + (static_cast<double>(which) - static_cast<double>(data.simulated.size()) / 2) * width();
  }
};

void whisker(Drawing& drawing, double x, const Range& range, const Scale& y, const Stroke& stroke, double cap) {
  if (!std::isfinite(range.low + range.high)) return;
  drawing.line({x, y(percent(range.low))}, {x, y(percent(range.high))}, stroke);
  for (const double end : {range.low, range.high}) drawing.line({x - cap, y(percent(end))}, {x + cap, y(percent(end))}, stroke);
}

// The look of a simulated series: filled, hatched, white.
void draw_column(Drawing& drawing, std::size_t which, double x, double y, double width, double height) {
  const Style& style = styles[which % styles.size()];
  if (which == 1) {
    drawing.hatched(x, y, width, height, style.line);
  } else {
    drawing.box(x, y, width, height, which == 0 ? style.tint : colour::paper, style.line, 1.4);
  }
}

void draw_category(Drawing& drawing, const Layout& at, std::size_t category) {
  const AttendanceHistogram& data = at.data;
  for (std::size_t s = 0; s < data.simulated.size(); ++s) {
    const AttendanceHistogram::Simulated& simulated = data.simulated[s];
    const double share = category < simulated.share.size() ? percent(simulated.share[category]) : missing;
    if (!std::isfinite(share)) continue;
    const double x = at.place(category, s), width = at.width() * 0.9;
    draw_column(drawing, s, x - width / 2, std::min(at.y(0), at.y(share)), width, std::abs(at.y(0) - at.y(share)));
    if (category < simulated.range.size()) {
      whisker(drawing, x, simulated.range[category], at.y, {.colour = styles[s % styles.size()].text, .width = 1.6}, 4);
    }
  }
  if (category >= data.evidence.size()) return;
  const AttendanceHistogram::Answered& answered = data.evidence[category];
  const double x = at.place(category, data.simulated.size());
  whisker(drawing, x, answered.interval, at.y, {.width = 1.6}, 4);
  if (std::isfinite(answered.share)) drawing.mark({x, at.y(percent(answered.share))}, Shape::diamond, 11, colour::ink);
}

std::string share_text(double share, double width = page_width) {
  return std::isfinite(share) ? number_within(percent(share), 0, width, small_size) : "\u2013";
}

// Head with the mark of the series, then a number a category; returns the baseline of the next row.
double table_row(Drawing& drawing, const Layout& at, double y, std::string_view name, std::size_t which,
                 const std::vector<std::string>& cells) {
  const bool evidence = which == at.data.simulated.size();
  if (evidence) {
    drawing.mark({margin + 6, y - 4.5}, Shape::diamond, 10, colour::ink);
  } else {
    draw_column(drawing, which, margin + 1, y - 10, 10, 11);
  }
  const std::string_view fill = evidence ? colour::ink : styles[which % styles.size()].text;
  for (std::size_t c = 0; c < cells.size(); ++c) drawing.text({at.centre(c), y}, cells[c], {.anchor = "middle", .fill = fill});
  const double room = at.frame.left - margin - 20;
  return drawing.paragraph({margin + 16, y}, name, room, {.fill = fill, .bold = true}, 15, 2) + bar_name_height - 15;
}

Extent extent_of(const AttendanceHistogram& data) {
  Extent out;
  out.add(0);
  out.add(10);
  const auto add_share = [&](double share, const Range& range) {
    out.add(percent(share));
    out.add(percent(range.low));
    out.add(percent(range.high));
  };
  for (const auto& s : data.simulated) {
    for (std::size_t c = 0; c < s.share.size(); ++c) add_share(s.share[c], c < s.range.size() ? s.range[c] : Range{});
  }
  for (const auto& e : data.evidence) add_share(e.share, e.interval);
  return out;
}

std::string describe(const AttendanceHistogram& data) {
  std::string out = "Shares in " + data.unit + ".";
  for (std::size_t c = 0; c < data.categories.size(); ++c) {
    out += " " + data.categories[c] + ":";
    for (const auto& s : data.simulated) {
      out += " " + s.name + " " + (c < s.share.size() ? share_text(s.share[c]) : share_text(missing));
      if (c < s.range.size() && std::isfinite(s.range[c].low + s.range[c].high)) {
        out += " (8 in 10 runs " + range_text(times(s.range[c], 100), 0, false) + ")";
      }
      out += ",";
    }
    if (c >= data.evidence.size() || !std::isfinite(data.evidence[c].share)) {
      out += " survey not reported.";
      continue;
    }
    const auto& e = data.evidence[c];
    out += " survey " + share_text(e.share);
    if (e.of > 0) out += " (" + number(e.count, 0) + " of " + number(e.of, 0) + ")";
    if (std::isfinite(e.interval.low + e.interval.high)) out += ", 95 % interval " + range_text(times(e.interval, 100), 0, false);
    out += ".";
  }
  return out;
}

}  // namespace

std::string svg(const AttendanceHistogram& data) {
  Drawing drawing(data.caption);
  const Extent extent = extent_of(data);
  const Ticks marks = ticks(extent.low, extent.high, 6);
  const double title = drawing.heading(scaled(data.unit, marks));
  double heads = text_width("survey", small_size, true);
  for (const auto& s : data.simulated) heads = std::max(heads, text_width(s.name, small_size, true));
  const Frame frame{margin + std::min(112.0, heads + 22), page_width - margin, title, title + histogram_height};
  const Layout at{data, frame, {extent.low, extent.high, frame.bottom, frame.top + histogram_strip}};
  value_axis(drawing, at.y, marks, frame, false);
  for (std::size_t c = 0; c < data.categories.size(); ++c) draw_category(drawing, at, c);
  drawing.line({frame.left, frame.bottom}, {frame.right, frame.bottom}, {.colour = colour::ink});

  double y = frame.bottom + 17, below = y;
  for (std::size_t c = 0; c < data.categories.size(); ++c) {
    double line = y;
    for (const std::string& word : wrap(data.categories[c], at.slot() - 4, small_size, false, 3)) {
      drawing.text({at.centre(c), line}, word, {.anchor = "middle"}, data.categories[c]);
      line += 15;
    }
    below = std::max(below, line);
  }
  y = below + 5;
  for (std::size_t s = 0; s < data.simulated.size(); ++s) {
    std::vector<std::string> cells;
    for (std::size_t c = 0; c < data.categories.size(); ++c) {
      cells.push_back(share_text(c < data.simulated[s].share.size() ? data.simulated[s].share[c] : missing, at.slot() - 4));
    }
    y = table_row(drawing, at, y, data.simulated[s].name, s, cells);
  }
  std::vector<std::string> cells;
  bool unreported = false;
  for (std::size_t c = 0; c < data.categories.size(); ++c) {
    cells.push_back(share_text(c < data.evidence.size() ? data.evidence[c].share : missing, at.slot() - 4));
    unreported = unreported || cells.back() == share_text(missing);
  }
  y = table_row(drawing, at, y, "survey", data.simulated.size(), cells);
  return drawing.finish(y - 14,
                        {"Bars: mean of the runs, thin lines: 8 in 10 runs. Diamonds: survey, with 95 % interval.",
                         unreported ? "\u2013 : not reported." : ""},
                        describe(data));
}

}  // namespace coalis::chart
