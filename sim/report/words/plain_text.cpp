// See plain_text.hpp.
#include "coalis/report/words/plain_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "coalis/core/double_math.hpp"
#include "coalis/core/number_text.hpp"

namespace coalis {
namespace {

using TextLines = std::vector<std::string_view>;
using Row = std::vector<std::string_view>;

constexpr std::size_t column_gap = 2;

TextLines lines_of(std::string_view text) {
  TextLines lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::size_t spaces_at(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of(' ', at), text.size()) - std::min(at, text.size());
}

// Where the word that begins at `at` ends; words that belong together are one.
std::size_t end_of_word(std::string_view line, std::size_t at) {
  constexpr std::array<std::string_view, 2> with_both{" ± ", " +- "};
  std::size_t end = std::min(line.find(' ', at), line.size());
  for (const std::string_view sign : with_both)
    if (line.substr(end).starts_with(sign)) end = std::min(line.find(' ', end + sign.size()), line.size());
  const bool number = end > at && line[end - 1] >= '0' && line[end - 1] <= '9';
  return number && line.substr(end).starts_with(" %") ? std::min(line.find(' ', end + 1), line.size()) : end;
}

// Where the lines that follow begin.
std::size_t hanging(std::string_view line, std::size_t width) {
  const std::size_t first = spaces_at(line, 0);
  if (line.substr(first).starts_with("- ")) return first + 2;
  const std::size_t gap = line.find("  ", first);
  if (gap == line.npos) return first;
  const std::size_t column = display_width(line.substr(0, gap + spaces_at(line, gap)));
  return column <= width / 2 ? column : first + 2;
}

void wrap(std::string& text, std::string_view line, std::size_t width) {
  if (display_width(line) <= width) {
    text.append(line).append("\n");
    return;
  }
  constexpr std::size_t usual_indent = 4;
  if (const std::size_t lead = spaces_at(line, 0); lead > width / 2) line.remove_prefix(lead - usual_indent);
  const std::size_t indent = hanging(line, width);
  std::size_t column = 0, at = 0;
  while (at < line.size()) {
    const std::size_t spaces = spaces_at(line, at), begin = at + spaces, end = end_of_word(line, begin);
    const std::size_t wide = display_width(line.substr(begin, end - begin));
    const bool fits = column + spaces + wide <= width;
    if (begin == end) break;  // spaces at the end
    const std::size_t under = indent + wide <= width ? indent : std::min(indent, spaces_at(line, 0) + 2);
    if (!fits && under < column + spaces) {  // a new line helps
      text.append("\n").append(under, ' ');
      column = under + wide;
    } else {
      text.append(spaces, ' ');
      column += spaces + wide;
    }
    text += line.substr(begin, end - begin);
    at = end;
  }
  text += "\n";
}

bool numeric(std::string_view cell) {
  if (cell.empty()) return true;
  if (cell.front() == '+' || cell.front() == '-') cell.remove_prefix(1);
  return cell.empty() || (cell.front() >= '0' && cell.front() <= '9');
}

class Table {
 public:
  explicit Table(const TextLines& lines) {
    for (std::string_view line : lines) {
      Row& row = rows_.emplace_back();
      while (true) {
        const std::size_t end = line.find('\t');
        row.push_back(line.substr(0, end));
        if (end == line.npos) break;
        line.remove_prefix(end + 1);
      }
      widths_.resize(std::max(widths_.size(), row.size()), 0);
      for (std::size_t c = heading(row) ? 1 : 0; c < row.size(); ++c) widths_[c] = std::max(widths_[c], display_width(row[c]));
    }
    for (std::size_t c = 0; c < widths_.size(); ++c)  // the first row has the titles
      right_.push_back(c > 0 && rows_.size() > 1 && std::all_of(rows_.begin() + 1, rows_.end(), [&](const Row& row) {
                         return c >= row.size() || numeric(row[c]);
                       }));
  }

  void print(std::string& text, std::size_t width) const {
    const std::size_t widest = *std::max_element(widths_.begin() + 1, widths_.end());
    const bool key_above = widths_[0] + column_gap + widest > width;
    std::size_t first = 1;
    do {
      const std::size_t next = fitting(first, width, key_above ? key_indent : widths_[0]);
      if (first > 1) text += "\n";
      for (const Row& row : rows_) print_row(text, row, first, next, key_above, width);
      first = next;
    } while (first < widths_.size());
  }

