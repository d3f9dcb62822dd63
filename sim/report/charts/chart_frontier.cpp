// Policy frontier: outcome against planned cost; options that no other beats on both are joined.
#include <algorithm>
#include <cmath>

#include "chart_axes.hpp"

namespace coalis::chart {
namespace {

constexpr double frontier_height = 250, frontier_strip = 14;
constexpr std::size_t most_listed = 12;
constexpr double least_name = 120;   // width of a name beside its numbers
constexpr double most_beside = 190;  // of a name beside its point

// In printed units.
struct Placed {
  const Frontier::Point* data;
  double cost, outcome;
  Range most;
  bool on_frontier;
};

// Whether some other costs no more and attains no less, and one of the two truly better.
bool beaten(const Placed& p, const std::vector<Placed>& all, bool more_is_better) {
  return std::any_of(all.begin(), all.end(), [&](const Placed& other) {
    const double gain = more_is_better ? other.outcome - p.outcome : p.outcome - other.outcome;
    return other.cost <= p.cost && gain >= 0 && (other.cost < p.cost || gain > 0);
  });
}

std::vector<Placed> placed(const Frontier& data) {
  std::vector<Placed> out;
  for (const Frontier::Point& p : data.points) {
    const double cost = p.cost * data.cost.factor, outcome = p.outcome * data.outcome.factor;
    if (std::isfinite(cost + outcome)) out.push_back({&p, cost, outcome, times(p.most, data.outcome.factor), false});
  }
  for (Placed& p : out) p.on_frontier = !beaten(p, out, data.more_is_better);
  std::stable_sort(out.begin(), out.end(),
                   [](const Placed& a, const Placed& b) { return a.cost != b.cost ? a.cost < b.cost : a.outcome < b.outcome; });
  return out;
}

struct Box {
  double left, right, top, bottom;

  bool meets(const Box& o) const { return left < o.right && o.left < right && top < o.bottom && o.top < bottom; }
};

// What an option is called beside its point, the fullest first: its name in a line, in up to three; its letter, which the list
// explains.
std::vector<std::vector<std::string>> names_of(const Option& option, bool bold) {
  constexpr std::size_t most_lines = 3;
  std::vector<std::vector<std::string>> names;
  if (!option.name.empty() && text_width(option.name, small_size, bold) <= most_beside) names.push_back({option.name});
  for (const double width : {0.7 * most_beside, 0.5 * most_beside})
    if (auto lines = wrap_evenly(option.name, width, small_size, bold); !option.name.empty() && lines.size() <= most_lines)
      names.push_back(std::move(lines));
  names.push_back({shorten(short_name(option), most_beside / 2, small_size, bold)});
  return names;
}

// Beside its point, where it covers neither marks nor other labels; otherwise the option has none and the list names it.
class Labels {
 public:
  Labels(const Frame& frame, std::vector<Box> taken, bool up_first)
      : frame_(frame), taken_(std::move(taken)), up_first_(up_first) {}

  bool place(Drawing& drawing, Point at, const std::vector<std::string>& lines, const Type& type) {
    constexpr double leading = 14;
    double width = 0;
    for (const std::string& line : lines) width = std::max(width, text_width(line, type.size, type.bold));
    const double height = type.size, more = leading * static_cast<double>(lines.size() - 1);
    const double near = 7;
    // Above the steps first, where nothing but whiskers is; "above" is down where less is better. Of the first line.
    const double up = -near - more, down = near + height, left = -near - width, middle = (height - more) / 2;
    const double away = up_first_ ? up : down, towards = up_first_ ? down : up;
    for (const Point shift : {Point{left, away},
                              {near, away},
                              {near, towards},
                              {left, towards},
                              {near + 2, middle},
                              {left - 2, middle},
                              {-width / 2, away},
                              {-width / 2, towards}}) {
      const Point start{at.x + shift.x, at.y + shift.y};
      const Box box{start.x, start.x + width, start.y - height, start.y + more + 2};
      const bool inside =
          box.left >= frame_.left && box.right <= frame_.right && box.top >= frame_.top && box.bottom <= frame_.bottom;
      if (!inside || std::any_of(taken_.begin(), taken_.end(), [&](const Box& o) { return o.meets(box); })) continue;
      taken_.push_back(box);
      for (std::size_t i = 0; i < lines.size(); ++i)
        drawing.text({start.x, start.y - 1.5 + leading * static_cast<double>(i)}, lines[i], type);
      return true;
    }
    return false;
  }

