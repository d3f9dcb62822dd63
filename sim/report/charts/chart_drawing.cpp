// The frame and the shapes of charts, as SVG text.
#include "chart_drawing.hpp"

#include <algorithm>
#include <cmath>

namespace coalis::chart {
namespace {

constexpr double title_size = 17, title_leading = 21;
constexpr std::string_view face = "Arial, Helvetica, Arimo, 'Liberation Sans', sans-serif";

// Tenths of a unit are below what can be seen.
std::string at(double position) {
  const long long tenths = std::llround(position * 10);
  std::string out = tenths < 0 ? "-" : "";
  const long long size = std::llabs(tenths);
  out += std::to_string(size / 10);
  if (size % 10 != 0) {
    out += '.';
    out += static_cast<char>('0' + size % 10);
  }
  return out;
}

std::string attribute(std::string_view name, std::string_view value) {
  std::string out = " ";
  out.append(name).append("=\"").append(value).append("\"");
  return out;
}

std::string attribute(std::string_view name, double value) { return attribute(name, at(value)); }

std::string attributes(const Stroke& stroke) {
  std::string out = attribute("stroke", stroke.colour);
  if (stroke.width != 1) out += attribute("stroke-width", stroke.width);
  if (!stroke.dash.empty()) out += attribute("stroke-dasharray", stroke.dash);
  if (stroke.opacity != 1) out += attribute("stroke-opacity", stroke.opacity);
  return out;
}

std::string pair(Point p) { return at(p.x) + " " + at(p.y); }

// Ids inside the file: only what an id may hold.
std::string clean_id(std::string_view id) {
  std::string out;
  for (const char c : id) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    out += plain ? c : '-';
  }
  const bool letter_first = !out.empty() && ((out[0] >= 'a' && out[0] <= 'z') || (out[0] >= 'A' && out[0] <= 'Z'));
  return letter_first ? out : "chart" + (out.empty() ? out : "-" + out);
}

std::string runs_line(const Caption& caption) {
  std::string are = caption.runs_are;
  if (const auto at = are.find("runs"); caption.runs == 1 && at != std::string::npos) are.erase(at + 3, 1);
  return number(static_cast<double>(caption.runs), 0) + " " + are + ", seed " + std::to_string(caption.seed) + ".";
}

// Sentences one after the other; each has its full stop.
std::string joined(std::string a, std::string_view b) {
  if (!a.empty() && !b.empty()) a += std::string_view(".?!:;").find(a.back()) == std::string_view::npos ? ". " : " ";
  return a.append(b);
}

}  // namespace

std::string title_of(const Option& option) {
  if (option.letter.empty()) return option.name;
  return option.name.empty() ? option.letter : option.letter + " (" + option.name + ")";
}

std::string short_name(const Option& option) { return option.letter.empty() ? option.name : option.letter; }

Drawing::Drawing(const Caption& caption) : caption_(caption) {
  const double width = page_width - 2 * margin;
  top_ = even_lines({margin, 22}, caption.title, width, {.size = title_size, .bold = true}, title_leading, 4) - 3;
  if (!caption.subtitle.empty()) top_ = paragraph({margin, top_}, caption.subtitle, width, {.fill = colour::quiet}, 16, 6);
}

void Drawing::line(Point from, Point to, const Stroke& stroke) {
  body_ += "<line" + attribute("x1", from.x) + attribute("y1", from.y) + attribute("x2", to.x) + attribute("y2", to.y) +
           attributes(stroke) + "/>\n";
}

void Drawing::path(std::span<const Point> points, const Stroke& stroke) {
  std::string d;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (!std::isfinite(points[i].y)) continue;
    const bool begins = i == 0 || !std::isfinite(points[i - 1].y),
               ends = i + 1 == points.size() || !std::isfinite(points[i + 1].y);
    if (begins && ends) {
      d += "M" + pair({points[i].x - 4, points[i].y}) + "h8";
    } else {
      d += (begins ? "M" : "L") + pair(points[i]);
    }
  }
  if (d.empty()) return;
  body_ += "<path" + attribute("d", d) + " fill=\"none\" stroke-linejoin=\"round\"" + attributes(stroke) + "/>\n";
}

void Drawing::band(std::span<const double> x, std::span<const Range> y, std::string_view fill) {
  const auto whole = [&](std::size_t i) { return std::isfinite(y[i].low) && std::isfinite(y[i].high); };
  std::string d;
  for (std::size_t i = 0; i < x.size();) {
    if (!whole(i)) {
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < x.size() && whole(end)) ++end;
    const double widen = end - i == 1 ? 4 : 0;
    std::string back;
    for (std::size_t k = i; k < end; ++k) {
      d += (k == i ? "M" : "L") + pair({x[k] - widen, y[k].high});
      if (widen > 0) d += "L" + pair({x[k] + widen, y[k].high}) + "L" + pair({x[k] + widen, y[k].low});
      back.insert(0, "L" + pair({x[k] - widen, y[k].low}));
    }
    d += back + "Z";
    i = end;
  }
  if (!d.empty()) body_ += "<path" + attribute("d", d) + attribute("fill", fill) + "/>\n";
}

void Drawing::box(double x, double y, double width, double height, std::string_view fill, std::string_view edge,
                  double edge_width) {
  body_ += "<rect" + attribute("x", x) + attribute("y", y) + attribute("width", width) + attribute("height", height) +
           attribute("fill", fill);
  if (!edge.empty()) body_ += attributes({.colour = edge, .width = edge_width});
  body_ += "/>\n";
}

void Drawing::polygon(std::span<const Point> corners, std::string_view fill) {
  std::string d;
  for (const Point p : corners) d += (d.empty() ? "M" : "L") + pair(p);
  body_ += "<path" + attribute("d", d + "Z") + attribute("fill", fill) + "/>\n";
}

