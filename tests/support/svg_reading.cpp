#include "support/svg_reading.hpp"

#include <algorithm>
#include <limits>
#include <regex>
#include <stdexcept>

namespace coalis::test {
namespace {

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != text.npos; at += to.size()) text.replace(at, from.size(), to);
}

std::string unescaped(std::string text) {
  text = std::regex_replace(text, std::regex("<title>.*</title>"), "");
  const std::pair<const char*, const char*> entities[] = {
      {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}};
  for (const auto& [entity, character] : entities) replace_all(text, entity, character);
  return text;
}

// The two ticks furthest apart among grey labels with this anchor.
SvgAxis axis(const std::vector<SvgElement>& elements, const std::string& anchor, const std::string& coordinate, double shift) {
  std::vector<std::pair<double, double>> found;
  for (const SvgElement& e : elements) {
    if (e.name != "text" || e.of("text-anchor") != anchor || e.of("fill") != "#555555") continue;
    found.emplace_back(printed_value(e.text), e[coordinate] - shift);
  }
  if (found.size() < 2) throw std::runtime_error("fewer than two ticks");
  const auto [low, high] = std::minmax_element(found.begin(), found.end());
  return {low->first, low->second, high->first, high->second};
}

}  // namespace

double SvgElement::operator[](const std::string& attribute) const {
  const auto at = attributes.find(attribute);
  return at == attributes.end() ? std::numeric_limits<double>::quiet_NaN() : std::stod(at->second);
}

std::string SvgElement::of(const std::string& attribute) const {
  const auto at = attributes.find(attribute);
  return at == attributes.end() ? "" : at->second;
}

std::vector<SvgElement> read_svg(std::string_view svg) {
  static const std::regex attribute("([a-zA-Z-]+)=\"([^\"]*)\"");
  std::vector<SvgElement> out;
  while (!svg.empty()) {
    const std::string line(svg.substr(0, svg.find('\n')));
    svg.remove_prefix(std::min(svg.size(), line.size() + 1));
    if (line.empty() || line[0] != '<' || line[1] == '/') continue;
    const std::size_t head = line.find('>');
    SvgElement element{line.substr(1, line.find_first_of(" >/") - 1), {}, ""};
    for (std::sregex_iterator it(line.begin(), line.begin() + static_cast<long>(head), attribute), end; it != end; ++it) {
      element.attributes[(*it)[1]] = (*it)[2];
    }
    const std::size_t close = line.rfind("</");
    if (close != line.npos && close > head) element.text = unescaped(line.substr(head + 1, close - head - 1));
    out.push_back(std::move(element));
  }
  return out;
}

SvgAxis left_axis(const std::vector<SvgElement>& elements) { return axis(elements, "end", "y", 4.5); }
SvgAxis bottom_axis(const std::vector<SvgElement>& elements) { return axis(elements, "middle", "x", 0); }

double printed_value(std::string text) {
  replace_all(text, "\u2212", "-");
  replace_all(text, ",", "");
  replace_all(text, "+", "");
  return std::stod(text);
}

std::vector<double> path_numbers(const std::string& d) {
  static const std::regex figure("-?[0-9.]+");
  std::vector<double> out;
  for (std::sregex_iterator it(d.begin(), d.end(), figure), end; it != end; ++it) out.push_back(std::stod(it->str()));
  return out;
}

}  // namespace coalis::test
