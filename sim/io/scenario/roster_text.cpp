// See scenario_roster.hpp.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "coalis/core/month_text.hpp"
#include "coalis/io/text/file_kind.hpp"
#include "coalis/io/text/whole_file.hpp"
#include "coalis/model/fields.hpp"
#include "io/text/csv_field.hpp"
#include "scenario_roster.hpp"
#include "value_text.hpp"

namespace coalis::io {
namespace {

namespace fs = std::filesystem;
using Diagnostics = std::vector<Diagnostic>;

// Lines end as on any system; a byte order mark may come first. Columns count from 0 there, so that those inside are added.
Array lines_of(std::string_view text, const std::string& file) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  Array lines;
  for (int line = 1; !text.empty(); ++line) {
    const auto end = std::min(text.find_first_of("\r\n"), text.size());
    if (text.substr(0, end).find_first_not_of(" \t") != text.npos)
      lines.push_back(Node{std::string(text.substr(0, end)), {file, line, 0}});
    text.remove_prefix(text.substr(end).starts_with("\r\n") ? end + 2 : std::min(end + 1, text.size()));
  }
  return lines;
}

// What is known, a text a column; "" is unknown.
std::array<std::string, roster_columns.size()> known_of(const Scenario& scenario, const Member& member) {
  const auto named = [](int place, const auto& list) { return place < 0 ? "" : list[static_cast<std::size_t>(place)].name; };
  const auto month = [&](int number) { return number < 0 ? "" : coalis::month_text(scenario.calendar.start, number); };
  return {member.name,
          member.sector < 0 ? "" : sector_names[static_cast<std::size_t>(member.sector)],
          named(member.role, scenario.roles),
          named(member.region, scenario.regions),
          month(member.joined),
          month(member.left)};
}

bool bring_in(Table& organisations, const TableKey& key, const fs::path& folder, Diagnostics& diagnostics) {
  Entry* entry = organisations.find(key.file);
  if (!entry) return true;
  const Place place = entry->node.place;
  const auto refuse = [&](std::string problem, std::string advice) {
    diagnostics.push_back({place.file, place.line, place.column, false, std::move(problem), std::move(advice)});
    return false;
  };
  const auto* name = std::get_if<std::string>(&entry->node.value);
  if (!name)
    return refuse(fmt::format("{} takes the path of {}, not {}", key.file, key.what, type_name(entry->node)),
                  fmt::format("write {} = \"members.csv\"", key.file));
  if (organisations.find(key.rows))
    return refuse(fmt::format("there are both {} and {}", key.file, key.rows), "leave one of them out");
  Array lines;
  if (!name->empty()) {
    const fs::path path = (folder / *name).lexically_normal();
    const WholeFile file = read_whole_file(path, largest_table);
    if (!file.ok()) return refuse(fmt::format("{} '{}': {}", key.what, path.string(), file.problem), file.advice);
    if (auto other = another_kind(file.text, path.string(), "", key.what)) return diagnostics.push_back(*std::move(other)), false;
    lines = lines_of(file.text, path.string());
  }
  entry->key = key.rows;
  entry->node = Node{std::move(lines), place};
  return true;
}

}  // namespace

bool bring_in_tables(Table& root, const fs::path& scenario, Diagnostics& diagnostics) {
  Entry* entry = root.find("organisations");
  auto* organisations = entry ? std::get_if<Table>(&entry->node.value) : nullptr;
  if (!organisations) return true;
  const fs::path folder = scenario.parent_path();
  const bool roster = bring_in(*organisations, roster_key, folder, diagnostics);
  return bring_in(*organisations, ties_key, folder, diagnostics) && roster;
}

void forget_members(Table& below, const Table& above) {
  const Entry *brings = above.find("organisations"), *has = below.find("organisations");
  const auto* top = brings ? std::get_if<Table>(&brings->node.value) : nullptr;
  if (!top || !has || !top->find(roster_key.rows)) return;
  auto* forgets = std::get_if<Table>(&below.find("organisations")->node.value);
  if (!forgets) return;
  std::erase_if(forgets->entries, [&](const Entry& entry) { return entry.key == "members" || entry.key == ties_key.rows; });
}

std::vector<std::string> roster_rows(const Scenario& scenario) {
  std::vector<std::string> rows;
  if (scenario.organisations.roster.empty()) return rows;
  rows.push_back(fmt::format("{}", fmt::join(roster_columns, ",")));
  for (const Member& member : scenario.organisations.roster) {
    std::string row;
    for (const std::string& text : known_of(scenario, member)) row += (row.empty() ? "" : ",") + csv_field(text);
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<std::string> tie_rows(const Scenario& scenario) {
  std::vector<std::string> rows;
  const auto& roster = scenario.organisations.roster;
  if (scenario.organisations.ties.empty()) return rows;
  rows.push_back(fmt::format("{}", fmt::join(tie_columns, ",")));
  for (const KnownTie& tie : scenario.organisations.ties)
    rows.push_back(fmt::format("{},{},{}", csv_field(roster[static_cast<std::size_t>(tie.a)].name),
                               csv_field(roster[static_cast<std::size_t>(tie.b)].name),
                               tie.strength < 0 ? "" : number_text(tie.strength)));
  return rows;
}

std::string member_path(const Member& member) {
  return fmt::format("organisations.{}.{}", roster_key.rows, toml_key(member.name));
}

std::string member_text(const Scenario& scenario, const Member& member) {
  const auto known = known_of(scenario, member);
  std::string text;
  for (std::size_t column = 1; column < known.size(); ++column)
    if (!known[column].empty())
      text += fmt::format("{}{} = {}", text.empty() ? "" : ", ", roster_columns[column], toml_string(known[column]));
  return text.empty() ? "{}" : "{ " + text + " }";
}

}  // namespace coalis::io
