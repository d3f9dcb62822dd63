// See source_table.hpp.
#include "source_table.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>

#include "decoded_text.hpp"
#include "table_dates.hpp"

namespace coalis::io {
namespace {

constexpr std::size_t searched_rows = 40;
constexpr std::string_view between_rows = " / ";  // of a heading

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

// "Date: 3/5/2024", "Place:, Town hall"
bool is_said_above(const SourceRow& row) {
  std::vector<std::string> said;
  for (const std::string& cell : row.cells)
    if (!cell.empty()) said.push_back(cell);
  if (said.empty() || said.size() > 3) return false;
  return dates_in(row) == 1 || (said.size() > 1 && said.front().ends_with(':') && !said.back().ends_with(':'));
}

// How much a row looks like a heading: a cell that is a known word counts 2, one that has it 1, a date 1.
std::size_t heading_score(const SourceRow& row) {
  std::size_t score = 0, dates = dates_in(row);
  if (is_said_above(row)) return 0;
  for (const std::string& cell : row.cells) {
    const Heading heading = heading_of(cell);
    if (heading.holds != Holds::unknown) score += heading.whole ? 2 : 1;
  }
  return score + (dates >= 2 ? dates : 0);
}

// Whether a row of one or two cells is no heading, for one of more known words and more cells comes: "Meeting | Plenary".
bool is_title(const std::vector<SourceRow>& rows, std::size_t at, std::size_t end) {
  const std::size_t cells = filled(rows[at]);
  if (cells > 2) return false;
  if (cells == 1) {
    const auto next = std::find_if(rows.begin() + static_cast<std::ptrdiff_t>(at) + 1, rows.end(),
                                   [](const SourceRow& row) { return !row.blank(); });
    if (next != rows.end() && filled(*next) > 1) return true;
  }
  for (std::size_t i = at + 1; i < end; ++i)
    if (filled(rows[i]) > cells && heading_score(rows[i]) > heading_score(rows[at])) return true;
  return false;
}

std::size_t find_heading(const std::vector<SourceRow>& rows) {
  const std::size_t end = std::min(rows.size(), searched_rows);
  for (std::size_t i = 0; i < end; ++i)
    if (is_list_of_participants(rows[i])) return i;
  for (std::size_t i = 0; i < end; ++i)
    if (heading_score(rows[i]) >= 2 && !is_title(rows, i, end)) return i;
  for (std::size_t i = 0; i < end; ++i)
    if (filled(rows[i]) >= 2) return i;
  return 0;
}

// Further rows of a heading: dates below the names of columns, titles of events below dates, a survey's questions and its
// program's keys.
std::size_t heading_height(const std::vector<SourceRow>& rows, std::size_t at) {
  static const SourceRow none;
  const auto row = [&](std::size_t i) -> const SourceRow& { return at + i < rows.size() ? rows[at + i] : none; };
  const SourceRow &first = row(0), &second = row(1);
  if (mentions(row(2), "ImportId")) return 3;
  if (mentions(second, "ImportId")) return 2;
  if (is_list_of_participants(first)) return 1;
  const auto says = [](const SourceRow& one, Holds holds) { return heading_of(one.cell(0)).holds == holds; };
  const bool dates_below = dates_in(first) < 2 && dates_in(second) >= 2 && dates_in(second) + 2 >= filled(second);
  if (dates_below && (second.cell(0).empty() || says(second, Holds::date))) return 2;
  if (says(first, Holds::metadata) && second.cell(0).empty() && !second.blank()) return 2;
  const bool marks =
      std::any_of(second.cells.begin(), second.cells.end(), [](const auto& cell) { return mark_of(cell).has_value(); });
  if (dates_in(first) < 2 || filled(second) < 2 || marks) return 1;
  const bool names_below = first.cell(0).empty() && (says(second, Holds::organisation) || says(second, Holds::name));
  return names_below || (second.cell(0).empty() && !first.cell(0).empty()) ? 2 : 1;
}

std::vector<std::string> joined_names(const std::vector<SourceRow>& rows, std::size_t at, std::size_t height) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < height; ++i) width = std::max(width, rows[at + i].cells.size());
  std::vector<std::string> names(width);
  for (std::size_t c = 0; c < width; ++c)
    for (std::size_t i = 0; i < height; ++i)
      if (const std::string& text = rows[at + i].cell(c); !text.empty() && text.find("ImportId") == text.npos && text != names[c])
        names[c] += (names[c].empty() ? "" : std::string(between_rows)) + text;
  return names;
}

