// Months of the calendar, "YYYY-MM".
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace coalis {

// Whether the text is "YYYY-MM", MM from 01 to 12.
bool is_month(std::string_view text);
// Months since January of year 0; `text` is "YYYY-MM".
int month_number(std::string_view text);
// The same of a name that begins with a month, "2024-07" or "2024-07-03"; -1 of any other.
int leading_month(std::string_view name);
// Months from one event to the next, rounded up, of so many from month `first` to `last`; the whole time if there is but one.
int usual_gap(int first, int last, std::size_t events);
// The month so many after `start`: of "2024-11" and 2, "2025-01".
std::string month_text(std::string_view start, int month);
// The month of a run of so many months that a text says, its number from 0 or "YYYY-MM"; nothing if the run does not have it.
std::optional<int> month_said(std::string_view start, int months, std::string_view text);
// In words: "January 2025".
std::string month_name(std::string_view start, int month);

}  // namespace coalis
