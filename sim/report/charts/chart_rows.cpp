// Charts of rows.
#include "chart_rows.hpp"

#include <algorithm>

namespace coalis::chart {
namespace {

constexpr double leading = 15;

}  // namespace

double draw_rows(Drawing& drawing, double top, const std::vector<Row>& rows, const Extent& extent, double inset, bool difference,
                 const std::string& title, const DrawRow& draw, double body) {
  if (rows.empty()) return drawing.paragraph({margin, top + 14}, no_values, page_width - 2 * margin, {}) - 12;
  struct Placed {
    std::vector<std::string> lines;
    double top, body;
  };
  std::vector<Placed> placed;
  double bottom = top;
  for (const Row& row : rows) {
    const double remark = row.remark.empty() ? 0 : text_width(row.remark, small_size) + 8;
    Placed p{wrap(row.name, page_width - 2 * margin - remark, small_size, true, 2), bottom, 0};
    p.body = bottom + leading * static_cast<double>(p.lines.size()) + 3 + body / 2;
    bottom = p.body + body / 2 + 4;
    placed.push_back(std::move(p));
  }
  const Scale x = enclosing(extent, margin + inset, page_width - margin - inset);
  const Ticks marks = bottom_ticks(x, difference);
  // The grid is drawn row by row and leaves the names free.
  for (const Placed& p : placed) {
    for (const double v : marks.values) {
      const bool zero = difference && v == 0;
      drawing.line({x(v), p.body - body / 2}, {x(v), p.body + body / 2},
                   {.colour = zero ? colour::ink : colour::grid, .width = zero ? 1.4 : 1});
    }
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    double y = placed[i].top + 13;
    for (const std::string& line : placed[i].lines) {
      drawing.text({margin, y}, line, {.bold = true}, rows[i].name);
      y += leading;
    }
    drawing.text({page_width - margin, placed[i].top + 13}, rows[i].remark, {.anchor = "end"});
    draw(i, x, placed[i].body);
  }
  drawing.line({margin, bottom}, {page_width - margin, bottom}, {.colour = colour::frame});
  const double below = bottom_axis(drawing, x, marks, {margin, page_width - margin, bottom, bottom}, difference);
  return drawing.centred({page_width / 2, below + 14}, scaled(title, marks)) - 12;
}

}  // namespace coalis::chart
