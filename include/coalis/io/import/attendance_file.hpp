// A plain table of who came, organisation by meeting: what coalis import writes of sheets of any form, and what forecasts read
// (docs/forecast.md).
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "coalis/core/diagnostic.hpp"
#include "coalis/inference/evidence.hpp"
#include "coalis/statistics/attendance.hpp"

namespace coalis {

struct AttendanceFile {
  AttendanceList list;
  std::vector<Diagnostic> diagnostics;  // errors; without any, the list is complete

  bool ok() const { return diagnostics.empty(); }
};

// CSV: columns with names, then a column a meeting, in the order of time, with 1 (came), 0 (stayed away), or nothing (unknown, or
// not on the list then). Rows are told by the last column of names in which all differ. Never throws on bad input.
AttendanceFile parse_attendance(std::string_view text, const std::string& name);
AttendanceFile read_attendance(const std::filesystem::path& path);
// The same table as a text.
std::string attendance_text(const AttendanceList& list);

// An item as a part of an evidence file; of its source the key.
std::string sheet_item_text(const EvidenceItem& item, std::string_view source);
// A whole evidence file of the table's aggregates; `from`: of which file they are, for people. "" without a known cell.
std::string attendance_evidence(const AttendanceList& list, std::string_view from);

}  // namespace coalis
