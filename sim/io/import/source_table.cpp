// See source_table.hpp.
#include "source_table.hpp"

#include <algorithm>

#include "decoded_text.hpp"
#include "table_dates.hpp"

namespace coalis::io {
namespace {

constexpr std::size_t searched_rows = 40;

std::size_t filled(const SourceRow& row) {
  return static_cast<std::size_t>(
      std::count_if(row.cells.begin(), row.cells.end(), [](const auto& cell) { return !cell.empty(); }));
}

std::size_t dates_in(const SourceRow& row) {
  return static_cast<std::size_t>(
      std::count_if(row.cells.begin(), row.cells.end(), [](const auto& cell) { return is_like_date(cell); }));
}

bool mentions(const SourceRow& row, std::string_view text) {
  return std::any_of(row.cells.begin(), row.cells.end(), [&](const auto& cell) { return cell.find(text) != cell.npos; });
}

bool has_heading(const SourceRow& row, Holds holds) {
  return std::any_of(row.cells.begin(), row.cells.end(), [&](const auto& cell) { return heading_of(cell).holds == holds; });
}

// People with the times when they came: the part of a video system's report that counts.
bool is_list_of_participants(const SourceRow& row) {
  const bool people = has_heading(row, Holds::name) || has_heading(row, Holds::person) || has_heading(row, Holds::email);
  const bool times = has_heading(row, Holds::arrival) || has_heading(row, Holds::departure);
  return people && (times || (has_heading(row, Holds::duration) && !has_heading(row, Holds::date)));
}

// How much a row looks like a heading: a cell that is a known word counts 2, one that has it 1, a date 1.
std::size_t heading_score(const SourceRow& row) {
  std::size_t score = 0, dates = dates_in(row);
  if (dates == 1 && filled(row) <= 3) return 0;  // "Date: 3/5/2024"
  for (const std::string& cell : row.cells) {
    const Heading heading = heading_of(cell);
    if (heading.holds != Holds::unknown) score += heading.whole ? 2 : 1;
  }
  return score + (dates >= 2 ? dates : 0);
}

std::size_t find_heading(const std::vector<SourceRow>& rows) {
  const std::size_t end = std::min(rows.size(), searched_rows);
  for (std::size_t i = 0; i < end; ++i)
    if (is_list_of_participants(rows[i])) return i;
  for (std::size_t i = 0; i < end; ++i)
    if (heading_score(rows[i]) >= 2 && (filled(rows[i]) >= 2 || heading_score(rows[i]) == 2)) {
      const bool title = filled(rows[i]) == 1 && i + 1 < rows.size() && filled(rows[i + 1]) > 1;
      if (!title) return i;
    }
  for (std::size_t i = 0; i < end; ++i)
    if (filled(rows[i]) >= 2) return i;
  return 0;
}

// Further rows of a heading: dates below the names of columns, titles of events below dates, a survey's questions and its
// program's keys.
std::size_t heading_height(const std::vector<SourceRow>& rows, std::size_t at) {
  const auto row = [&](std::size_t i) { return at + i < rows.size() ? rows[at + i] : SourceRow{}; };
  if (mentions(row(2), "ImportId")) return 3;
  if (mentions(row(1), "ImportId")) return 2;
  if (is_list_of_participants(row(0))) return 1;
  if (dates_in(row(0)) < 2 && dates_in(row(1)) >= 2 && dates_in(row(1)) + 2 >= filled(row(1)) && row(1).cell(0).empty()) return 2;
  const auto has_marks = [](const SourceRow& r) {
    return std::any_of(r.cells.begin(), r.cells.end(), [](const auto& cell) { return mark_of(cell).has_value(); });
  };
  if (row(1).blank() || !row(1).cell(0).empty() || row(0).cell(0).empty() || filled(row(1)) < 2 || has_marks(row(1))) return 1;
  return dates_in(row(0)) >= 2 || heading_of(row(0).cell(0)).holds == Holds::metadata ? 2 : 1;
}

std::vector<std::string> joined_names(const std::vector<SourceRow>& rows, std::size_t at, std::size_t height) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < height; ++i) width = std::max(width, rows[at + i].cells.size());
  std::vector<std::string> names(width);
  for (std::size_t c = 0; c < width; ++c)
    for (std::size_t i = 0; i < height; ++i)
      if (const std::string& text = rows[at + i].cell(c); !text.empty() && text.find("ImportId") == text.npos && text != names[c])
        names[c] += (names[c].empty() ? "" : " / ") + text;
  return names;
}

