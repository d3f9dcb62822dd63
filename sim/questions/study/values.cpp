#include "values.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <limits>

#include "coalis/core/names.hpp"
#include "coalis/core/number_text.hpp"

namespace coalis {

std::string variable_name(std::string name) {
  std::replace(name.begin(), name.end(), '/', '_');
  return name;
}

bool same_column(const std::string& a, const std::string& b) { return name_key(a) == name_key(b); }

std::optional<std::vector<double>> numbers_of(const std::vector<StudyPoint>& points, std::size_t factor) {
  std::vector<std::string> values;
  for (const StudyPoint& point : points) values.push_back(point.values[factor]);
  return numbers_in(values);
}

std::optional<std::vector<double>> numbers_in(const std::vector<std::string>& texts) {
  std::vector<double> numbers;
  for (const std::string& text : texts) {
    const auto number = decimal_number(text);
    if (!text.empty() && !number) return std::nullopt;
    numbers.push_back(number.value_or(std::numeric_limits<double>::quiet_NaN()));
  }
  return numbers;
}

std::string paths_text(const Factor& factor) {
  std::string text;
  for (const std::string& path : factor.paths) text.append(text.empty() ? "" : ", ").append(path);
  for (std::size_t v = 0; v < factor.settings.size(); ++v)
    text += fmt::format("{}{}: {}", v > 0 ? "; " : "", plain_text(factor.values[v]), fmt::join(factor.settings[v], ", "));
  return text;
}

std::string plain_text(const std::string& value) {
  const bool is_quoted = value.size() >= 2 && value.front() == '"' && value.find('"', 1) == value.size() - 1;
  return is_quoted ? value.substr(1, value.size() - 2) : value;
}

std::string unquoted(const std::string& value) {
  return value.size() >= 2 && value.front() == '"' && value.back() == '"' ? value.substr(1, value.size() - 2) : value;
}

}  // namespace coalis
