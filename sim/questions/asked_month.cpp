#include "coalis/questions/asked_month.hpp"

#include <fmt/format.h>

#include "coalis/core/month_text.hpp"

namespace coalis {

std::variant<int, Diagnostic> asked_month(const Calendar& calendar, const std::string& option, const std::string& text) {
  if (const auto month = month_said(calendar.start, calendar.months, text)) return *month;
  return option_problem(fmt::format("{} {}", option, text),
                        fmt::format("the run has the months {} to {} (0 to {})", month_name(calendar.start, 0),
                                    month_name(calendar.start, calendar.months - 1), calendar.months - 1),
                        "write one of them");
}

std::variant<int, Diagnostic> asked_from_month(const Calendar& calendar, const std::string& text) {
  if (text.empty()) return 0;
  auto found = asked_month(calendar, "--from-month", text);
  if (auto* problem = std::get_if<Diagnostic>(&found))
    problem->advice += fmt::format(" (as {} or 0), or let it run longer, as with --set calendar.months=60", calendar.start);
  return found;
}

std::string from_month_on(std::string_view start, int from) {
  return from > 0 ? fmt::format(" from {} on", month_name(start, from)) : "";
}

}  // namespace coalis
