// Who came: as a matrix, as a list, sheet by sheet; and calendars of events.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "coalis/core/counted.hpp"
#include "gathering.hpp"

namespace coalis::io {
namespace {

constexpr const char* unread_date = "the date cannot be read";
constexpr const char* unknown_mark = "it is not told whether they came";

// Of the file's name and what stands above the table; "meeting" is said of all and tells nothing.
std::optional<std::string> kind_beside(const SourceTable& table) {
  const auto kind = event_kind_of(table.said_about());
  return kind == "meeting" ? std::nullopt : kind;
}

std::vector<std::string> dates_of_headings(const SourceTable& table) {
  std::vector<std::string> texts;
  for (const std::size_t c : table.date_columns()) texts.push_back(date_within(table.names[c]));
  return texts;
}

// Dates of headings rise from left to right, or fall: of the orders that are possible the one in which they do, if it is one.
DateOrder order_of_headings(const SourceTable& table, Gathering& all) {
  const std::vector<std::string> texts = dates_of_headings(table);
  std::vector<DateOrder> even;
  for (const DateOrder order : possible_orders(texts)) {
    std::vector<Day> days;
    for (const std::string& text : texts) days.push_back(day_of(text, order).value_or(Day{}));
    if (days.size() > 2 && (std::is_sorted(days.begin(), days.end()) || std::is_sorted(days.rbegin(), days.rend())))
      even.push_back(order);
  }
  return even.size() == 1 ? even.front() : all.order_of(table, texts);
}

bool marks_absence(const SourceTable& table, const std::vector<std::size_t>& columns) {
  return std::any_of(table.rows.begin(), table.rows.end(), [&](const SourceRow& row) {
    return std::any_of(columns.begin(), columns.end(), [&](std::size_t c) { return mark_of(row.cell(c)) == Mark::absent; });
  });
}

std::optional<std::string> kind_in(const SourceTable& table, const SourceRow& row) {
  if (auto kind = event_kind_of(table.cell(row, Holds::kind))) return kind;
  return event_kind_of(table.cell(row, Holds::event));
}

// Whether those of a row came: by its mark; without a column of marks by its status, if that is one; else they did.
class Came {
 public:
  explicit Came(const SourceTable& table) : table_(table), said_(table.has(Holds::mark) ? Holds::mark : Holds::status) {
    const auto is_mark = [&](const SourceRow& row) { return mark_of(table.cell(row, said_)).has_value(); };
    marked_ = table.has(Holds::mark) || (table.has(Holds::status) && !table.has(Holds::arrival) &&
                                         std::any_of(table.rows.begin(), table.rows.end(), is_mark));
  }
  Mark of(const SourceRow& row) const {
    return marked_ ? mark_of(table_.cell(row, said_)).value_or(Mark::unknown) : Mark::present;
  }