std::vector<Holds> contents(const std::vector<std::string>& names, const std::vector<SourceRow>& rows) {
  std::vector<Holds> columns;
  for (std::size_t c = 0; c < names.size(); ++c) {
    std::size_t mails = 0, cells = 0;
    for (const SourceRow& row : rows)
      if (!row.cell(c).empty()) ++cells, mails += row.cell(c).find('@') != std::string::npos;
    const Holds said = is_like_date(names[c]) ? Holds::unknown : heading_of(names[c]).holds;
    columns.push_back(cells > 0 && mails * 2 > cells && said != Holds::organisation ? Holds::email : said);
  }
  const auto has = [&](Holds holds) { return std::find(columns.begin(), columns.end(), holds) != columns.end(); };
  for (Holds& holds : columns)
    if (holds == Holds::name && has(Holds::organisation)) holds = Holds::person;
  return columns;
}

}  // namespace

int SourceTable::column(Holds holds) const {
  const auto found = std::find(columns.begin(), columns.end(), holds);
  return found == columns.end() ? -1 : static_cast<int>(found - columns.begin());
}

const std::string& SourceTable::cell(const SourceRow& row, Holds holds) const {
  const int at = column(holds);
  return row.cell(at < 0 ? row.cells.size() : static_cast<std::size_t>(at));
}

std::vector<std::size_t> SourceTable::date_columns() const {
  std::vector<std::size_t> found;
  for (std::size_t c = 0; c < names.size(); ++c)
    if (!date_within(names[c]).empty()) found.push_back(c);
  return found;
}

SourceTable source_table(std::string_view bytes, std::string file) {
  const DecodedText text = decoded(bytes);
  DelimitedText read = parse_delimited(text.text);
  SourceTable table;
  table.file = std::move(file), table.encoding = text.encoding, table.delimiter = read.delimiter;
  table.all_rows = static_cast<int>(read.rows.size());
  std::vector<SourceRow> rows;
  for (SourceRow& row : read.rows) rows.push_back(std::move(row));
  const std::size_t at = find_heading(rows);
  if (rows.empty()) return table;
  const std::size_t height = std::min(heading_height(rows, at), rows.size() - at);
  for (std::size_t i = 0; i < at; ++i) {
    table.left_out.push_back({rows[i].line, rows[i].blank() ? "a blank row" : "a title above the table"});
    if (!rows[i].blank()) table.above.push_back(rows[i]);
  }
  table.heading_line = rows[at].line, table.heading_rows = static_cast<int>(height);
  table.names = joined_names(rows, at, height);
  const bool of_video = is_list_of_participants(rows[at]);
  bool over = false;
  for (std::size_t i = at + height; i < rows.size(); ++i) {
    SourceRow& row = rows[i];
    const bool begins_section =
        of_video && at > 0 && filled(row) == 1 && !row.cell(0).empty() && row.cell(0)[0] >= '1' && row.cell(0)[0] <= '9';
    over = over || begins_section;
    if (row.blank())
      table.left_out.push_back({row.line, "a blank row"});
    else if (over)
      table.left_out.push_back({row.line, "another section of the report"});
    else if (row.cells == rows[at].cells)
      table.left_out.push_back({row.line, "the heading again"});
    else if (is_total(row.cell(0)) || (row.cell(0).empty() && is_total(row.cell(1))))
      table.left_out.push_back({row.line, "a total"});
    else
      table.rows.push_back(std::move(row));
  }
  table.columns = contents(table.names, table.rows);
  return table;
}

}  // namespace coalis::io
