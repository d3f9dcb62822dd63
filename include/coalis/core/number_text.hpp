// Numbers as text, the same on every machine, whatever the locale.
#pragma once

#include <optional>
#include <string_view>

namespace coalis {

// The number that the whole text is: "-1.5", ".5e3", "inf", "nan"; no blanks, no "+" before it. Nothing if it is none, or larger
// or nearer to 0 than a number can be. What std::from_chars reads, which the standard library of browsers (libc++ 19) lacks.
std::optional<double> decimal_number(std::string_view text);

// A hair further from 0: what is half of a last digit, but for how it was computed, is then rounded away from 0 wherever it is
// printed. The hair is more than sums of doubles err by and less than any digit that is shown.
constexpr double halves_away(double value) { return value * (1 + 1e-12); }

}  // namespace coalis
