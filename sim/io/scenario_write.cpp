// A scenario as TOML, every key by its field rows.
#include <fmt/format.h>

#include <algorithm>

#include "coalis/io/scenario_file.hpp"
#include "coalis/model/fields.hpp"
#include "scenario_reading.hpp"

namespace coalis {
namespace io {
namespace {

std::string toml_string(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') result.append("\\").push_back(c);
    else if (byte < 0x20 || byte == 0x7F) result += fmt::format("\\u{:04X}", byte);
    else result.push_back(c);
  }
  return result + "\"";
}

std::string toml_key(std::string_view name) {
  const bool bare = !name.empty() && std::all_of(name.begin(), name.end(), is_bare);
  return bare ? std::string(name) : toml_string(name);
}

// A TOML float: shortest digits that read back as the same bits, with a point or an exponent.
std::string real(double value) {
  const std::string text = number_text(value);
  return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
}

class Writer {
 public:
  explicit Writer(const Scenario& scenario) : scenario_(scenario) {}

  template <class T>
  void rows(const T& table) {
    for (const auto& row : fields<T>()) {
      if (auto value = text(row, table); !value.empty()) text_ += fmt::format("{} = {}\n", row.name, value);
    }
  }
  template <class T>
  void table(std::string_view name, const T& table) {
    line("\n[{}]", name);
    rows(table);
  }
  template <class... Args>
  void line(fmt::format_string<Args...> format, Args&&... args) {
    text_ += fmt::format(format, std::forward<Args>(args)...) + "\n";
  }
  template <class Value>
  void sectors(std::string_view key, const std::array<Value, coalis::sectors>& values) {
    std::string list;
    for (std::size_t i = 0; i < values.size(); ++i) {
      std::string value;
      if constexpr (std::is_same_v<Value, double>) value = real(values[i]);
      else value = fmt::format("{}", values[i]);
      list += fmt::format("{}{} = {}", i > 0 ? ", " : "", sector_names[i], value);
    }
    line("{} = {{ {} }}", key, list);
  }
  void intervention(const Intervention& intervention) {
    line("\n[[interventions]]");
    rows(intervention);
    switch (intervention.target) {
      case Target::levers: return new_value<Levers>(intervention);
      case Target::environment: return new_value<Environment>(intervention);
      case Target::hub: return new_value<Hub>(intervention);
      case Target::series: return new_value<Series>(intervention);
    }
  }

  std::string take() { return std::move(text_); }

 private:
  std::string month(int month) const {
    const int months = parse_date(scenario_.calendar.start).value_or(0) + month;
    return fmt::format("\"{:04}-{:02}\"", months / 12, months % 12 + 1);
  }

  std::string reference(Refers refers, int index) const {
    switch (refers) {
      case Refers::region: return toml_string(scenario_.regions[index].name);
      case Refers::hub: return toml_string(scenario_.hubs[index].name);
      case Refers::kind: return toml_string(scenario_.kinds[index].name);
      case Refers::month: return index < 0 ? "" : month(index);  // no survey month: the last
      case Refers::nothing: return fmt::format("{}", index);
      default: return toml_string(choices(refers)[index]);
    }
  }

  template <class T>
  std::string text(const Field<T>& row, const T& table) const {
    return std::visit(
        [&](auto member) -> std::string {
          const auto& value = table.*member;
          using Value = std::decay_t<decltype(value)>;
          if constexpr (std::is_same_v<Value, double>) return real(value);
          else if constexpr (std::is_same_v<Value, int>) return reference(row.refers, value);
          else if constexpr (std::is_same_v<Value, bool>) return value ? "true" : "false";
          else if constexpr (std::is_same_v<Value, std::string>) return toml_string(value);
          else return list(value);
        },
        row.member);
  }

  std::string list(const std::vector<int>& regions) const {
    std::string text;
    for (int region : regions) text += (text.empty() ? "" : ", ") + toml_string(scenario_.regions[region].name);
    return "[" + text + "]";
  }

  // The value of an intervention, written as the key that it changes.
  template <class T>
  void new_value(const Intervention& intervention) {
    const Field<T>& row = fields<T>()[intervention.field];
    T changed{};
    std::visit(
        [&](auto member) {
          using Value = std::remove_reference_t<decltype(changed.*member)>;
          if constexpr (!std::is_same_v<Value, std::string>) changed.*member = std::get<Value>(intervention.value);
        },
        row.member);
    line("value = {}", text(row, changed));
  }

  const Scenario& scenario_;
  std::string text_;
};

}  // namespace
}  // namespace io

std::string to_toml(const Scenario& scenario) {
  io::Writer writer(scenario);
  writer.line("format = \"scenario\"\nversion = {}", scenario_format_version);
  writer.rows(scenario);
  writer.table("calendar", scenario.calendar);
  writer.table("organisations", scenario.organisations);
  writer.sectors("members", scenario.organisations.members);
  const auto list = [&](const char* name, const auto& items, auto also) {
    for (const auto& item : items) {
      writer.line("\n[[{}]]", name);
      writer.rows(item);
      also(item);
    }
  };
  const auto nothing_else = [](const auto&) {};
  list("regions", scenario.regions, nothing_else);
  writer.line("\n[travel]\nhours = [");
  const std::size_t n = scenario.regions.size();
  for (std::size_t i = 0; i < n; ++i) {
    std::string row;
    for (std::size_t j = 0; j < n; ++j) row += (j > 0 ? ", " : "") + io::real(scenario.travel[i * n + j]);
    writer.line("  [{}],", row);
  }
  writer.line("]");
  list("roles", scenario.roles, [&](const Role& role) { writer.sectors("share", role.share); });
  list("hubs", scenario.hubs, nothing_else);
  for (const Kind& kind : scenario.kinds) writer.table("kinds." + io::toml_key(kind.name), kind);
  list("series", scenario.series, nothing_else);
  writer.table("levers", scenario.levers);
  writer.table("environment", scenario.environment);
  writer.table("structure", scenario.structure);
  writer.table("parameters", scenario.parameters);
  writer.table("costs", scenario.costs);
  writer.table("survey", scenario.survey);
  for (const Intervention& intervention : scenario.interventions) writer.intervention(intervention);
  return writer.take();
}

}  // namespace coalis
