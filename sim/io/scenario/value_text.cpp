// See value_text.hpp.
#include "value_text.hpp"

#include <fmt/ranges.h>

#include <algorithm>

#include "coalis/core/month_text.hpp"
#include "coalis/core/path_names.hpp"

namespace coalis::io {
namespace {

template <class T>
std::string new_value(const Scenario& scenario, const Intervention& intervention) {
  const Field<T>& row = fields<T>()[static_cast<std::size_t>(intervention.field)];
  T changed{};
  std::visit(
      [&](auto member) {
        using Value = std::remove_reference_t<decltype(changed.*member)>;
        if constexpr (!std::is_same_v<Value, std::string>) changed.*member = std::get<Value>(intervention.value);
      },
      row.member);
  return value_text(scenario, row, changed);
}

}  // namespace

std::string toml_string(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\')
      result.append("\\").push_back(c);
    else if (byte < 0x20 || byte == 0x7F)
      result += fmt::format("\\u{:04X}", byte);
    else
      result.push_back(c);
  }
  return result + "\"";
}

std::string toml_key(std::string_view name) {
  const bool bare = !name.empty() && std::all_of(name.begin(), name.end(), is_bare);
  return bare ? std::string(name) : toml_string(name);
}

std::string real_text(double value) {
  const std::string text = number_text(value);
  return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
}

std::string toml_list(const std::vector<std::string>& texts) { return fmt::format("[{}]", fmt::join(texts, ", ")); }

std::string month_text(const Calendar& calendar, int month) { return "\"" + coalis::month_text(calendar.start, month) + "\""; }

std::string reference_text(const Scenario& scenario, Refers refers, int index) {
  const auto at = static_cast<std::size_t>(index);
  switch (refers) {
    case Refers::region: return toml_string(scenario.regions[at].name);
    case Refers::hub: return toml_string(scenario.hubs[at].name);
    case Refers::kind: return toml_string(scenario.kinds[at].name);
    case Refers::month: return index < 0 ? "" : month_text(scenario.calendar, index);  // no survey month: the last
    case Refers::nothing: return fmt::format("{}", index);
    default: return toml_string(choices(refers)[at]);
  }
}

std::string regions_text(const Scenario& scenario, const std::vector<int>& regions) {
  std::vector<std::string> names;
  for (int region : regions) names.push_back(toml_string(scenario.regions[static_cast<std::size_t>(region)].name));
  return toml_list(names);
}

std::string new_value_text(const Scenario& scenario, const Intervention& intervention) {
  switch (intervention.target) {
    case Target::levers: return new_value<Levers>(scenario, intervention);
    case Target::environment: return new_value<Environment>(scenario, intervention);
    case Target::hub: return new_value<Hub>(scenario, intervention);
    case Target::series: return new_value<Series>(scenario, intervention);
    case Target::region: return new_value<Region>(scenario, intervention);
    case Target::role: return new_value<Role>(scenario, intervention);
  }
  return "";
}

}  // namespace coalis::io
