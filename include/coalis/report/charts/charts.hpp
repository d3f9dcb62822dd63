// Charts as SVG text: one struct of plain data a chart, one function that draws it. Pure: equal data give equal bytes; no files,
// threads, locale or libraries, so that the report and a page in the browser draw the same. What each chart shows:
// docs/charts.md.
//
// Common to all:
// - Data are in the model's units (shares 0..1, US dollars); `Quantity::factor` turns them into what is printed.
// - NaN is a missing value: it leaves a gap or is named as missing, never drawn as 0.
// - Text is UTF-8 and may hold any character; it is escaped, wrapped or shortened to fit (in full in the desc or a tooltip).
// - A chart is 400 units wide, its smallest text 13 units, its height grows with the data: legible on a phone, good at 360 to 640
// px. Only
//   presentation attributes, so that a strict Content-Security-Policy lets it pass. Place it inline, or in a file of its own.
// - Options are told apart by colour, dash or shape, and a label beside the line; A is blue and solid, B vermillion and dashed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace coalis::chart {

inline constexpr double missing = std::numeric_limits<double>::quiet_NaN();

// What stands around every chart.
struct Caption {
  std::string id;        // begins the ids inside the SVG: letters, digits and '-', unique in the page
  std::string title;     // what is seen, in one line or two
  std::string subtitle;  // of what, where, when; may be empty
  std::string source;    // where the figures come from: scenarios, program, evidence; printed after "Source: "; may be empty
  std::string interval;  // which uncertainty is in the ranges: "Ranges: chance alone, one set of parameters"; may be empty
  std::size_t runs = 0;  // 0: no line about runs and seed
  std::string runs_are = "paired runs";
  std::uint64_t seed = 0;
};

// What an axis or a number measures. Printed is value * factor with so many decimals, then the unit.
struct Quantity {
  std::string name;             // "engaged"
  std::string unit;             // "organisations in 100", "events", "USD a year"; may be empty
  double factor = 1;            // 100 for shares printed in 100
  int decimals = 0;             // of numbers in the chart; ticks choose their own
  std::string more = "higher";  // what a scenario with more of it is called: "B more engaged"
};

// A scenario or, in some charts, a structure: its letter and what it is, in few words ("B", "three hubs"). `letter` chooses the
// style.
struct Option {
  std::string letter, name;
};

struct Range {
  double low = missing, high = missing;
};

// Where the middle 50, 80 and 95 % of the runs lie.
struct Bands {
  double median = missing;
  Range half, most, nearly_all;
};

// Months of the axis of time: element i of a series is month i.
struct Calendar {
  int year = 2000, month = 1;  // of month 0; month 1..12
};

struct Event {
  int month = 0;  // from 0
  std::string label;
};

// The paired difference, other - reference, over calendar time.
struct DifferenceFan {
  Caption caption;
  Quantity quantity;
  Option reference, other;
  Calendar start;
  std::vector<Bands> months;
  double matters = 0;  // the difference that matters; 0: no band
  std::vector<Event> interventions;
  double grain = 0;  // two differences nearer than this are equal
};

// The paired difference at the horizon as 50 dots, each 1 in 50 of the runs (below 50 runs, one dot a run), with counts of runs.
struct DifferenceDots {
  Caption caption;  // runs is taken from values
  Quantity quantity;
  Option reference, other;
  std::vector<double> values;  // one a replicate
  double matters = 0;
  double grain = 0;          // of the values that were subtracted (statistics/intervals.hpp)
  int decimals_of_mean = 0;  // at least
};

// Levels of each option in a panel of its own, all on the same axes.
struct Levels {
  struct Panel {
    Option option;
    std::vector<Bands> months;
    std::vector<std::vector<double>> runs;  // single runs, [run][month]; at most 12 are drawn
    std::vector<Event> interventions{};     // of this option
  };
  struct Evidence {
    int month = 0;
    double value = missing;
    Range interval;     // of the survey; may be missing
    std::string label;  // "survey, Dec 2008"
  };
  Caption caption;
  Quantity quantity;
  Calendar start;
  std::vector<Panel> panels;  // 1 to 6
  std::vector<Evidence> evidence;
  std::size_t evidence_panel = 0;  // the panel that evidence is about (the coalition as it was)
};

// How often organisations attended, simulated beside the survey's answers. Shares 0..1.
struct AttendanceHistogram {
  struct Simulated {
    std::string name;           // "simulated survey", or a structure: "trait"
    std::vector<double> share;  // mean over runs, one a category
    std::vector<Range> range;   // where the middle 80 % of the runs lie
  };
  struct Answered {
    double share = missing;  // missing: not reported
    Range interval;          // of the survey, 95 %
    int count = 0, of = 0;   // of = 0: counts are not known
  };
  Caption caption;
  std::string unit = "% of the answers";
  std::vector<std::string> categories;  // "none", "1", ..., "4 or more"
  std::vector<Simulated> simulated;     // 1 to 3
  std::vector<Answered> evidence;       // one a category
};

// The paired difference in each region. A region whose range lies on both sides of 0 is hatched: runs disagree on its sign.
struct RegionTiles {
  struct Region {
    std::string name;
    double median = missing;
    Range most;  // the middle 80 % of the runs
  };
  Caption caption;
  Quantity quantity;
  Option reference, other;
  std::vector<Region> regions;  // in the order given, three in a row
};

