#include "coalis/statistics/attendance.hpp"

#include <algorithm>

namespace coalis {
namespace {

AttendanceTable columns(const AttendanceTable& table, std::size_t first, std::size_t end) {
  AttendanceTable part{table.members, end - first, {}};
  part.cells.reserve(part.members * part.meetings);
  for (std::size_t i = 0; i < table.members; ++i)
    for (std::size_t k = first; k < end; ++k) part.cells.push_back(table.at(i, k));
  return part;
}

}  // namespace

std::vector<std::int32_t> attended_by_member(const AttendanceTable& table) {
  std::vector<std::int32_t> members(table.meetings + 1, 0);
  for (std::size_t i = 0; i < table.members; ++i) {
    std::size_t times = 0, known = 0;
    for (std::size_t k = 0; k < table.meetings; ++k) {
      times += table.at(i, k) == cell_came;
      known += table.at(i, k) != cell_unknown;
    }
    if (known > 0) ++members[times];
  }
  return members;
}

std::vector<CameOf> attended_by_meeting(const AttendanceTable& table) {
  std::vector<CameOf> meetings(table.meetings);
  for (std::size_t i = 0; i < table.members; ++i)
    for (std::size_t k = 0; k < table.meetings; ++k) {
      meetings[k].came += table.at(i, k) == cell_came;
      meetings[k].of += table.at(i, k) != cell_unknown;
    }
  return meetings;
}

std::array<CameOf, 2> attended_again(const AttendanceTable& table, std::size_t lag) {
  std::array<CameOf, 2> again{};
  for (std::size_t i = 0; i < table.members; ++i)
    for (std::size_t k = lag; k < table.meetings; ++k) {
      const std::int8_t before = table.at(i, k - lag), now = table.at(i, k);
      if (before == cell_unknown || now == cell_unknown) continue;
      CameOf& row = again[before == cell_came ? 0 : 1];
      row.came += now == cell_came;
      ++row.of;
    }
  return again;
}

std::vector<CameOf> attended_of(const AttendanceTable& table, const std::vector<std::size_t>& meetings) {
  std::vector<CameOf> members(table.members);
  for (std::size_t i = 0; i < table.members; ++i)
    for (const std::size_t k : meetings) {
      members[i].came += table.at(i, k) == cell_came;
      members[i].of += table.at(i, k) != cell_unknown;
    }
  return members;
}

AttendanceTable without_last(const AttendanceTable& table, std::size_t meetings) {
  return columns(table, 0, table.meetings - std::min(meetings, table.meetings));
}

AttendanceTable last_alone(const AttendanceTable& table, std::size_t meetings) {
  return columns(table, table.meetings - std::min(meetings, table.meetings), table.meetings);
}

}  // namespace coalis
