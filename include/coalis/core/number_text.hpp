// Numbers as text, the same on every machine, whatever the locale.
#pragma once

#include <optional>
#include <string_view>

namespace coalis {

// The number that the whole text is: "-1.5", ".5e3", "inf", "nan"; no blanks, no "+" before it. Nothing if it is none, or larger
// or nearer to 0 than a number can be. What std::from_chars reads, which the standard library of browsers (libc++ 19) lacks.
std::optional<double> decimal_number(std::string_view text);

}  // namespace coalis
