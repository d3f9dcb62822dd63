// Rank histograms of simulation-based calibration, a panel a parameter.
#include <algorithm>
#include <cmath>

#include "chart_axes.hpp"

namespace coalis::chart {
namespace {

constexpr std::size_t rank_columns = 3;
constexpr double rank_gap = 12, line_height = 16, rank_height = 62;
constexpr std::size_t most_name_lines = 4;

bool outside(const RankHistograms& data, double count) { return count < data.band.low || count > data.band.high; }

void draw_panel(Drawing& drawing, const RankHistograms& data, const RankHistograms::Panel& panel, const Frame& frame,
                double most) {
  const Scale y{0, most, frame.bottom, frame.top};
  if (std::isfinite(data.band.low + data.band.high))
    drawing.box(frame.left, y(data.band.high), frame.width(), y(data.band.low) - y(data.band.high), colour::nearly_all);
  const double slot = frame.width() / static_cast<double>(std::max<std::size_t>(1, panel.counts.size()));
  for (std::size_t bin = 0; bin < panel.counts.size(); ++bin) {
    const double count = panel.counts[bin], left = frame.left + slot * static_cast<double>(bin);
    if (!std::isfinite(count)) continue;
    const double height = frame.bottom - y(count);
    if (outside(data, count))
      drawing.hatched(left + 1, y(count), slot - 2, height, styles[1].line);
    else
      drawing.box(left + 1, y(count), slot - 2, height, colour::half);
  }
  for (const double edge : {data.band.low, data.band.high})
    if (std::isfinite(edge)) drawing.line({frame.left, y(edge)}, {frame.right, y(edge)}, {.colour = colour::quiet, .width = 1.2});
  drawing.line({frame.left, y(data.expected)}, {frame.right, y(data.expected)},
               {.colour = colour::ink, .width = 1.2, .dash = "4 3"});
  drawing.line({frame.left, frame.bottom}, {frame.right, frame.bottom}, {.colour = colour::frame});
}

std::string describe(const RankHistograms& data) {
  std::string out = "Counts of ranks in equal bins, from the lowest; " + number(data.expected, 0) + " are expected in each, " +
                    range_text(data.band, 0, false) + " are usual (" + data.band_is + ").";
  for (const RankHistograms::Panel& panel : data.panels) {
    out += " " + panel.name + ":";
    for (std::size_t i = 0; i < panel.counts.size(); ++i) out += (i > 0 ? ", " : " ") + number(panel.counts[i], 0);
    out += ".";
  }
  return out;
}

}  // namespace

std::string svg(const RankHistograms& data) {
  Drawing drawing(data.caption);
  Extent extent;
  for (const double value : {0.0, data.expected, data.band.high}) extent.add(value);
  std::size_t beyond = 0, bins = 0;
  for (const RankHistograms::Panel& panel : data.panels) {
    for (const double count : panel.counts) {
      extent.add(count);
      bins += std::isfinite(count);
      beyond += outside(data, count);
    }
  }
  const double top = bins > 0 ? drawing.top() - 8 : drawing.top() + 2,
               width = (page_width - 2 * margin - rank_gap * (rank_columns - 1)) / rank_columns;
  const double most = extent.high > 0 ? 1.08 * extent.high : 1;
  double below = top;
  for (std::size_t first = 0; first < data.panels.size(); first += rank_columns) {
    const std::size_t end = std::min(data.panels.size(), first + rank_columns);
    const auto left_of = [&](std::size_t i) { return margin + static_cast<double>(i - first) * (width + rank_gap); };
    double at = below;  // where the names end
    for (std::size_t i = first; i < end; ++i)
      at = std::max(at, drawing.paragraph({left_of(i), below + line_height - 2}, data.panels[i].name, width, {}, line_height,
                                          most_name_lines) -
                            line_height + 8);
    for (std::size_t i = first; i < end; ++i)
      draw_panel(drawing, data, data.panels[i], {left_of(i), left_of(i) + width, at, at + rank_height}, most);
    below = at + rank_height + 14;
  }
  std::vector<std::string> notes{std::string(no_values)};
  if (bins > 0) {
    notes = {
        "Bars from the left: how often the truth was among the lowest tenth of the draws, the next, ..., the highest.",
        "Dashed: " + number(data.expected, 0) + ", as expected. Between the lines, " + range_text(data.band, 0, false) + ": " +
            data.band_is + " of bars, if the intervals are right.",
        "Hatched: outside, " + number(static_cast<double>(beyond), 0) + " of " + number(static_cast<double>(bins), 0) + " bars."};
  }
  return drawing.finish(below, notes, describe(data));
}

}  // namespace coalis::chart
