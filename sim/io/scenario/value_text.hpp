// Values of a scenario as TOML: how they are written to files and shown to people.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

#include "coalis/model/fields.hpp"

namespace coalis::io {

std::string toml_string(std::string_view text);
// A key, in quotes if it needs them.
std::string toml_key(std::string_view name);
// A TOML float: shortest digits that read back as the same bits, with a point or an exponent.
std::string real_text(double value);
// A list of texts.
std::string toml_list(const std::vector<std::string>& texts);
// "YYYY-MM", in quotes.
std::string month_text(const Calendar& calendar, int month);
// What an index stands for: the name of a region, hub, kind or choice, a month ("" for none); else the number.
std::string reference_text(const Scenario& scenario, Refers refers, int index);
// The names of regions.
std::string regions_text(const Scenario& scenario, const std::vector<int>& regions);

// The value of a row; "" if there is none.
template <class T>
std::string value_text(const Scenario& scenario, const Field<T>& row, const T& table) {
  return std::visit(
      [&](auto member) -> std::string {
        const auto& value = table.*member;
        using Value = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<Value, double>)
          return real_text(value);
        else if constexpr (std::is_same_v<Value, int>)
          return reference_text(scenario, row.refers, value);
        else if constexpr (std::is_same_v<Value, bool>)
          return value ? "true" : "false";
        else if constexpr (std::is_same_v<Value, std::string>)
          return toml_string(value);
        else
          return regions_text(scenario, value);
      },
      row.member);
}

// The new value of an intervention, written as the key that it changes.
std::string new_value_text(const Scenario& scenario, const Intervention& intervention);

}  // namespace coalis::io
