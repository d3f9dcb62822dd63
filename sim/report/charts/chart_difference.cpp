// What the charts of a paired difference say alike.
#include "chart_difference.hpp"

#include <cmath>

namespace coalis::chart {

std::string difference_title(const Option& reference, const Option& other, const Quantity& quantity) {
  return "Difference " + short_name(other) + " \u2212 " + short_name(reference) + ": " + axis_title(quantity);
}

std::string side(const Option& option, const Quantity& quantity) { return title_of(option) + " " + quantity.more; }

std::string side_within(const Option& option, const Quantity& quantity, double width, bool bold) {
  const std::string shorter = short_name(option) + " " + quantity.more;
  for (const std::string& words : {side(option, quantity), shorter}) {
    if (text_width(words, small_size, bold) <= width) return words;
  }
  return shorten("more in " + short_name(option), width, small_size, bold);
}

std::string matters_number(double printed, int decimals) {
  constexpr int most = 6;
  double ten = 1;
  for (int i = 0; i < decimals; ++i) ten *= 10;
  for (; decimals < most; ++decimals, ten *= 10)
    if (std::abs(printed * ten - std::round(printed * ten)) <= 1e-9 * std::abs(printed * ten)) break;
  return number(printed, decimals);
}

int decimals_said(double value, int decimals, double matters, double grain, bool clear) {
  constexpr int most_decimals = 3;
  const double size = std::abs(value);
  const auto is_zero = [&](int digits) { return number(size, digits) == number(0, digits); };
  if (decimals == 0 && size < 0.95) decimals = is_zero(1) ? 0 : 1;
  const bool on_border = !(matters > 0) || std::abs(size - matters) <= grain;
  while (!on_border && decimals < most_decimals && number(size, decimals) == number(matters, decimals)) ++decimals;
  int finer = decimals;
  while (clear && finer < most_decimals && is_zero(finer)) ++finer;
  return is_zero(finer) ? decimals : finer;
}

void matters_across(Drawing& drawing, const Scale& y, double matters, const Frame& frame) {
  if (!(matters > 0)) return;
  for (const double d : {-matters, matters}) {
    drawing.line({frame.left, y(d)}, {frame.right, y(d)}, {.colour = colour::ink, .width = 1.2, .dash = "2 3"});
  }
}

std::string matters_note(double matters, const Quantity& quantity) {
  if (!(matters > 0)) return {};
  const std::string d = matters_number(matters * quantity.factor, quantity.decimals);
  return "Between the dotted lines (\u2212" + d + " to +" + d + "): too small to matter.";
}

std::string bands_text(const Bands& bands, int decimals, bool difference) {
  return "half of the runs " + range_text(bands.half, decimals, difference) + "; 8 in 10 " +
         range_text(bands.most, decimals, difference) + "; 19 in 20 " + range_text(bands.nearly_all, decimals, difference);
}

}  // namespace coalis::chart
