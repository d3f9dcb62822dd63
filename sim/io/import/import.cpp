// See import.hpp.
#include "coalis/io/import/import.hpp"

#include <algorithm>

#include "coalis/io/import/import_files.hpp"
#include "gathering.hpp"

namespace coalis {
namespace {

struct Sheet {
  io::SourceTable table;
  io::Shape shape;
};

// Lists of members first: attendance is told apart by what they know. Calendars next: they know the kind of an event.
constexpr io::Shape reading_order[]{io::Shape::roster,          io::Shape::calendar, io::Shape::attendance_matrix,
                                    io::Shape::attendance_list, io::Shape::sign_in,  io::Shape::survey,
                                    io::Shape::video_report,    io::Shape::ties,     io::Shape::tie_matrix,
                                    io::Shape::unknown};

void read_as(const Sheet& sheet, io::Gathering& all, ImportedFile& file) {
  using io::Shape;
  switch (sheet.shape) {
    case Shape::roster: return read_roster(sheet.table, all, file);
    case Shape::attendance_matrix: return read_matrix(sheet.table, all, file);
    case Shape::attendance_list: return read_list(sheet.table, all, file);
    case Shape::sign_in:
    case Shape::video_report: return read_one_meeting(sheet.table, all, file);
    case Shape::calendar: return read_calendar(sheet.table, all, file);
    case Shape::survey: return read_survey(sheet.table, all, file);
    case Shape::ties:
    case Shape::tie_matrix: return read_ties(sheet.table, sheet.shape, all, file);
    case Shape::unknown:
      for (int row = 0; row < sheet.table.heading_rows; ++row)  // of what is no table the heading is a row, too
        file.left_out["no table that is known"].push_back(sheet.table.heading_line + row);
      for (const io::SourceRow& row : sheet.table.rows) file.left_out["no table that is known"].push_back(row.line);
  }
}

std::string_view word_of(io::Holds holds) {
  using io::Holds;
  switch (holds) {
    case Holds::unknown: return "";
    case Holds::organisation: return "organisation";
    case Holds::partner: return "partner";
    case Holds::name: return "name";
    case Holds::person: return "person";
    case Holds::email: return "e-mail";
    case Holds::address: return "address";
    case Holds::sector: return "sector";
    case Holds::role: return "role";
    case Holds::region: return "region";
    case Holds::joined: return "joined";
    case Holds::left: return "left";
    case Holds::date: return "date";
    case Holds::event: return "event";
    case Holds::kind: return "kind";
    case Holds::mark: return "attended";
    case Holds::status: return "status";
    case Holds::arrival: return "arrival";
    case Holds::departure: return "departure";
    case Holds::duration: return "duration";
    case Holds::metadata: return "of the survey's program";
  }
  return "";
}

// As mapping_text has it.
std::string columns_text(const io::SourceTable& table) {
  std::string text;
  for (const io::Holds holds : table.columns) text += std::string(word_of(holds)) + "|";
  return text;
}

io::Shape shape_of(const io::SourceTable& table, const ImportAnswers& answers, io::Gathering& all) {
  if (const auto told = answers.tables.find(table.file); told != answers.tables.end())
    if (const auto shape = io::shape_named(told->second)) return *shape;
  const io::Recognised found = io::recognised(table);
  if (const auto told = answers.tables.find(columns_text(table)); !found.sure && told != answers.tables.end())
    if (const auto shape = io::shape_named(told->second)) return *shape;
  if (!found.sure)
    all.ask("--table",
            "Is the file a list of members (roster), or of who came (sign-in sheet, attendance list)? Write --table FILE=ANSWER.",
            {std::string(io::shape_name(found.shape)), std::string(io::shape_name(found.other))}, table.file);
  return found.shape;
}

ImportedFile described(const Sheet& sheet) {
  const io::SourceTable& table = sheet.table;
  ImportedFile file;
  file.name = table.file, file.shape = io::shape_name(sheet.shape), file.encoding = table.encoding;
  file.separator = !table.form.empty()       ? ""
                   : table.delimiter == ','  ? "comma"
                   : table.delimiter == ';'  ? "semicolon"
                   : table.delimiter == '\t' ? "tab"
                                             : "bar";
  file.rows = table.all_rows - (sheet.shape == io::Shape::unknown ? 0 : table.heading_rows);
  for (const io::Holds holds : table.columns) file.columns.emplace_back(word_of(holds));
  for (const io::LeftOut& row : table.left_out) file.left_out[row.reason].push_back(row.line);
  return file;
}

// What the names of sign-in sheets tell of the order of dates is the answer for tables that leave it open, unless they differ.
void take_order_of_sheets(const std::vector<Sheet>& sheets, ImportAnswers& answers) {
  std::set<std::string_view> orders;
  for (const Sheet& sheet : sheets)
    if (sheet.shape == io::Shape::sign_in)
      if (const auto order = io::order_by_name(sheet.table)) orders.insert(io::order_name(*order));
  if (answers.dates.empty() && orders.size() == 1) answers.dates = *orders.begin();
}

// Marks of who came, it may be, below headings that tell no date: they are not read.
void note_unread_marks(const Sheet& sheet, ImportedFile& file) {
  if (sheet.shape != io::Shape::roster) return;
  const io::SourceTable& table = sheet.table;
  std::vector<std::size_t> unread = table.columns_of_no_day();
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    const bool numbered = table.names[c].find_first_of("0123456789") != table.names[c].npos;
    const auto marked = [&](const io::SourceRow& row) { return row.cell(c).empty() || io::mark_of(row.cell(c)); };
    const auto told = [&](const io::SourceRow& row) { return !row.cell(c).empty(); };
    if (numbered && table.columns[c] == io::Holds::unknown && std::all_of(table.rows.begin(), table.rows.end(), marked) &&
        std::any_of(table.rows.begin(), table.rows.end(), told) && std::find(unread.begin(), unread.end(), c) == unread.end())
      unread.push_back(c);
  }
  std::sort(unread.begin(), unread.end());
  if (!unread.empty())
    file.notes.push_back("marks below headings that tell no date: not read (" + io::columns_said(unread) +
                         "); head them with dates if they say who came");
}

// Rows of calendars whose event no month of the scenario has.
void leave_out_what_lies_outside(Imported& imported) {
  const std::vector<ImportedMonth> months = imported_months(imported);
  for (const ImportedEvent& event : imported.events) {
    const std::string month = event.day.substr(0, 7);
    if (event.calendar.empty() || months.empty() || (month >= months.front().month && month <= months.back().month)) continue;
    for (ImportedFile& file : imported.files)
      if (file.name == event.calendar && file.used > 0) {
        --file.used;
        file.left_out["before the first or after the last event of which it is known who came"].push_back(event.calendar_line);
      }
  }
}

}  // namespace

