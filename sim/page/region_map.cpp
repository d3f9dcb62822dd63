#include "region_map.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "coalis/report/charts/chart_colours.hpp"
#include "coalis/report/charts/chart_text.hpp"
#include "coalis/report/pages/html.hpp"
#include "questions/policy/hubs.hpp"

namespace coalis::page {
namespace {

using Vector = std::vector<double>;

double hours_between(const Scenario& s, std::size_t from, std::size_t to) { return s.travel[from * s.regions.size() + to]; }

// Squared hours without the means of rows and columns: products of places about their centre
// (Torgerson 1952).
std::vector<Vector> products(const Scenario& s) {
  const std::size_t n = s.regions.size();
  std::vector<Vector> square(n, Vector(n));
  Vector mean(n);
  double all = 0;
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) {
      const double hours = i == j ? 0 : hours_between(s, i, j);
      square[i][j] = hours * hours;
      mean[i] += square[i][j] / static_cast<double>(n), all += square[i][j] / static_cast<double>(n * n);
    }
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) square[i][j] = (mean[i] + mean[j] - square[i][j] - all) / 2;
  return square;
}

double times(const Vector& a, const Vector& b) { return std::inner_product(a.begin(), a.end(), b.begin(), 0.0); }

// Places along the axis of most spread, which is taken out of the products. Powers, shifted so that all axes are positive.
Vector axis(std::vector<Vector>& products) {
  const std::size_t n = products.size();
  double shift = 0;
  for (const Vector& row : products)
    shift = std::max(shift, std::accumulate(row.begin(), row.end(), 0.0, [](double sum, double x) { return sum + std::abs(x); }));
  Vector v(n);
  for (std::size_t i = 0; i < n; ++i) v[i] = 1 / static_cast<double>(i + 1);
  for (int round = 0; round < 200; ++round) {
    Vector next(n);
    for (std::size_t i = 0; i < n; ++i) next[i] = times(products[i], v) + shift * v[i];
    const double length = std::sqrt(times(next, next));
    if (!(length > 0)) return Vector(n, 0);
    for (std::size_t i = 0; i < n; ++i) v[i] = next[i] / length;
  }
  double spread = 0;
  for (std::size_t i = 0; i < n; ++i) spread += v[i] * times(products[i], v);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) products[i][j] -= spread * v[i] * v[j];
  for (double& x : v) x *= std::sqrt(std::max(spread, 0.0));
  return v;
}

// From `low` to `high`.
void stretch(Vector& values, double low, double high) {
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  const double from = *least, range = *most - *least;
  for (double& x : values) x = range > 0 ? low + (x - from) / range * (high - low) : (low + high) / 2;
}

// As near as their names allow, in their order.
void keep_apart(Vector& values, double apart) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  for (std::size_t i = 1; i < order.size(); ++i) values[order[i]] = std::max(values[order[i]], values[order[i - 1]] + apart);
}

struct Map {
  Vector x, y;
  double height;
};

// The first region is at the top.
Map places(const Scenario& s) {
  constexpr double apart = 40, top = 24, left = 28, right = 150;
  auto left_over = products(s);
  Map map{{}, axis(left_over), 0};
  map.x = axis(left_over);
  if (map.y.front() > 0)
    for (double& y : map.y) y = -y;
  stretch(map.x, left, right);
  stretch(map.y, top, top + apart * static_cast<double>(s.regions.size() - 1));
  keep_apart(map.y, apart);
  map.height = *std::max_element(map.y.begin(), map.y.end()) + top + 10;
  return map;
}

// "1.5 h to the hub in Chicago"
std::string served(const Scenario& s, std::size_t region, int seat) {
  if (seat < 0) return "no hub";
  const auto at = static_cast<std::size_t>(seat);
  if (at == region) return "has a hub";
  return fmt::format("{:.1f} h to the hub in {}", hours_between(s, region, at), s.regions[at].name);
}

std::string seat_group(const Scenario& s, const Map& map, std::size_t region, bool hub, const std::string& service) {
  constexpr double size = 13, width = 400, gap = 8;
  const double radius = 7 + 14 * std::sqrt(s.regions[region].share), x = map.x[region], y = map.y[region];
  const double at = x + radius + gap, room = width - at - gap;
  return fmt::format(
      "<g class=\"seat\" data-region=\"{}\"><title>{}: {}</title><rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"38\" "
      "fill=\"{}\" fill-opacity=\"0\"/><circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{:.1f}\" fill=\"{}\" stroke=\"{}\" "
      "stroke-width=\"{}\"/><text x=\"{:.1f}\" y=\"{:.1f}\" font-weight=\"bold\" paint-order=\"stroke\" stroke=\"{}\" "
      "stroke-width=\"5\">{}</text><text x=\"{:.1f}\" y=\"{:.1f}\" "
      "fill=\"{}\" paint-order=\"stroke\" stroke=\"{}\" stroke-width=\"5\">{}</text></g>\n",
      region, html::escaped(s.regions[region].name), html::escaped(service), x - radius, y - 19, width - x, chart::colour::paper,
      x, y, radius, hub ? chart::colour::ink : chart::colour::paper, chart::colour::ink, hub ? 2 : 1.5, at, y - 2,
      chart::colour::paper, html::escaped(chart::shorten(s.regions[region].name, room, size, true)), at, y + 13,
      chart::colour::quiet, chart::colour::paper, html::escaped(chart::shorten(service, room, size, false)));
}

}  // namespace

std::string region_map(const Scenario& s, const std::vector<bool>& chosen) {
  const Map map = places(s);
  const auto seats = seats_of(s, chosen);
  std::string lines, groups, said;
  for (std::size_t region = 0; region < s.regions.size(); ++region) {
    const std::string service = served(s, region, seats[region]);
    if (seats[region] >= 0 && seats[region] != static_cast<int>(region)) {
      const auto seat = static_cast<std::size_t>(seats[region]);
      lines += fmt::format("<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"{}\" stroke-width=\"1.5\"/>\n",
                           map.x[region], map.y[region], map.x[seat], map.y[seat], chart::colour::frame);
    }
    groups += seat_group(s, map, region, chosen[region], service);
    said += fmt::format(" {}: {}.", s.regions[region].name, service);
  }
  return fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 400 {0:.0f}\" width=\"400\" height=\"{0:.0f}\" role=\"img\" "
      "aria-label=\"Regions by hours of travel.{1}\" font-family=\"Arial, Helvetica, Arimo, 'Liberation Sans', sans-serif\" "
      "font-size=\"13\" fill=\"{2}\">\n<rect width=\"400\" height=\"{0:.0f}\" fill=\"{3}\"/>\n{4}{5}</svg>\n",
      map.height, html::escaped(said), chart::colour::ink, chart::colour::paper, lines, groups);
}

std::string region_table(const Scenario& s, const std::vector<bool>& chosen, std::string_view option) {
  const auto seats = seats_of(s, chosen);
  html::Table table{
      fmt::format("Who serves each region in {}", option), {"Region", "Of the organisations", "Hub in", "Hours to it"}, {}};
  for (std::size_t region = 0; region < seats.size(); ++region) {
    const bool none = seats[region] < 0;
    const auto seat = static_cast<std::size_t>(none ? 0 : seats[region]);
    table.rows.push_back({s.regions[region].name, fmt::format("{:.0f} %", 100 * s.regions[region].share),
                          none ? "none" : s.regions[seat].name,
                          none ? "" : fmt::format("{:.1f}", seat == region ? 0.0 : hours_between(s, region, seat))});
  }
  return html::table(table);
}

}  // namespace coalis::page
