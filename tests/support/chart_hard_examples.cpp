// Charts of data that are hard to draw.
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "support/chart_examples.hpp"

namespace coalis::test {

using namespace chart;

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
const std::string long_name =
    "hubs with a common core, convened by the members in turn, with a facilitator from outside and \"travel\" <paid> & booked";
const std::string one_word(300, 'w');
const std::string hostile = "]]> <script>alert('&')</script> \x01\xff \u0635\u0641\u0631 \u4E2D\u6587";

// All charts, in this order.
template <class... Charts>
std::vector<ChartExample> one_of_each(const std::string& name, const Charts&... charts) {
  const std::array<std::string, sizeof...(Charts)> kinds{
      "fan",      "dots",   "levels",          "histogram", "regions", "dose",  "tornado", "importance",
      "frontier", "checks", "checks-of-three", "forecasts", "profile", "ranks", "bars"};
  auto kind = kinds.begin();
  return {ChartExample{*kind++ + "-" + name, svg(charts)}...};
}

template <class Chart>
Chart with_text(Chart c, const std::string& text) {
  c.caption = {text, text, text, text, text, 1, text, 18446744073709551615u};
  return c;
}

// A chart whose every text is `text`, whatever it has.
std::vector<ChartExample> texts(const std::string& name, const std::string& text) {
  DifferenceFan fan = with_text(example<DifferenceFan>(), text);
  fan.quantity = {text, text, 100, 2, text};
  fan.reference.name = fan.other.name = text;
  for (Event& e : fan.interventions) e.label = text;
  DifferenceDots dots = with_text(example<DifferenceDots>(), text);
  dots.quantity = fan.quantity;
  dots.reference = dots.other = {"", text};
  Levels levels = with_text(example<Levels>(), text);
  levels.panels.push_back({{"C", text}, {}, {}});
  levels.panels[0].option = {text, text};
  levels.evidence[0].label = levels.panels[1].interventions[0].label = text;
  AttendanceHistogram histogram = with_text(example<AttendanceHistogram>(), text);
  histogram.categories[1] = histogram.simulated[0].name = histogram.unit = text;
  RegionTiles regions = with_text(example<RegionTiles>(), text);
  for (auto& r : regions.regions) r.name = text;
  regions.quantity.more = text;
  DoseResponse dose = with_text(example<DoseResponse>(), text);
  dose.dose.name = dose.response.unit = dose.series[0].option.name = dose.series[1].option.letter = text;
  Tornado tornado = with_text(example<Tornado>(), text);
  tornado.factors[0] = {text, text, text, 0.1, 0.9};
  Importance importance = with_text(example<Importance>(), text);
  importance.factors[0].name = importance.total_is = importance.first_is = text;
  Frontier frontier = with_text(example<Frontier>(), text);
  frontier.points[0].option = {text, text};
  frontier.points[3].option = {"", text};
  PredictiveChecks checks = with_text(example<PredictiveChecks>(), text);
  checks.items[1].name = text;
  PredictiveChecks three = with_text(checks_of_three_example(), text);
  three.items[1].name = three.models[0] = three.models[1] = text;
  Forecasts forecasts = with_text(example<Forecasts>(), text);
  forecasts.series[0] = forecasts.series[2] = forecasts.cases[0].name = forecasts.cases[1].told = forecasts.quantity.name = text;
  Profile profile = with_text(example<Profile>(), text);
  profile.rows[1].name = profile.series[0].name = profile.series[2].letter = profile.expected_is = text;
  RankHistograms ranks = with_text(example<RankHistograms>(), text);
  ranks.panels[1].name = ranks.band_is = text;
  Bars bars = with_text(example<Bars>(), text);
  bars.options[0].name = bars.options[1].letter = bars.note = bars.groups[1].quantity.name = text;
  bars.groups[0].below = bars.groups[2].below = {text, text};
  bars.groups[0].bars[1].said = text;
  return one_of_each(name, fan, dots, levels, histogram, regions, dose, tornado, importance, frontier, checks, three, forecasts,
                     profile, ranks, bars);
}

std::vector<ChartExample> empty() {
  return {{"fan-empty", svg(DifferenceFan{})},    {"dots-empty", svg(DifferenceDots{})},
          {"levels-empty", svg(Levels{})},        {"histogram-empty", svg(AttendanceHistogram{})},
          {"regions-empty", svg(RegionTiles{})},  {"dose-empty", svg(DoseResponse{})},
          {"tornado-empty", svg(Tornado{})},      {"importance-empty", svg(Importance{})},
          {"frontier-empty", svg(Frontier{})},    {"checks-empty", svg(PredictiveChecks{})},
          {"forecasts-empty", svg(Forecasts{})},  {"profile-empty", svg(Profile{})},
          {"ranks-empty", svg(RankHistograms{})}, {"bars-empty", svg(Bars{})}};
}

// Every value multiplied: 0 makes equal scenarios, -1 turns signs, NaN and infinities leave nothing to draw.
std::vector<ChartExample> multiplied(const std::string& name, double by) {
  const auto range = [by](Range& r) {
    r = {r.low * by, r.high * by};
    if (r.low > r.high) std::swap(r.low, r.high);
  };
  const auto bands = [&](Bands& b) {
    b.median *= by;
    for (Range* r : {&b.half, &b.most, &b.nearly_all}) range(*r);
  };
  DifferenceFan fan = example<DifferenceFan>();
  for (Bands& b : fan.months) bands(b);
  DifferenceDots dots = example<DifferenceDots>();
  for (double& v : dots.values) v *= by;
  Levels levels = example<Levels>();
  for (auto& panel : levels.panels) {
    for (Bands& b : panel.months) bands(b);
    for (auto& run : panel.runs) {
      for (double& v : run) v *= by;
    }
  }
  AttendanceHistogram histogram = example<AttendanceHistogram>();
  for (auto& s : histogram.simulated) {
    for (double& v : s.share) v *= by;
    for (Range& r : s.range) range(r);
  }
  RegionTiles regions = example<RegionTiles>();
  for (auto& r : regions.regions) {
    r.median *= by;
    range(r.most);
  }
  DoseResponse dose = example<DoseResponse>();
  dose.difference = true;
  dose.matters = 0.03;
  for (auto& s : dose.series) {
    for (auto& p : s.points) {
      p.value *= by;
      range(p.most);
    }
  }
  Tornado tornado = example<Tornado>();
  tornado.centre *= by;
  for (auto& f : tornado.factors) f.at_low *= by, f.at_high *= by;
  Importance importance = example<Importance>();
  for (auto& f : importance.factors) {
    f.total *= by;
    f.first *= by;
    range(f.total_interval);
    range(f.first_interval);
  }
  Frontier frontier = example<Frontier>();
  for (auto& p : frontier.points) {
    p.cost *= by;
    p.outcome *= by;
    range(p.most);
  }
  PredictiveChecks checks = example<PredictiveChecks>(), three = checks_of_three_example();
  for (PredictiveChecks* c : {&checks, &three}) {
    for (auto& i : c->items) {
      i.observed *= by;
      bands(i.predicted);
      for (Bands& b : i.more) bands(b);
      range(i.interval);
    }
  }
  Forecasts forecasts = example<Forecasts>();
  for (auto& one : forecasts.cases) {
    one.came *= by;
    for (auto& said : one.said) said.mean *= by, range(said.most);
  }
  Profile profile = example<Profile>();
  for (auto& row : profile.rows) {
    for (double& v : row.values) v *= by;
  }
  RankHistograms ranks = example<RankHistograms>();
  for (auto& panel : ranks.panels) {
    for (double& v : panel.counts) v *= std::abs(by);
  }
  Bars bars = example<Bars>();
  for (auto& group : bars.groups) {
    for (auto& bar : group.bars) bar.value *= by, range(bar.most);
  }
  return one_of_each(name, fan, dots, levels, histogram, regions, dose, tornado, importance, frontier, checks, three, forecasts,
                     profile, ranks, bars);
}

// One of everything.
std::vector<ChartExample> single() {
  DifferenceFan fan = example<DifferenceFan>();
  fan.months.resize(1);
  DifferenceDots dots = example<DifferenceDots>();
  dots.values = {0.06};
  Levels levels = example<Levels>();
  levels.panels.resize(1);
  levels.panels[0].months.resize(1);
  for (auto& run : levels.panels[0].runs) run.resize(1);
  levels.evidence[0].month = 0;
  DoseResponse dose = example<DoseResponse>();
  dose.series.resize(1);
  dose.series[0].points.resize(1);
  Frontier frontier = example<Frontier>();
  Frontier unlisted = example<Frontier>();
  unlisted.listed = false, unlisted.points[1].option.name = long_name;
  frontier.points.resize(1);
  Tornado tornado = example<Tornado>();
  tornado.factors.resize(1);
  return {{"fan-single", svg(fan)},
          {"dots-single", svg(dots)},
          {"levels-single", svg(levels)},
          {"dose-single", svg(dose)},
          {"frontier-single", svg(frontier)},
          {"tornado-single", svg(tornado)},
          {"frontier-unlisted", svg(unlisted)}};
}

// More than a study is likely to have.
std::vector<ChartExample> many() {
  DifferenceFan fan = example<DifferenceFan>();
  Levels levels = example<Levels>();
  const Bands gap{};
  for (int month = 24; month < 600; ++month) {
    fan.months.push_back(month % 50 == 0 ? gap : fan.months[month % 24]);
    if (month % 60 == 0) fan.interventions.push_back({month, "change " + std::to_string(month)});
  }
  for (auto& panel : levels.panels) {
    panel.months = fan.months;
    panel.runs.resize(12, panel.runs[0]);
    for (auto& run : panel.runs) {
      for (int month = 24; month < 600; ++month) run.push_back(run[month % 24] + 0.0001 * month);
    }
  }
  for (int more = 2; more < 6; ++more) levels.panels.push_back(levels.panels[more % 2]);
  DifferenceDots dots = example<DifferenceDots>();
  for (int i = 200; i < 20000; ++i) dots.values.push_back(0.00001 * (i * 7919 % 30011) - 0.1);
  dots.values.push_back(missing);
  RegionTiles regions = example<RegionTiles>();
  for (int i = 4; i < 60; ++i)
    regions.regions.push_back({"Region " + std::to_string(i), 0.01 * (i % 17 - 8), {0.01 * (i % 17 - 12), 0.01 * (i % 17 - 4)}});
  DoseResponse dose = example<DoseResponse>();
  for (int s = 2; s < 4; ++s)
    dose.series.push_back({{std::string(1, static_cast<char>('A' + s)), "structure"}, dose.series[0].points});
  for (auto& s : dose.series) {
    for (int i = 0; i < 40; ++i) s.points.push_back({2 + 0.1 * i, 0.7 + 0.001 * i, {0.6, 0.8}});
  }
  Tornado tornado = example<Tornado>();
  Importance importance = example<Importance>();
  PredictiveChecks checks = example<PredictiveChecks>();
  Forecasts forecasts = example<Forecasts>();
  forecasts.series.push_back("a fourth, of which nothing is said");
  Profile profile = example<Profile>();
  RankHistograms ranks = example<RankHistograms>();
  Frontier frontier = example<Frontier>();
  for (int i = 0; i < 100; ++i) {
    if (i < 30) forecasts.cases.push_back(forecasts.cases[static_cast<std::size_t>(i % 3)]);
    if (i < 50) profile.rows.push_back({"row " + std::to_string(i), {0.9, 0.8 + 0.004 * i, 0.95}});
    if (i < 36) ranks.panels.push_back({"parameter " + std::to_string(i), std::vector<double>(10, 10.0 + i)});
    const std::string name = "factor " + std::to_string(i);
    tornado.factors.push_back({name, "low", "high", 0.46 - 0.001 * i, 0.46 + 0.002 * i});
    importance.factors.push_back({name, 0.002 * i, {0, 0.3}, 0.001 * i, {0, 0.2}});
    frontier.points.push_back({{std::string(1, static_cast<char>('A' + i % 26)), name},
                               10000.0 + 977 * (i * 31 % 100),
                               0.2 + 0.004 * (i * 31 % 100),
                               {}});
    if (i < 40) checks.items.push_back(checks.items[static_cast<std::size_t>(i % 3)]);
  }
  return {{"fan-many", svg(fan)},
          {"levels-many", svg(levels)},
          {"dots-many", svg(dots)},
          {"regions-many", svg(regions)},
          {"dose-many", svg(dose)},
          {"tornado-many", svg(tornado)},
          {"importance-many", svg(importance)},
          {"checks-many", svg(checks)},
          {"forecasts-many", svg(forecasts)},
          {"profile-many", svg(profile)},
          {"ranks-many", svg(ranks)},
          {"frontier-many", svg(frontier)}};
}

}  // namespace

std::vector<ChartExample> hard_charts() {
  std::vector<ChartExample> out;
  for (const auto& group :
       {empty(), single(), many(), multiplied("zero", 0), multiplied("negative", -1), multiplied("huge", 1e12),
        multiplied("tiny", 1e-9), multiplied("missing", missing), multiplied("infinite", infinite), texts("long", long_name),
        texts("word", one_word), texts("hostile", hostile)}) {
    out.insert(out.end(), group.begin(), group.end());
  }
  return out;
}

}  // namespace coalis::test