std::vector<std::string> table_shapes() {
  std::vector<std::string> names;
  for (int shape = 0; shape < static_cast<int>(io::Shape::unknown); ++shape)
    names.emplace_back(io::shape_name(static_cast<io::Shape>(shape)));
  return names;
}

Imported import_tables(const std::vector<ImportInput>& files, const ImportAnswers& answers, const std::vector<SameName>& known) {
  io::Gathering all(answers, known);
  std::vector<Sheet> sheets;
  for (const ImportInput& input : files) {
    sheets.push_back({io::source_table(input.bytes, input.name, input.form), io::Shape::unknown});
    all.note_persons(sheets.back().table);
  }
  for (Sheet& sheet : sheets)
    if (sheet.shape = shape_of(sheet.table, answers, all); sheet.shape == io::Shape::ties) sheet.table.take_for_ties();
  take_order_of_sheets(sheets, all.imported().answers);
  std::vector<ImportedFile> read(sheets.size());
  for (const io::Shape shape : reading_order)
    for (std::size_t i = 0; i < sheets.size(); ++i) {
      if (sheets[i].shape != shape) continue;
      read[i] = described(sheets[i]);
      read[i].notes = files[i].notes;
      read_as(sheets[i], all, read[i]);
      note_unread_marks(sheets[i], read[i]);
      const bool of_organisations =
          shape == io::Shape::roster || shape == io::Shape::attendance_list || shape == io::Shape::sign_in;
      if (const std::string doubt = io::Gathering::doubt_of_names(sheets[i].table); of_organisations && !doubt.empty())
        read[i].notes.push_back(doubt);
    }
  Imported imported = all.finished();
  imported.files = std::move(read);
  leave_out_what_lies_outside(imported);
  for (const ImportedFile& file : imported.files) imported.answers.tables[file.name] = file.shape;
  return imported;
}

}  // namespace coalis
