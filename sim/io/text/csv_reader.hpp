// The one reader of tables in CSV (RFC 4180): parameter sets and tables of points.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "coalis/core/diagnostic.hpp"

namespace coalis::io {

struct CsvCell {
  std::string text;
  int line = 1, column = 1;
};

struct CsvText {
  std::vector<CsvCell> names;              // of the columns, from the first line
  std::vector<std::vector<CsvCell>> rows;  // each as long as `names`
};

// Commas between fields, points in decimals; a field may stand in double quotes, a quote inside is doubled; no line breaks inside
// of fields. Blanks around fields, empty lines and lines that begin with # are left out; lines may end as on any system, and a
// byte order mark may come first. Anything else is an error with its place, no more than a screenful; then rows are incomplete.
CsvText parse_csv(std::string_view text, const std::string& file, std::vector<Diagnostic>& diagnostics);

}  // namespace coalis::io
