// Text for people on lines of a given width: prose is wrapped, tables are laid out, numbers have no exponents. Writers of text
// need not know the width: they write a paragraph as one line and a table as lines of cells with tabs between them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace coalis {

// Columns of lines where nothing says how wide they are.
inline constexpr std::size_t printed_width = 80;

// Columns that UTF-8 text takes on a terminal.
std::size_t display_width(std::string_view text);

// The text on lines of at most `width` columns; only a word that is wider stands out.
// - A line without tabs is wrapped at spaces. What follows is indented like what stands behind its first gap of two or more
// spaces
//   (or behind "- "), or by two more than the line if that is far to the right. "12 ± 3" and a number and its "%" stay together.
// - Neighbouring lines with tabs are a table. Columns of numbers go to the right. If it is too wide, the columns that do not fit
// go
//   on below, each time beside the first one, the key. A row that ends with a tab and has one cell is a heading within the table,
//   as wide as it likes and repeated wherever columns go on.
std::string fitted(std::string_view text, std::size_t width);

// So many digits behind the point, and never "-0.0"; "-" for what is no number.
std::string fixed(double value, int decimals);

// So many significant digits, but all digits before the point and never an exponent: "29352", "0.0123", "2.5"; "-" for what is no
// number. Trailing zeros behind the point are dropped.
std::string significant(double value, int digits);

// "42 s", "12 min", "3.5 h"
std::string duration_text(double seconds);
// Of answers' tables: "0.123", "1234", "-" for missing; signed: "+0.123". What three decimals would hide has more: "0.0004".
std::string number(double value);
std::string signed_number(double value);
// Decimals of all numbers of a column whose largest this is.
int decimals_beside(double largest);

}  // namespace coalis
