// Quantile dotplot (Kay and others 2016): the paired difference at the horizon as 50 dots that can be counted, beside counts of
// runs.
#include <algorithm>
#include <cmath>
#include <map>

#include "chart_difference.hpp"
#include "coalis/core/quantile.hpp"

namespace coalis::chart {
namespace {

constexpr std::size_t dots_wanted = 50;
constexpr double most_height = 200, least_height = 60, largest_dot = 14, columns = 24;

struct Dots {
  const DifferenceDots& data;
  std::vector<double> values, dots;  // printed units, ascending
  double matters;
  Zones counts;  // of runs

  explicit Dots(const DifferenceDots& d) : data(d), matters(d.matters * d.quantity.factor), counts(zones(d.values, d.matters)) {
    for (const double v : d.values) {
      if (std::isfinite(v * d.quantity.factor)) values.push_back(v * d.quantity.factor);
    }
    std::sort(values.begin(), values.end());
    dots = quantile_dots(values, dots_wanted);
  }
  double at(double probability) const { return quantile(std::span<const double>(values), probability); }
};

// Width of a column. Columns are centred on multiples of it; where that can be, ±matters are borders of columns, so that no dot
// stands on the wrong side of a line.
double column_width(double range, double matters) {
  const double wanted = range / columns;
  if (!(matters > 0)) return wanted;
  const double halves = std::max(0.0, std::floor((2 * matters / wanted - 1) / 2 + 0.5));
  const double width = 2 * matters / (2 * halves + 1);
  return width < wanted / 2 ? wanted : width;
}

// Number of the column; a value on a border belongs to the one nearer to 0.
long column(double value, double width) {
  const auto outward = static_cast<long>(std::ceil(std::abs(value) / width - 0.5 - 1e-9));
  return value < 0 ? -outward : outward;
}

struct Zone {
  Shape shape;
  std::string_view fill;
  bool hollow;
};

Zone zone_of(double value, const Dots& d) {
  if (value > d.matters) return {Shape::square, style_of(d.data.other.letter).line, false};
  if (value < -d.matters) return {Shape::circle, style_of(d.data.reference.letter).line, false};
  return {Shape::diamond, colour::quiet, true};
}

// The counts, each behind the mark of its dots, in their order from left to right; returns the baseline after them.
double key(Drawing& drawing, const Dots& d, double y) {
  const Quantity& q = d.data.quantity;
  const std::string by = d.matters > 0 ? " by over\u00A0" + number(d.matters, q.decimals) : "";
  const std::string all = " of " + number(static_cast<double>(d.counts.all()), 0) + " runs";
  const auto row = [&](double example, const std::string& words, std::size_t count, std::string_view fill) {
    const Zone zone = zone_of(example, d);
    const std::string runs = number(static_cast<double>(count), 0) + all;
    const double right = page_width - margin, room = right - margin - 26 - text_width(runs, small_size, true);
    drawing.mark({margin + 6, y - 4.5}, zone.shape, 10, zone.fill, zone.hollow);
    drawing.text({right, y}, runs, {.anchor = "end", .fill = fill, .bold = true});
    y = drawing.paragraph({margin + 18, y}, words, room, {.fill = fill, .bold = true}, 16, 4) + 2;
  };
  const std::string neither = d.matters > 0 ? "too small to matter (" + number(d.matters, q.decimals) + " or less)" : "the same";
  row(-2 * d.matters - 1, side(d.data.reference, q) + by, d.counts.below, style_of(d.data.reference.letter).text);
  row(0, neither, d.counts.within, colour::ink);
  row(2 * d.matters + 1, side(d.data.other, q) + by, d.counts.above, style_of(d.data.other.letter).text);
  return y;
}

std::string summary(const Dots& d) {
  const int decimals = d.data.quantity.decimals;
  if (d.values.empty()) return "No run has a value.";
  return "Median " + with_unit(d.at(0.5), d.data.quantity, true) +
         "; 8 in 10 runs: " + range_text({d.at(0.1), d.at(0.9)}, decimals, true) + ".";
}

std::string what_a_dot_is(const Dots& d) {
  return d.values.size() <= dots_wanted ? "Each mark is one run." : "Each of the 50 marks stands for 1 in 50 of the runs.";
}

}  // namespace

std::string svg(const DifferenceDots& data) {
  const Dots d(data);
  Drawing drawing(data.caption);
  const double below_key = key(drawing, d, drawing.top() + 5);

  Extent extent;
  for (const double v : {-d.matters, 0.0, d.matters}) extent.add(v);
  for (const double v : d.dots) extent.add(v);
  const Scale rough = enclosing(extent, 0, 1);
  const double width = column_width(rough.high - rough.low, d.matters);
  const Scale x{rough.low - width, rough.high + width, 2 * margin, page_width - 2 * margin};

  std::map<long, std::size_t> stacks;
  std::size_t tallest = 1;
  for (const double v : d.dots) tallest = std::max(tallest, ++stacks[column(v, width)]);
  const double size = std::min({x(width) - x(0), largest_dot, most_height / static_cast<double>(tallest)});
  const double height = std::max(least_height, size * static_cast<double>(tallest) + 6);
  const Frame frame{margin, page_width - margin, below_key, below_key + height};

  const double below = bottom_axis(drawing, x, bottom_ticks(x, true), frame, true);
  drawing.line({frame.left, frame.bottom}, {frame.right, frame.bottom}, {.colour = colour::frame});
  if (d.matters > 0) {
    for (const double m : {-d.matters, d.matters}) {
      drawing.line({x(m), frame.top}, {x(m), frame.bottom}, {.width = 1.2, .dash = "2 3"});
    }
  }
  stacks.clear();
  for (const double v : d.dots) {
    const long c = column(v, width);
    const double y = frame.bottom - size * (static_cast<double>(stacks[c]++) + 0.5);
    const Zone zone = zone_of(v, d);
    drawing.mark({x(static_cast<double>(c) * width), y}, zone.shape, size * (zone.shape == Shape::diamond ? 0.66 : 0.82),
                 zone.fill, zone.hollow);
  }
  const double axis = drawing.paragraph({page_width / 2, below + 14}, difference_title(data.reference, data.other, data.quantity),
                                        page_width - 2 * margin, {.anchor = "middle"}) -
                      16;
  std::string missing_runs;
  if (d.values.size() < data.values.size()) {
    missing_runs = number(static_cast<double>(data.values.size() - d.values.size()), 0) + " runs have no value and are left out.";
  }
  const Zones& n = d.counts;
  const auto count = [](std::size_t c) { return number(static_cast<double>(c), 0); };
  return drawing.finish(axis + 4, {summary(d), what_a_dot_is(d), missing_runs},
                        difference_title(data.reference, data.other, data.quantity) + ". " + side(data.other, data.quantity) +
                            ": " + count(n.above) + " runs; too small to matter: " + count(n.within) + "; " +
                            side(data.reference, data.quantity) + ": " + count(n.below) + ". " + summary(d));
}

}  // namespace coalis::chart
