// See scenario_template.hpp. The values are below as a scenario; comments come from the field rows.
#include "coalis/io/scenario/scenario_template.hpp"

#include <fmt/format.h>

#include <set>
#include <stdexcept>

#include "coalis/io/scenario/resolved.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/io/text/file_error.hpp"
#include "io/text/text_file.hpp"
#include "value_text.hpp"

namespace coalis {
namespace {

constexpr std::string_view values = R"(
format = "scenario"
version = 2
description = "A statewide coalition with one coordinator in the capital."
calendar = { start = "2024-01", months = 36 }
organisations = { members = { nonprofit = 40, public = 12, for_profit = 4 }, nonmembers = 20, founding_share = 0.6, entry_window = 18 }
regions = [{ name = "Capital", share = 0.5 }, { name = "North", share = 0.3 }, { name = "South", share = 0.2 }]
travel = { hours = [[0.5, 2.0, 2.5], [2.0, 0.5, 4.0], [2.5, 4.0, 0.5]] }
roles = [
  { name = "services", share = { nonprofit = 0.6, public = 0.3, for_profit = 0.5 } },
  { name = "justice", share = { nonprofit = 0.1, public = 0.5, for_profit = 0.0 }, viewpoint = -0.3 },
  { name = "advocacy", share = { nonprofit = 0.3, public = 0.2, for_profit = 0.5 }, viewpoint = 0.3 },
]
hubs = [{ name = "Capital", seat = "Capital", serves = ["Capital", "North", "South"], fte = 0.5 }]
series = [
  { name = "meetings", kind = "meeting", hub = "Capital", audience = "all", per_year = 4, hours = 3, remote = 0.3 },
  { name = "Outreach Day", kind = "outreach", hub = "Capital", audience = "all", per_year = 1, phase = 6, hours = 5, remote = 0.8 },
  { name = "trainings", kind = "training", hub = "Capital", audience = "hub", per_year = 2, phase = 2, hours = 4 },
]
environment = { support = 0.5, scarcity = 0.4, restricted = 0.3, cases_per_month = 5 }
[kinds]
meeting = { base = 0.66, networking = 1.0, awareness_gain = 0.08, yield = 1.0 }
outreach = { base = 0.66, always_held = true, networking = 0.5, awareness_gain = 0.05, yield = 1.5 }
training = { base = -0.84, networking = 0.5, awareness_gain = 0.3, yield = 0.5, bridging = 0.3 }
)";

constexpr std::string_view opening = R"(# {0}
# Change what differs in your coalition: first calendar, organisations, regions, travel, roles, hubs and series. Lines that are
# comments with a value show defaults; take the # away to change one. Comments say: meaning [values, unit].
#   coalis check FILE      says all that is wrong
#   coalis run FILE        runs it
#   coalis explain FILE    shows every value and where it came from
#   coalis compare FILE OTHER    what another way to run the coalition changes; OTHER begins with include = "FILE"
# Parameters that you do not know are those of Illinois until they are fitted to numbers of your own: see the end of the file.
format = "scenario"
version = 2
)";

constexpr std::string_view closing = R"(
# {}
# Take the # away from all lines of one, and repeat it for others:
# [[interventions]]
# set = "hubs.Capital.fte"
# value = 1.0
# from = "2025-01"
# until = "2026-07"
# ramp = 3

# From a survey of your own to an answer that rests on it:
#   1. Its counts go into an evidence file (docs/formats/evidence.md); name it at the top: evidence = "evidence.toml"
#   2. A calibration file says which parameters are uncertain, and within which bounds (docs/formats/calibration.md).
#   3. coalis calibrate CALIBRATION -o posterior.csv              fits them to the survey; with --check: how well
#   4. coalis compare FILE OTHER --parameters posterior.csv       answers with all that the survey leaves open
)";

bool is_written_list(std::string_view table) {
  return table == "regions" || table == "roles" || table == "hubs" || table == "series";
}

