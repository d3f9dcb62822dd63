// See month_text.hpp.
#include "coalis/core/month_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace coalis {

bool is_month(std::string_view text) {
  const auto digits = [](std::string_view part) { return part.find_first_not_of("0123456789") == part.npos; };
  if (text.size() != 7 || text[4] != '-' || !digits(text.substr(0, 4)) || !digits(text.substr(5))) return false;
  return text.substr(5) >= "01" && text.substr(5) <= "12";
}

int month_number(std::string_view text) {
  return 12 * std::stoi(std::string(text.substr(0, 4))) + std::stoi(std::string(text.substr(5, 2))) - 1;
}

int leading_month(std::string_view name) {
  const std::string_view month = name.substr(0, 7);
  return is_month(month) && (name.size() == 7 || name[7] == '-') ? month_number(month) : -1;
}

int usual_gap(int first, int last, std::size_t events) {
  const int gaps = std::max(1, static_cast<int>(events) - 1);
  return (last - first + gaps - 1) / gaps;
}

std::string month_text(std::string_view start, int month) {
  const int months = month_number(start) + month;
  return fmt::format("{:04}-{:02}", months / 12, months % 12 + 1);
}

std::optional<int> month_said(std::string_view start, int months, std::string_view text) {
  int month = -1;
  if (is_month(text)) {
    month = month_number(text) - month_number(start);
  } else {
    const char* end = text.data() + text.size();
    if (text.starts_with('-') || std::from_chars(text.data(), end, month) != std::from_chars_result{end, std::errc()})
      return std::nullopt;
  }
  return month >= 0 && month < months ? std::optional(month) : std::nullopt;
}

std::string month_name(std::string_view start, int month) {
  constexpr std::array names{"January", "February", "March",     "April",   "May",      "June",
                             "July",    "August",   "September", "October", "November", "December"};
  const int months = month_number(start) + month;
  return fmt::format("{} {}", names[static_cast<std::size_t>(months % 12)], months / 12);
}

}  // namespace coalis
