// Quantile dotplot (Kay and others 2016): the paired difference at the horizon as 50 dots that can be counted, beside counts of
// runs.
#include <algorithm>
#include <cmath>
#include <map>

#include "chart_difference.hpp"
#include "coalis/core/quantile.hpp"
#include "coalis/statistics/intervals.hpp"

namespace coalis::chart {
namespace {

constexpr std::size_t dots_wanted = 50;
constexpr double most_height = 200, least_height = 60, largest_dot = 14, columns = 24;

struct Dots {
  const DifferenceDots& data;
  std::vector<double> values, dots;  // printed units, ascending
  double matters, grain;
  Zones counts;  // of runs

  explicit Dots(const DifferenceDots& d)
      : data(d),
        matters(d.matters * d.quantity.factor),
        grain(d.grain * std::abs(d.quantity.factor)),
        counts(zones(d.values, d.matters, d.grain)) {
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
long column(double value, double width, double grain) {
  const auto outward = static_cast<long>(std::ceil((std::abs(value) - grain) / width - 0.5 - 1e-9));
  return value < 0 ? -outward : outward;
}

// Size of the dots, and how many stand side by side in a column.
struct Stacking {
  double size;
  std::size_t abreast;
};

// The largest dots with which the tallest column keeps within its height.
Stacking stack(std::size_t tallest, double column_width) {
  for (double size = std::min(largest_dot, column_width);; size *= 0.95) {
    const auto abreast = static_cast<std::size_t>(std::floor(column_width / size + 1e-9));
    const auto rows = std::ceil(static_cast<double>(tallest) / static_cast<double>(abreast));
    if (rows * size <= most_height) return {size, abreast};
  }
}

struct Zone {
  Shape shape;
  std::string_view fill;
  bool hollow;
};

Zone zone_of(double value, const Dots& d) {
  const int side = beyond(value, d.matters, d.grain);
  if (side > 0) return {Shape::square, style_of(d.data.other.letter).line, false};
  if (side < 0) return {Shape::circle, style_of(d.data.reference.letter).line, false};
  return {Shape::diamond, colour::quiet, true};
}

// The counts, each behind the mark of its dots, in their order from left to right; returns the baseline after them.
double key(Drawing& drawing, const Dots& d, double y) {
  const Quantity& q = d.data.quantity;
  const std::string by = d.matters > 0 ? " by over\u00A0" + matters_number(d.matters, q.decimals) : "";
  const std::string all = " of " + counted(d.counts.all(), "run");
  const auto row = [&](double example, const std::string& words, std::size_t count, std::string_view fill) {
    const Zone zone = zone_of(example, d);
    const std::string runs = number(static_cast<double>(count), 0) + all;
    const double right = page_width - margin, room = right - margin - 22 - text_width(runs, small_size, true);
    drawing.mark({margin + 6, y - 4.5}, zone.shape, 10, zone.fill, zone.hollow);
    drawing.text({right, y}, runs, {.anchor = "end", .fill = fill, .bold = true});
    y = drawing.paragraph({margin + 18, y}, words, room, {.fill = fill, .bold = true}, 16, 4) + 2;
  };
  const std::string neither =
      d.matters > 0 ? "too small to matter (" + matters_number(d.matters, q.decimals) + " or less)" : "the same";
  row(-2 * d.matters - 1, side(d.data.reference, q) + by, d.counts.below, style_of(d.data.reference.letter).text);
  row(0, neither, d.counts.within, colour::ink);
  row(2 * d.matters + 1, side(d.data.other, q) + by, d.counts.above, style_of(d.data.other.letter).text);
  return y;
}

int decimals_of(double value, const Dots& d) { return decimals_said(value, d.data.quantity.decimals, d.matters, d.grain); }
int decimals_of_mean(double mean, const Dots& d, bool clear) {
  return decimals_said(mean, std::max(d.data.quantity.decimals, d.data.decimals_of_mean), d.matters, d.grain, clear);
}

std::string summary(const Dots& d) {
  if (d.values.empty()) return "No run has a value.";
  double sum = 0, squares = 0;
  for (const double v : d.data.values)  // in the order of the runs, as the tables have it
    if (std::isfinite(v)) sum += v;
  const auto n = static_cast<double>(d.values.size());
  const double mean = sum / n * d.data.quantity.factor;
  for (const double v : d.values) squares += (v - mean) * (v - mean);
  const bool clear = clear_sign(mean, half_width(std::sqrt(squares / (n - 1) / n), d.values.size()), d.grain) != 0;
  const auto said = [&](double v) { return signed_number(v, decimals_of(v, d)); };
  return "On average " +
         with_unit(
             mean,
             {.name = {}, .unit = d.data.quantity.unit, .factor = 1, .decimals = decimals_of_mean(mean, d, clear), .more = {}},
             true) +
         "; median " + said(d.at(0.5)) + "; 8 in 10 runs: " + said(d.at(0.1)) + " to " + said(d.at(0.9)) + ".";
}

std::string what_a_dot_is(const Dots& d) {
  return d.values.size() <= dots_wanted ? "Each mark is one run, none an organisation."
                                        : "Each of the 50 marks is 1 in 50 of the runs, none an organisation.";
}

// What is said below the marks.
std::vector<std::string> notes(const Dots& d) {
  const std::size_t without = d.data.values.size() - d.values.size();
  return {summary(d), what_a_dot_is(d), without == 0 ? "" : "Left out, without a value: " + counted(without, "run") + "."};
}

std::string describe(const Dots& d) {
  const Quantity& q = d.data.quantity;
  return difference_title(d.data.reference, d.data.other, q) + ". " + side(d.data.reference, q) + ": " +
         counted(d.counts.below, "run") + "; too small to matter: " + counted(d.counts.within, "run") + "; " +
         side(d.data.other, q) + ": " + counted(d.counts.above, "run") + ". " + summary(d);
}

// Zero and the borders of what matters, and the axis; returns where its labels end.
double draw_axis(Drawing& drawing, const Dots& d, const Scale& x, const Frame& frame) {
  const Ticks marks = bottom_ticks(x, true);
  const double below = bottom_axis(drawing, x, marks, frame, true);
  drawing.line({frame.left, frame.bottom}, {frame.right, frame.bottom}, {.colour = colour::frame});
  if (d.matters > 0) {
    for (const double m : {-d.matters, d.matters})
      drawing.line({x(m), frame.top}, {x(m), frame.bottom}, {.width = 1.2, .dash = "2 3"});
  }
  const std::string title = difference_title(d.data.reference, d.data.other, d.data.quantity);
  return drawing.centred({page_width / 2, below + 14}, scaled(title, marks)) - 12;
}

void draw_dots(Drawing& drawing, const Dots& d, const Scale& x, double width, const Stacking& stacking, double bottom) {
  std::map<long, std::size_t> stacks;
  for (const double v : d.dots) {
    const long c = column(v, width, d.grain);
    const std::size_t rank = stacks[c]++, row = rank / stacking.abreast, lane = rank % stacking.abreast;
    const double aside = (static_cast<double>(lane) - static_cast<double>(stacking.abreast - 1) / 2) * stacking.size;
    const Zone zone = zone_of(v, d);
    drawing.mark({x(static_cast<double>(c) * width) + aside, bottom - stacking.size * (static_cast<double>(row) + 0.5)},
                 zone.shape, stacking.size * (zone.shape == Shape::diamond ? 0.66 : 0.82), zone.fill, zone.hollow);
  }
}

std::size_t tallest_of(const Dots& d, double width) {
  std::map<long, std::size_t> stacks;
  std::size_t tallest = 1;
  for (const double v : d.dots) tallest = std::max(tallest, ++stacks[column(v, width, d.grain)]);
  return tallest;
}

}  // namespace

std::string svg(const DifferenceDots& data) {
  const Dots d(data);
  Drawing drawing(data.caption);
  const double top = key(drawing, d, drawing.top() + 5);
  Extent extent;
  for (const double v : {-d.matters, 0.0, d.matters}) extent.add(v);
  for (const double v : d.dots) extent.add(v);
  const Scale rough = enclosing(extent, 0, 1);
  const double width = column_width(rough.high - rough.low, d.matters);
  const Scale x{rough.low - width, rough.high + width, 2 * margin, page_width - 2 * margin};
  const std::size_t tallest = tallest_of(d, width);
  const Stacking stacking = stack(tallest, x(width) - x(0));
  const auto rows = std::ceil(static_cast<double>(tallest) / static_cast<double>(stacking.abreast));
  const Frame frame{margin, page_width - margin, top, top + std::max(least_height, stacking.size * rows + 6)};
  const double below = draw_axis(drawing, d, x, frame);
  draw_dots(drawing, d, x, width, stacking, frame.bottom);
  return drawing.finish(below, notes(d), describe(d));
}

}  // namespace coalis::chart
