// Usual data of every chart.
#include "support/chart_examples.hpp"

#include <functional>
#include <utility>

namespace coalis::test {

using namespace chart;

namespace {

const Option one_centre{"A", "one centre"}, three_hubs{"B", "three hubs"};

Caption caption(std::string id, std::string title) {
  return {std::move(id),
          std::move(title),
          "Illinois, 24 months, equal planned cost",
          "Coalis, scenarios/illinois.toml",
          "Ranges: chance alone",
          200,
          "paired runs",
          1};
}

Quantity engaged() { return {"engaged", "organisations in 100", 100, 0, "more engaged"}; }

// A fan that opens over time about a line.
std::vector<Bands> opening(double from, double slope, double width) {
  std::vector<Bands> out;
  for (int month = 0; month < 24; ++month) {
    const double median = from + slope * month, w = width * (month + 1) / 24;
    out.push_back({median, {median - w, median + w}, {median - 2 * w, median + 1.8 * w}, {median - 3.1 * w, median + 2.9 * w}});
  }
  return out;
}

std::vector<std::vector<double>> single_runs(double from, double slope) {
  std::vector<std::vector<double>> out(3);
  for (int run = 0; run < 3; ++run) {
    for (int month = 0; month < 24; ++month)
      out[run].push_back(from + slope * month + 0.02 * (run - 1) * ((month * 7 + run) % 5));
  }
  return out;
}

DifferenceFan fan_example() {
  return {caption("fan", "Three hubs keep more organisations engaged"),
          engaged(),
          one_centre,
          three_hubs,
          {2005, 6},
          opening(0, 0.004, 0.04),
          0.03,
          {{6, "training begins"}, {18, "the leader leaves"}}};
}

DifferenceDots dots_example() {
  DifferenceDots out{caption("dots", "Three hubs are likely to have more engaged"), engaged(), one_centre, three_hubs, {}, 0.03};
  for (int run = 0; run < 200; ++run) out.values.push_back(0.01 * ((run * 37) % 23 - 6) + 0.001 * ((run * 13) % 7));
  return out;
}

Levels levels_example() {
  return {caption("levels", "Engaged under one centre and three hubs"),
          engaged(),
          {2005, 6},
          {{one_centre, opening(0.5, -0.002, 0.05), single_runs(0.5, -0.002)},
           {three_hubs, opening(0.5, 0.003, 0.06), single_runs(0.5, 0.003), {{6, "training begins"}}}},
          {{23, 0.52, {0.4, 0.63}, "survey, May 2007"}},
          0};
}

AttendanceHistogram histogram_example() {
  return {caption("histogram", "Meetings attended, as simulated and as answered"),
          "% of the answers",
          {"none", "1", "2", "3", "4 or more"},
          {{"mixture", {0.33, 0.19, 0.13, 0.1, 0.25}, {{0.22, 0.48}, {0.11, 0.27}, {0.07, 0.19}, {0.05, 0.16}, {0.05, 0.41}}},
           {"trait", {0.35, 0.17, 0.14, 0.11, 0.23}, {{0.25, 0.46}, {0.1, 0.25}, {0.08, 0.19}, {0.06, 0.16}, {0.1, 0.38}}}},
          {{0.36, {0.25, 0.48}, 23, 64},
           {0.16, {0.09, 0.26}, 10, 64},
           {0.16, {0.09, 0.26}, 10, 64},
           {0.05, {0.02, 0.13}, 3, 64},
           {}}};
}

RegionTiles regions_example() {
  return {caption("regions", "Hubs move engagement from Chicago to the South"),
          engaged(),
          one_centre,
          three_hubs,
          {{"Chicago", -0.22, {-0.34, -0.1}},
           {"Collar counties", 0.03, {-0.14, 0.2}},
           {"South", 0.28, {0.05, 0.6}},
           {"North", missing, {}}}};
}

DoseResponse dose_example() {
  return {caption("dose", "More staff, more engaged, with falling returns"),
          {"paid staff", "full-time equivalents", 1, 2, ""},
          engaged(),
          {{one_centre, {{0.1, 0.3, {0.22, 0.38}}, {0.35, 0.46, {0.36, 0.55}}, {1, 0.6, {0.52, 0.67}}, {2, 0.66, {0.6, 0.72}}}},
           {three_hubs, {{0.1, 0.22, {0.12, 0.3}}, {0.35, 0.36, {0.26, 0.45}}, {1, 0.57, {0.49, 0.64}}, {2, 0.67, {0.6, 0.73}}}}},
          false,
          0,
          0.35,
          {0.2, 1.5}};
}

Tornado tornado_example() {
  return {caption("tornado", "Staff moves engagement most"),
          engaged(),
          0.46,
          "as it is",
          {{"Information", "0", "3", 0.43, 0.49},
           {"Staff", "0.1 FTE", "1 FTE", 0.3, 0.6},
           {"Scarcity of funds", "0", "0.8", 0.47, 0.45}}};
}

Importance importance_example() {
  return {caption("importance", "Management matters most"),
          {"share of the variance", "", 1, 2, ""},
          "with interactions",
          "alone",
          {{"resources", 0.12, {0.07, 0.16}, 0.05, {-0.01, 0.1}},
           {"management", 0.52, {0.45, 0.6}, 0.4, {0.31, 0.48}},
           {"the seed", 0.21, {0.16, 0.26}, missing, {}}}};
}

Frontier frontier_example() {
  return {caption("frontier", "Three options give most for their cost"),
          {"planned cost", "thousand USD a year", 0.001, 1, ""},
          engaged(),
          true,
          {{one_centre, 38500, 0.46, {0.36, 0.55}},
           {three_hubs, 92500, 0.55, {0.46, 0.63}},
           {{"C", "six hubs"}, 171000, 0.58, {0.5, 0.66}},
           {{"D", "hubs with a common core"}, 96000, 0.61, {0.52, 0.69}},
           {{"E", "convened by the members"}, 11000, 0.21, {0.12, 0.3}}}};
}

Bars bars_example() {
  return {caption("bars", "Three hubs against one centre, by outcome"),
          {one_centre, three_hubs},
          {{{"Engaged", "in 100", 100, 0, "more"}, {{0.39, {0.22, 0.55}}, {0.29, {0.15, 0.44}}}, {"B: 10 fewer, worse"}, 1},
           {{"Withdrawn", "in 100", 100, 0, "more"}, {{0.06, {0.03, 0.1}}, {0.061, {0.03, 0.11}}}, {"B: no clear difference"}, 1},
           {{"Members' own cost", "USD a year", 1, 0, "more"},
            {{20440, {11220, 30518}}, {12376, {6852, 18508}}},
            {"B: 8,064 less"},
            0}},
          "Bars: averages. Lines: where 8 in 10 runs lie."};
}

PredictiveChecks checks_example() {
  return {caption("checks", "Most items are as predicted"),
          {"of the answers", "%", 100, 0, ""},
          {{"Meetings: none", {0.33, {0.28, 0.38}, {0.22, 0.48}, {0.17, 0.55}}, 0.36, {0.25, 0.48}, false},
           {"Outreach Days: none", {0.35, {0.33, 0.37}, {0.28, 0.42}, {0.24, 0.46}}, 0.38, {0.28, 0.5}, true},
           {"Goal attainment rated 2", {0.41, {0.37, 0.46}, {0.3, 0.51}, {0.25, 0.55}}, 0.57, {0.43, 0.69}, false}}};
}

Forecasts forecasts_example() {
  return {caption("forecasts", "A rule held what the model missed"),
          {"members that come to a meeting", "", 1, 0, ""},
          {"the model", "as often as last year", "record, evened out"},
          {{"2017-03", 42, "42 of 85 came", {{47.6, {43, 52}}, {45.2, {41, 49}}, {44.9, {40, 50}}}},
           {"2017-04", 44, "44 of 85 came", {{46.1, {41, 51}}, {45.2, {41, 49}}, {44.9, {40, 50}}}},
           {"2017-05", missing, "not known", {{46.0, {41, 51}}, {45.2, {41, 49}}, {}}}}};
}

Profile profile_example() {
  return {caption("profile", "Intervals hold the truth as often as they say"),
          {"90 % intervals that hold the truth", "%", 100, 0, ""},
          {{"A", "mixture"}, {"B", "trait"}, {"C", "reinforcement"}},
          {{"tie_prob", {0.94, 0.94, 0.945}}, {"hold_floor", {0.88, 0.9, 0.885}}, {"contact_rate", {0.84, 0.91, missing}}},
          {0.85, 0.97},
          "as it should be",
          0.9};
}

RankHistograms ranks_example() {
  return {caption("ranks", "Ranks are spread evenly"),
          {{"tie_prob", {15, 19, 21, 19, 14, 21, 23, 21, 25, 22}},
           {"hold_floor", {20, 28, 22, 21, 11, 15, 16, 17, 20, 30}},
           {"contact_rate", {16, 20, 18, 26, 15, 17, 19, 12, 33, 24}},
           {"gamma_0", {18, 15, 20, 13, 20, 24, 26, 19, 20, 25}}},
          20,
          {9, 32}};
}

struct Usual {
  std::map<std::type_index, std::any> data;
  std::vector<std::pair<std::string, std::function<std::string()>>> drawings;

