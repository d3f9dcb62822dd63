// A chart in the making: the frame with title and footer, and the few shapes that charts are made of.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "coalis/report/charts/chart_colours.hpp"
#include "coalis/report/charts/chart_text.hpp"
#include "coalis/report/charts/charts.hpp"

namespace coalis::chart {

inline constexpr double page_width = 400, margin = 8;
inline constexpr double small_size = 13;
inline constexpr std::string_view no_values = "There are no values.";

struct Point {
  double x, y;
};

struct Stroke {
  std::string_view colour = colour::ink;
  double width = 1;
  std::string_view dash = {};
  double opacity = 1;
};

struct Type {
  double size = small_size;
  std::string_view anchor = "start";  // start, middle, end
  std::string_view fill = colour::ink;
  bool bold = false;
  bool halo = false;  // white around the letters, where they may cross lines
};

class Drawing {
 public:
  // Writes title and subtitle.
  explicit Drawing(const Caption& caption);

  // Baseline of what comes next below title and subtitle.
  double top() const { return top_; }

  void line(Point from, Point to, const Stroke& stroke);
  // A line through the points, with gaps where y is NaN; a point between gaps becomes a short dash.
  void path(std::span<const Point> points, const Stroke& stroke);
  // The area between low and high (positions), with gaps where either is NaN.
  void band(std::span<const double> x, std::span<const Range> y, std::string_view fill);
  void box(double x, double y, double width, double height, std::string_view fill, std::string_view edge = {},
           double edge_width = 1);
  // About the point; `hollow` is white with an edge in the colour.
  void mark(Point at, Shape shape, double size, std::string_view fill, bool hollow = false);
  // A box of diagonal lines on white.
  void hatched(double x, double y, double width, double height, std::string_view edge);
  void polygon(std::span<const Point> corners, std::string_view fill);
  // Baseline at `at`. Shown in full as a tooltip if `full` is longer than what is written.
  void text(Point at, std::string_view written, const Type& type, std::string_view full = {});
  // Lines of text in a column; returns the baseline after the last.
  double paragraph(Point at, std::string_view words, double width, const Type& type, double leading = 16, std::size_t most = 100);

  // What is measured, above the data; returns where they may begin.
  double heading(std::string_view words);
  // The same below an axis, centred about `at`; returns the baseline after it.
  double centred(Point at, std::string_view words);

  // Notes and the footer below y, then the whole file. `notes` say how to read the marks; `description` says in words what is
  // drawn.
  std::string finish(double y, const std::vector<std::string>& notes, std::string_view description);

 private:
  double even_lines(Point at, std::string_view words, double width, const Type& type, double leading, std::size_t most);

  const Caption& caption_;
  double top_ = 0;
  bool hatch_ = false;
  std::string body_;
};

// "B (three hubs)", or what there is of it.
std::string title_of(const Option& option);
// "B", or the name of an option without a letter.
std::string short_name(const Option& option);

}  // namespace coalis::chart
