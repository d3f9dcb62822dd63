#include "coalis/report/words/scenario_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "coalis/core/counted.hpp"

namespace coalis {
namespace {

// After wider values and places the line is broken: what follows stands in its column, which is not widened for all.
constexpr std::size_t widest_value = 24, widest_place = 40;

// Of a column that begins there.
std::string cell(const std::string& text, std::size_t width, std::size_t begin) {
  if (text.size() <= width) return fmt::format("{:<{}}", text, width);
  return text + "\n" + std::string(begin + width, ' ');
}

std::string shown(const std::optional<std::string>& value) { return !value ? "absent" : value->empty() ? "-" : *value; }

}  // namespace

std::string values_text(std::span<const ShownValue> values) {
  std::size_t key = 0, text = 0, unit = 0, place = 0;
  for (const ShownValue& value : values) {
    key = std::max(key, value.key.size());
    text = std::max(text, std::min(widest_value, value.value.size()));
    unit = std::max(unit, value.unit.size());
    place = std::max(place, std::min(widest_place, value.origin.size()));
  }
  std::string table = "?", list;
  for (const ShownValue& value : values) {
    if (value.table != table)
      list += fmt::format("{}{}\n", table == "?" ? "" : "\n", value.table.empty() ? "top of the file" : value.table);
    table = value.table;
    const std::size_t second = 2 + key + 2, fourth = second + text + 2 + unit + 2;
    list +=
        fmt::format("  {:<{}}  {}  {:<{}}  {}  {}\n", value.key, key, cell(value.value.empty() ? "-" : value.value, text, second),
                    value.unit, unit, cell(value.origin, place, fourth), value.meaning);
  }
  return list +
         "\nColumns: key, value, unit, origin, meaning. Origin: file and line, --set, or default; of a default E is evidence,\n"
         "C calibrated jointly, A assumption.\n";
}

std::string differences_text(const std::string& a, const std::string& b, std::span<const Difference> differences) {
  if (differences.empty()) return "no differences\n";
  std::size_t path = 0, width_a = 1, width_b = 1, unit = 4;
  for (const Difference& difference : differences) {
    path = std::max(path, difference.path.size());
    width_a = std::max(width_a, std::min(widest_value, shown(difference.a).size()));
    width_b = std::max(width_b, std::min(widest_value, shown(difference.b).size()));
    unit = std::max(unit, difference.field.unit.size());
  }
  const auto row = [&](const std::string& at, const std::string& in_a, const std::string& in_b, const std::string& of,
                       const std::string& meaning) {
    const std::size_t second = path + 2, third = second + width_a + 2;
    return fmt::format("{:<{}}  {}  {}  {:<{}}  {}\n", at, path, cell(in_a, width_a, second), cell(in_b, width_b, third), of,
                       unit, meaning);
  };
  std::string text = fmt::format("A: {}\nB: {}\n\n", a, b) + row("value", "A", "B", "unit", "meaning");
  for (const Difference& d : differences) text += row(d.path, shown(d.a), shown(d.b), d.field.unit, d.field.meaning);
  return text + "\n" + counted(differences.size(), "difference") + "\n";
}

}  // namespace coalis
