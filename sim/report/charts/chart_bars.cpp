// Bars in groups: small multiples of averages with the range of the runs, an option a bar, its name in the legend above.
#include <algorithm>
#include <cmath>

#include "chart_axes.hpp"

namespace coalis::chart {
namespace {

constexpr double bar_height = 11, bar_gap = 19, letter_room = 22, least_number_room = 62, most_number_room = 130;

using Group = Bars::Group;

double printed(const Group& group, double value) { return value * group.quantity.factor; }

// Room at the right for the longest of the numbers.
double number_room(const Bars& data) {
  double room = least_number_room;
  for (const Group& group : data.groups)
    for (const Bars::Bar& bar : group.bars) room = std::max(room, text_width(bar.said, small_size) + 8);
  return std::min(room, most_number_room);
}

// Names of the options, each behind a bar of its colour: what the letters stand for.
double legend(Drawing& drawing, const Bars& data, double y) {
  if (data.options.size() < 2 || !data.letters) return y;
  for (const Option& option : data.options) {
    const Style& style = style_of(option.letter);
    drawing.box(margin, y - bar_height + 1, letter_room - 6, bar_height, style.tint, style.line, 1.6);
    y = drawing.paragraph({margin + letter_room, y}, title_of(option), page_width - 2 * margin - letter_room,
                          {.fill = style.text, .bold = true}, 16, 2);
  }
  return y + 2;
}

std::string number_said(const Group& group, const Bars::Bar& bar) {
  if (!bar.said.empty()) return shorten(bar.said, most_number_room - 6, small_size);
  if (!std::isfinite(bar.value)) return "missing";
  return number_within(printed(group, bar.value), group.quantity.decimals, least_number_room - 6, small_size);
}

void draw_bar(Drawing& drawing, const Group& group, const Bars::Bar& bar, const Style& style, const Scale& x, double y) {
  const double value = printed(group, bar.value);
  const Range most = times(bar.most, group.quantity.factor);
  if (std::isfinite(value))
    drawing.box(x(std::min(0.0, value)), y - bar_height / 2, std::max(1.0, std::abs(x(value) - x(0))), bar_height, style.tint,
                style.line, 1.6);
  if (!std::isfinite(most.low + most.high)) return;
  drawing.line({x(most.low), y}, {x(most.high), y}, {.width = 1.6});
  for (const double end : {most.low, most.high}) drawing.line({x(end), y - 3.5}, {x(end), y + 3.5}, {.width = 1.6});
}

Scale scale_of(const Group& group, double room) {
  double low = 0, high = printed(group, group.whole);
  for (const Bars::Bar& bar : group.bars)
    for (const double v : {bar.value, bar.most.low, bar.most.high})
      if (const double p = printed(group, v); std::isfinite(p)) low = std::min(low, p), high = std::max(high, p);
  return {low, high > low ? high : low + 1, margin + letter_room, page_width - margin - room};
}

double draw_group(Drawing& drawing, const Bars& data, const Group& group, double y) {
  const double width = page_width - 2 * margin;
  y = drawing.paragraph({margin, y}, axis_title(group.quantity), width, {.bold = true}, 15, 2);
  const Scale x = scale_of(group, number_room(data));
  const double top = y - 11;
  for (std::size_t i = 0; i < group.bars.size(); ++i) {
    const Style& style = style_of(data.options[i].letter);
    const double middle = y - 4.5;
    if (data.options.size() > 1 && data.letters)
      drawing.text({margin, y}, shorten(short_name(data.options[i]), letter_room - 4, small_size, true),
                   {.fill = style.text, .bold = true});
    draw_bar(drawing, group, group.bars[i], style, x, middle);
    drawing.text({page_width - margin, y}, number_said(group, group.bars[i]), {.anchor = "end"});
    y += bar_gap;
  }
  drawing.line({x(0), top}, {x(0), y - bar_gap + 3}, {.colour = colour::frame, .width = 1.2});
  for (const std::string& text : group.below)
    y = drawing.paragraph({margin + letter_room, y - 2}, text, width - letter_room, {.fill = colour::quiet}, 15, 3) + 2;
  return y + 5;
}

std::string describe(const Bars& data) {
  std::string out;
  for (const Group& group : data.groups) {
    out += (out.empty() ? "" : " ") + axis_title(group.quantity) + ":";
    for (std::size_t i = 0; i < group.bars.size(); ++i) {
      const Bars::Bar& bar = group.bars[i];
      out += (i == 0 ? " " : ", ") + title_of(data.options[i]) + " " + number_said(group, bar);
      if (const Range most = times(bar.most, group.quantity.factor); std::isfinite(most.low + most.high))
        out += " (" + range_text(most, group.quantity.decimals, false) + ")";
    }
    out += ".";
    for (const std::string& text : group.below) out += " " + text + ".";
  }
  return out;
}

}  // namespace

std::string svg(const Bars& data) {
  Drawing drawing(data.caption);
  double y = legend(drawing, data, drawing.top() + 6);
  for (const Group& group : data.groups) y = draw_group(drawing, data, group, y);
  if (data.groups.empty()) y = drawing.paragraph({margin, y}, no_values, page_width - 2 * margin, {}) + 14;
  return drawing.finish(y - 18, {data.note}, describe(data));
}

}  // namespace coalis::chart
