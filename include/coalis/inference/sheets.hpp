// Lists of who came to the meetings of a simulated coalition, in the form in which observed ones are counted.
#pragma once

#include <cstddef>
#include <string_view>

#include "coalis/model/record.hpp"
#include "coalis/statistics/attendance.hpp"

namespace coalis {

// Meetings of the months first..end-1, which every organisation has its own of where hubs meet apart: the last so many of each, the
// latest in the last column; 0: as many as anyone had. Two of a month are one, to which comes who comes to either. The record must
// have been made with Recording::sheets, of so many organisations.
AttendanceTable sheets_table(const RunRecord& record, std::size_t organisations, int first, int end, std::size_t meetings);

// Items that compare such lists, for which nobody is asked: attendance_by_member, attendance_by_meeting, attendance_persistence.
bool of_sheets(std::string_view measures);
// Those of them whose figures are shares of those who came, each with a denominator of its own.
bool of_rates(std::string_view measures);

}  // namespace coalis