void Drawing::mark(Point p, Shape shape, double size, std::string_view fill, bool hollow) {
  const double r = size / 2;
  const std::string paint =
      hollow ? attribute("fill", colour::paper) + attributes({.colour = fill, .width = 1.6}) : attribute("fill", fill);
  const auto move = [&](std::string_view shape_path) {
    body_ += "<path" + attribute("d", "M" + pair(p) + std::string(shape_path)) + paint + "/>\n";
  };
  const std::string s = at(size), h = at(r), back = "-";
  switch (shape) {
    case Shape::circle:
      body_ += "<circle" + attribute("cx", p.x) + attribute("cy", p.y) + attribute("r", r) + paint + "/>\n";
      break;
    case Shape::square: move("m-" + h + " -" + h + "h" + s + "v" + s + "h-" + s + "z"); break;
    case Shape::triangle: move("m0 -" + at(r * 1.2) + "l" + at(r * 1.2) + " " + at(size) + "h-" + at(size * 1.2) + "z"); break;
    case Shape::diamond: {
      const std::string q = at(r * 1.25);
      move("m0 -" + q + "l" + q + " " + q + "l-" + q + " " + q + "l-" + q + " -" + q + "z");
      break;
    }
    case Shape::cross: {
      const std::string a = at(size / 3), b = "-" + a;
      move("m-" + at(size / 6) + " -" + h + "h" + a + "v" + a + "h" + a + "v" + a + "h" + b + "v" + a + "h" + b + "v" + b + "h" +
           b + "v" + b + "h" + a + "z");
      break;
    }
    case Shape::bar: move("m-" + h + " -" + at(r / 2) + "h" + s + "v" + h + "h-" + s + "z"); break;
  }
}

void Drawing::hatched(double x, double y, double width, double height, std::string_view edge) {
  hatch_ = true;
  box(x, y, width, height, "url(#" + clean_id(caption_.id) + "-hatch)", edge);
}

void Drawing::text(Point p, std::string_view written, const Type& type, std::string_view full) {
  if (written.empty()) return;
  body_ += "<text" + attribute("x", p.x) + attribute("y", p.y);
  if (type.size != small_size) body_ += attribute("font-size", type.size);
  if (type.anchor != "start") body_ += attribute("text-anchor", type.anchor);
  if (type.fill != colour::ink) body_ += attribute("fill", type.fill);
  if (type.bold) body_ += attribute("font-weight", "bold");
  if (type.halo) body_ += " paint-order=\"stroke\" stroke-linejoin=\"round\"" + attributes({.colour = colour::paper, .width = 4});
  body_ += ">";
  if (!full.empty() && full != written) body_ += "<title>" + escape(full) + "</title>";
  body_ += escape(written) + "</text>\n";
}

double Drawing::paragraph(Point p, std::string_view words, double width, const Type& type, double leading, std::size_t most) {
  for (const std::string& row : wrap(words, width, type.size, type.bold, most)) {
    text(p, row, type);
    p.y += leading;
  }
  return p.y;
}

double Drawing::even_lines(Point p, std::string_view words, double width, const Type& type, double leading, std::size_t most) {
  for (const std::string& row : wrap_evenly(words, width, type.size, type.bold, most)) {
    text(p, row, type);
    p.y += leading;
  }
  return p.y;
}

double Drawing::heading(std::string_view words) {
  return even_lines({margin, top_ + 6}, words, page_width - 2 * margin, {}, 16, 6) - 10;
}

double Drawing::centred(Point p, std::string_view words) {
  const double width = 2 * std::min(p.x - margin, page_width - margin - p.x);
  return even_lines(p, words, width, {.anchor = "middle"}, 16, 6);
}

std::string Drawing::finish(double y, const std::vector<std::string>& notes, std::string_view description) {
  const double width = page_width - 2 * margin;
  y += 16;
  for (const std::string& note : notes) y = paragraph({margin, y}, note, width, {});
  std::string small = caption_.runs > 0 ? joined(caption_.interval, runs_line(caption_)) : caption_.interval;
  if (!caption_.source.empty())
    small = joined(small, (caption_.source.starts_with("Source") ? "" : "Source: ") + caption_.source);
  y = paragraph({margin, y + 3}, small, width, {.fill = colour::quiet});
  const std::string height = at(y - 6), id = clean_id(caption_.id);
  std::string out = "<svg xmlns=\"http://www.w3.org/2000/svg\"" + attribute("viewBox", "0 0 " + at(page_width) + " " + height) +
                    attribute("width", at(page_width)) + attribute("height", height) + " role=\"img\"" +
                    attribute("aria-labelledby", id + "-title " + id + "-desc") + attribute("font-family", face) +
                    attribute("font-size", small_size) + attribute("fill", colour::ink) + ">\n";
  out += "<title" + attribute("id", id + "-title") + ">" + escape(caption_.title) + "</title>\n";
  out +=
      "<desc" + attribute("id", id + "-desc") + ">" + escape(joined(joined(caption_.subtitle, description), small)) + "</desc>\n";
  if (hatch_) {
    out += "<defs><pattern" + attribute("id", id + "-hatch") +
           " width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\"><rect width=\"8\" height=\"8\"" +
           attribute("fill", colour::paper) + "/><path d=\"M-2 2L2 -2M-2 10L10 -2M6 10L10 6\"" +
           attributes({.colour = colour::hatch}) + "/></pattern></defs>\n";
  }
  out += "<rect" + attribute("width", at(page_width)) + attribute("height", height) + attribute("fill", colour::paper) + "/>\n";
  return out + body_ + "</svg>\n";
}

}  // namespace coalis::chart
