// Predictive checks: what calibrated parameters predict for each item of the evidence, beside what was observed.
#include <algorithm>
#include <cmath>

#include "chart_difference.hpp"
#include "chart_rows.hpp"

namespace coalis::chart {
namespace {

using Item = PredictiveChecks::Item;

// Of one model: a bar with the survey's diamond on it. Of several: a bar each, and the survey on a line of its own below them.
constexpr double one_bar = 14, bar = 7, lane = 10;

std::size_t models_of(const PredictiveChecks& data) { return std::max<std::size_t>(1, data.models.size()); }

Bands predicted(const Item& item, std::size_t model) {
  if (model == 0) return item.predicted;
  return model <= item.more.size() ? item.more[model - 1] : Bands{};
}

// In words, so that a reader need not measure.
std::string verdict(const Item& item, std::size_t model) {
  const Range range = predicted(item, model).nearly_all;
  if (!std::isfinite(item.observed)) return "not reported";
  if (!std::isfinite(range.low + range.high)) return "no prediction";
  if (item.observed < range.low) return "observed below";
  return item.observed > range.high ? "observed above" : "within 9 in 10";
}

// Of all models: "observed above: 2 of 3" where they differ; which they are is in the description.
std::string verdict(const PredictiveChecks& data, const Item& item) {
  std::vector<std::string> words;
  for (std::size_t m = 0; m < models_of(data); ++m) words.push_back(verdict(item, m));
  if (std::equal(words.begin() + 1, words.end(), words.begin())) return words.front();
  std::string out;
  for (const char* outside : {"observed below", "observed above", "no prediction"}) {
    if (const auto count = std::count(words.begin(), words.end(), outside); count > 0)
      out += (out.empty() ? "" : "; ") + std::string(outside) + ": " + number(static_cast<double>(count), 0) + " of " +
             number(static_cast<double>(words.size()), 0);
  }
  return out;
}

void draw_bands(Drawing& drawing, const Bands& bands, const Scale& x, double y, double thickness) {
  const auto draw = [&](const Range& range, std::string_view fill) {
    if (!std::isfinite(range.low + range.high)) return;
    drawing.box(x(range.low), y - thickness / 2, std::max(1.0, x(range.high) - x(range.low)), thickness, fill);
  };
  draw(bands.nearly_all, colour::nearly_all);
  draw(bands.most, colour::most);
  draw(bands.half, colour::half);
  if (std::isfinite(bands.median)) {
    drawing.line({x(bands.median), y - thickness / 2}, {x(bands.median), y + thickness / 2},
                 {.colour = colour::paper, .width = 3});
  }
}

void draw_survey(Drawing& drawing, const Item& item, double factor, const Scale& x, double y) {
  const Range interval = times(item.interval, factor);
  if (std::isfinite(interval.low + interval.high)) {
    drawing.line({x(interval.low), y}, {x(interval.high), y}, {.width = 1.8});
    for (const double end : {interval.low, interval.high}) drawing.line({x(end), y - 4}, {x(end), y + 4}, {.width = 1.8});
  }
  if (std::isfinite(item.observed)) drawing.mark({x(item.observed * factor), y}, Shape::diamond, 10, colour::ink);
}

double body_height(std::size_t models) { return models == 1 ? row_body : lane * static_cast<double>(models + 1) + 4; }

void draw_item(Drawing& drawing, const Item& item, std::size_t models, double factor, const Scale& x, double y) {
  if (models == 1) {
    draw_bands(drawing, times(item.predicted, factor), x, y, one_bar);
    return draw_survey(drawing, item, factor, x, y);
  }
  const double first = y - lane * static_cast<double>(models) / 2;
  for (std::size_t m = 0; m < models; ++m)
    draw_bands(drawing, times(predicted(item, m), factor), x, first + lane * static_cast<double>(m), bar);
  if (std::isfinite(item.observed)) {
    const double at = x(item.observed * factor);
    drawing.line({at, first - bar / 2}, {at, y + lane * static_cast<double>(models) / 2}, {.width = 1.2, .dash = "2 2"});
  }
  draw_survey(drawing, item, factor, x, y + lane * static_cast<double>(models) / 2);
}

std::string surveys_text(const Bands& bands, int decimals) {
  return "half of what the model makes " + range_text(bands.half, decimals, false) + "; 8 in 10 " +
         range_text(bands.most, decimals, false) + "; 9 in 10 " + range_text(bands.nearly_all, decimals, false);
}

// What the bars of a row are: "Bars from the top: mixture; trait; reinforcement."
std::string order_of(const std::vector<std::string>& models) {
  if (models.size() < 2) return "";
  std::string out = "Bars from the top: ";
  for (std::size_t m = 0; m < models.size(); ++m) out += (m > 0 ? "; " : "") + models[m];
  return out + ".";
}

}  // namespace

std::string svg(const PredictiveChecks& data) {
  Drawing drawing(data.caption);
  const Quantity& q = data.quantity;
  Extent extent;
  std::vector<Row> rows;
  bool held_out = false;
  std::string description = "Predicted and observed, " + axis_title(q) + ".";
  const std::size_t models = models_of(data);
  for (const Item& item : data.items) {
    add(extent, times(item.interval, q.factor));
    extent.add(item.observed * q.factor);
    held_out = held_out || item.held_out;
    rows.push_back({item.name + (item.held_out ? " *" : ""), verdict(data, item)});
    description += " " + item.name + (item.held_out ? " (not used in the fit)" : "") + ": observed " +
                   number(item.observed * q.factor, q.decimals);
    for (std::size_t m = 0; m < models; ++m) {
      const Bands bands = times(predicted(item, m), q.factor);
      add(extent, bands);
      description += (m == 0 ? ", " : "; ") + (models > 1 ? data.models[m] + " " : "") + "predicted median " +
                     number(bands.median, q.decimals) + ", " + surveys_text(bands, q.decimals) + ": " + verdict(item, m);
    }
    description += ".";
  }
  const double below = draw_rows(
      drawing, drawing.top() - 8, rows, extent, 14, false, axis_title(q),
      [&](std::size_t i, const Scale& x, double y) { draw_item(drawing, data.items[i], models, q.factor, x, y); },
      body_height(models));
  return drawing.finish(
      below,
      {order_of(data.models), "Grey: predicted, dark for half, middle for 8 in 10, light for 9 in 10; white line: median.",
       "\u25C6 Observed, with its 95 % interval.", held_out ? "* Not used in the fit." : ""},
      description);
}

}  // namespace coalis::chart
