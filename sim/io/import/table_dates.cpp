// See table_dates.hpp.
#include "table_dates.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "coalis/core/names.hpp"

namespace coalis::io {
namespace {

constexpr std::array<DateOrder, 3> all_orders{DateOrder::day_month_year, DateOrder::month_day_year, DateOrder::year_month_day};

// Months and days of the week, each apart by a blank: English, German, Spanish, French, with and without accents.
constexpr std::array<std::string_view, 12> month_names{"january janvier januar jänner enero",
                                                       "february februar feber février fevrier febrero",
                                                       "march märz maerz mrz marzo mars",
                                                       "april avril abril",
                                                       "may mai mayo",
                                                       "june juni juin junio",
                                                       "july juli juillet julio",
                                                       "august août aout agosto",
                                                       "september septembre septiembre setiembre",
                                                       "october oktober octobre octubre",
                                                       "november novembre noviembre",
                                                       "december dezember décembre decembre diciembre"};
constexpr std::string_view weekdays =
    "monday tuesday wednesday weds thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag sonnabend "
    "sonntag lunes martes miércoles miercoles jueves viernes sábado sabado domingo lundi mardi mercredi jeudi vendredi samedi "
    "dimanche";

struct Part {
  std::string text;
  bool number = false;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Numbers and words; what stands between them does not count.
std::vector<Part> parts_of(std::string_view text) {
  std::vector<Part> parts;
  for (std::size_t at = 0; at < text.size();) {
    const auto letter = [&](std::size_t i) {
      const auto c = static_cast<unsigned char>(text[i]);
      return (c | 0x20u) >= 'a' && (c | 0x20u) <= 'z' ? true : c >= 0x80;
    };
    std::size_t end = at;
    if (is_digit(text[at])) {
      while (end < text.size() && is_digit(text[end])) ++end;
      parts.push_back({std::string(text.substr(at, end - at)), true});
    } else if (letter(at)) {
      while (end < text.size() && letter(end)) ++end;
      parts.push_back({std::string(text.substr(at, end - at)), false});
    } else if (std::string_view(" .,/-").find(text[at]) == std::string_view::npos) {
      return {};
    }
    at = std::max(end, at + 1);
  }
  return parts;
}

// Without what tells the time of day: "T09:30:00Z", "9:30 AM".
std::string_view without_time(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == text.npos) return text;
  std::size_t at = colon;
  while (at > 0 && is_digit(text[at - 1])) --at;
  if (at > 0 && (text[at - 1] == 'T' || text[at - 1] == 't')) --at;
  while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == ',')) --at;
  return text.substr(0, at);
}

// Whether one of the names is the word, or is shortened to it: "Sept" is September, "Separate" is not.
bool is_short_for(const std::string& word, const std::string& names, std::size_t least) {
  const std::string key = name_key(word);
  return key.size() >= least && names.find(" " + key) != names.npos;
}

int month_word(const std::string& word) {
  static const std::vector<std::string> keys = [] {
    std::vector<std::string> all;
    for (const std::string_view names : month_names) all.push_back(" " + name_key(names));
    return all;
  }();
  for (std::size_t m = 0; m < keys.size(); ++m)
    if (is_short_for(word, keys[m], 3)) return static_cast<int>(m) + 1;
  return 0;
}

bool is_weekday(const std::string& word) {
  static const std::string keys = " " + name_key(weekdays);
  return is_short_for(word, keys, 2);
}

int whole(const std::string& digits) { return digits.size() > 4 ? 0 : std::stoi(digits); }

int year_of(const Part& part) {
  const int year = whole(part.text);
  if (part.text.size() == 2) return 2000 + year;
  return part.text.size() == 4 ? year : 0;
}

std::optional<Day> checked(int year, int month, int day) {
  constexpr std::array<int, 12> days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 0) return std::nullopt;
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  if (day > days[static_cast<std::size_t>(month - 1)] + (leap && month == 2)) return std::nullopt;
  return Day{year, month, day};
}

std::optional<Day> of_spreadsheet(int number) {  // days since 1899-12-30; from 2000 on
  if (number < 36526 || number > 73050) return std::nullopt;
  int left = number - 36526;
  for (int year = 2000;; ++year)
    for (int month = 1; month <= 12; ++month) {
      int length = 31;
      while (!checked(year, month, length)) --length;
      if (left < length) return Day{year, month, left + 1};
      left -= length;
    }
}

// "Mar-24" is a month of 2024; "May 24" is a day of a year that is not told.
std::optional<Day> in_words(const std::vector<Part>& parts, int month, bool signs) {
  std::vector<Part> numbers;
  for (const Part& part : parts)
    if (part.number) numbers.push_back(part);
  if (numbers.size() == 1 && numbers[0].text.size() != 4 && (numbers[0].text.size() != 2 || !signs)) return std::nullopt;
  if (numbers.size() == 1) return checked(year_of(numbers[0]), month, 0);
  if (numbers.size() != 2) return std::nullopt;
  const bool year_first = numbers[0].text.size() == 4;
  const int day = whole(numbers[year_first ? 1 : 0].text);
  return day < 1 ? std::nullopt : checked(year_of(numbers[year_first ? 0 : 1]), month, day);
}

std::optional<Day> in_numbers(const std::vector<Part>& parts, DateOrder order) {
  if (parts.size() == 2) {
    if (parts[0].text.size() == 4) return checked(whole(parts[0].text), whole(parts[1].text), 0);
    return parts[1].text.size() == 4 ? checked(whole(parts[1].text), whole(parts[0].text), 0) : std::nullopt;
  }
  if (parts.size() != 3) return std::nullopt;
  // A year that comes first is one, however the others are written.
  const bool year_first = order == DateOrder::year_month_day || parts[0].text.size() == 4;
  const bool month_first = order == DateOrder::month_day_year;
  if (parts[0].text.size() > 2 && !year_first) return std::nullopt;
  const int year = year_of(parts[year_first ? 0 : 2]);
  const int month = whole(parts[year_first || !month_first ? 1 : 0].text);
  const int day = whole(parts[year_first ? 2 : month_first ? 1 : 0].text);
  return day < 1 ? std::nullopt : checked(year, month, day);
}

}  // namespace

