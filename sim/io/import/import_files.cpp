// Evidence, mapping and aliases as texts.
#include "coalis/io/import/import_files.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "coalis/core/month_text.hpp"
#include "coalis/inference/sheets.hpp"
#include "coalis/io/import/attendance_file.hpp"
#include "coalis/io/text/file_kind.hpp"
#include "io/scenario/value_text.hpp"
#include "io/text/csv_field.hpp"
#include "io/text/csv_reader.hpp"
#include "io/text/toml_tree.hpp"
#include "member_tables.hpp"
#include "table_shape.hpp"

namespace coalis {
namespace {

std::string quoted_list(const std::vector<std::string>& texts) {
  std::string list;
  for (const std::string& text : texts) list += (list.empty() ? "" : ", ") + io::toml_string(text);
  return "[" + list + "]";
}

std::string item_text(const ImportedItem& item, const char* source, int months) {
  std::string text = fmt::format("\n[[item]]\nid = {}\nsource = \"{}\"\nuse = \"calibrate\"\nmeasures = \"{}\"\n",
                                 io::toml_string(item.id), source, item.measures);
  if (!item.lowest.empty()) text += fmt::format("lowest = {}\n", io::toml_string(item.lowest));
  if (item.last_months > 0 && item.last_months < months) text += fmt::format("last_months = {}\n", item.last_months);
  std::string counts;
  int n = 0;
  for (const int count : item.counts) counts += fmt::format("{}{}", counts.empty() ? "" : ", ", count), n += count;
  return text + fmt::format("categories = {}\ncounts = [{}]\nn = {}\n", quoted_list(item.categories), counts, n);
}

// How often members came to the events of a kind, if attendance was recorded.
std::optional<ImportedItem> attendance_item(const Imported& imported, const char* kind, const char* events, std::size_t place,
                                            const char* measures) {
  if (std::none_of(imported.events.begin(), imported.events.end(),
                   [&](const ImportedEvent& event) { return event.seen && event.kind == kind; }))
    return std::nullopt;
  ImportedItem item{fmt::format("{} attended, from the lists of who came", events),
                    measures,
                    "",
                    0,
                    {"0", "1", "2", "3", "4 or more"},
                    std::vector<int>(5, 0)};
  if (item.measures == "trained") item.categories = {"yes", "no"}, item.counts = {0, 0};
  bool any = false;
  for (const ImportedOrganisation* member : imported_in_months(imported)) {
    const auto times = static_cast<std::size_t>(member->attended[place]);
    ++item.counts[item.measures == "trained" ? (times > 0 ? 0 : 1) : std::min<std::size_t>(times, 4)];
    any = true;
  }
  return any ? std::optional(item) : std::nullopt;
}

void text_of(const io::Table& table, const char* key, std::string& into, std::initializer_list<std::string_view> allowed,
             std::vector<Diagnostic>& diagnostics) {
  const io::Entry* entry = table.find(key);
  if (!entry) return;
  const auto* text = std::get_if<std::string>(&entry->node.value);
  if (!text || std::find(allowed.begin(), allowed.end(), *text) == allowed.end()) {
    std::string list;
    for (const std::string_view one : allowed) list += fmt::format("{}\"{}\"", list.empty() ? "" : ", ", one);
    diagnostics.push_back({entry->place.file, entry->place.line, entry->place.column, false,
                           fmt::format("{} is none of its answers", key), "write one of " + list});
    return;
  }
  into = *text;
}

void tables_of(const io::Table& root, ImportAnswers& answers, std::vector<Diagnostic>& diagnostics) {
  const io::Entry* tables = root.find("table");
  const auto* list = tables ? std::get_if<io::Array>(&tables->node.value) : nullptr;
  if (!list) return;
  for (const io::Node& node : *list) {
    const auto* table = std::get_if<io::Table>(&node.value);
    if (!table) continue;
    const auto text = [&](const char* key) {
      const io::Entry* entry = table->find(key);
      const auto* value = entry ? std::get_if<std::string>(&entry->node.value) : nullptr;
      return value ? *value : std::string();
    };
    if (const io::Entry* is = table->find("is"); is && !io::shape_named(text("is"))) {
      diagnostics.push_back({is->place.file, is->place.line, is->place.column, false, "it is no kind of table",
                             fmt::format("write one of {}", fmt::join(table_shapes(), ", "))});
      continue;
    }
    if (!text("file").empty()) answers.tables[text("file")] = text("is");
    const io::Entry* columns = table->find("columns");
    const auto* names = columns ? std::get_if<io::Array>(&columns->node.value) : nullptr;
    std::string joined;
    for (std::size_t i = 0; names && i < names->size(); ++i)
      if (const auto* name = std::get_if<std::string>(&(*names)[i].value)) joined += *name + "|";
    if (joined.empty()) continue;
    const auto [known, is_new] = answers.tables.emplace(joined, text("is"));
    if (!is_new && known->second != text("is")) known->second = "";  // of two kinds: asked again
  }
}

}  // namespace

AttendanceList imported_attendance(const Imported& imported) {
  AttendanceList list;
  std::map<std::string, std::vector<const ImportedEvent*>> months;
  for (const ImportedEvent& event : imported.events)
    if (event.seen && event.kind == "meeting") months[event.day.substr(0, 7)].push_back(&event);
  for (const auto& [month, events] : months) list.meetings.push_back(month);
  const auto among = [](const std::vector<std::size_t>& organisations, std::size_t one) {
    return std::find(organisations.begin(), organisations.end(), one) != organisations.end();
  };
  const std::vector<const ImportedOrganisation*> members = imported_in_months(imported);
  const auto names = io::names_in_roster(members);
  for (const ImportedOrganisation* member : members) {
    const auto number = static_cast<std::size_t>(member - imported.organisations.data());
    list.members.push_back(names.at(member));
    for (const auto& [month, events] : months) {
      const bool came = std::any_of(events.begin(), events.end(), [&](const auto* e) { return among(e->attended, number); });
      const bool told = std::any_of(events.begin(), events.end(), [&](const auto* e) { return !among(e->unknown, number); });
      const bool outside = member->joined > month || (came && !is_member_in(*member, month));
      list.table.cells.push_back(outside ? cell_unknown : came ? cell_came : told ? cell_away : cell_unknown);
    }
  }
  list.table.members = list.members.size(), list.table.meetings = list.meetings.size();
  return list;
}

std::string imported_evidence(const Imported& imported) {
  std::string items;
  const int months = imported_calendar(imported).months;
  for (const EvidenceItem& item : items_of_sheets(imported_attendance(imported))) items += sheet_item_text(item, "attendance");
  if (const auto item = attendance_item(imported, "training", "trainings", 1, "trained"))
    items += item_text(*item, "attendance", months);
  if (const auto item = attendance_item(imported, "outreach", "outreach days", 2, "outreach_days_attended"))
    items += item_text(*item, "attendance", months);
  for (const ImportedItem& item : imported.items) items += item_text(item, "survey", months);
  if (items.empty()) return "";
  return "# Made from tables by coalis import; check.html says from which.\nformat = \"coalis-evidence\"\nversion = 3\n\n"
         "[sources.attendance]\ntitle = \"Lists of who came\"\n[sources.survey]\ntitle = \"Survey of the coalition\"\n" +
         items;
}

std::string guests_text(const Imported& imported) {
  const auto members = imported_members(imported);
  std::vector<bool> member(imported.organisations.size(), false);
  for (const ImportedOrganisation* one : members) member[static_cast<std::size_t>(one - imported.organisations.data())] = true;
  std::map<std::size_t, std::string> partners;
  for (const auto& [a, b] : imported.ties) {
    if (member[a] == member[b]) continue;
    std::string& list = partners[member[a] ? b : a];
    list += (list.empty() ? "" : "; ") + imported.organisations[member[a] ? a : b].name;
  }
  std::string text;
  for (std::size_t i = 0; i < member.size(); ++i) {
    const ImportedOrganisation& one = imported.organisations[i];
    if (member[i] || one.listed) continue;
    text += fmt::format("{},{},{},{},{}\n", io::csv_field(one.name), one.attended[0], one.attended[1], one.attended[2],
                        io::csv_field(partners[i]));
  }
  return text.empty() ? "" : "name,meetings,trainings,outreach,works with\n" + text;
}

std::string mapping_text(const Imported& imported) {
  std::string text = fmt::format(
      "# How coalis import read the tables: put in the folder of the next import, or named with --mapping, nothing is asked "
      "again.\n"
      "format = \"coalis-mapping\"\nversion = {}\n\n[answers]\n",
      mapping_format_version);
  const ImportAnswers& answers = imported.answers;
  for (const auto& [key, value] :
       {std::pair{"dates", &answers.dates}, {"names", &answers.names}, {"guests", &answers.guests}, {"scale", &answers.scale}})
    if (!value->empty()) text += fmt::format("{} = \"{}\"\n", key, *value);
  if (!answers.seat.empty()) text += fmt::format("seat = {}  # region of the office\n", io::toml_string(answers.seat));
  for (const ImportedFile& file : imported.files)
    if (file.shape != "unknown")
      text += fmt::format("\n[[table]]\nfile = {}\nis = \"{}\"\ncolumns = {}\n", io::toml_string(file.name), file.shape,
                          quoted_list(file.columns));
  return text;
}

ImportAnswers parse_mapping(std::string_view text, const std::string& file, std::vector<Diagnostic>& diagnostics) {
  ImportAnswers answers;
  if (auto other = another_kind(text, file, "coalis-mapping", "a mapping of coalis import"))
    return diagnostics.push_back(*std::move(other)), answers;
  const auto root = io::parse_toml(text, file, diagnostics);
  if (!root) return answers;
  const auto& table = std::get<io::Table>(root->value);
  const io::Entry *format = table.find("format"), *version = table.find("version");
  const auto* name = format ? std::get_if<std::string>(&format->node.value) : nullptr;
  const auto* number = version ? std::get_if<std::int64_t>(&version->node.value) : nullptr;
  if (!name || *name != "coalis-mapping" || !number || *number != mapping_format_version) {
    diagnostics.push_back({file, 1, 1, false, fmt::format("it is no mapping of version {}", mapping_format_version),
                           "name the mapping.toml of an earlier import, or leave it out"});
    return answers;
  }
  if (const io::Entry* said = table.find("answers"))
    if (const auto* given = std::get_if<io::Table>(&said->node.value)) {
      text_of(*given, "dates", answers.dates, {"dmy", "mdy", "ymd"}, diagnostics);
      text_of(*given, "names", answers.names, {"persons", "organisations"}, diagnostics);
      text_of(*given, "guests", answers.guests, {"nonmembers", "members"}, diagnostics);
      text_of(*given, "scale", answers.scale, {"up", "down"}, diagnostics);
      const io::Entry* seat = given->find("seat");
      if (const auto* region = seat ? std::get_if<std::string>(&seat->node.value) : nullptr) answers.seat = *region;
    }
  tables_of(table, answers, diagnostics);
  return answers;
}

std::string written_text(const std::map<std::string, std::string>& checksums) {
  std::string text = "\n[written]  # checksums, so that what is changed by hand is seen\n";
  for (const auto& [name, sum] : checksums) text += fmt::format("{} = \"{}\"\n", io::toml_string(name), sum);
  return text;
}

std::map<std::string, std::string> parse_written(std::string_view mapping) {
  std::vector<Diagnostic> ignored;
  std::map<std::string, std::string> checksums;
  const auto root = io::parse_toml(mapping, "", ignored);
  const auto* table = root ? std::get_if<io::Table>(&root->value) : nullptr;
  const io::Entry* written = table ? table->find("written") : nullptr;
  const auto* sums = written ? std::get_if<io::Table>(&written->node.value) : nullptr;
  if (!sums) return checksums;
  for (const io::Entry& entry : sums->entries)
    if (const auto* sum = std::get_if<std::string>(&entry.node.value)) checksums[entry.key] = *sum;
  return checksums;
}

std::string aliases_text(const Imported& imported) {
  std::string text = "name,other,same,why\n";
  for (const SameName& pair : imported.names)
    text += fmt::format("{},{},{},{}\n", io::csv_field(pair.name), io::csv_field(pair.other), pair.same, io::csv_field(pair.why));
  return text;
}

std::vector<SameName> parse_aliases(std::string_view text, const std::string& file, std::vector<Diagnostic>& diagnostics) {
  // What a spreadsheet would take for a formula stands behind an apostrophe.
  const auto name_in = [](const std::string& cell) {
    return cell.starts_with('\'') && io::is_like_formula(std::string_view(cell).substr(1)) ? cell.substr(1) : cell;
  };
  std::vector<SameName> names;
  if (auto other = another_kind(text, file, "", "a table of names")) return diagnostics.push_back(*std::move(other)), names;
  const io::CsvText table = io::parse_csv(text, file, diagnostics);
  const bool known =
      table.names.size() == 4 && table.names[0].text == "name" && table.names[1].text == "other" && table.names[2].text == "same";
  if (!known) {
    if (diagnostics.empty())
      diagnostics.push_back({file, 1, 1, false, "the columns are not name, other, same, why",
                             "take the aliases.csv of an earlier import, or remove the file"});
    return names;
  }
  for (const auto& row : table.rows) {
    const std::string& same = row[2].text;
    if (same != "yes" && same != "no" && !same.empty())
      diagnostics.push_back(
          {file, row[2].line, row[2].column, false, fmt::format("'{}' is no answer", same), "write yes, no, or nothing"});
    names.push_back({name_in(row[0].text), name_in(row[1].text), same, row[3].text});
  }
  return names;
}

}  // namespace coalis