// "0..1", `integer`, `"hub", "all" or "core"`, with the unit.
std::string allowed(const FieldText& field) {
  std::string text = field.range.empty() ? field.type : field.type == "number" ? field.range : field.type + " " + field.range;
  if (!field.unit.empty() && field.unit != "1") text += ", " + field.unit;
  return text;
}

class Template {
 public:
  Template(const Scenario& scenario, const std::map<std::string, Origin, std::less<>>& given)
      : scenario_(scenario), given_(given) {}

  std::string text() {
    for (const ResolvedValue& value : resolved_values(scenario_)) {
      const std::string table = value.field.table;
      if (value.table != last_) header(value.table, table);
      last_ = value.table;
      if (table == "travel")
        row_of_hours(value);
      else if (const auto dot = value.key.find('.'); dot < value.key.npos)
        sector(value, dot);
      else
        line(value.key, value.value, value, given_.contains(value.path()) || value.path() == "name");
    }
    return std::move(text_);
  }

 private:
  void header(const std::string& path, const std::string& table) {
    if (const auto meaning = table_meaning(table); tables_.insert(table).second && !meaning.empty())
      text_ += fmt::format("\n# {}\n", meaning);
    if (path.empty()) return;
    if (is_written_list(table))
      text_ += fmt::format("[[{}]]\nname = {}\n", table, io::toml_string(name_of(path, table)));
    else
      text_ += fmt::format("[{}]\n", table == "travel" ? table : path);
  }

  // The items are bare or quoted words after "table.".
  std::string name_of(const std::string& path, const std::string& table) const {
    const std::string item = path.substr(table.size() + 1);
    return item.starts_with('"') ? item.substr(1, item.size() - 2) : item;
  }

  // The first item of a list explains its keys, the others need not.
  void line(const std::string& key, const std::string& value, const ResolvedValue& what, bool given) {
    const bool explained = !explained_.insert(what.field.table + "." + key).second;
    std::string text = fmt::format("{}{} = {}", given ? "" : "# ", key, value);
    if (explained && !given) return;
    if (!explained) text = fmt::format("{:<38}  # {} [{}]", text, what.field.meaning, allowed(what.field));
    text_ += text + "\n";
  }

  // Values by sector are gathered into one table.
  void sector(const ResolvedValue& value, std::size_t dot) {
    const std::string name = value.key.substr(dot + 1);
    sectors_ += fmt::format("{}{} = {}", sectors_.empty() ? "{ " : ", ", name, value.value);
    if (name != sector_names.back()) return;
    line(value.key.substr(0, dot), sectors_ + " }", value, true);
    sectors_.clear();
  }

  void row_of_hours(const ResolvedValue& value) {
    if (hours_++ == 0) text_ += fmt::format("# {} [{}]\nhours = [\n", value.field.meaning, allowed(value.field));
    text_ += fmt::format("  {},\n", value.value);
    if (hours_ == scenario_.regions.size()) text_ += "]\n";
  }

  const Scenario& scenario_;
  const std::map<std::string, Origin, std::less<>>& given_;
  std::string text_, sectors_, last_;
  std::set<std::string> tables_, explained_;
  std::size_t hours_ = 0;
};

}  // namespace

std::string scenario_template(std::string_view title, std::string_view schema) {
  ScenarioFile file = parse_scenario(values, "template");
  if (!file.ok()) throw std::logic_error(to_string(file.diagnostics.front()));
  file.scenario.name = title;
  std::string heading(title);
  for (char& c : heading) c = static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
  const std::string first = schema.empty() ? "" : fmt::format("#:schema {}\n", schema);
  return first + fmt::format(opening, heading) + Template(file.scenario, file.origins).text() +
         fmt::format(closing, table_meaning("interventions"));
}

void write_new_file(const std::filesystem::path& path, std::string_view text) {
  io::check_target(path, io::Replace::asked);
  std::error_code ignored;
  if (std::filesystem::exists(path, ignored)) throw FileError(path.string() + ": exists already; choose another name with -o");
  io::TextFile file(path, io::Replace::never);
  file.write(text);
  file.finish();
}

}  // namespace coalis
