// A scenario as TOML, every key by its field rows.
#include <fmt/format.h>

#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/model/fields.hpp"
#include "scenario_roster.hpp"
#include "value_text.hpp"

namespace coalis {
namespace io {
namespace {

class Writer {
 public:
  explicit Writer(const Scenario& scenario) : scenario_(scenario) {}

  template <class T>
  void rows(const T& table) {
    for (const auto& row : fields<T>()) {
      if (auto value = value_text(scenario_, row, table); !value.empty()) text_ += fmt::format("{} = {}\n", row.name, value);
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
      if constexpr (std::is_same_v<Value, double>)
        value = real_text(values[i]);
      else
        value = fmt::format("{}", values[i]);
      list += fmt::format("{}{} = {}", i > 0 ? ", " : "", sector_names[i], value);
    }
    line("{} = {{ {} }}", key, list);
  }
  // A list, a text a line; nothing if it is empty.
  void texts(std::string_view key, const std::vector<std::string>& list) {
    if (list.empty()) return;
    line("{} = [", key);
    for (const std::string& text : list) line("  {},", toml_string(text));
    line("]");
  }
  void intervention(const Intervention& intervention) {
    line("\n[[interventions]]");
    rows(intervention);
    line("value = {}", new_value_text(scenario_, intervention));
  }

  std::string take() { return std::move(text_); }

 private:
  const Scenario& scenario_;
  std::string text_;
};

}  // namespace
}  // namespace io

std::string to_toml(const Scenario& scenario) {
  io::Writer writer(scenario);
  writer.line("format = \"scenario\"\nversion = {}",
              oldest_scenario_version);  // it includes nothing: the same in all, and so are keys of runs
  writer.rows(scenario);
  writer.table("calendar", scenario.calendar);
  writer.table("organisations", scenario.organisations);
  writer.sectors("members", scenario.organisations.members);
  writer.texts(io::roster_key.rows, io::roster_rows(scenario));
  writer.texts(io::ties_key.rows, io::tie_rows(scenario));
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
    for (std::size_t j = 0; j < n; ++j) row += (j > 0 ? ", " : "") + io::real_text(scenario.travel[i * n + j]);
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
