// Scales, ticks and label positions of charts.
#include "coalis/report/charts/chart_scales.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "coalis/core/quantile.hpp"
#include "coalis/statistics/intervals.hpp"

namespace coalis::chart {
namespace {

// digits * 10^power, correctly rounded for |power| <= 22; no libm.
double decimal(double digits, int power) {
  double ten = 1;
  for (int i = 0; i < std::abs(power); ++i) ten *= 10;
  return power < 0 ? digits / ten : digits * ten;
}

struct Step {
  int digit, power;
  double value() const { return decimal(digit, power); }
};

// The smallest step of 1, 2, 5 times a power of ten that is at least `least` > 0.
Step step_of(double least) {
  int power = 0;
  while (power < 300 && decimal(1, power) < least) ++power;
  while (power > -300 && decimal(1, power - 1) >= least) --power;
  // Now 10^(power-1) < least <= 10^power.
  if (decimal(2, power - 1) >= least) return {2, power - 1};
  if (decimal(5, power - 1) >= least) return {5, power - 1};
  return {1, power};
}

// From where on numbers are huge, and what more decimals than `usual_decimals` are shortened for.
constexpr double huge_ticks = 1e9, small = 1e-3;
constexpr int usual_decimals = 4;

Ticks with_unit(Ticks ticks, int power_of_step) {
  ticks.decimals = std::max(0, -power_of_step);
  double largest = 0;
  for (const double v : ticks.values) largest = std::max(largest, std::abs(v));
  const bool fits = ticks.decimals <= usual_decimals || largest >= small;
  if (largest == 0 || (largest < huge_ticks && fits)) return ticks;
  while (ticks.power < 300 && decimal(1, ticks.power + 1) <= largest) ++ticks.power;
  while (ticks.power > -300 && decimal(1, ticks.power) > largest) --ticks.power;
  ticks.decimals = std::max(0, ticks.power - power_of_step);
  return ticks;
}

std::vector<double> sorted_finite(std::span<const double> values) {
  std::vector<double> kept;
  std::copy_if(values.begin(), values.end(), std::back_inserter(kept), [](double v) { return std::isfinite(v); });
  std::sort(kept.begin(), kept.end());
  return kept;
}

}  // namespace

void Extent::add(double value) {
  if (!std::isfinite(value)) return;
  low = empty ? value : std::min(low, value);
  high = empty ? value : std::max(high, value);
  empty = false;
}

double Ticks::labelled(double value) const { return decimal(value, -power); }

Ticks ticks(double low, double high, int most) {
  Step step = step_of((high - low) / most);
  for (;;) {
    const double first = std::ceil(low / step.value() - 1e-9), last = std::floor(high / step.value() + 1e-9);
    Ticks out;
    for (double i = first; i <= last && out.values.size() <= static_cast<std::size_t>(most); ++i) {
      out.values.push_back(decimal(i * step.digit, step.power));
    }
    if (out.values.size() <= static_cast<std::size_t>(most)) {
      if (out.values.empty()) out.values.push_back(low);
      return with_unit(std::move(out), step.power);
    }
    const Step next = step_of(step.value() * 1.5);
    if (!(next.value() > step.value())) return with_unit({.values = {low}}, step.power);  // wider than numbers are
    step = next;
  }
}

Scale enclosing(Extent extent, double from, double to) {
  if (extent.empty) return {0, 1, from, to};
  const double width = extent.high - extent.low;
  const double least = 1e-9 * std::max(std::abs(extent.low), std::abs(extent.high));
  if (width > least) return {extent.low, extent.high, from, to};
  const double about = extent.low == 0 ? 1 : std::abs(extent.low) / 2;
  return {extent.low - about, extent.low + about, from, to};
}

std::vector<double> spread(std::span<const double> wanted, double gap, double low, double high) {
  struct Cluster {
    double centre;
    std::size_t first, size;
  };
  std::vector<std::size_t> order(wanted.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return wanted[a] < wanted[b]; });
  if (gap * static_cast<double>(wanted.size() - 1) > high - low && wanted.size() > 1) {
    gap = (high - low) / static_cast<double>(wanted.size() - 1);
  }
  // Neighbours that overlap become a cluster about their mean, within the bounds.
  std::vector<Cluster> clusters;
  const auto half = [&](const Cluster& c) { return gap * static_cast<double>(c.size - 1) / 2; };
  const auto bounded = [&](Cluster c) {
    c.centre = std::max(low + half(c), std::min(high - half(c), c.centre));
    return c;
  };
  for (std::size_t i = 0; i < order.size(); ++i) {
    clusters.push_back(bounded({wanted[order[i]], i, 1}));
    while (clusters.size() > 1) {
      const Cluster last = clusters.back(), before = clusters[clusters.size() - 2];
      if (before.centre + half(before) + gap <= last.centre - half(last) + 1e-9) break;
      const std::size_t size = before.size + last.size;
      double sum = 0;
      for (std::size_t k = before.first; k < before.first + size; ++k) sum += wanted[order[k]];
      clusters.pop_back();
      clusters.back() = bounded({sum / static_cast<double>(size), before.first, size});
    }
  }
  std::vector<double> out(wanted.size());
  for (const Cluster& c : clusters) {
    for (std::size_t k = 0; k < c.size; ++k) out[order[c.first + k]] = c.centre - half(c) + gap * static_cast<double>(k);
  }
  return out;
}

std::vector<double> quantile_dots(std::span<const double> values, std::size_t count) {
  std::vector<double> sorted = sorted_finite(values);
  if (sorted.size() < count) return sorted;
  std::vector<double> dots;
  for (std::size_t i = 0; i < count; ++i) {
    dots.push_back(quantile(std::span<const double>(sorted), (static_cast<double>(i) + 0.5) / static_cast<double>(count)));
  }
  return dots;
}

Zones zones(std::span<const double> values, double matters, double grain) {
  Zones out;
  for (const double v : values) {
    if (!std::isfinite(v)) continue;
    const int side = beyond(v, matters, grain);
    ++(side > 0 ? out.above : side < 0 ? out.below : out.within);
  }
  return out;
}

}  // namespace coalis::chart