std::string Day::month_text() const { return fmt::format("{:04}-{:02}", year, month); }
std::string Day::text() const { return day == 0 ? month_text() : fmt::format("{}-{:02}", month_text(), day); }

std::string_view order_name(DateOrder order) {
  return order == DateOrder::day_month_year ? "dmy" : order == DateOrder::month_day_year ? "mdy" : "ymd";
}

std::optional<DateOrder> order_named(std::string_view name) {
  for (const DateOrder order : all_orders)
    if (order_name(order) == name) return order;
  return std::nullopt;
}

std::optional<Day> day_of(std::string_view text, DateOrder order) {
  if (text.size() > 60 || std::none_of(text.begin(), text.end(), is_digit)) return std::nullopt;
  std::vector<Part> parts = parts_of(without_time(text));
  // A weekday before: "martes 5 de marzo" is no month, "March 5" is one.
  if (parts.size() > 1 && !parts[0].number && is_weekday(parts[0].text) &&
      (month_word(parts[0].text) == 0 ||
       std::any_of(parts.begin() + 1, parts.end(), [](const Part& part) { return !part.number && month_word(part.text) > 0; })))
    parts.erase(parts.begin());
  if (parts.empty() || parts.size() > 6) return std::nullopt;
  int month = 0;
  for (const Part& part : parts) {
    if (part.number) continue;
    const int found = month_word(part.text);
    const std::string key = name_key(part.text);
    const bool of_numbers =
        key == "st" || key == "nd" || key == "rd" || key == "th" || key == "de" || key == "del" || key == "er";
    if ((found == 0 && !of_numbers) || (found > 0 && month > 0)) return std::nullopt;
    if (found > 0) month = found;
  }
  if (month > 0) return in_words(parts, month, text.find_first_of("-/") != text.npos);
  if (std::any_of(parts.begin(), parts.end(), [](const Part& part) { return !part.number; })) return std::nullopt;
  if (parts.size() == 1 && parts[0].text.size() == 8) {
    const std::string& digits = parts[0].text;
    const int day = whole(digits.substr(6, 2));
    return day < 1 ? std::nullopt : checked(whole(digits.substr(0, 4)), whole(digits.substr(4, 2)), day);
  }
  if (parts.size() == 1)
    return parts[0].text.size() == 5 && text.size() == 5 ? of_spreadsheet(std::stoi(parts[0].text)) : std::nullopt;
  return in_numbers(parts, order);
}

std::vector<DateOrder> possible_orders(const std::vector<std::string>& texts) {
  std::vector<DateOrder> best;
  std::vector<std::vector<std::optional<Day>>> read;
  std::size_t most = 0;
  for (const DateOrder order : all_orders) {
    std::vector<std::optional<Day>> days;
    std::size_t count = 0;
    for (const std::string& text : texts) {
      days.push_back(day_of(text, order));
      count += days.back().has_value();
    }
    if (count > most) best.clear(), read.clear();
    if (count < most || (count == most && std::find(read.begin(), read.end(), days) != read.end())) continue;
    most = count;
    best.push_back(order);
    read.push_back(std::move(days));
  }
  const auto begins_with_year = [](const std::string& text) {
    const std::vector<Part> parts = parts_of(text);
    return parts.size() > 2 && parts[0].number && parts[0].text.size() == 4;
  };
  const bool all_begin =
      std::all_of(texts.begin(), texts.end(), [&](const std::string& text) { return text.empty() || begins_with_year(text); });
  if (best.size() == 1 && all_begin && most > 0) return {DateOrder::year_month_day};
  return best;
}

bool is_like_date(std::string_view text) {
  return std::any_of(all_orders.begin(), all_orders.end(), [&](DateOrder order) { return day_of(text, order).has_value(); });
}

bool is_no_such_day(std::string_view text) {
  if (text.size() > 24 || text.find_first_not_of("0123456789./-") != text.npos || is_like_date(text)) return false;
  const std::vector<Part> parts = parts_of(text);
  if (parts.size() != 2 && parts.size() != 3) return false;
  const auto of_year = [](const Part& part) {
    return part.text.size() == 4 && (part.text.starts_with("19") || part.text.starts_with("20"));
  };
  const bool begins = of_year(parts.front()), ends = of_year(parts.back());
  const auto is_short = [](const Part& part) { return part.text.size() <= 2; };
  const auto first = parts.begin() + (begins ? 1 : 0), last = parts.end() - (ends ? 1 : 0);
  return begins != ends && std::all_of(first, last, is_short);
}

// All runs of up to five words are tried, the longest first.
std::string date_within(std::string_view text) {
  std::vector<std::size_t> begins, ends;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool inside = text[i] != ' ' && text[i] != '_' && text[i] != '(' && text[i] != ')' && text[i] != ',';
    const bool before = i > 0 && ends.size() < begins.size();
    if (inside && !before) begins.push_back(i);
    if (!inside && before) ends.push_back(i);
  }
  if (ends.size() < begins.size()) ends.push_back(text.size());
  for (std::size_t length = 5; length > 0; --length)
    for (std::size_t first = 0; first + length <= begins.size() && first < 40; ++first)
      if (const std::string_view part = text.substr(begins[first], ends[first + length - 1] - begins[first]); is_like_date(part))
        return std::string(part);
  return "";
}

}  // namespace coalis::io
