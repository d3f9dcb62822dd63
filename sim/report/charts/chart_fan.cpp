// Fan chart: the paired difference over calendar time.
#include <algorithm>
#include <array>
#include <cmath>

#include "chart_difference.hpp"

namespace coalis::chart {
namespace {

constexpr double fan_height = 250, fan_strip = 24, least_room = 92;
constexpr std::string_view zero_label = "no difference";

struct Label {
  double y;
  std::string text;
  bool bold;
};

struct Fan {
  const DifferenceFan& data;
  std::vector<Bands> months;  // in printed units
  double matters, grain;
  std::size_t last;  // month with values; months.size() if there is none

  explicit Fan(const DifferenceFan& d)
      : data(d), matters(d.matters * d.quantity.factor), grain(d.grain * std::abs(d.quantity.factor)), last(d.months.size()) {
    for (std::size_t i = 0; i < d.months.size(); ++i) {
      months.push_back(times(d.months[i], d.quantity.factor));
      if (std::isfinite(d.months[i].median)) last = i;
    }
  }

  // As the dots of the last month say it.
  int median_decimals() const { return decimals_said(months[last].median, data.quantity.decimals, matters, grain); }

  Extent extent() const {
    Extent out;
    out.add(0);
    if (matters > 0) add(out, Range{-matters, matters});
    for (const Bands& bands : months) add(out, bands);
    return out;
  }
};

void draw_bands(Drawing& drawing, const Fan& fan, const Scale& x, const Scale& y) {
  std::vector<double> at(fan.months.size());
  std::vector<Point> median(at.size());
  for (std::size_t i = 0; i < at.size(); ++i) median[i] = {at[i] = x(static_cast<double>(i)), y(fan.months[i].median)};
  const auto draw = [&](Range Bands::*part, std::string_view fill) {
    std::vector<Range> range(at.size());
    for (std::size_t i = 0; i < at.size(); ++i) range[i] = {y((fan.months[i].*part).low), y((fan.months[i].*part).high)};
    drawing.band(at, range, fill);
  };
  draw(&Bands::nearly_all, colour::nearly_all);
  draw(&Bands::most, colour::most);
  draw(&Bands::half, colour::half);
  drawing.path(median, {.width = 2.5});
}

std::string median_label(const Fan& fan) { return "median " + signed_number(fan.months[fan.last].median, fan.median_decimals()); }

double label_room(const Fan& fan) {
  if (fan.last == fan.months.size()) return least_room;
  return std::max(least_room, text_width(median_label(fan), small_size, true) + 12);
}

// Words at the right end, each beside its part of the fan.
void label_bands(Drawing& drawing, const Fan& fan, const Scale& x, const Scale& y, const Frame& frame) {
  std::vector<Label> labels{{y(0), std::string(zero_label), false}};
  if (fan.last < fan.months.size()) {
    const Bands& end = fan.months[fan.last];
    // On the side away from 0, where there is most room.
    double Range::*edge = end.median < 0 ? &Range::low : &Range::high;
    const auto between = [&](double a, double b) { return std::isfinite(a + b) ? (y(a) + y(b)) / 2 : y(end.median); };
    labels.push_back({y(end.median), median_label(fan), true});
    labels.push_back({between(end.half.*edge, end.median), "half the runs", false});
    labels.push_back({between(end.most.*edge, end.half.*edge), "8 in 10 runs", false});
    labels.push_back({between(end.nearly_all.*edge, end.most.*edge), "19 in 20 runs", false});
    if (end.median >= 0) std::reverse(labels.begin(), labels.end());
  }
  std::vector<double> wanted;  // labels stand from the top down, so that those of equal height keep that order
  for (const Label& label : labels) wanted.push_back(label.y);
  const std::vector<double> placed = spread(wanted, 15, frame.top + 8, frame.bottom - 8);
  const double from = fan.last < fan.months.size() ? x(static_cast<double>(fan.last)) : frame.right;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const bool zero = labels[i].text == zero_label;
    drawing.line({zero ? frame.right : from, labels[i].y}, {frame.right + 7, placed[i]}, {.colour = colour::frame});
    drawing.text({frame.right + 10, placed[i] + 4.5}, labels[i].text,
                 {.fill = zero ? colour::quiet : colour::ink, .bold = labels[i].bold});
  }
}

std::string describe(const Fan& fan) {
  const DifferenceFan& d = fan.data;
  std::string out = difference_title(d.reference, d.other, d.quantity) +
                    ", month by month. Above 0: " + side(d.other, d.quantity) + "; below 0: " + side(d.reference, d.quantity) +
                    ".";
  if (fan.last == fan.months.size()) return out + " There are no values.";
  const Bands& end = fan.months[fan.last];
  out += " In " + month_name(d.start, static_cast<int>(fan.last)) + ": median " +
         with_unit(end.median, {.name = {}, .unit = d.quantity.unit, .factor = 1, .decimals = fan.median_decimals(), .more = {}},
                   true) +
         "; " + bands_text(end, d.quantity.decimals, true) + ".";
  for (const Event& e : d.interventions) out += " " + month_name(d.start, e.month) + ": " + e.label + ".";
  return out;
}

}  // namespace

std::string svg(const DifferenceFan& data) {
  const Fan fan(data);
  Drawing drawing(data.caption);
  const Scale inner = enclosing(fan.extent(), fan_height - fan_strip, fan_strip);
  const double per_unit = (inner.high - inner.low) / (fan_height - 2 * fan_strip);
  const Ticks marks = ticks(inner.low - fan_strip * per_unit, inner.high + fan_strip * per_unit, 7);
  const double title = drawing.heading(scaled(difference_title(data.reference, data.other, data.quantity), marks));
  Frame frame{margin + label_width(marks, true) + 6, page_width - margin - label_room(fan), title, title + fan_height};
  const Scale x = month_scale(fan.months.size(), frame);
  const double events = events_height(data.interventions, x, frame);
  frame.top += events;
  frame.bottom += events;
  const Scale y{inner.low, inner.high, frame.bottom - fan_strip, frame.top + fan_strip};

  value_axis(drawing, y, marks, frame, true);
  draw_bands(drawing, fan, x, y);
  drawing.line({frame.left, y(0)}, {frame.right, y(0)}, {.width = 1.4});
  matters_across(drawing, y, fan.matters, frame);
  draw_events(drawing, data.interventions, x, frame, title);
  const auto whose = [&](const Option& option, double baseline, double tip) {
    const Style& style = style_of(option.letter);
    const double base = tip < baseline ? tip + 9 : tip - 9;
    const std::array<Point, 3> arrow{{{frame.left + 5, base}, {frame.left + 15, base}, {frame.left + 10, tip}}};
    drawing.polygon(arrow, style.line);
    drawing.text({frame.left + 19, baseline}, side_within(option, data.quantity, frame.width() - 20, true),
                 {.fill = style.text, .bold = true, .halo = true}, side(option, data.quantity));
  };
  whose(data.other, frame.top + 15, frame.top + 5);
  whose(data.reference, frame.bottom - 6, frame.bottom - 4);
  const double below = time_axis(drawing, data.start, x, fan.months.size(), frame);
  label_bands(drawing, fan, x, y, frame);
  return drawing.finish(below,
                        {fan.last == fan.months.size() ? std::string(no_values) : "Shaded: where single runs lie in each month.",
                         matters_note(data.matters, data.quantity)},
                        describe(fan));
}

}  // namespace coalis::chart