 private:
  Frame frame_;
  std::vector<Box> taken_;
  bool up_first_;
};

// Returns the options that are not called by their names.
std::vector<const Option*> draw_points(Drawing& drawing, const std::vector<Placed>& points, const Scale& x, const Scale& y,
                                       const Frame& frame, bool more_is_better) {
  std::vector<Point> joined;  // steps: between two options there is none
  std::vector<Box> taken;     // marks, whiskers and the line
  for (const Placed& p : points) {
    if (std::isfinite(p.most.low + p.most.high)) taken.push_back({x(p.cost) - 2, x(p.cost) + 2, y(p.most.high), y(p.most.low)});
    const Point at{x(p.cost), y(p.outcome)};
    taken.push_back({at.x - 5, at.x + 5, at.y - 5, at.y + 5});
    if (!p.on_frontier) continue;
    if (!joined.empty()) {  // no label on the line
      const Point last = joined.back();
      taken.push_back({last.x, at.x, last.y - 2, last.y + 2});
      taken.push_back({at.x - 2, at.x + 2, std::min(last.y, at.y), std::max(last.y, at.y)});
      joined.push_back({at.x, last.y});
    }
    joined.push_back(at);
  }
  drawing.path(joined, {.colour = styles[0].line, .width = 2});
  for (const Placed& p : points) {
    const Point at{x(p.cost), y(p.outcome)};
    const std::string_view ink = p.on_frontier ? styles[0].line : colour::frame;
    if (std::isfinite(p.most.low + p.most.high)) {
      drawing.line({at.x, y(p.most.low)}, {at.x, y(p.most.high)}, {.colour = ink, .width = 1.4, .opacity = 0.6});
    }
    drawing.mark(at, Shape::circle, p.on_frontier ? 9 : 7, ink, !p.on_frontier);
  }
  std::vector<const Option*> letters;
  // Those on the frontier choose their places first.
  Labels labels(frame, std::move(taken), more_is_better);
  for (const bool on_frontier : {true, false}) {
    for (const Placed& p : points) {
      if (p.on_frontier != on_frontier) continue;
      const Type type{.fill = on_frontier ? styles[0].text : colour::quiet, .bold = on_frontier, .halo = true};
      bool named = false;
      const auto names = names_of(p.data->option, on_frontier);
      for (std::size_t n = 0; n < names.size() && !named; ++n) {
        if (!labels.place(drawing, {x(p.cost), y(p.outcome)}, names[n], type)) continue;
        named = n + 1 < names.size() || names[n].front() == p.data->option.name;
        break;
      }
      if (!named) letters.push_back(&p.data->option);
    }
  }
  return letters;
}

// What letters stand for that had no room for their names.
double explain(Drawing& drawing, const std::vector<const Option*>& letters, double y) {
  std::size_t listed = 0;
  for (const Option* option : letters) {
    if (++listed > most_listed) break;
    y = drawing.paragraph({margin, y}, title_of(*option), page_width - 2 * margin, {.fill = colour::quiet}, 15, 2);
  }
  return y;
}

std::string numbers(const Frontier& data, const Placed& p) {
  std::string out = number(p.cost, data.cost.decimals) + ", " + number(p.outcome, data.outcome.decimals);
  if (std::isfinite(p.most.low + p.most.high)) out += " (" + range_text(p.most, data.outcome.decimals, false) + ")";
  return out;
}

// The frontier as a list, cheapest first: name, cost, outcome and range. Returns the baseline after it.
double list(Drawing& drawing, const Frontier& data, const std::vector<Placed>& points, double y) {
  if (points.empty()) return drawing.paragraph({margin, y}, no_values, page_width - 2 * margin, {});
  std::size_t listed = 0, on_frontier = 0;
  y = drawing.paragraph(
      {margin, y}, "No other option costs less and attains as much (cost, outcome, 8 in 10 runs):", page_width - 2 * margin, {});
  for (const Placed& p : points) {
    if (!p.on_frontier || ++on_frontier > most_listed) continue;
    ++listed;
    const std::string figures = numbers(data, p);
    const double width = page_width - 2 * margin - 26, beside = width - text_width(figures, small_size);
    const bool below = beside < least_name;
    drawing.mark({margin + 6, y - 4.5}, Shape::circle, 9, styles[0].line);
    double next = drawing.paragraph({margin + 16, y}, title_of(p.data->option), below ? width : beside,
                                    {.fill = styles[0].text, .bold = true}, 15, 3);
    drawing.text({page_width - margin, below ? next : y}, figures, {.anchor = "end"});
    if (below) next += 15;
    y = next + 1;
  }
  if (on_frontier > listed)
    y = drawing.paragraph({margin, y}, "and " + number(static_cast<double>(on_frontier - listed), 0) + " more", 200, {});
  return y;
}

std::string describe(const Frontier& data, const std::vector<Placed>& points) {
  std::string out = axis_title(data.outcome) + " against " + axis_title(data.cost) + ".";
  for (const Placed& p : points) {
    out += " " + title_of(p.data->option) + ": " + numbers(data, p) + (p.on_frontier ? ", not beaten." : ".");
  }
  return out;
}

}  // namespace

std::string svg(const Frontier& data) {
  Drawing drawing(data.caption);
  const std::string direction = data.more_is_better ? " (more is better)" : " (less is better)";
  const std::vector<Placed> points = placed(data);
  Extent costs, outcomes;
  for (const Placed& p : points) {
    costs.add(p.cost);
    outcomes.add(p.outcome);
    add(outcomes, p.most);
  }
  const Scale inner = enclosing(outcomes, frontier_height - frontier_strip, frontier_strip);
  const Ticks marks = ticks(inner.low, inner.high, 7);
  const double top = drawing.heading(scaled(axis_title(data.outcome) + direction, marks));
  const Frame frame{margin + label_width(marks, false) + 6, page_width - margin, top, top + frontier_height};
  const Scale y{inner.low, inner.high, frame.bottom - frontier_strip, frame.top + frontier_strip};
  const Scale x = enclosing(costs, frame.left + 20, frame.right - 24);
  value_axis(drawing, y, marks, frame, false);
  const Ticks dollars = bottom_ticks(x, false);
  double below = bottom_axis(drawing, x, dollars, {frame.left, frame.right, frame.bottom, frame.bottom}, false);
  drawing.line({frame.left, frame.bottom}, {frame.right, frame.bottom}, {.colour = colour::frame});
  const auto letters = draw_points(drawing, points, x, y, frame, data.more_is_better);
  below = drawing.centred({(frame.left + frame.right) / 2, below + 14}, scaled(axis_title(data.cost), dollars));
  below = data.listed || points.empty() ? list(drawing, data, points, below + 4) : explain(drawing, letters, below + 4);
  std::string left_out;
  if (points.size() < data.points.size())
    left_out = "Without a value: " + counted(data.points.size() - points.size(), "option") + ".";
  return drawing.finish(below - 16,
                        {std::string("Line: the ") + (data.more_is_better ? "most" : "least") +
                             " to be had at that cost. Hollow: another option costs no more and attains as much.",
                         "Where ranges overlap, a lead may be chance.", left_out},
                        describe(data, points));
}

}  // namespace coalis::chart