// What the rows of a column's heading say: the first that says nothing else counts.
Heading heading_of_rows(const std::string& name) {
  Heading best;
  for (const std::string& text : heading_texts(name)) {
    const Heading said = is_like_date(text) ? Heading{} : heading_of(text);
    if (said.holds != Holds::unknown && said.whole) return said;
    if (best.holds == Holds::unknown) best = said;
  }
  return best;
}

bool is_time_of_answer(const std::string& name) {
  static const std::set<std::string> times{"timestamp", "zeitstempel", "marca temporal", "horodateur", "completion time"};
  return times.contains(plain_words(name));
}

// What a column's heading says is seen beside the others.
void settle(std::vector<Holds>& columns, const std::vector<std::string>& names, bool organisations_alone) {
  const auto has = [&](Holds holds) { return std::find(columns.begin(), columns.end(), holds) != columns.end(); };
  const bool organisations = has(Holds::organisation), partners_alone = !organisations && !has(Holds::name);
  bool form = organisations;  // filled in by those who came: every column is known, and all that its program adds is the time
  for (std::size_t c = 0; c < columns.size(); ++c)
    form = form && columns[c] != Holds::unknown && (columns[c] != Holds::metadata || is_time_of_answer(names[c]));
  const bool dated = has(Holds::date), persons = has(Holds::person) || has(Holds::name);
  for (std::size_t c = 0; c < columns.size(); ++c) {
    Holds& holds = columns[c];
    if (holds == Holds::organisation && organisations_alone && !heading_of_rows(names[c]).whole) holds = Holds::unknown;
    if (holds == Holds::name && organisations) holds = Holds::person;
    if (holds == Holds::partner && partners_alone) holds = Holds::organisation;
    if (holds == Holds::event && persons && plain_words(names[c]) == "title") holds = Holds::unknown;  // their post
    if (holds == Holds::metadata && form && !dated) holds = Holds::date;
  }
  const bool who = organisations || !partners_alone || has(Holds::person) || has(Holds::email);
  const auto dates =
      std::count_if(names.begin(), names.end(), [](const std::string& name) { return !date_within(name).empty(); });
  if (!who && dates > 0 && names.front().empty()) columns.front() = Holds::name;
}

// "Organization" of "Organization A", "organisation_2", "Agency (1)".
std::string without_number(const std::string& name) {
  static const std::set<std::string> numbers{"a", "b", "1", "2", "i", "ii", "x", "y", "one", "two", "01", "02"};
  const std::string words = plain_words(name);
  const auto at = words.rfind(' ');
  return at != words.npos && numbers.contains(words.substr(at + 1)) ? words.substr(0, at) : words;
}

// Two columns of organisations with one heading, but for a number or a letter, and nothing that tells of members or events: who
// works with whom.
void pair_partners(std::vector<Holds>& columns, const std::vector<std::string>& names) {
  std::vector<std::size_t> pair;
  std::string stem;
  Holds holds = Holds::unknown;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const std::string words = without_number(names[c]);
    const Holds said = heading_of(words).holds;
    const bool of_organisations = said == Holds::organisation || (said == Holds::name && heading_of(words).whole);
    if (of_organisations && (pair.empty() || words == stem))
      pair.push_back(c), stem = words, holds = said;
    else if (columns[c] != Holds::unknown && columns[c] != Holds::metadata)
      return;
  }
  if (pair.size() == 2) columns[pair[0]] = holds, columns[pair[1]] = Holds::partner;
}

std::vector<Holds> contents(const std::vector<std::string>& names, const std::vector<SourceRow>& rows) {
  std::vector<Holds> columns;
  bool organisations_alone = false;  // a heading says nothing but that
  for (std::size_t c = 0; c < names.size(); ++c) {
    std::size_t mails = 0, cells = 0;
    for (const SourceRow& row : rows)
      if (!row.cell(c).empty()) ++cells, mails += row.cell(c).find('@') != std::string::npos;
    const Heading said = heading_of_rows(names[c]);
    organisations_alone = organisations_alone || (said.holds == Holds::organisation && said.whole);
    columns.push_back(cells > 0 && mails * 2 > cells && said.holds != Holds::organisation ? Holds::email : said.holds);
  }
  settle(columns, names, organisations_alone);
  pair_partners(columns, names);
  return columns;
}

}  // namespace

std::vector<std::string> heading_texts(const std::string& name) {
  std::vector<std::string> texts;
  for (std::size_t at = 0; at <= name.size();) {
    const auto end = std::min(name.find(between_rows, at), name.size());
    texts.push_back(name.substr(at, end - at));
    at = end + between_rows.size();
  }
  return texts;
}

int SourceTable::column(Holds holds) const {
  const auto found = std::find(columns.begin(), columns.end(), holds);
  return found == columns.end() ? -1 : static_cast<int>(found - columns.begin());
}

