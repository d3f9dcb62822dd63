// See delimited_text.hpp.
#include "delimited_text.hpp"

#include <algorithm>
#include <map>

#include "decoded_text.hpp"

namespace coalis::io {
namespace {

constexpr std::string_view delimiters = ",;\t|";

// Single quotes around a cell: only where no double quote is, and never in the middle of a word.
char quote_of(std::string_view text) {
  if (text.find('"') != text.npos) return '"';
  std::size_t quoted = 0, lines = 0;
  for (std::size_t at = 0; at < text.size(); at = std::min(text.find('\n', at), text.size() - 1) + 1) {
    ++lines;
    if (text[at] == '\'') ++quoted;
  }
  return quoted * 2 > lines ? '\'' : '"';
}

class Splitter {
 public:
  Splitter(std::string_view text, char delimiter, char quote) : text_(text), delimiter_(delimiter), quote_(quote) {}

  std::vector<SourceRow> rows() {
    while (at_ < text_.size()) {
      SourceRow row{line_, {}};
      do row.cells.push_back(cell());
      while (more_);
      rows_.push_back(std::move(row));
    }
    return std::move(rows_);
  }

 private:
  // Up to the delimiter, which is passed (then there is another cell in the row), or the end of the row.
  std::string cell() {
    const std::size_t first = text_.find_first_not_of(delimiter_ == '\t' ? " " : " \t", at_);
    std::string text;
    if (first != text_.npos && text_[first] == quote_) {
      if (const std::size_t end = closing(first + 1); end != text_.npos) {
        for (std::size_t i = first + 1; i < end; ++i) {
          text += text_[i];
          line_ += text_[i] == '\n';
          if (text_[i] == quote_ && i + 1 < end && text_[i + 1] == quote_) ++i;
        }
        at_ = end + 1;
      }
    }
    const std::size_t end = std::min(text_.find_first_of(std::string{delimiter_, '\n'}, at_), text_.size());
    text += text_.substr(at_, end - at_);
    more_ = end < text_.size() && text_[end] == delimiter_;
    if (!more_) ++line_;
    at_ = std::min(end + 1, text_.size());
    return cleaned(text);
  }

  // The quote that ends a cell: single, and before a delimiter or the end of a line.
  std::size_t closing(std::size_t from) {
    if (unclosed_from_ <= from) return text_.npos;
    for (std::size_t i = from; (i = text_.find(quote_, i)) != text_.npos; ++i) {
      if (i + 1 < text_.size() && text_[i + 1] == quote_) {
        ++i;
        continue;
      }
      const std::size_t next = text_.find_first_not_of(' ', i + 1);
      if (next == text_.npos || text_[next] == delimiter_ || text_[next] == '\n') return i;
    }
    unclosed_from_ = from;  // so that a text of open quotes is read once
    return text_.npos;
  }

  std::string_view text_;
  char delimiter_, quote_;
  std::vector<SourceRow> rows_;
  std::size_t at_ = 0, unclosed_from_ = std::string_view::npos;
  int line_ = 1;
  bool more_ = false;
};

// How many rows have the commonest number of cells, if that is more than one; then that number.
std::pair<std::size_t, std::size_t> evenness(std::string_view text, char delimiter, char quote) {
  std::map<std::size_t, std::size_t> rows;
  for (const SourceRow& row : split_rows(text, delimiter, quote))
    if (row.cells.size() > 1 && !row.blank()) ++rows[row.cells.size()];
  std::pair<std::size_t, std::size_t> best{0, 0};
  for (const auto& [cells, count] : rows) best = std::max(best, {count, cells});
  return best;
}

}  // namespace

bool SourceRow::blank() const {
  return std::all_of(cells.begin(), cells.end(), [](const std::string& cell) { return cell.empty(); });
}

const std::string& SourceRow::cell(std::size_t column) const {
  static const std::string none;
  return column < cells.size() ? cells[column] : none;
}

std::vector<SourceRow> split_rows(std::string_view text, char delimiter, char quote) {
  return Splitter(text, delimiter, quote).rows();
}

DelimitedText parse_delimited(std::string_view text) {
  constexpr std::size_t looked_at = 1 << 16;
  DelimitedText table;
  const char quote = quote_of(text);
  std::pair<std::size_t, std::size_t> best{0, 0};
  const bool told = text.starts_with("sep=") && text.size() > 5 && text[5] == '\n' && delimiters.find(text[4]) != text.npos;
  if (told) {  // what a spreadsheet writes for itself
    table.delimiter = text[4];
    table.rows = split_rows(text.substr(6), table.delimiter, quote);
    for (SourceRow& row : table.rows) ++row.line;
    return table;
  }
  for (const char delimiter : delimiters)
    if (const auto found = evenness(text.substr(0, looked_at), delimiter, quote); found > best) {
      best = found;
      table.delimiter = delimiter;
    }
  table.rows = split_rows(text, table.delimiter, quote);
  return table;
}

}  // namespace coalis::io
