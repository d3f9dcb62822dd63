// Who came: as a matrix, as a list, sheet by sheet; and calendars of events.
#include <fmt/format.h>

#include <algorithm>

#include "coalis/core/counted.hpp"
#include "gathering.hpp"

namespace coalis::io {
namespace {

constexpr const char* no_date = "the date cannot be read";

// Dates of headings rise from left to right: of the orders that are possible those count in which they do.
std::vector<std::string> dates_of_headings(const SourceTable& table) {
  std::vector<std::string> texts;
  for (const std::size_t c : table.date_columns()) texts.push_back(date_within(table.names[c]));
  return texts;
}

DateOrder order_of_headings(const SourceTable& table, Gathering& all) {
  const std::vector<std::string> texts = dates_of_headings(table);
  std::vector<DateOrder> rising;
  for (const DateOrder order : possible_orders(texts)) {
    std::vector<Day> days;
    for (const std::string& text : texts) days.push_back(day_of(text, order).value_or(Day{}));
    if (days.size() > 2 && std::is_sorted(days.begin(), days.end())) rising.push_back(order);
  }
  return rising.size() == 1 ? rising.front() : all.order_of(table, texts);
}

bool marks_absence(const SourceTable& table, const std::vector<std::size_t>& columns) {
  return std::any_of(table.rows.begin(), table.rows.end(), [&](const SourceRow& row) {
    return std::any_of(columns.begin(), columns.end(), [&](std::size_t c) { return mark_of(row.cell(c)) == Mark::absent; });
  });
}

std::optional<std::string> kind_in(const SourceTable& table, const SourceRow& row) {
  if (const auto kind = event_kind_of(table.cell(row, Holds::kind))) return kind;
  return event_kind_of(table.cell(row, Holds::event));
}

}  // namespace

void read_matrix(const SourceTable& table, Gathering& all, ImportedFile& file) {
  const DateOrder order = order_of_headings(table, all);
  const std::vector<std::size_t> columns = table.date_columns();
  std::vector<std::optional<Day>> days;
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
      unknown += mark == Mark::unknown || (!mark && (cell.empty() ? !blank_is_absent : true));
      ImportedEvent& event = all.event(*days[k], event_kind_of(table.names[columns[k]]));
      event.seen = true;
      if (mark == Mark::present) Gathering::attend(event, *who.organisation);
    }
  }
  if (strange > 0) file.notes.push_back(counted(strange, "cell") + " with what is no mark of attendance: taken as unknown");
  if (unknown > 0) file.notes.push_back(counted(unknown, "attendance") + " unknown; counted as not attended in the evidence");
}

void read_list(const SourceTable& table, Gathering& all, ImportedFile& file) {
  std::vector<std::string> texts;
  for (const SourceRow& row : table.rows)
    if (is_like_date(table.cell(row, Holds::date))) texts.push_back(table.cell(row, Holds::date));
  const DateOrder order = all.order_of(table, texts);
  for (const SourceRow& row : table.rows) {
    const auto day = day_of(table.cell(row, Holds::date), order);
    const Who who = day ? all.who(table, row) : Who{std::nullopt, no_date};
    if (!who.organisation) {
      file.left_out[who.reason].push_back(row.line);
      continue;
    }
    const auto mark = mark_of(table.cell(row, Holds::mark));
    if (table.has(Holds::mark) && mark != Mark::present && !(mark && *mark == Mark::absent)) {
      file.left_out["it is not told whether they came"].push_back(row.line);
      continue;
    }
    ++file.used;
    ImportedEvent& event = all.event(*day, kind_in(table, row));
    event.seen = true;
    if (!table.has(Holds::mark) || mark == Mark::present) Gathering::attend(event, *who.organisation);
  }
}

void read_one_meeting(const SourceTable& table, Gathering& all, ImportedFile& file) {
  std::string date = date_beside(table);
  std::vector<std::string> texts;
  for (const SourceRow& row : table.rows)
    for (const Holds holds : {Holds::arrival, Holds::date})
      if (is_like_date(table.cell(row, holds))) texts.push_back(table.cell(row, holds));
  if (date.empty() && !texts.empty()) date = texts.front();
  texts.push_back(date);
  const auto day = day_of(date, all.order_of(table, texts));
  std::string said = table.file;
  for (const SourceRow& row : table.above)
    for (const std::string& cell : row.cells) said += " " + cell;
  const auto kind = event_kind_of(said);
  std::set<std::size_t> seen;
  int again = 0;
  for (const SourceRow& row : table.rows) {
    const Who who = day ? all.who(table, row) : Who{std::nullopt, "no date of the meeting is told"};
    if (!who.organisation) {
      file.left_out[who.reason].push_back(row.line);
      continue;
    }
    ++file.used;
    again += !seen.insert(*who.organisation).second;
    Gathering::attend(all.event(*day, kind), *who.organisation);
  }
  if (again > 0)
    file.notes.push_back(counted(again, "row") + " of an organisation that came already: others of it, or who joined again");
}

void read_calendar(const SourceTable& table, Gathering& all, ImportedFile& file) {
  std::vector<std::string> texts;
  for (const SourceRow& row : table.rows)
    if (is_like_date(table.cell(row, Holds::date))) texts.push_back(table.cell(row, Holds::date));
  const DateOrder order = all.order_of(table, texts);
  int guessed = 0;
  for (const SourceRow& row : table.rows) {
    const auto day = day_of(table.cell(row, Holds::date), order);
    const bool cancelled =
        std::any_of(row.cells.begin(), row.cells.end(), [](const std::string& cell) { return is_cancelled(cell); });
    if (!day || cancelled) {
      file.left_out[cancelled ? "it was cancelled or postponed" : no_date].push_back(row.line);
      continue;
    }
    ++file.used;
    const auto kind = kind_in(table, row);
    guessed += !kind;
    all.event(*day, kind.value_or("meeting"));
  }
  if (guessed > 0) file.notes.push_back(counted(guessed, "event") + " of which nothing says the kind: taken as meetings");
}

}  // namespace coalis::io