const std::string& SourceTable::cell(const SourceRow& row, Holds holds) const {
  const int at = column(holds);
  return row.cell(at < 0 ? row.cells.size() : static_cast<std::size_t>(at));
}

std::vector<std::string> SourceTable::date_cells(std::initializer_list<Holds> holds) const {
  std::vector<std::string> texts;
  for (const SourceRow& row : rows)
    for (const Holds one : holds)
      if (const std::string& text = cell(row, one); is_like_date(text)) texts.push_back(text);
  return texts;
}

std::string_view SourceTable::name() const { return std::string_view(file).substr(std::min(file.rfind('/') + 1, file.size())); }

std::string_view SourceTable::sheet() const {
  const std::string_view all = name();
  const auto at = form == "workbook" ? all.rfind(": ") : all.npos;
  return at == all.npos ? std::string_view() : all.substr(at + 2);
}

std::string SourceTable::said_about() const {
  const std::string_view own = sheet();  // of a workbook of members and attendance it says more than the workbook's name
  std::string said(is_about_members(own) || is_about_attendance(own) ? own : name());
  for (const SourceRow& row : above)
    for (const std::string& cell : row.cells) said += " " + cell;
  return said;
}

std::vector<std::size_t> SourceTable::date_columns() const {
  std::vector<std::size_t> found;
  for (std::size_t c = 0; c < names.size(); ++c)
    if (!date_within(names[c]).empty()) found.push_back(c);
  return found;
}

std::vector<std::size_t> SourceTable::columns_of_no_day() const {
  std::vector<std::size_t> found;
  for (std::size_t c = 0; c < names.size(); ++c)
    for (const std::string& text : heading_texts(names[c]))
      if (is_no_such_day(text) && date_within(names[c]).empty()) found.push_back(c);
  return found;
}

void SourceTable::take_for_ties() {
  if (has(Holds::partner)) return;
  std::vector<std::size_t> named;
  for (const bool said : {true, false})  // columns that may be organisations', then any
    for (std::size_t c = 0; c < columns.size() && named.size() < 2; ++c) {
      const bool of_names = columns[c] == Holds::organisation || columns[c] == Holds::name;
      const bool told = std::any_of(rows.begin(), rows.end(), [&](const SourceRow& row) { return !row.cell(c).empty(); });
      if (told && (said ? of_names : columns[c] == Holds::unknown)) named.push_back(c);
    }
  if (named.size() < 2) return;
  std::sort(named.begin(), named.end());
  for (const std::size_t c : named)
    if (columns[c] == Holds::unknown) columns[c] = Holds::name;
  columns[named[1]] = Holds::partner;
}

std::vector<std::size_t> SourceTable::numbered_columns() const {
  static constexpr std::array<std::string_view, 6> of_surveys{"q", "question", "frage", "item", "pregunta", "var"};
  std::map<long, std::size_t> found;  // by their numbers
  std::string stem;
  for (std::size_t c = 1; c < names.size(); ++c) {
    const std::string words = plain_words(names[c]);
    const std::size_t at = words.find_last_not_of("0123456789") + 1;
    if (at == words.size() || words.size() - at > 4) continue;
    std::string begin = words.substr(0, at);
    while (begin.ends_with(' ')) begin.pop_back();
    const long number = std::stol(words.substr(at));
    const bool of_meetings = event_kind_of(begin) == "meeting";  // then any mark will do
    const auto marked = [&](const SourceRow& row) {
      const std::string& cell = row.cell(c);
      return cell.empty() || cell == "1" || cell == "0" || (of_meetings && mark_of(cell));
    };
    const auto told = [&](const SourceRow& row) { return !row.cell(c).empty(); };
    if (std::find(of_surveys.begin(), of_surveys.end(), begin) != of_surveys.end() ||
        !std::all_of(rows.begin(), rows.end(), marked) || std::none_of(rows.begin(), rows.end(), told))
      continue;
    if (!found.empty() && begin != stem) return {};
    if (!found.emplace(number, c).second) return {};
    stem = begin;
  }
  std::vector<std::size_t> columns_found;
  for (const auto& [number, c] : found) columns_found.push_back(c);
  return columns_found.size() >= 3 ? columns_found : std::vector<std::size_t>{};
}

SourceTable source_table(std::string_view bytes, std::string file, const std::string& form) {
  const DecodedText text = decoded(bytes);
  DelimitedText read = form.empty() ? parse_delimited(text.text) : DelimitedText{',', split_rows(text.text, ',')};
  SourceTable table;
  table.file = std::move(file), table.encoding = form.empty() ? text.encoding : form, table.delimiter = read.delimiter;
  table.form = form;
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
