// Single values of a scenario: types, ranges, names and dates.
#include <charconv>
#include <cmath>

#include "coalis/core/counted.hpp"
#include "coalis/core/number_text.hpp"
#include "scenario_reading.hpp"

namespace coalis::io {
namespace {

std::string_view noun(Refers refers) {
  switch (refers) {
    case Refers::region:
    case Refers::regions: return "region";
    case Refers::hub: return "hub";
    case Refers::kind: return "kind";
    default: return "choice";
  }
}

// The list whose names may stand there; a switch has none.
std::string_view list_of(Refers refers) {
  switch (refers) {
    case Refers::region:
    case Refers::regions: return "regions";
    case Refers::hub: return "hubs";
    case Refers::kind: return "kinds";
    default: return "";
  }
}

const NameIndex& index_for(Reading& reading, Refers refers) {
  switch (refers) {
    case Refers::hub: return reading.index("hubs", reading.scenario.hubs);
    case Refers::kind: return reading.index("kinds", reading.scenario.kinds);
    default: return reading.index("regions", reading.scenario.regions);
  }
}

// What was meant by a text where none belongs: a number or a switch as other programs write them.
std::string advice_on_text(const std::string& text, std::string_view wanted) {
  if (text == "TRUE" || text == "True") return "write true";
  if (text == "FALSE" || text == "False") return "write false";
  if (decimal_number(text)) return "write it without quotes";
  if (const auto comma = text.find(','); comma != text.npos) {
    std::string pointed = text;
    pointed[comma] = '.';
    if (decimal_number(pointed)) return fmt::format("'{}' has a decimal comma: write {}", text, pointed);
  }
  return fmt::format("write {} instead of '{}'", wanted, text);
}

void wrong_type(Reading& reading, std::string_view key, const Node& node, std::string_view wanted, bool quotes = false) {
  const bool text = std::holds_alternative<std::string>(node.value) && wanted.find("list") == wanted.npos;
  reading.error(node.place, fmt::format("{} takes {}, not {}", key, wanted, type_name(node)),
                quotes ? "write it in quotes"
                : text ? advice_on_text(std::get<std::string>(node.value), wanted)
                       : fmt::format("write {}", wanted));
}

void out_of_range(Reading& reading, std::string_view key, const std::string& value, const Node& node, const Bounds& bounds,
                  std::string_view unit) {
  reading.error(node.place, fmt::format("{} = {} is out of range", key, value),
                std::isinf(bounds.min) && std::isinf(bounds.max)
                    ? std::string("give a finite number")
                    : fmt::format("give a value {}{}",
                                  bounds.min > -1e300 && bounds.max < 1e300 && !bounds.open_min && !bounds.open_max
                                      ? "within " + range_text(bounds)
                                      : range_text(bounds),
                                  unit.empty() || unit == "1" ? "" : fmt::format(" ({})", unit)));
}

}  // namespace

std::optional<int> parse_date(std::string_view text) {
  const auto digits = [&](std::size_t from, std::size_t count, int& value) {
    const auto [end, error] = std::from_chars(text.data() + from, text.data() + from + count, value);
    return error == std::errc() && end == text.data() + from + count && value >= 0;
  };
  int year = 0, month = 0;
  if (text.size() != 7 || text[4] != '-' || !digits(0, 4, year) || !digits(5, 2, month) || month < 1 || month > 12)
    return std::nullopt;
  return year * 12 + month - 1;
}

std::optional<double> read_number(Reading& reading, std::string_view key, const Node& node, const Bounds& bounds,
                                  std::string_view unit) {
  double value = 0;
  if (const auto* real = std::get_if<double>(&node.value))
    value = *real;
  else if (const auto* integer = std::get_if<std::int64_t>(&node.value))
    value = static_cast<double>(*integer);
  else
    return wrong_type(reading, key, node, "a number"), std::nullopt;
  if (std::isfinite(value) && within(bounds, value)) return value;
  return out_of_range(reading, key, number_text(value), node, bounds, unit), std::nullopt;
}

std::optional<int> read_integer(Reading& reading, std::string_view key, const Node& node, const Bounds& bounds,
                                std::string_view unit) {
  const auto* value = std::get_if<std::int64_t>(&node.value);
  if (!value) return wrong_type(reading, key, node, "a whole number"), std::nullopt;
  if (within(bounds, static_cast<double>(*value))) return static_cast<int>(*value);
  return out_of_range(reading, key, std::to_string(*value), node, bounds, unit), std::nullopt;
}

std::optional<bool> read_switch(Reading& reading, std::string_view key, const Node& node) {
  if (const auto* value = std::get_if<bool>(&node.value)) return *value;
  return wrong_type(reading, key, node, "true or false"), std::nullopt;
}

std::optional<std::string> read_text(Reading& reading, std::string_view key, const Node& node) {
  if (const auto* value = std::get_if<std::string>(&node.value)) return *value;
  return wrong_type(reading, key, node, "text", true), std::nullopt;
}

std::optional<int> read_name(Reading& reading, std::string_view key, const Node& node, Refers refers) {
  const auto* value = std::get_if<std::string>(&node.value);
  if (!value) return wrong_type(reading, key, node, "a name", true), std::nullopt;
  const std::string_view list = list_of(refers);
  if (list.empty()) {
    const auto names = choices(refers);
    const auto found = std::find(names.begin(), names.end(), *value);
    if (found != names.end()) return static_cast<int>(found - names.begin());
    reading.error(node.place, fmt::format("{}: there is no {} '{}'", key, noun(refers), *value),
                  choose_advice(*value, {names.begin(), names.end()}));
    return std::nullopt;
  }
  const NameIndex& index = index_for(reading, refers);
  if (const auto found = index.find(*value)) return found;
  if (reading.broken.contains(noun(refers))) return std::nullopt;  // their list is wrong and has been reported
  reading.no_such(node.place, fmt::format("{}: there is no {} '{}'", key, noun(refers), *value), list, *value, index.names());
  return std::nullopt;
}

std::optional<std::vector<int>> read_names(Reading& reading, std::string_view key, const Node& node) {
  const auto* list = std::get_if<Array>(&node.value);
  if (!list) return wrong_type(reading, key, node, "a list of regions"), std::nullopt;
  std::vector<int> indices;
  bool good = true;
  for (const Node& item : *list) {
    const auto index = read_name(reading, key, item, Refers::region);
    if (index && std::find(indices.begin(), indices.end(), *index) != indices.end()) {
      reading.error(item.place, fmt::format("{} names '{}' twice", key, reading.scenario.regions[*index].name),
                    "remove one of them");
      good = false;
    }
    good = good && index;
    if (index) indices.push_back(*index);
  }
  if (!good) return std::nullopt;
  return indices;
}

std::optional<int> read_month(Reading& reading, std::string_view key, const Node& node) {
  const auto* date = std::get_if<std::string>(&node.value);
  const auto* number = std::get_if<std::int64_t>(&node.value);
  if (!date && !number) return wrong_type(reading, key, node, "a month as \"YYYY-MM\"", true), std::nullopt;
  const auto parsed = date ? parse_date(*date) : std::nullopt;
  if (date && !parsed) {
    reading.error(node.place, fmt::format("{} = \"{}\" is no month", key, *date), "write it as \"YYYY-MM\", January is 01");
    return std::nullopt;
  }
  if (!reading.dated) return std::nullopt;  // the calendar is wrong and has been reported
  const Calendar& calendar = reading.scenario.calendar;
  const std::int64_t month = date ? *parsed - *parse_date(calendar.start) : *number;
  const std::string text = date ? *date : fmt::format("month {}", *number);
  if (month < 0) {
    reading.error(node.place, fmt::format("{}: {} is before the start of the calendar", key, text),
                  fmt::format("the calendar starts in {}", calendar.start));
    return std::nullopt;
  }
  if (key == "until") return static_cast<int>(std::min<std::int64_t>(month, calendar.months));
  if (month < calendar.months) return static_cast<int>(month);
  reading.error(node.place, fmt::format("{}: {} is after the end of the calendar", key, text),
                fmt::format("the calendar has {} from {}", counted(calendar.months, "month"), calendar.start));
  return std::nullopt;
}

}  // namespace coalis::io
