#include "coalis/io/import/attendance_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "coalis/core/characters.hpp"
#include "coalis/core/names.hpp"
#include "coalis/inference/sheets.hpp"
#include "coalis/io/text/file_kind.hpp"
#include "coalis/io/text/whole_file.hpp"
#include "io/scenario/value_text.hpp"
#include "io/text/csv_field.hpp"
#include "io/text/csv_reader.hpp"

namespace coalis {
namespace {

constexpr std::size_t most_members_listed = 100'000, most_meetings_listed = 2'000;

// Whole numbers of pandas come back as 1.0 and 0.0 where a column has an empty cell.
std::optional<std::int8_t> cell_of_text(const std::string& text) {
  if (text.empty()) return cell_unknown;
  const bool whole = text.size() == 1 || (text[1] == '.' && text.find_first_not_of('0', 2) == std::string::npos);
  if (!whole || (text[0] != '1' && text[0] != '0')) return std::nullopt;
  return text[0] == '1' ? cell_came : cell_away;
}

class AttendanceReading {
 public:
  AttendanceReading(AttendanceFile& result, const io::CsvText& table, const std::string& file)
      : result_(result), table_(table), file_(file) {}

  void read() {
    if (!result_.ok() || !first_meeting()) return;
    const std::size_t names = column_of_names(), meetings = table_.names.size() - first_;
    if (!result_.ok()) return;
    if (table_.rows.size() > most_members_listed || meetings > most_meetings_listed)
      return fail(1, 1, fmt::format("{} members and {} meetings", table_.rows.size(), meetings),
                  fmt::format("at most {} members and {} meetings are read", most_members_listed, most_meetings_listed));
    AttendanceList& list = result_.list;
    list.table = {table_.rows.size(), meetings, {}};
    name_meetings();
    for (const auto& row : table_.rows) {
      require_seen(row[names]);
      list.members.push_back(row[names].text);
      for (std::size_t c = first_; c < row.size(); ++c) add(row[c], c);
    }
  }

 private:
  void fail(int line, int column, std::string problem, std::string advice) {
    if (result_.diagnostics.size() < 20)
      result_.diagnostics.push_back({file_, line, column, false, std::move(problem), std::move(advice)});
  }

  // Names are written to evidence and terminals.
  void require_seen(const io::CsvCell& name) {
    if (const auto bad = bad_character(name.text, Lines::one))
      fail(name.line, name.column, fmt::format("the name '{}' has {}", visible(name.text, Lines::one), bad->what),
           "write it in one line of characters that can be seen");
  }

  void add(const io::CsvCell& cell, std::size_t column) {
    const auto mark = cell_of_text(cell.text);
    if (!mark)
      fail(cell.line, cell.column, fmt::format("'{}' in the column '{}' is no mark", cell.text, table_.names[column].text),
           "write 1 for came, 0 for stayed away, and nothing where it is not known; coalis import reads tables of other forms");
    result_.list.table.cells.push_back(mark.value_or(cell_unknown));
  }

  // Headed by a date, or half of what stands there are marks: what else does is then a slip, and said to be one.
  bool is_meeting(std::size_t column) const {
    if (says_when(table_.names[column].text)) return true;
    std::size_t told = 0, marks = 0;
    for (const auto& row : table_.rows) {
      const std::string& text = row[column].text;
      told += text.empty() ? 0 : 1, marks += !text.empty() && cell_of_text(text) ? 1 : 0;
    }
    return 2 * marks >= told;
  }

  // The first column of a meeting, that of names before it.
  bool first_meeting() {
    for (first_ = 1; first_ < table_.names.size(); ++first_)
      if (is_meeting(first_)) break;
    if (!table_.rows.empty() && first_ < table_.names.size()) return true;
    fail(1, 1, "no column says who came to a meeting",
         "write one row an organisation: its name, then 1 or 0 for each meeting, below a line of headings");
    return false;
  }