 private:
  static constexpr std::size_t key_indent = 2;

  static bool heading(const Row& row) {
    return std::all_of(row.begin() + 1, row.end(), [](std::string_view cell) { return cell.empty(); });
  }

  // The first column that does not fit beside those from `first` on; at least one does.
  std::size_t fitting(std::size_t first, std::size_t width, std::size_t used) const {
    std::size_t next = first;
    for (; next < widths_.size(); ++next) {
      used += column_gap + widths_[next];
      if (used > width && next > first) break;
    }
    return next;
  }

  void print_row(std::string& text, const Row& row, std::size_t first, std::size_t next, bool key_above,
                 std::size_t width) const {
    std::string line(row[0]);
    if (heading(row)) return wrap(text, line, width);
    if (key_above) {
      if (!line.empty()) wrap(text, line, width);
      line = "";
    }
    line.append((key_above ? key_indent : widths_[0]) - display_width(line), ' ');
    for (std::size_t c = first; c < std::min(next, row.size()); ++c) {
      const std::size_t pad = widths_[c] - display_width(row[c]);
      line.append(column_gap + (right_[c] ? pad : 0), ' ').append(row[c]).append(right_[c] ? 0 : pad, ' ');
    }
    wrap(text, std::string_view(line).substr(0, line.find_last_not_of(' ') + 1), width);
  }

  std::vector<Row> rows_;
  std::vector<std::size_t> widths_;
  std::vector<bool> right_;
};

}  // namespace

std::size_t display_width(std::string_view text) {
  const std::size_t bytes = text.size();
  const std::size_t padded = fmt::formatted_size("{:{}}", text, bytes);  // fmt knows what is two columns wide
  std::size_t combining = 0;                                             // U+0300 to U+036F take none
  for (std::size_t i = 0; i + 1 < bytes; ++i) {
    const auto lead = static_cast<unsigned char>(text[i]), next = static_cast<unsigned char>(text[i + 1]);
    combining += lead == 0xCC || (lead == 0xCD && next < 0xB0);
  }
  return bytes - (padded - bytes) - combining;
}

std::string fitted(std::string_view text, std::size_t width) {
  std::string result;
  const TextLines lines = lines_of(text);
  const auto tabbed = [](std::string_view line) { return line.find('\t') != line.npos; };
  for (auto line = lines.begin(); line != lines.end();) {
    if (!tabbed(*line)) {
      wrap(result, *line++, width);
      continue;
    }
    const auto end = std::find_if_not(line, lines.end(), tabbed);
    Table({line, end}).print(result, width);
    line = end;
  }
  return result;
}

std::string fixed(double value, int decimals) {
  if (!std::isfinite(value)) return "-";
  const std::string text = fmt::format("{:.{}f}", halves_away(value), decimals);
  return text.front() == '-' && text.find_first_of("123456789") == text.npos ? text.substr(1) : text;
}

std::string significant(double value, int digits) {
  if (!std::isfinite(value)) return "-";
  if (value == 0) return "0";
  const int before = power_of_ten_in(std::abs(value)) + 1;
  std::string text = fmt::format("{:.{}f}", halves_away(value), std::clamp(digits - before, 0, 12));
  if (text.find('.') != text.npos) text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text == "-0" ? "0" : text;
}

std::string duration_text(double seconds) {
  const auto s = static_cast<long>(std::ceil(seconds));
  if (s < 100) return fmt::format("{} s", s);
  return s < 6000 ? fmt::format("{} min", (s + 30) / 60) : fmt::format("{:.1f} h", seconds / 3600);
}

std::string number(double value) {
  constexpr double hidden = 0.0005, nothing = 5e-7;  // by three decimals; less is what doubles err by
  const double size = std::abs(value);
  if (size < hidden && size >= nothing) return significant(value, 1);
  return fixed(value, decimals_beside(size));
}
int decimals_beside(double largest) { return largest >= 1000 ? 0 : largest >= 100 ? 1 : 3; }
std::string signed_number(double value) {
  const std::string text = number(value);
  return value > 0 && text.find_first_of("123456789") != std::string::npos ? "+" + text : text;
}

}  // namespace coalis
