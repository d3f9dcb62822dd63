// A field of a table in CSV (RFC 4180).
#pragma once

#include <string>
#include <string_view>

#include "coalis/core/number_text.hpp"

namespace coalis::io {

// Text that a spreadsheet would take for a formula: it begins as one and is no number.
inline bool is_like_formula(std::string_view text) {
  if (text.empty() || std::string_view("=+-@\t\r").find(text.front()) == text.npos) return false;
  if (text.front() == '+') text.remove_prefix(1);
  return !decimal_number(text);
}

// A field, in quotes if it needs them, as what begins a comment of parse_csv does; an apostrophe before what is like a formula,
// as spreadsheets mark text.
inline std::string csv_field(std::string_view text) {
  std::string marked = is_like_formula(text) ? "'" + std::string(text) : std::string(text);
  if (marked.find_first_of(",\"\r\n") == marked.npos && !marked.starts_with('#')) return marked;
  std::string quoted = "\"";
  for (const char c : marked) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + "\"";
}

}  // namespace coalis::io