// An outcome or a difference over the values of a lever.
struct DoseResponse {
  struct Point {
    double dose = 0, value = missing;
    Range most;  // the middle 80 % of the runs
  };
  struct Series {
    Option option;
    std::vector<Point> points;  // ascending dose
  };
  Caption caption;
  Quantity dose, response;
  std::vector<Series> series;  // 1 to 4
  bool difference = false;     // responses are differences: the line at 0 and the band of `matters` are drawn
  double matters = 0;
  std::optional<double> as_now;  // the dose of the scenario as it is
  Range supported;               // doses with evidence or a source; outside it is marked as extrapolation. Missing ends: none
  bool letters = true;           // of the series; without, each is called by its name alone, as letters stand for something else
};

// How far each factor moves the outcome between its low and its high setting, the widest first.
struct Tornado {
  struct Factor {
    std::string name;
    std::string low_setting, high_setting;       // "0.35 FTE", "1 FTE"
    double at_low = missing, at_high = missing;  // the outcome there
  };
  Caption caption;
  Quantity quantity;
  double centre = 0;  // the outcome with every factor as it is
  std::string centre_is = "as it is";
  std::vector<Factor> factors;  // any order; the 15 widest are drawn, and how many are not is said
};

// How much of the outcome's variance is due to each factor (or mu* of Morris): points with intervals, the largest first.
struct Importance {
  struct Factor {
    std::string name;
    double total = missing;
    Range total_interval;
    double first = missing;  // first-order; missing: one point only
    Range first_interval;
  };
  Caption caption;
  Quantity quantity;  // name of the index: "share of the variance"
  std::string total_is = "with interactions", first_is = "alone";
  std::vector<Factor> factors;
};

// Outcome against planned cost; the options that no other beats on both are joined.
struct Frontier {
  struct Point {
    Option option;
    double cost = missing, outcome = missing;
    Range most;  // the middle 80 % of the runs
  };
  Caption caption;
  Quantity cost, outcome;
  bool more_is_better = true;
  std::vector<Point> points;
  bool listed = true;  // the options on the frontier below it, with their numbers; else those that have no room for their names
};

// Averages of a few options, or parts of a whole, as bars in groups: a group an outcome, each with a scale of its own from 0.
struct Bars {
  struct Bar {
    double value = missing;
    Range most;          // the middle 80 % of the runs; missing: no line
    std::string said{};  // the value as it is said elsewhere; "": by the quantity's decimals
  };
  struct Group {
    Quantity quantity;
    std::vector<Bar> bars;           // one an option
    std::vector<std::string> below;  // what is said of them, in words
    double whole = 0;                // where the scale ends; 0: with what is largest
  };
  Caption caption;
  std::vector<Option> options;  // 1 to 6
  std::vector<Group> groups;
  std::string note;     // how to read it
  bool letters = true;  // beside the bars, and above what they stand for; without, `said` says what each bar is
};

// What calibrated parameters predict for each item, beside what was observed. All items on one axis.
struct PredictiveChecks {
  struct Item {
    std::string name;
    Bands predicted;  // by the first model
    double observed = missing;
    Range interval;             // of the survey, 95 %; may be missing
    bool held_out = false;      // not seen by the calibration
    std::vector<Bands> more{};  // by the other models
  };
  Caption caption;
  Quantity quantity;
  std::vector<Item> items;
  std::vector<std::string> models{};  // names, 1 to 4; none: one model without a name
};

// What came, beside what a few forecasts had said: a bar a forecast, in a group for each number that was forecast.
struct Forecasts {
  struct Said {
    double mean = missing;
    Range most;  // where the number should lie 8 times in 10
  };
  struct Case {
    std::string name;  // "meeting of May 2024"
    double came = missing;
    std::string told{};      // "27 of 80 came"; "": by the quantity's decimals
    std::vector<Said> said;  // one a series
  };
  Caption caption;
  Quantity quantity;
  std::vector<std::string> series;  // names, 1 to 4, the one that the chart is about first
  std::vector<Case> cases;
};

// One number a row and series, held against a band in which it should lie: coverage of intervals, what is known of a parameter.
struct Profile {
  struct Row {
    std::string name;
    std::vector<double> values;  // one a series
  };
  Caption caption;
  Quantity quantity;
  std::vector<Option> series;  // 1 to 4
  std::vector<Row> rows;
  Range expected;              // shaded; missing ends: none
  std::string expected_is;     // "as it should be"
  double reference = missing;  // a line; missing: none
};

// Ranks of the truth among draws of its posterior, in bins, a panel a parameter: flat if intervals are right.
struct RankHistograms {
  struct Panel {
    std::string name;
    std::vector<double> counts;  // one a bin
  };
  Caption caption;
  std::vector<Panel> panels;  // three in a row
  double expected = 0;        // in a bin
  Range band;                 // where a bin's count lies if intervals are right
  std::string band_is = "99 %";
};

std::string svg(const DifferenceFan&);
std::string svg(const DifferenceDots&);
std::string svg(const Levels&);
std::string svg(const AttendanceHistogram&);
std::string svg(const RegionTiles&);
std::string svg(const DoseResponse&);
std::string svg(const Tornado&);
std::string svg(const Importance&);
std::string svg(const Frontier&);
std::string svg(const PredictiveChecks&);
std::string svg(const Forecasts&);
std::string svg(const Profile&);
std::string svg(const RankHistograms&);
std::string svg(const Bars&);

}  // namespace coalis::chart
