// Dose and response: an outcome, or a difference, over the values of a lever.
#include <algorithm>
#include <cmath>

#include "chart_difference.hpp"

namespace coalis::chart {
namespace {

constexpr double dose_height = 230, dose_strip = 12, most_label = 110;

struct Extents {
  Extent dose, response;
};

Extents extents_of(const DoseResponse& data) {
  Extents out;
  const double f = data.response.factor;
  if (data.difference) {
    for (const double v : {-data.matters, 0.0, data.matters}) out.response.add(v * f);
  }
  for (const DoseResponse::Series& series : data.series) {
    for (const DoseResponse::Point& point : series.points) {
      out.dose.add(point.dose * data.dose.factor);
      out.response.add(point.value * f);
      add(out.response, times(point.most, f));
    }
  }
  if (data.as_now) out.dose.add(*data.as_now * data.dose.factor);
  return out;
}

// Doses without evidence are grey: what is said there is extrapolation.
bool shade_unsupported(Drawing& drawing, const DoseResponse& data, const Scale& x, const Frame& frame) {
  bool any = false;
  const auto shade = [&](double from, double to) {
    if (!(to > from + 0.5)) return;
    drawing.box(from, frame.top, to - from, frame.bottom - frame.top, colour::outside);
    any = true;
  };
  const Range supported = times(data.supported, data.dose.factor);
  if (std::isfinite(supported.low)) shade(frame.left, std::min(frame.right, x(supported.low)));
  if (std::isfinite(supported.high)) shade(std::max(frame.left, x(supported.high)), frame.right);
  return any;
}

// Series stand a little beside each other, so that their ranges can be seen.
double beside(std::size_t which, std::size_t of) { return 5 * (static_cast<double>(which) - static_cast<double>(of - 1) / 2); }

void draw_series(Drawing& drawing, const DoseResponse& data, std::size_t which, const Scale& x, const Scale& y) {
  const DoseResponse::Series& series = data.series[which];
  const Style& style = style_of(series.option.letter);
  const double f = data.response.factor, shift = beside(which, data.series.size());
  std::vector<Point> line;
  for (const DoseResponse::Point& point : series.points) {
    const double at = x(point.dose * data.dose.factor) + shift;
    const Range range = times(point.most, f);
    if (std::isfinite(range.low + range.high))
      drawing.line({at, y(range.low)}, {at, y(range.high)}, {.colour = style.line, .width = 1.6, .opacity = 0.7});
    line.push_back({at, y(point.value * f)});
  }
  drawing.path(line, {.colour = style.line, .width = 2.2, .dash = style.dash});
  for (const Point p : line) {
    if (std::isfinite(p.y)) drawing.mark(p, style.mark, 8, style.line);
  }
}

std::string called(const DoseResponse& data, const Option& option) {
  return data.letters || option.name.empty() ? title_of(option) : option.name;
}

// Names at the right end of their lines.
void label_series(Drawing& drawing, const DoseResponse& data, const Scale& y, const Frame& frame) {
  struct Label {
    const Option* option;
    double y;
  };
  std::vector<Label> labels;
  std::vector<double> wanted;
  for (const DoseResponse::Series& series : data.series) {
    const auto last =
        std::find_if(series.points.rbegin(), series.points.rend(), [](const auto& p) { return std::isfinite(p.value); });
    if (last == series.points.rend()) continue;
    labels.push_back({&series.option, y(last->value * data.response.factor)});
    wanted.push_back(labels.back().y);
  }
  const std::vector<double> placed = spread(wanted, 31, frame.top + 8, frame.bottom - 22);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const Style& style = style_of(labels[i].option->letter);
    const std::string name = called(data, *labels[i].option);
    drawing.line({frame.right, labels[i].y}, {frame.right + 6, placed[i]}, {.colour = style.line});
    drawing.paragraph({frame.right + 9, placed[i] + 4.5}, name, page_width - margin - frame.right - 8,
                      {.fill = style.text, .bold = true}, 15, 2);
  }
}

double right_room(const DoseResponse& data) {
  double width = 0;
  for (const auto& series : data.series) width = std::max(width, text_width(called(data, series.option), small_size, true));
  return std::min(most_label, width + 14);
}

std::string describe(const DoseResponse& data) {
  std::string out = axis_title(data.response) + " over " + axis_title(data.dose) + ".";
  for (const DoseResponse::Series& series : data.series) {
    out += " " + called(data, series.option) + ":";
    for (const DoseResponse::Point& p : series.points) {
      out += " at " + number(p.dose * data.dose.factor, data.dose.decimals) + " ";
      out += data.difference ? signed_number(p.value * data.response.factor, data.response.decimals)
                             : number(p.value * data.response.factor, data.response.decimals);
      const Range range = times(p.most, data.response.factor);
      if (std::isfinite(range.low + range.high)) out += " (" + range_text(range, data.response.decimals, data.difference) + ")";
      out += ";";
    }
    out.back() = '.';
  }
  return out;
}

}  // namespace

std::string svg(const DoseResponse& data) {
  Drawing drawing(data.caption);
  const std::string title = (data.difference ? "Difference in " : "") + axis_title(data.response);
  const Extents extents = extents_of(data);
  const Scale inner = enclosing(extents.response, dose_height - dose_strip, dose_strip);
  const Ticks marks = ticks(inner.low, inner.high, 7);
  const double top = drawing.heading(scaled(title, marks));
  const Frame frame{margin + label_width(marks, data.difference) + 6, page_width - margin - right_room(data), top,
                    top + dose_height};
  const Scale y{inner.low, inner.high, frame.bottom - dose_strip, frame.top + dose_strip};
  const Scale x = enclosing(extents.dose, frame.left + 14, frame.right - 12);

  const bool shaded = shade_unsupported(drawing, data, x, frame);
  value_axis(drawing, y, marks, frame, data.difference);
  if (data.difference) matters_across(drawing, y, data.matters * data.response.factor, frame);
  if (data.as_now) {
    const double at = x(*data.as_now * data.dose.factor);
    drawing.line({at, frame.top}, {at, frame.bottom}, {.colour = colour::quiet, .width = 1.4, .dash = "1 3"});
    const bool leftwards = at > (frame.left + frame.right) / 2;
    drawing.text({at + (leftwards ? -5 : 5), frame.top + 13}, "as now", {.anchor = leftwards ? "end" : "start", .halo = true});
  }
  for (std::size_t s = 0; s < data.series.size(); ++s) draw_series(drawing, data, s, x, y);
  label_series(drawing, data, y, frame);
  const Ticks doses = bottom_ticks(x, false);
  double below = bottom_axis(drawing, x, doses, {frame.left, frame.right, frame.bottom, frame.bottom}, false);
  drawing.line({frame.left, frame.bottom}, {frame.right, frame.bottom}, {.colour = colour::frame});
  const double centre = (frame.left + frame.right) / 2;
  below = drawing.centred({centre, below + 14}, scaled(axis_title(data.dose), doses)) - 12;
  return drawing.finish(
      below,
      {"Marks: mean of the runs; bars: 8 in 10 runs.", data.difference ? matters_note(data.matters, data.response) : "",
       shaded ? "Grey: no evidence for such values; the model extrapolates." : ""},
      describe(data));
}

}  // namespace coalis::chart
