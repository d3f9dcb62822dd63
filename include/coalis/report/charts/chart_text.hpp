// Text in charts: XML escaping, widths for layout, lines, and how numbers are written (never by locale).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace coalis::chart {

// Text that is safe in XML content and in quoted attributes. What XML 1.0 cannot hold (control characters, broken UTF-8) becomes
// U+FFFD.
std::string escape(std::string_view text);

// Width in the units of `size` that no usual sans-serif face exceeds: by the metrics of Helvetica (Arial, Liberation Sans) or
// DejaVu Sans, the wider of the two.
double text_width(std::string_view text, double size, bool bold = false);

// Lines no wider than `width`, broken at spaces, or inside words that are wider. What does not fit into `most` lines ends in "…".
std::vector<std::string> wrap(std::string_view text, double width, double size, bool bold = false, std::size_t most = 100);

// The same, in no more lines but of lengths as equal as can be: for titles.
std::vector<std::string> wrap_evenly(std::string_view text, double width, double size, bool bold = false, std::size_t most = 100);

// One line no wider than `width`; shortened it ends in "…".
std::string shorten(std::string_view text, double width, double size, bool bold = false);

// The fixed rule for numbers: rounded to so many decimals (0 to 15), "," between thousands, U+2212 for minus, never "-0"; from
// 1e9 "2.50×10¹¹"; "no value" for what is not finite.
std::string number(double value, int decimals);
// The same with fewer digits of a huge number where there is no more room.
std::string number_within(double value, int decimals, double width, double size);
// "10¹³".
std::string power_of_ten(int power);
// "1 run", "3 runs".
std::string counted(std::size_t count, std::string_view noun);
// With "+" before what prints as more than 0.
std::string signed_number(double value, int decimals);

}  // namespace coalis::chart
