// Axes of charts: values up the left side or along the bottom, calendar months along the bottom.
#pragma once

#include <vector>

#include "chart_drawing.hpp"
#include "coalis/report/charts/chart_scales.hpp"

namespace coalis::chart {

// The part of a chart that data are drawn in: positions, top < bottom.
struct Frame {
  double left, right, top, bottom;

  double width() const { return right - left; }
};

// "engaged, organisations in 100".
std::string axis_title(const Quantity& quantity);
// The title of an axis, with the unit that its labels leave out: "share of the variance (× 10⁻¹⁰)".
std::string scaled(const std::string& title, const Ticks& ticks);
// With unit: "+6 organisations in 100"; signed for differences.
std::string with_unit(double printed, const Quantity& quantity, bool difference);

// Width that the labels of these ticks take at the left of a frame.
double label_width(const Ticks& ticks, bool difference);

// Grid lines and labels at the left of the frame; a difference has signs and a heavier line at 0. `labels` false: lines only.
void value_axis(Drawing& drawing, const Scale& y, const Ticks& ticks, const Frame& frame, bool difference, bool labels = true);
// The same along the bottom; returns where the labels end.
double bottom_axis(Drawing& drawing, const Scale& x, const Ticks& ticks, const Frame& frame, bool difference);
// As many ticks along the bottom as have room.
Ticks bottom_ticks(const Scale& x, bool difference);

// Month i is at its place between left and right; one month alone in the middle.
Scale month_scale(std::size_t months, const Frame& frame);
// Years, or months if there are few; returns where the labels end.
double time_axis(Drawing& drawing, const Calendar& start, const Scale& x, std::size_t months, const Frame& frame);
// "Dec 2008".
std::string month_name(const Calendar& start, int month);

// Labelled lines at interventions: labels in rows above the frame (top is where they may begin), lines down through it.
// rows_of_events says how high that is; draw_events draws.
double events_height(const std::vector<Event>& events, const Scale& x, const Frame& frame);
void draw_events(Drawing& drawing, const std::vector<Event>& events, const Scale& x, const Frame& frame, double top);

// Values in printed units.
Range times(const Range& range, double factor);
Bands times(const Bands& bands, double factor);
void add(Extent& extent, const Range& range);
void add(Extent& extent, const Bands& bands);

// "50 % of runs 2 to 9, 80 % −1 to 14, ..." is said the same way everywhere: "2 to 9".
std::string range_text(const Range& printed, int decimals, bool difference);

}  // namespace coalis::chart
