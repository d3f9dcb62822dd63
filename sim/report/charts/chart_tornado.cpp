// Tornado: how far each factor moves the outcome between its low and its high setting, the widest first.
#include <algorithm>
#include <cmath>

#include "chart_rows.hpp"

namespace coalis::chart {
namespace {

constexpr double thickness = 16;

using TornadoFactor = Tornado::Factor;

double swing_of(const TornadoFactor& factor) { return std::abs(factor.at_high - factor.at_low); }

struct Bar {
  const Tornado& data;
  Drawing& drawing;
  const Scale& x;
  double y;

  double printed(double value) const { return value * data.quantity.factor; }
  // Low settings are white, high ones filled.
  void part(double value, bool high) const {
    const double from = x(printed(data.centre)), to = x(printed(value));
    const std::string_view fill = high ? styles[0].line : colour::paper;
    drawing.box(std::min(from, to), y - thickness / 2, std::max(1.0, std::abs(to - from)), thickness, fill, styles[0].line, 1.4);
  }
  void value(double v, bool rightwards) const {
    drawing.text({x(printed(v)) + (rightwards ? 5 : -5), y + 4.5}, number(printed(v), data.quantity.decimals),
                 {.anchor = rightwards ? "start" : "end", .halo = true});
  }
};

void draw_factor(const Bar& bar, const TornadoFactor& factor) {
  // Where both settings lie on one side of the centre, the shorter part is drawn over the longer.
  const bool high_first = std::abs(factor.at_high - bar.data.centre) > std::abs(factor.at_low - bar.data.centre);
  bar.part(high_first ? factor.at_high : factor.at_low, high_first);
  bar.part(high_first ? factor.at_low : factor.at_high, !high_first);
  const bool high_right = factor.at_high >= factor.at_low;
  const double low_end = high_right ? factor.at_low : factor.at_high, high_end = high_right ? factor.at_high : factor.at_low;
  bar.value(low_end, false);
  bar.value(high_end, true);
}

}  // namespace

std::string svg(const Tornado& data) {
  Drawing drawing(data.caption);
  const Quantity& q = data.quantity;
  std::vector<TornadoFactor> factors = strongest_first(data.factors, swing_of);
  const std::size_t complete = factors.size();
  factors.resize(std::min(complete, most_factors));
  Extent extent;
  extent.add(data.centre * q.factor);
  std::vector<Row> rows;
  double inset = 20;
  std::string description = axis_title(q) + "; " + data.centre_is + " " + number(data.centre * q.factor, q.decimals) + ".";
  for (const TornadoFactor& factor : factors) {
    for (const double v : {factor.at_low, factor.at_high}) {
      extent.add(v * q.factor);
      inset = std::max(inset, text_width(number(v * q.factor, q.decimals), small_size) + 8);
    }
    rows.push_back({factor.name + ": \u25A1\u00A0" + factor.low_setting + ", \u25A0\u00A0" + factor.high_setting, ""});
    description += " " + factor.name + ": " + number(factor.at_low * q.factor, q.decimals) + " at " + factor.low_setting + ", " +
                   number(factor.at_high * q.factor, q.decimals) + " at " + factor.high_setting + ".";
  }
  const double below = draw_rows(drawing, drawing.top() - 8, rows, extent, inset, false, axis_title(q),
                                 [&](std::size_t i, const Scale& x, double y) {
                                   draw_factor({data, drawing, x, y}, factors[i]);
                                   const double centre = x(data.centre * q.factor);
                                   drawing.line({centre, y - row_body / 2}, {centre, y + row_body / 2}, {.width = 1.6});
                                 });
  std::vector<std::string> notes{"\u25A1 At its low setting; \u25A0 at its high one. Black line: " + data.centre_is + " (" +
                                     number(data.centre * q.factor, q.decimals) + ").",
                                 "Bars say how far it moves, not how likely that is."};
  if (complete > most_factors)
    notes.push_back("Not drawn: " + counted(complete - most_factors, "factor") + " that move it less.");
  if (complete < data.factors.size())
    notes.push_back("Without a value: " + counted(data.factors.size() - complete, "factor") + ".");
  return drawing.finish(below, notes, description);
}

}  // namespace coalis::chart
