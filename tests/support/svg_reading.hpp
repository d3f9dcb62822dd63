// Reads the charts' own SVG (an element a line) back, for tests that compare what is drawn with the data.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace coalis::test {

struct SvgElement {
  std::string name;
  std::map<std::string, std::string> attributes;
  std::string text;  // content, unescaped, without a tooltip

  double operator[](const std::string& attribute) const;  // NaN if it has none
  std::string of(const std::string& attribute) const;     // "" if it has none
};

std::vector<SvgElement> read_svg(std::string_view svg);

// Values of an axis by position, from two of its labelled ticks.
struct SvgAxis {
  double value_a, at_a, value_b, at_b;

  double operator()(double at) const { return value_a + (at - at_a) / (at_b - at_a) * (value_b - value_a); }
};
SvgAxis left_axis(const std::vector<SvgElement>& elements);
SvgAxis bottom_axis(const std::vector<SvgElement>& elements);

// A printed number ("+1,234.5", with U+2212) as a value.
double printed_value(std::string text);
// All numbers of a path's "d", in order.
std::vector<double> path_numbers(const std::string& d);

}  // namespace coalis::test
