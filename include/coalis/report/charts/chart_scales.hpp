// Scales, ticks and label positions of charts. Plain arithmetic only, so that every machine places things alike.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace coalis::chart {

// The values that an axis must show. What is not finite is passed over.
struct Extent {
  double low = 0, high = 0;
  bool empty = true;

  void add(double value);
};

// Linear, from values to positions.
struct Scale {
  double low, high;  // values, low < high
  double from, to;   // their positions

  double operator()(double value) const { return from + (value - low) / (high - low) * (to - from); }
};

// Multiples of 1, 2 or 5 times a power of ten, and the decimals that their labels need. Labels of what is huge or tiny are in
// units of 10^power, which the title of the axis says once.
struct Ticks {
  std::vector<double> values;
  int decimals = 0;
  int power = 0;

  double labelled(double value) const;  // value / 10^power
};

// At most `most` (2 or more) ticks within low..high, low < high; there is at least one.
Ticks ticks(double low, double high, int most);

// A scale whose ends enclose the extent (0..1 if it is empty; widened about a single value).
Scale enclosing(Extent extent, double from, double to);

// Positions as near to the wanted ones as they can be, in the same order, `gap` apart and within low..high if there is room.
// wanted: any order; ties keep their order.
std::vector<double> spread(std::span<const double> wanted, double gap, double low, double high);

// `count` values at the probabilities (i + 1/2) / count (quantiles of type 7), ascending; with fewer finite values than that,
// those.
std::vector<double> quantile_dots(std::span<const double> values, std::size_t count);

// How many finite values are below -matters, from -matters to matters, above.
struct Zones {
  std::size_t below = 0, within = 0, above = 0;

  std::size_t all() const { return below + within + above; }
};
Zones zones(std::span<const double> values, double matters, double grain = 0);

}  // namespace coalis::chart
