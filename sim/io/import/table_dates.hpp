// Dates in tables: three orders, decided for a whole file.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace coalis::io {

struct Day {
  int year = 0, month = 0, day = 0;  // day 0: the month alone is told
  bool operator==(const Day&) const = default;
  bool operator<(const Day& other) const { return std::tie(year, month, day) < std::tie(other.year, other.month, other.day); }
  std::string month_text() const;  // "2025-03"
  std::string text() const;        // "2025-03-04", "2025-03"
};

enum class DateOrder { day_month_year, month_day_year, year_month_day };
std::string_view order_name(DateOrder order);                 // "dmy", "mdy", "ymd"
std::optional<DateOrder> order_named(std::string_view name);  // of these

// The day that the whole text is under this order: numbers with dots, slashes, hyphens or blanks between them, months in words
// (English, German, Spanish, French), a weekday before, a time behind; "2025-03", "March 2025"; the day numbers of spreadsheets
// (36526 to 73050, years 2000 to 2099). Years of two digits are of this century. Nothing else is a date.
std::optional<Day> day_of(std::string_view text, DateOrder order);

// Which orders read the most of these texts, in the order above. One: decided. Several that read every text alike count as one.
std::vector<DateOrder> possible_orders(const std::vector<std::string>& texts);

// Whether it is a date under some order.
bool is_like_date(std::string_view text);

// Whether it is written as a date and is no day or month that there is: "2022-13-01", "30.02.2022", "13/2024".
bool is_no_such_day(std::string_view text);

// The first date between other words, the longest that can be read; "" without.
std::string date_within(std::string_view text);

}  // namespace coalis::io
