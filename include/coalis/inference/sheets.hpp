// Lists of who came to the meetings of a simulated coalition, in the form in which observed ones are counted.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "coalis/inference/evidence.hpp"
#include "coalis/model/record.hpp"
#include "coalis/statistics/attendance.hpp"

namespace coalis {

// Meetings of the months first..end-1, which every organisation has its own of where hubs meet apart: the last so many of each,
// the latest in the last column; 0: as many as anyone had. Two of a month are one, to which comes who comes to either. The record
// must have been made with Recording::sheets, of so many organisations.
AttendanceTable sheets_table(const RunRecord& record, std::size_t organisations, int first, int end, std::size_t meetings);

// Items that compare such lists, for which nobody is asked: attendance_by_member, attendance_by_meeting, attendance_persistence.
bool of_sheets(std::string_view measures);
// Those of them whose figures are shares of those who came, each with a denominator of its own.
bool of_rates(std::string_view measures);

// Whether a meeting's name begins with a year and a month, "2024-07" or "2024-07-03": such names must rise.
bool says_when(std::string_view name);

// The items of an observed table, of the use `calibrate` but turnout, which is held out: attendances a member, turnout of the
// last 40 meetings at most, who came again 1 to 6 meetings later. Empty without a known cell.
std::vector<EvidenceItem> items_of_sheets(const AttendanceList& list);

// How far two tables of as many meetings lie from each other: deviances of attendances a member, of each meeting's turnout and of
// who came again, each by its degrees of freedom, added up. About 3 for two coalitions that differ by chance alone; infinite if
// one table knows of nobody.
double sheets_distance(const AttendanceTable& a, const AttendanceTable& b);

}  // namespace coalis
