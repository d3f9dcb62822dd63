// See numbers.hpp.
#include "numbers.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

namespace coalis::cli {
namespace {

template <class Number>
bool read_all(const std::string& text, Number& into) {
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, into);
  return error == std::errc() && stop == end;
}

[[noreturn]] void refuse(const std::string& option, const std::string& text, const std::string& takes) {
  throw CLI::ValidationError(option, fmt::format("takes {}, not '{}'", takes, text));
}

}  // namespace

std::uint64_t whole_number(const std::string& option, const std::string& text, const WholeRange& range) {
  std::uint64_t number = 0;
  if (read_all(text, number) && number >= range.least && number <= range.most) return number;
  refuse(option, text, fmt::format("a whole number from {} to {} in decimal digits", range.least, range.most));
}

double number_above_0(const std::string& option, const std::string& text) {
  double number = 0;
  if (read_all(text, number) && std::isfinite(number) && number > 0) return number;
  refuse(option, text, "a number above 0, as 0.01 or 60000 (no comma, letter or sign of money in it)");
}

std::vector<std::string> items_of(const std::string& list) {
  std::vector<std::string> items(1);
  for (const char c : list) {
    if (c == ',')
      items.emplace_back();
    else
      items.back() += c;
  }
  return items;
}

std::string range_words(const WholeRange& range) {
  const bool bounded = range.most < std::numeric_limits<std::uint64_t>::max();
  return bounded ? fmt::format("N in [{}, {}]", range.least, range.most) : fmt::format("N >= {}", range.least);
}

CLI::Option* add_names(CLI::App& command, const std::string& option, std::vector<std::string>& into, const std::string& meaning) {
  const auto read = [option, &into](const CLI::results_t& texts) {
    into.clear();
    for (const std::string& text : texts)
      for (std::string& item : items_of(text)) {
        if (item.find_first_not_of(' ') == item.npos) refuse(option, text, "names with one comma between them, as a,b");
        into.push_back(std::move(item));
      }
    return true;
  };
  return command.add_option(option, read, meaning)->type_name("TEXT,...")->take_all()->allow_extra_args(false);
}

CLI::Option* add_above_0(CLI::App& command, const std::string& option, double& into, const std::string& meaning) {
  const auto read = [option, &into](const CLI::results_t& texts) {
    into = number_above_0(option, texts.at(0));
    return true;
  };
  return command.add_option(option, read, meaning)->type_name("X > 0");
}

}  // namespace coalis::cli
