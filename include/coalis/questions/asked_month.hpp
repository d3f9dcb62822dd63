// Months as they are asked for: by number or as a date.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "coalis/model/scenario.hpp"
#include "coalis/questions/asked.hpp"

namespace coalis {

// The month of the calendar that an option's text says ("2006-03", or its number from 0), or that it has none such.
std::variant<int, Diagnostic> asked_month(const Calendar& calendar, const std::string& option, const std::string& text);

// The month in which options begin (--from-month): 0, the whole run, if nothing was said.
std::variant<int, Diagnostic> asked_from_month(const Calendar& calendar, const std::string& text);

// " from July 2008 on" of what is said of that time alone, "" of the whole run.
std::string from_month_on(std::string_view start, int from);

}  // namespace coalis
