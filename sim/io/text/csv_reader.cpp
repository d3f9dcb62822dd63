// See csv_reader.hpp.
#include "csv_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "coalis/core/characters.hpp"
#include "coalis/core/counted.hpp"
#include "toml_tree.hpp"

namespace coalis::io {
namespace {

constexpr std::size_t most_errors = 20;
constexpr std::string_view blanks = " \t";

// "0,142": digits, a comma, digits, nothing else.
bool has_decimal_comma(std::string_view text) {
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  const auto comma = text.find(',');
  const auto digits = [](std::string_view part) { return !part.empty() && part.find_first_not_of("0123456789") == part.npos; };
  return comma != text.npos && digits(text.substr(0, comma)) && digits(text.substr(comma + 1));
}

// What stands behind # is a comment, but for what spreadsheets write where they could not compute: a row that began so would be
// lost.
bool is_comment(std::string_view line) {
  constexpr std::string_view not_computed[] = {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"};
  return line.front() == '#' && std::none_of(std::begin(not_computed), std::end(not_computed),
                                             [&](std::string_view error) { return line.starts_with(error); });
}

class Csv {
 public:
  Csv(std::string_view text, const std::string& file, std::vector<Diagnostic>& diagnostics)
      : text_(text), file_(file), diagnostics_(diagnostics), before_(diagnostics.size()) {}

  CsvText read() {
    if (text_.starts_with("\xEF\xBB\xBF")) text_.remove_prefix(3);  // byte order mark
    if (text_.find('\0') != text_.npos) {
      error({"", 1, 1}, "a byte 0, which no text has", "save the table as CSV in UTF-8");
      return {};
    }
    if (auto bad = check_table_text(text_, file_)) {
      diagnostics_.push_back(*std::move(bad));
      return {};
    }
    while (!text_.empty() && diagnostics_.size() - before_ < most_errors) line(next_line());
    return std::move(csv_);
  }

 private:
  std::string_view next_line() {
    const auto end = std::min(text_.find_first_of("\r\n"), text_.size());
    const std::string_view line = text_.substr(0, end);
    text_.remove_prefix(text_.substr(end).starts_with("\r\n") ? end + 2 : std::min(end + 1, text_.size()));
    ++line_;
    return line;
  }

  void line(std::string_view line) {
    if (trimmed(line).empty() || is_comment(line)) return;
    std::vector<CsvCell> cells;
    if (!split(line, cells)) return;
    if (csv_.names.empty()) return header(line, std::move(cells));
    if (cells.size() != csv_.names.size())
      return error({"", line_, 1}, fmt::format("{} for {}", counted(cells.size(), "field"), counted(csv_.names.size(), "column")),
                   "give every column a value; fields are separated by commas, decimals have a point");
    for (const CsvCell& cell : cells)
      if (has_decimal_comma(cell.text))
        return error(cell, fmt::format("'{}' has a decimal comma", cell.text), "write a point; commas separate fields");
    csv_.rows.push_back(std::move(cells));
  }

  void header(std::string_view line, std::vector<CsvCell> cells) {
    std::set<std::string> seen;
    for (const CsvCell& cell : cells) {
      if (cells.size() == 1 && line.find_first_of(";\t") != line.npos)
        error(cell, "columns that are not separated by commas", "separate fields by commas, and write decimals with a point");
      else if (cell.text.empty())
        error(cell, "a column without a name", "name it, or remove it from all lines");
      else if (!seen.insert(cell.text).second)
        error(cell, fmt::format("column '{}' twice", cell.text), "leave one out");
    }
    csv_.names = std::move(cells);
  }

  // False, and an error, for a quote that is not closed or has something beside it.
  bool split(std::string_view line, std::vector<CsvCell>& cells) {
    std::size_t at = 0;
    while (true) {
      at = std::min(line.find_first_not_of(blanks, at), line.size());
      CsvCell cell{"", line_, column_of(line, at)};
      bool closed = true;
      if (at < line.size() && line[at] == '"') {
        closed = quoted(line, at, cell.text);
        const auto end = std::min(line.find(',', at), line.size());
        closed = closed && trimmed(line.substr(at, end - at)).empty();
        at = end;
      } else {
        const auto end = std::min(line.find(',', at), line.size());
        cell.text = trimmed(line.substr(at, end - at));
        at = end;
      }
      if (!closed) {
        error(cell, "a quote that is not closed or not at a field's ends", "write \"...\", a quote inside as \"\"");
        return false;
      }
      cells.push_back(std::move(cell));
      if (at >= line.size()) return true;
      ++at;  // the comma
    }
  }

  // From the opening quote to behind the closing one.
  static bool quoted(std::string_view line, std::size_t& at, std::string& text) {
    for (++at; at < line.size(); ++at) {
      if (line[at] == '"') {
        if (at + 1 >= line.size() || line[at + 1] != '"') return ++at, true;
        ++at;
      }
      text += line[at];
    }
    return false;
  }

  // In characters, from 1.
  static int column_of(std::string_view line, std::size_t at) {
    const auto follows = [](char c) { return (static_cast<unsigned char>(c) & 0xC0u) == 0x80u; };
    return 1 + static_cast<int>(at - static_cast<std::size_t>(
                                         std::count_if(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(at), follows)));
  }

  void error(const CsvCell& at, std::string problem, std::string advice) {
    diagnostics_.push_back({file_, at.line, at.column, false, std::move(problem), std::move(advice)});
  }

  std::string_view text_;
  const std::string& file_;
  std::vector<Diagnostic>& diagnostics_;
  std::size_t before_;
  int line_ = 0;
  CsvText csv_;
};

}  // namespace

CsvText parse_csv(std::string_view text, const std::string& file, std::vector<Diagnostic>& diagnostics) {
  return Csv(text, file, diagnostics).read();
}

}  // namespace coalis::io