 private:
  const SourceTable& table_;
  Holds said_;
  bool marked_ = false;
};

// Columns that are headed by no day, and several of one day.
void note_days(const SourceTable& table, const std::vector<std::size_t>& columns, const std::vector<std::optional<Day>>& days,
               ImportedFile& file) {
  if (const auto none = table.columns_of_no_day(); !none.empty())
    file.notes.push_back(counted(none.size(), "column") + " headed by a day that there is not: not read (" + columns_said(none) +
                         ")");
  std::map<std::pair<std::string, std::string>, std::vector<std::size_t>> of_day;
  for (std::size_t k = 0; k < columns.size(); ++k)
    if (days[k]) of_day[{days[k]->text(), event_kind_of(table.names[columns[k]]).value_or("meeting")}].push_back(columns[k]);
  for (const auto& [day, same] : of_day)
    if (same.size() > 1)
      file.notes.push_back(fmt::format("{} of {}: taken as one event, to which came who came by either ({})",
                                       counted(same.size(), "column"), day.first, columns_said(same)));
}

// The days of a matrix's columns.
std::vector<std::optional<Day>> days_of_matrix(const SourceTable& table, const std::vector<std::size_t>& columns, Gathering& all,
                                               ImportedFile& file) {
  std::vector<std::optional<Day>> days;
  if (table.date_columns().empty()) {
    constexpr int first_year = 2025, apart = 3;
    for (std::size_t k = 0; k < columns.size(); ++k) {
      const int month = apart * static_cast<int>(k);
      days.push_back(Day{first_year + month / 12, month % 12 + 1, 0});
    }
    file.notes.push_back("the meetings have no dates: one a quarter from January 2025 is assumed, in the order of their numbers");
    return days;
  }
  const DateOrder order = order_of_headings(table, all);
  int empty = 0;
  for (const std::size_t c : columns) {
    const bool any =
        std::any_of(table.rows.begin(), table.rows.end(), [&](const SourceRow& row) { return mark_of(row.cell(c)).has_value(); });
    days.push_back(any && !is_cancelled(table.names[c]) ? day_of(date_within(table.names[c]), order) : std::nullopt);
    empty += !days.back();
  }
  if (empty > 0)
    file.notes.push_back(counted(empty, "column") +
                         " with a date and no mark, cancelled or of no such day: no event is taken from there");
  note_days(table, columns, days, file);
  return days;
}

// The dates that a sheet tells: of those who came, and of the meeting.
std::vector<std::string> dates_of_sheet(const SourceTable& table) {
  std::vector<std::string> texts = table.date_cells({Holds::arrival, Holds::date});
  texts.push_back(date_beside(table));
  return texts;
}

}  // namespace

std::optional<DateOrder> order_by_name(const SourceTable& table) {
  const std::vector<std::string> texts = dates_of_sheet(table);
  const std::string named = date_in_name(table);
  const std::vector<DateOrder> of_name = possible_orders({named});
  if (named.empty() || of_name.size() != 1) return std::nullopt;
  const auto day = day_of(named, of_name.front());
  std::vector<DateOrder> agreeing;
  for (const DateOrder order : possible_orders(texts))
    if (std::any_of(texts.begin(), texts.end(),
                    [&](const std::string& text) { return text != named && day_of(text, order) == day; }))
      agreeing.push_back(order);
  return agreeing.size() == 1 ? std::optional(agreeing.front()) : std::nullopt;
}

void read_matrix(const SourceTable& table, Gathering& all, ImportedFile& file) {
  const std::vector<std::size_t> dated = table.date_columns(), columns = dated.empty() ? table.numbered_columns() : dated;
  const std::vector<std::optional<Day>> days = days_of_matrix(table, columns, all, file);
  const bool blank_is_absent = !marks_absence(table, columns);
  int unknown = 0, strange = 0;
  for (const SourceRow& row : table.rows) {
    const Who who = all.who(table, row);
    if (!who.organisation) {
      file.left_out[who.reason].push_back(row.line);
      continue;
    }
    ++file.used;
    for (std::size_t k = 0; k < columns.size(); ++k) {
      if (!days[k]) continue;
      const std::string& cell = row.cell(columns[k]);
      const auto mark = mark_of(cell);
      strange += !mark && !cell.empty();
      const bool untold = mark == Mark::unknown || (!mark && (cell.empty() ? !blank_is_absent : true));
      unknown += untold;
      ImportedEvent& event = all.event(*days[k], event_kind_of(table.names[columns[k]]));
      event.seen = true;
      if (mark == Mark::present) Gathering::attend(event, *who.organisation);
      if (untold) event.unknown.push_back(*who.organisation);
    }
  }
  if (strange > 0) file.notes.push_back(counted(strange, "cell") + " with what is no mark of attendance: taken as unknown");
  if (unknown > 0)
    file.notes.push_back(counted(unknown, "attendance") +
                         " unknown; left out of the counts of meetings, counted as not attended elsewhere");
}

void read_list(const SourceTable& table, Gathering& all, ImportedFile& file) {
  const DateOrder order = all.order_of(table, table.date_cells({Holds::date}));
  const Came came(table);
  for (const SourceRow& row : table.rows) {
    const auto day = day_of(table.cell(row, Holds::date), order);
    const Mark mark = came.of(row);
    const Who who = !day                    ? Who{std::nullopt, unread_date}
                    : mark == Mark::unknown ? Who{std::nullopt, unknown_mark}
                                            : all.who(table, row);
    if (!who.organisation) {
      file.left_out[who.reason].push_back(row.line);
      continue;
    }
    ++file.used;
    const auto kind = kind_in(table, row);
    ImportedEvent& event = all.event(*day, kind ? kind : kind_beside(table));
    event.seen = true;
    if (mark == Mark::present) Gathering::attend(event, *who.organisation);
  }
}

void read_one_meeting(const SourceTable& table, Gathering& all, ImportedFile& file) {
  std::string date = date_beside(table);
  std::vector<std::string> texts = table.date_cells({Holds::arrival, Holds::date});
  if (date.empty() && !texts.empty()) date = texts.front();
  texts.push_back(date);
  const auto by_name = order_by_name(table);
  const auto day = day_of(date, by_name ? *by_name : all.order_of(table, texts));
  const auto kind = kind_beside(table);
  const Came came(table);
  std::set<std::size_t> seen;
  int again = 0;
  for (const SourceRow& row : table.rows) {
    const Mark mark = came.of(row);
    const Who who = !day                    ? Who{std::nullopt, "no date of the meeting is told"}
                    : mark == Mark::unknown ? Who{std::nullopt, unknown_mark}
                                            : all.who(table, row);
    if (!who.organisation) {
      file.left_out[who.reason].push_back(row.line);
      continue;
    }
    ++file.used;
    ImportedEvent& event = all.event(*day, kind);
    event.seen = true;
    if (mark != Mark::present) continue;
    again += !seen.insert(*who.organisation).second;
    Gathering::attend(event, *who.organisation);
  }
  if (table.rows.empty() && day) {
    all.event(*day, kind).seen = true;
    file.notes.push_back("nobody stands on it: an event to which no organisation came; leave the file out if none was held");
  }
  if (again > 0)
    file.notes.push_back(counted(again, "row") + " of an organisation that came already: others of it, or who joined again");
}

void read_calendar(const SourceTable& table, Gathering& all, ImportedFile& file) {
  const DateOrder order = all.order_of(table, table.date_cells({Holds::date}));
  int guessed = 0, again = 0;
  for (const SourceRow& row : table.rows) {
    const auto day = day_of(table.cell(row, Holds::date), order);
    const bool cancelled =
        std::any_of(row.cells.begin(), row.cells.end(), [](const std::string& cell) { return is_cancelled(cell); });
    if (!day || cancelled) {
      file.left_out[cancelled ? "it was cancelled or postponed" : unread_date].push_back(row.line);
      continue;
    }
    ++file.used;
    const auto kind = kind_in(table, row);
    guessed += !kind;
    const std::size_t before = all.imported().events.size();
    ImportedEvent& event = all.event(*day, kind.value_or("meeting"));
    if (event.calendar.empty()) event.calendar = table.file, event.calendar_line = row.line;
    again += all.imported().events.size() == before;
  }
  if (guessed > 0) file.notes.push_back(counted(guessed, "event") + " of which nothing says the kind: taken as meetings");
  if (again > 0) file.notes.push_back(counted(again, "row") + " of a day that has an event of this kind already: counted once");
}

}  // namespace coalis::io