  std::size_t column_of_names() {
    std::size_t best = 0;
    for (std::size_t c = 0; c < first_; ++c) {
      std::set<std::string> seen;
      if (std::all_of(table_.rows.begin(), table_.rows.end(),
                      [&](const auto& row) { return !row[c].text.empty() && seen.insert(name_key(row[c].text)).second; }))
        best = c + 1;
    }
    if (best > 0) return best - 1;
    std::map<std::string, int> lines;
    for (const auto& row : table_.rows) {
      const io::CsvCell& cell = row[first_ - 1];
      if (const auto [at, is_new] = lines.emplace(name_key(cell.text), cell.line); !is_new)
        fail(cell.line, cell.column, fmt::format("'{}' is there already, in line {}", cell.text, at->second),
             "give each organisation one row, and a name of its own");
      if (cell.text.empty()) fail(cell.line, cell.column, "a row without a name", "name the organisation, or leave the row out");
    }
    return first_ - 1;
  }

  void name_meetings() {
    std::set<std::string> seen;
    std::string before;  // the last that says when; others may stand between
    for (std::size_t c = first_; c < table_.names.size(); ++c) {
      const io::CsvCell& name = table_.names[c];
      require_seen(name);
      if (name.text.empty() || !seen.insert(name_key(name.text)).second)
        fail(name.line, name.column,
             name.text.empty() ? "a meeting without a name" : fmt::format("'{}' is there twice", name.text),
             "head each meeting with its date");
      if (says_when(name.text)) {
        if (name.text < before)
          fail(name.line, name.column, fmt::format("'{}' stands after '{}'", name.text, before),
               "put the meetings in the order of time");
        before = name.text;
      }
      result_.list.meetings.push_back(name.text);
    }
  }

  AttendanceFile& result_;
  const io::CsvText& table_;
  const std::string& file_;
  std::size_t first_ = 1;
};

}  // namespace

AttendanceFile parse_attendance(std::string_view text, const std::string& name) {
  AttendanceFile result;
  if (auto other = another_kind(text, name, "", "a table of who came (CSV)"))
    return result.diagnostics.push_back(*std::move(other)), result;
  const io::CsvText table = io::parse_csv(text, name, result.diagnostics);
  AttendanceReading(result, table, name).read();
  return result;
}

AttendanceFile read_attendance(const std::filesystem::path& path) {
  const WholeFile file = read_whole_file(path, largest_text);
  if (file.ok()) return parse_attendance(file.text, path.string());
  AttendanceFile result;
  result.diagnostics.push_back({path.string(), 0, 0, false, "cannot be read: " + file.problem, file.advice});
  return result;
}

std::string attendance_text(const AttendanceList& list) {
  std::string text = "organisation";
  for (const std::string& meeting : list.meetings) text += "," + io::csv_field(meeting);
  text += "\n";
  for (std::size_t i = 0; i < list.table.members; ++i) {
    text += io::csv_field(list.members[i]);
    for (std::size_t k = 0; k < list.table.meetings; ++k) {
      const std::int8_t cell = list.table.at(i, k);
      text += cell == cell_unknown ? "," : cell == cell_came ? ",1" : ",0";
    }
    text += "\n";
  }
  return text;
}

std::string sheet_item_text(const EvidenceItem& item, std::string_view source) {
  std::string names, counts, of;
  for (std::size_t k = 0; k < item.categories.size(); ++k) {
    const char* comma = k == 0 ? "" : ", ";
    names += comma + io::toml_string(item.categories[k]);
    counts += fmt::format("{}{}", comma, item.counts[k]);
    if (!item.of.empty()) of += fmt::format("{}{}", comma, item.of[k]);
  }
  std::string text = fmt::format("\n[[item]]\nid = {}\nsource = \"{}\"\nuse = \"{}\"\nmeasures = \"{}\"\n",
                                 io::toml_string(item.id), source, item.use, item.measures);
  if (item.meetings > 0) text += fmt::format("meetings = {}\n", item.meetings);
  text += fmt::format("categories = [{}]\ncounts = [{}]\n", names, counts);
  return text + (of.empty() ? fmt::format("n = {}\n", item.n) : fmt::format("of = [{}]\n", of));
}

std::string attendance_evidence(const AttendanceList& list, std::string_view from) {
  std::string items;
  for (const EvidenceItem& item : items_of_sheets(list)) items += sheet_item_text(item, "attendance");
  if (items.empty()) return "";
  return fmt::format(
      "# Made by coalis attendance: counts of all members, none of whom was asked. Turnout is held out; it tests the fit.\n"
      "format = \"coalis-evidence\"\nversion = 3\n\n[sources.attendance]\ntitle = {}\n{}",
      io::toml_string(fmt::format("Who came, {}", from)), items);
}

}  // namespace coalis