  template <class Chart>
  void add(const std::string& name, const Chart& chart) {
    data.emplace(typeid(Chart), chart);
    drawings.push_back({name, [chart] { return svg(chart); }});
  }
};

const Usual& usual() {
  static const Usual all = [] {
    Usual u;
    u.add("fan", fan_example());
    u.add("dots", dots_example());
    u.add("levels", levels_example());
    u.add("histogram", histogram_example());
    u.add("regions", regions_example());
    u.add("dose", dose_example());
    u.add("tornado", tornado_example());
    u.add("importance", importance_example());
    u.add("frontier", frontier_example());
    u.add("checks", checks_example());
    u.add("checks-of-three", checks_of_three_example());
    u.add("forecasts", forecasts_example());
    u.add("profile", profile_example());
    u.add("ranks", ranks_example());
    u.add("bars", bars_example());
    return u;
  }();
  return all;
}

}  // namespace

PredictiveChecks checks_of_three_example() {
  PredictiveChecks checks = checks_example();
  checks.caption.id = "checks-of-three";
  checks.caption.title = "Three structures predict alike";
  checks.models = {"mixture", "trait", "reinforcement"};
  for (auto& item : checks.items) item.more = {item.predicted, item.predicted};
  checks.items[1].more[0] = {0.3, {0.28, 0.32}, {0.26, 0.34}, {0.24, 0.36}};  // the observed 38 % lies above
  return checks;
}

const std::map<std::type_index, std::any>& chart_examples() { return usual().data; }

std::vector<ChartExample> usual_charts() {
  std::vector<ChartExample> charts;
  for (const auto& [name, draw] : usual().drawings) charts.push_back({name, draw()});
  return charts;
}

}  // namespace coalis::test
