#include "coalis/inference/sheets.hpp"

#include <algorithm>

namespace coalis {

AttendanceTable sheets_table(const RunRecord& record, std::size_t organisations, int first, int end, std::size_t meetings) {
  const auto cell = [&](std::size_t i, int month) { return record.sheets[static_cast<std::size_t>(month) * organisations + i]; };
  if (meetings == 0)
    for (std::size_t i = 0; i < organisations; ++i) {
      std::size_t own = 0;
      for (int month = first; month < end; ++month) own += cell(i, month) != cell_unknown;
      meetings = std::max(meetings, own);
    }
  AttendanceTable table{organisations, meetings, std::vector<std::int8_t>(organisations * meetings, cell_unknown)};
  for (std::size_t i = 0; i < organisations; ++i) {
    std::size_t left = meetings;
    for (int month = end - 1; month >= first && left > 0; --month)
      if (const std::int8_t one = cell(i, month); one != cell_unknown) table.cells[i * meetings + --left] = one;
  }
  return table;
}

bool of_rates(std::string_view measures) {
  return measures == "attendance_by_meeting" || measures == "attendance_persistence";
}

bool of_sheets(std::string_view measures) { return of_rates(measures) || measures == "attendance_by_member"; }

}  // namespace coalis
