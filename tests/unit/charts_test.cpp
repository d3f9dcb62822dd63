// What charts draw and print equals their data: positions are read back through the axes, numbers are recomputed.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>

#include "coalis/report/charts/chart_colours.hpp"
#include "coalis/report/charts/chart_text.hpp"
#include "support/chart_examples.hpp"
#include "support/svg_reading.hpp"

namespace coalis::chart {
namespace {

using test::SvgElement;

std::vector<SvgElement> with(const std::vector<SvgElement>& elements, const std::string& name, const std::string& attribute,
                             const std::string& value) {
  std::vector<SvgElement> out;
  std::copy_if(elements.begin(), elements.end(), std::back_inserter(out),
               [&](const SvgElement& e) { return e.name == name && e.of(attribute) == value; });
  return out;
}

bool has_text(const std::vector<SvgElement>& elements, const std::string& text) {
  return std::any_of(elements.begin(), elements.end(), [&](const SvgElement& e) { return e.name == "text" && e.text == text; });
}

constexpr double margin_of_bars = 20;  // to the left of it are the legend's

// Relative luminance of WCAG 2.2.
double luminance(std::string_view colour) {
  const auto channel = [&](std::size_t at) {
    const double c = std::stoi(std::string(colour.substr(at, 2)), nullptr, 16) / 255.0;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

double contrast(std::string_view a, std::string_view b) {
  const double x = luminance(a), y = luminance(b);
  return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

TEST(ChartColours, ContrastIsThatOfWcagAA) {
  EXPECT_NEAR(contrast("#000000", "#ffffff"), 21, 1e-9);
  for (const std::string_view text : {colour::ink, colour::quiet}) EXPECT_GE(contrast(text, colour::paper), 4.5) << text;
  for (const Style& style : styles) {
    EXPECT_GE(contrast(style.text, colour::paper), 4.5) << style.text;
    EXPECT_GE(contrast(style.text, style.tint), 4.5) << style.text;
    EXPECT_GE(contrast(colour::ink, style.tint), 4.5) << style.tint;
    EXPECT_GE(contrast(style.line, colour::paper), 3) << style.line;
  }
  EXPECT_GE(contrast(colour::frame, colour::paper), 4.5);
  EXPECT_GE(contrast(colour::ink, colour::half), 4.5);
  EXPECT_GE(contrast(colour::quiet, colour::outside), 4.5);
}

TEST(ChartColours, BandsDarkenTowardsTheMiddleInGreyscale) {
  EXPECT_GT(luminance(colour::nearly_all), 1.2 * luminance(colour::most));
  EXPECT_GT(luminance(colour::most), 1.2 * luminance(colour::half));
}

TEST(ChartColours, NoTwoOptionsDifferByColourAlone) {
  for (std::size_t a = 0; a < styles.size(); ++a) {
    for (std::size_t b = 0; b < a; ++b) {
      EXPECT_NE(styles[a].dash, styles[b].dash);
      EXPECT_NE(styles[a].mark, styles[b].mark);
    }
  }
}

TEST(Charts, TextKeepsWithinThePageAndIsLargeEnough) {
  for (const auto& charts : {test::usual_charts(), test::hard_charts()}) {
    for (const auto& [name, svg] : charts) {
      for (const SvgElement& e : test::read_svg(svg)) {
        if (e.name != "text") continue;
        const double size = e.of("font-size").empty() ? 13 : e["font-size"];
        EXPECT_GE(size, 13) << name;
        const double width = text_width(e.text, size, e.of("font-weight") == "bold") / 1.06;
        const std::string anchor = e.of("text-anchor");
        const double left = e["x"] - (anchor == "end" ? width : anchor == "middle" ? width / 2 : 0);
        EXPECT_GE(left, 0) << name << ": " << e.text;
        EXPECT_LE(left + width, 400) << name << ": " << e.text;
      }
    }
  }
}

// By the measured widths; tests/pages/charts.mjs looks in a browser.
TEST(Charts, LabelsOnALineDoNotTouch) {
  for (const auto& [name, svg] : test::hard_charts()) {
    if (!name.starts_with("histogram-huge") && !name.starts_with("importance-tiny")) continue;
    std::map<double, std::vector<std::pair<double, double>>> lines;
    for (const SvgElement& e : test::read_svg(svg)) {
      if (e.name != "text") continue;
      const double width = text_width(e.text, 13, e.of("font-weight") == "bold");
      const std::string anchor = e.of("text-anchor");
      const double left = e["x"] - (anchor == "end" ? width : anchor == "middle" ? width / 2 : 0);
      lines[e["y"]].emplace_back(left, left + width);
    }
    for (auto& [y, taken] : lines) {
      std::sort(taken.begin(), taken.end());
      for (std::size_t i = 1; i < taken.size(); ++i) EXPECT_LE(taken[i - 1].second, taken[i].first) << name << " at " << y;
    }
  }
}

TEST(Charts, EqualDataGiveEqualBytes) {
  const auto first = test::usual_charts(), second = test::usual_charts();
  for (std::size_t i = 0; i < first.size(); ++i) EXPECT_EQ(first[i].svg, second[i].svg);
}

TEST(Charts, FanEndsWhereItsDataEnd) {
  const DifferenceFan data = test::example<DifferenceFan>();
  const auto elements = test::read_svg(svg(data));
  const test::SvgAxis y = test::left_axis(elements);
  const Bands& end = data.months.back();
  EXPECT_TRUE(has_text(elements, "median " + signed_number(100 * end.median, 0)));
  const auto line = with(elements, "path", "stroke-width", "2.5");
  ASSERT_EQ(line.size(), 1u);
  const std::vector<double> points = test::path_numbers(line[0].of("d"));
  ASSERT_EQ(points.size(), 2 * data.months.size());
  for (std::size_t m = 0; m < data.months.size(); ++m) EXPECT_NEAR(y(points[2 * m + 1]), 100 * data.months[m].median, 0.02);
  const auto half = with(elements, "path", "fill", std::string(colour::half));
  ASSERT_EQ(half.size(), 1u);
  const std::vector<double> area = test::path_numbers(half[0].of("d"));
  for (std::size_t m = 0; m < data.months.size(); ++m) {
    EXPECT_NEAR(y(area[2 * m + 1]), 100 * data.months[m].half.high, 0.02);
    EXPECT_NEAR(y(area[area.size() - 1 - 2 * m]), 100 * data.months[m].half.low, 0.02);
  }
}

TEST(Charts, DotsAreFiftyOnTheirSideAndCountsAreTrue) {
  std::mt19937 random(4);
  for (int round = 0; round < 200; ++round) {
    DifferenceDots data = test::example<DifferenceDots>();
    std::normal_distribution<double> normal(0.05 * (round % 7 - 3), 0.01 * (round % 11));
    data.values.assign(50 + random() % 400, 0);
    for (double& v : data.values) v = std::round(normal(random) * 115) / 115;
    data.matters = 0.01 * (round % 5);
    const auto elements = test::read_svg(svg(data));
    const auto count = [&](auto in) {
      const auto n = std::count_if(data.values.begin(), data.values.end(), in);
      return number(static_cast<double>(n), 0) + " of " + counted(data.values.size(), "run");
    };
    std::vector<std::string> printed;
    for (const SvgElement& e : with(elements, "text", "text-anchor", "end")) printed.push_back(e.text);
    EXPECT_EQ(printed, (std::vector<std::string>{count([&](double v) { return v < -data.matters; }),
                                                 count([&](double v) { return std::abs(v) <= data.matters; }),
                                                 count([&](double v) { return v > data.matters; })}));
    // Marks: 50 and one a line of the key. Those of a side lie on that side.
    const std::string a(styles[0].line), b(styles[1].line), neither(colour::quiet);
    const auto circles = with(elements, "circle", "fill", a), squares = with(elements, "path", "fill", b),
               diamonds = with(elements, "path", "stroke", neither);
    EXPECT_EQ(circles.size() + squares.size() + diamonds.size(), 53u);
    if (data.matters == 0) continue;
    const test::SvgAxis x = test::bottom_axis(elements);
    const double d = 100 * data.matters + 0.3;
    for (std::size_t i = 1; i < circles.size(); ++i) EXPECT_LT(x(circles[i]["cx"]), -d + 0.6);
    for (std::size_t i = 1; i < squares.size(); ++i) EXPECT_GT(x(test::path_numbers(squares[i].of("d"))[0]), d - 0.6);
    for (std::size_t i = 1; i < diamonds.size(); ++i) EXPECT_LT(std::abs(x(test::path_numbers(diamonds[i].of("d"))[0])), d);
  }
}

TEST(Charts, LevelsShareOneAxis) {
  const Levels data = test::example<Levels>();
  const auto elements = test::read_svg(svg(data));
  const test::SvgAxis y = test::left_axis(elements);
  for (std::size_t p = 0; p < 2; ++p) {
    const auto line = with(with(elements, "path", "stroke", std::string(styles[p].line)), "path", "stroke-width", "3");
    ASSERT_EQ(line.size(), 1u);
    const std::vector<double> points = test::path_numbers(line[0].of("d"));
    for (std::size_t m = 0; m < data.panels[p].months.size(); ++m) {
      EXPECT_NEAR(y(points[2 * m + 1]), 100 * data.panels[p].months[m].median, 0.05);
    }
  }
  EXPECT_EQ(with(elements, "path", "stroke-width", "0.7").size(), 6u);
  const auto evidence = with(elements, "path", "fill", std::string(colour::ink));
  ASSERT_EQ(evidence.size(), 1u);
  EXPECT_NEAR(y(test::path_numbers(evidence[0].of("d"))[1]), 52, 0.05);
}

TEST(Charts, HistogramBarsAndTableAreTheShares) {
  const AttendanceHistogram data = test::example<AttendanceHistogram>();
  const auto elements = test::read_svg(svg(data));
  const test::SvgAxis y = test::left_axis(elements);
  const auto bars = with(elements, "rect", "fill", std::string(styles[0].tint));
  ASSERT_EQ(bars.size(), 6u);  // and one in the table
  for (std::size_t c = 0; c < 5; ++c) {
    EXPECT_NEAR(y(bars[c]["y"]), 100 * data.simulated[0].share[c], 0.05);
    EXPECT_NEAR(y(bars[c]["y"] + bars[c]["height"]), 0, 0.06);
    EXPECT_TRUE(has_text(elements, number(100 * data.simulated[1].share[c], 0)));
  }
  EXPECT_EQ(with(elements, "path", "fill", std::string(colour::ink)).size(), 5u);  // 4 answers and the table's head
  EXPECT_TRUE(has_text(elements, "\u2013"));
}

TEST(Charts, RegionsWhoseRangeHoldsZeroAreHatched) {
  const auto elements = test::read_svg(svg(test::example<RegionTiles>()));
  const std::string hatch = "url(#regions-hatch)", a(styles[0].tint), b(styles[1].tint);
  EXPECT_EQ(with(elements, "rect", "fill", hatch).size(), 1u);
  EXPECT_EQ(with(elements, "rect", "fill", a).size(), 1u);
  EXPECT_EQ(with(elements, "rect", "fill", b).size(), 1u);
  for (const char* text :
       {"\u221222", "\u221234 to \u221210", "+3", "\u221214 to +20", "+28", "+5 to +60", "runs disagree", "no value"}) {
    EXPECT_TRUE(has_text(elements, text)) << text;
  }
}

// Where runs are equal, none disagrees with the others.
TEST(Charts, RegionsDisagreeOnlyWhereRunsLieOnBothSides) {
  RegionTiles data = test::example<RegionTiles>();
  data.regions = {{"Adams", 0.05, {0, 0.12}}, {"Clay", -0.05, {-0.12, 0}}, {"Baker", 0, {0, 0}}, {"Dunn", 0.03, {-0.14, 0.2}}};
  const auto elements = test::read_svg(svg(data));
  EXPECT_EQ(with(elements, "rect", "fill", "url(#regions-hatch)").size(), 1u);
  for (const char* text : {"B more or equal", "A more or equal", "no difference", "runs disagree"})
    EXPECT_TRUE(has_text(elements, text)) << text;
}

TEST(Charts, AChangeIsDrawnInThePanelOfItsOption) {
  Levels data = test::example<Levels>();
  EXPECT_EQ(with(test::read_svg(svg(data)), "line", "stroke-dasharray", "1 3").size(), 1u);
  for (Levels::Panel& panel : data.panels) panel.interventions = {{6, "training begins"}};
  EXPECT_EQ(with(test::read_svg(svg(data)), "line", "stroke-dasharray", "1 3").size(), 2u);
}

TEST(Charts, DoseMarksLieAtTheirDoseAndResponse) {
  const DoseResponse data = test::example<DoseResponse>();
  const auto elements = test::read_svg(svg(data));
  const test::SvgAxis x = test::bottom_axis(elements), y = test::left_axis(elements);
  const auto marks = with(elements, "circle", "fill", std::string(styles[0].line));
  ASSERT_EQ(marks.size(), data.series[0].points.size());
  for (std::size_t i = 0; i < marks.size(); ++i) {
    EXPECT_NEAR(x(marks[i]["cx"]), data.series[0].points[i].dose, 0.04);
    EXPECT_NEAR(y(marks[i]["cy"]), 100 * data.series[0].points[i].value, 0.05);
  }
}

TEST(Charts, TornadoIsOrderedAndItsBarsEndAtTheirValues) {
  const auto elements = test::read_svg(svg(test::example<Tornado>()));
  const test::SvgAxis x = test::bottom_axis(elements);
  std::vector<SvgElement> bars;
  for (const SvgElement& e : elements) {
    if (e.name == "rect" && e.of("stroke") == styles[0].line) bars.push_back(e);
  }
  ASSERT_EQ(bars.size(), 6u);
  const auto ends = [&](std::size_t bar) { return std::pair{x(bars[bar]["x"]), x(bars[bar]["x"] + bars[bar]["width"])}; };
  // Staff, low and high; then Information; then Scarcity, whose high setting lowers the outcome.
  EXPECT_NEAR(ends(0).first, 30, 0.1);
  EXPECT_NEAR(ends(0).second, 46, 0.1);
  EXPECT_NEAR(ends(1).second, 60, 0.1);
  EXPECT_NEAR(ends(2).first, 43, 0.1);
  EXPECT_NEAR(ends(3).second, 49, 0.1);
  for (const char* text : {"30", "60", "43", "49", "45", "47"}) EXPECT_TRUE(has_text(elements, text)) << text;
}

TEST(Charts, FrontierHoldsWhatNothingBeats) {
  std::mt19937 random(5);
  for (int round = 0; round < 200; ++round) {
    Frontier data = test::example<Frontier>();
    data.more_is_better = round % 2 == 0;
    data.points.clear();
    for (std::size_t i = 0; i < 8; ++i) {
      const std::string letter(1, static_cast<char>('A' + i));
      data.points.push_back(
          {{letter, "x"}, 1000.0 * static_cast<double>(random() % 6), 0.1 * static_cast<double>(random() % 6), {}});
    }
    const auto elements = test::read_svg(svg(data));
    for (const auto& p : data.points) {
      const bool beaten = std::any_of(data.points.begin(), data.points.end(), [&](const auto& o) {
        const double gain = data.more_is_better ? o.outcome - p.outcome : p.outcome - o.outcome;
        return (o.cost <= p.cost && gain > 0) || (o.cost < p.cost && gain >= 0);
      });
      EXPECT_EQ(has_text(elements, p.option.letter + " (x)"), !beaten) << round;
    }
  }
}

// Who reads the page has no list of letters: a name stands at its point, and what has no room for it is explained below.
TEST(Charts, AFrontierWithoutListNamesItsOptions) {
  Frontier data = test::example<Frontier>();
  data.listed = false;
  data.points[1].option.name = "three hubs, each with a coordinator of its own and a place to meet";
  const auto elements = test::read_svg(svg(data));
  std::string all;
  for (const SvgElement& e : elements)
    if (e.name == "text") all += e.text + " ";
  EXPECT_NE(all.find("B (three hubs, each with a coordinator of its own and a place"), std::string::npos) << all;
  for (const char* name : {"one centre ", "six hubs ", "hubs with a common core ", "convened by the members "})
    EXPECT_NE(all.find(name), std::string::npos) << name << "in " << all;
  for (const char* listed : {"A (one", "C (six", "D (hubs", "E (convened"}) EXPECT_EQ(all.find(listed), std::string::npos) << all;
}

// The line of a frontier runs through no label.
TEST(Charts, AFrontiersLineLeavesLabelsAlone) {
  std::mt19937 random(7);
  std::size_t labels = 0;
  for (int round = 0; round < 60; ++round) {
    Frontier data = test::example<Frontier>();
    data.listed = false, data.points.clear();
    for (std::size_t i = 0; i < 7; ++i)
      data.points.push_back({{std::string(1, static_cast<char>('A' + i)), "an option of some length"},
                             1000.0 * static_cast<double>(random() % 60),
                             0.01 * static_cast<double>(random() % 80),
                             {}});
    const auto elements = test::read_svg(svg(data));
    std::vector<double> line;
    for (const SvgElement& e : elements)
      if (e.name == "path" && e["stroke-width"] == 2) line = test::path_numbers(e.of("d"));
    for (const SvgElement& e : elements) {
      if (e.name != "text" || e.of("paint-order").empty()) continue;  // beside a point
      ++labels;
      const double left = e["x"], right = left + text_width(e.text, 13, e.of("font-weight") == "bold"), top = e["y"] - 9,
                   bottom = e["y"];
      for (std::size_t k = 0; k + 3 < line.size(); k += 2) {
        const auto [x1, x2] = std::minmax(line[k], line[k + 2]);
        const auto [y1, y2] = std::minmax(line[k + 1], line[k + 3]);
        EXPECT_FALSE(x1 < right && x2 > left && y1 < bottom && y2 > top) << round << ": " << e.text;
      }
    }
  }
  EXPECT_GT(labels, 200u);
}

TEST(Charts, BarsAreAsLongAsTheirValuesFromZero) {
  const Bars data = test::example<Bars>();
  const auto elements = test::read_svg(svg(data));
  std::vector<SvgElement> bars;
  for (const SvgElement& e : elements)
    if (e.name == "rect" && e["height"] == 11 && e["x"] > margin_of_bars) bars.push_back(e);
  ASSERT_EQ(bars.size(), 6u);
  // Shares are drawn of 100: their lengths can be held against each other.
  const double of_100 = bars[0]["width"] / 0.39;
  EXPECT_NEAR(bars[1]["width"], 0.29 * of_100, 0.15);
  EXPECT_NEAR(bars[2]["width"], 0.06 * of_100, 0.15);
  EXPECT_NEAR(bars[5]["width"] / bars[4]["width"], 12376.0 / 20440, 0.002);
  for (const char* text : {"39", "29", "20,440", "B: no clear difference", "A (one centre)", "B (three hubs)"})
    EXPECT_TRUE(has_text(elements, text)) << text;
}

TEST(Charts, ChecksSayOnWhichSideTheObservationLies) {
  const PredictiveChecks data = test::example<PredictiveChecks>();
  const auto elements = test::read_svg(svg(data));
  const test::SvgAxis x = test::bottom_axis(elements);
  EXPECT_TRUE(has_text(elements, "observed above"));
  EXPECT_TRUE(has_text(elements, "Outreach Days: none *"));
  EXPECT_FALSE(has_text(elements, "Meetings: none *"));
  const auto boxes = with(elements, "rect", "fill", std::string(colour::nearly_all));
  const auto marks = with(elements, "path", "fill", std::string(colour::ink));
  ASSERT_EQ(boxes.size(), 3u);
  ASSERT_EQ(marks.size(), 3u);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR(x(boxes[i]["x"]), 100 * data.items[i].predicted.nearly_all.low, 0.1);
    EXPECT_NEAR(x(test::path_numbers(marks[i].of("d"))[0]), 100 * data.items[i].observed, 0.1);
  }
}

TEST(Charts, ChecksOfSeveralHaveABarEachInTheOrderThatIsSaid) {
  const PredictiveChecks data = test::checks_of_three_example();
  const auto elements = test::read_svg(svg(data));
  const test::SvgAxis x = test::bottom_axis(elements);
  EXPECT_TRUE(has_text(elements, "observed above: 1 of 3"));
  EXPECT_TRUE(has_text(elements, "observed above")) << "if all agree";
  EXPECT_TRUE(has_text(elements, "Bars from the top: mixture; trait; reinforcement."));
  const auto boxes = with(elements, "rect", "fill", std::string(colour::nearly_all));
  const auto marks = with(elements, "path", "fill", std::string(colour::ink));
  ASSERT_EQ(boxes.size(), 9u);
  ASSERT_EQ(marks.size(), 3u);
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t m = 0; m < 3; ++m) {
      const Bands& bands = m == 0 ? data.items[i].predicted : data.items[i].more[m - 1];
      const SvgElement& box = boxes[3 * i + m];
      EXPECT_NEAR(x(box["x"]), 100 * bands.nearly_all.low, 0.1);
      EXPECT_NEAR(x(box["x"] + box["width"]), 100 * bands.nearly_all.high, 0.1);
      if (m > 0) {
        EXPECT_GT(box["y"], boxes[3 * i + m - 1]["y"]);
      }
    }
    EXPECT_NEAR(x(test::path_numbers(marks[i].of("d"))[0]), 100 * data.items[i].observed, 0.1);
  }
}

TEST(Charts, ForecastBarsEndWhereTheirRangesDoAndSayWhatTheyHeld) {
  const Forecasts data = test::example<Forecasts>();
  const auto elements = test::read_svg(svg(data));
  const test::SvgAxis x = test::bottom_axis(elements);
  const auto of_model = with(elements, "rect", "fill", std::string(colour::half));
  const auto of_rules = with(elements, "rect", "fill", std::string(colour::most));
  ASSERT_EQ(of_model.size(), 3u);
  ASSERT_EQ(of_rules.size(), 5u) << "one has no range";
  for (std::size_t c = 0; c < 3; ++c) {
    EXPECT_NEAR(x(of_model[c]["x"]), data.cases[c].said[0].most.low, 0.05);
    EXPECT_NEAR(x(of_model[c]["x"] + of_model[c]["width"]), data.cases[c].said[0].most.high, 0.05);
  }
  EXPECT_NEAR(x(of_rules[1]["x"]), 40, 0.05);
  const auto came = with(elements, "path", "fill", std::string(colour::ink));
  ASSERT_EQ(came.size(), 2u) << "of the third it is not known";
  for (std::size_t c = 0; c < 2; ++c) EXPECT_NEAR(x(test::path_numbers(came[c].of("d"))[0]), data.cases[c].came, 0.05);
  std::vector<std::string> said;
  for (const SvgElement& e : elements)
    if (e.name == "text" && (e.text == "held" || e.text == "missed" || e.text == "no value")) said.push_back(e.text);
  EXPECT_EQ(said, (std::vector<std::string>{"missed", "held", "held", "held", "held", "held", "no value"}));
  for (const char* text : {"\u25C6 42 of 85 came", "\u25C6 not known", "as often as last year"})
    EXPECT_TRUE(has_text(elements, text)) << text;
}

TEST(Charts, ProfileMarksLieAtTheirValuesAndThoseOutsideAreNamed) {
  const Profile data = test::example<Profile>();
  const auto elements = test::read_svg(svg(data));
  const test::SvgAxis x = test::bottom_axis(elements);
  for (const char* text : {"94 / 94 / 95", "88 / 90 / 89", "84! / 91 / no value"}) EXPECT_TRUE(has_text(elements, text)) << text;
  const auto first = with(elements, "circle", "fill", std::string(styles[0].line));
  ASSERT_EQ(first.size(), data.rows.size());
  for (std::size_t r = 0; r < first.size(); ++r) EXPECT_NEAR(x(first[r]["cx"]), 100 * data.rows[r].values[0], 0.05);
  const auto bands = with(elements, "rect", "fill", std::string(colour::nearly_all));
  ASSERT_EQ(bands.size(), data.rows.size());
  EXPECT_NEAR(x(bands[0]["x"]), 85, 0.05);
  EXPECT_NEAR(x(bands[0]["x"] + bands[0]["width"]), 97, 0.05);
}

TEST(Charts, RankBarsAreInProportionAndThoseOutsideAreHatched) {
  const RankHistograms data = test::example<RankHistograms>();
  const auto elements = test::read_svg(svg(data));
  const auto bars = with(elements, "rect", "fill", std::string(colour::half));
  ASSERT_EQ(bars.size(), 39u) << "40 bars, one of 33 where at most 32 are usual";
  EXPECT_EQ(with(elements, "rect", "fill", "url(#ranks-hatch)").size(), 1u);
  EXPECT_TRUE(has_text(elements, "Hatched: outside, 1 of 40 bars."));
  const double unit = bars[0]["height"] / data.panels[0].counts[0];
  for (std::size_t b = 0; b < 10; ++b) {
    EXPECT_NEAR(bars[b]["height"], unit * data.panels[0].counts[b], 0.1);
    EXPECT_NEAR(bars[10 + b]["height"], unit * data.panels[1].counts[b], 0.1) << "one scale for all panels";
  }
}

TEST(Charts, CaptionIsInTheFigure) {
  for (const auto& [name, svg] : test::usual_charts()) {
    std::string all;
    for (const SvgElement& e : test::read_svg(svg)) {
      if (e.name == "text") all += e.text + " ";
    }
    for (const char* part : {"200 paired runs, seed 1.", "Ranges: chance alone.", "Source: Coalis, scenarios/illinois.toml",
                             "Illinois, 24 months"}) {
      EXPECT_NE(all.find(part), all.npos) << name << ": " << part;
    }
  }
}

}  // namespace
}  // namespace coalis::chart
