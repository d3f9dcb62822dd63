// Lists of who came, counted: one set of definitions for what was observed and for simulated coalitions (docs/forecast.md).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace coalis {

inline constexpr std::int8_t cell_unknown = -1, cell_away = 0, cell_came = 1;

// A row a member, a column a meeting, in the order of time. cell_unknown: not on the list at that meeting, or not told.
struct AttendanceTable {
  std::size_t members = 0, meetings = 0;
  std::vector<std::int8_t> cells;  // [member][meeting]

  std::int8_t at(std::size_t member, std::size_t meeting) const { return cells[member * meetings + meeting]; }
};

// The same with the names of its rows and columns.
struct AttendanceList {
  std::vector<std::string> members, meetings;
  AttendanceTable table;
};

// Those who came, of those of whom it is known.
struct CameOf {
  std::int32_t came = 0, of = 0;
  bool operator==(const CameOf&) const = default;
};

// Members by the number of meetings that they attended, 0..meetings: those of whom one cell or more is known.
std::vector<std::int32_t> attended_by_member(const AttendanceTable& table);
// [meeting]
std::vector<CameOf> attended_by_meeting(const AttendanceTable& table);
// Persistence: who came to a meeting, of those that came to the one `lag` before it, and of those that stayed away from that; all
// pairs of meetings so far apart together. lag: 1 or more.
std::array<CameOf, 2> attended_again(const AttendanceTable& table, std::size_t lag);
// [member] of these meetings
std::vector<CameOf> attended_of(const AttendanceTable& table, const std::vector<std::size_t>& meetings);
// The table without its last meetings, or the last ones alone; no more than there are.
AttendanceTable without_last(const AttendanceTable& table, std::size_t meetings);
AttendanceTable last_alone(const AttendanceTable& table, std::size_t meetings);

}  // namespace coalis
