// Tables as other programs write them, read whatever their form: nothing in them is an error. (parse_csv is for tables of this
// program's own formats, where a decimal comma or a missing field is one.)
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace coalis::io {

struct SourceRow {
  int line = 0;                    // where it begins, from 1
  std::vector<std::string> cells;  // cleaned (decoded_text.hpp)

  bool blank() const;
  const std::string& cell(std::size_t column) const;  // "" beyond the end
};

struct DelimitedText {
  char delimiter = ',';
  std::vector<SourceRow> rows;  // blank ones, too
};

// The delimiter (comma, semicolon, tab, bar) is the one that gives most rows an equal number of cells. Cells may stand in double
// quotes, with line breaks and doubled quotes inside; if there are none, in single ones. A quote that is not closed is a
// character.
DelimitedText parse_delimited(std::string_view text);

// With this delimiter.
std::vector<SourceRow> split_rows(std::string_view text, char delimiter, char quote = '"');

}  // namespace coalis::io
