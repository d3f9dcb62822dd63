#include "coalis/questions/asked_month.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "coalis/core/month_text.hpp"

namespace coalis {
namespace {

// Whether it says a month, of the run or not: "2008-7" and "July 2008" do not.
bool says_a_month(std::string_view text) {
  if (is_month(text)) return true;
  if (text.starts_with('-')) text.remove_prefix(1);
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::variant<int, Diagnostic> asked_month(const Calendar& calendar, const std::string& option, const std::string& text) {
  if (const auto month = month_said(calendar.start, calendar.months, text)) return *month;
  if (!says_a_month(text))
    return option_problem(fmt::format("{} {}", option, text), fmt::format("'{}' is no month", text),
                          fmt::format("write it as {} (January is 01), or as its number from 0", calendar.start));
  return option_problem(fmt::format("{} {}", option, text),
                        fmt::format("the run has the months {} to {} (0 to {})", month_name(calendar.start, 0),
                                    month_name(calendar.start, calendar.months - 1), calendar.months - 1),
                        "write one of them");
}

std::variant<int, Diagnostic> asked_from_month(const Calendar& calendar, const std::string& text) {
  if (text.empty()) return 0;
  auto found = asked_month(calendar, "--from-month", text);
  if (auto* problem = std::get_if<Diagnostic>(&found); problem && says_a_month(text))
    problem->advice += fmt::format(" (as {} or 0), or let it run longer, as with --set calendar.months=60", calendar.start);
  return found;
}

std::string from_month_on(std::string_view start, int from) {
  return from > 0 ? fmt::format(" from {} on", month_name(start, from)) : "";
}

}  // namespace coalis
