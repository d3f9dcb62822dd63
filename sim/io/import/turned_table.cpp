// Attendance with dates down the side and organisations across the top, turned over.
#include <algorithm>

#include "source_table.hpp"
#include "table_dates.hpp"

namespace coalis::io {
namespace {

// Nothing but marks of one organisation: a number above 1 counts people of all.
bool is_of_marks(const SourceTable& table, std::size_t column) {
  const Holds holds = heading_of(table.names[column]).holds;
  if (table.names[column].empty() || holds == Holds::mark || holds == Holds::duration || holds == Holds::status) return false;
  bool any = false;
  for (const SourceRow& row : table.rows) {
    const std::string& cell = row.cell(column);
    const bool counts = cell.find_first_of("23456789") != cell.npos;
    if (!cell.empty() && (counts || !mark_of(cell))) return false;
    any = any || !cell.empty();
  }
  return any;
}

// What stands beside a date in its row: the event, or its kind.
std::string title_of(const SourceTable& table, const SourceRow& row, std::size_t column) {
  std::string title = row.cell(column);
  for (const Holds holds : {Holds::event, Holds::kind})
    if (const std::string& said = table.cell(row, holds); !said.empty()) title += " / " + said;
  return title;
}

}  // namespace

void SourceTable::turn_over() {
  const int date = column(Holds::date);
  if (date < 0 || !date_columns().empty()) return;
  const auto at = static_cast<std::size_t>(date);
  std::vector<std::size_t> across;
  for (std::size_t c = 0; c < names.size(); ++c)
    if (c != at && is_of_marks(*this, c))
      across.push_back(c);
    else if (columns[c] == Holds::organisation || columns[c] == Holds::name || columns[c] == Holds::person ||
             columns[c] == Holds::email)
      return;  // it tells who came in its rows
  const auto dated = [&](const SourceRow& row) { return is_like_date(row.cell(at)); };
  const auto days = std::count_if(rows.begin(), rows.end(), dated);
  if (across.size() < 2 || days < 2 || static_cast<std::size_t>(days) * 2 < rows.size()) return;
  for (std::size_t c = 0; c < names.size(); ++c) {
    const bool taken = columns[c] == Holds::date || columns[c] == Holds::event || columns[c] == Holds::kind ||
                       std::find(across.begin(), across.end(), c) != across.end();
    const auto told = [&](const SourceRow& row) { return !row.cell(c).empty(); };
    if (!taken && std::any_of(rows.begin(), rows.end(), told))
      left_out.push_back({static_cast<int>(c) + 1, "a column without marks of one organisation"});
  }
  std::vector<std::string> headings{""};
  std::vector<SourceRow> turned;
  for (const std::size_t c : across) turned.push_back({static_cast<int>(c) + 1, {names[c]}});
  for (const SourceRow& row : rows) {
    if (!dated(row)) {
      left_out.push_back({row.line, "the date cannot be read"});
      continue;
    }
    headings.push_back(title_of(*this, row, at));
    for (std::size_t k = 0; k < across.size(); ++k) turned[k].cells.push_back(row.cell(across[k]));
  }
  columns.assign(headings.size(), Holds::unknown);
  columns.front() = Holds::name;
  names = std::move(headings), rows = std::move(turned), is_turned = true, heading_rows = 1;
  all_rows = static_cast<int>(1 + rows.size() + left_out.size());
}

}  // namespace coalis::io
