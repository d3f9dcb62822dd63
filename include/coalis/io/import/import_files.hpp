// The texts that are written of an import, and those of them that are read again.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "coalis/core/diagnostic.hpp"
#include "coalis/io/import/import.hpp"
#include "coalis/statistics/attendance.hpp"

namespace coalis {

inline constexpr int mapping_format_version = 1;

// What no table says, and what was put there: one sentence each.
struct ImportedScenario {
  std::string text;           // TOML; it names the two tables
  std::string complete;       // the same with their rows in it: it names no file but the evidence
  std::string members, ties;  // tables of organisations by name, and of who works with whom ("" without)
  std::vector<std::string> assumed;
  std::string seat;  // region of the office; "" where there is but one
};
inline constexpr const char *members_name = "members.csv", *ties_name = "ties.csv";
// `evidence`: name of the evidence file beside it, "" without.
ImportedScenario imported_scenario(const Imported& imported, const std::string& title, const std::string& evidence);

// The scenario's months: from the first event to the last that was seen; without any, two years in which
// the last member joined.
struct ImportedCalendar {
  std::string start;
  int months = 24;
  bool seen = false;  // events
};
ImportedCalendar imported_calendar(const Imported& imported);

// Who is listed and had not left before the first month. Without a list, or if guests are members: who was seen, too.
std::vector<const ImportedOrganisation*> imported_members(const Imported& imported);

// Of these, who had joined by the last month: the members of the scenario. All, if nobody had.
std::vector<const ImportedOrganisation*> imported_in_months(const Imported& imported);

// Whether it was a member in that month, by what is told of joining and leaving.
bool is_member_in(const ImportedOrganisation& organisation, const std::string& month);

// Who of the scenario's members came to the meetings that were seen, by month: who came to one of two in a month came. Unknown
// before a member joined, whether it came or not; who left stays on the list, and away. What a table tells of one that came
// after it left is unknown, too. Members of whom it is not told when they joined are on the list from the first month on.
AttendanceList imported_attendance(const Imported& imported);

// "" where nothing can be compared with the simulated survey.
std::string imported_evidence(const Imported& imported);

// A calibration file for a scenario that has such evidence; `scenario`: its file, beside this one.
std::string imported_calibration(const Imported& imported, const std::string& title, const std::string& scenario);

// Organisations that are no members: that came, or that a member works with, with their names. "" without. The scenario has them
// by number.
std::string guests_text(const Imported& imported);

// Every answer, with what was assumed, and what each file was. Read again, nothing is asked.
std::string mapping_text(const Imported& imported);
ImportAnswers parse_mapping(std::string_view text, const std::string& file, std::vector<Diagnostic>& diagnostics);

// Checksums of the files that were written, by their names, as a part of the mapping; and those of an earlier one, none where it
// has none.
std::string written_text(const std::map<std::string, std::string>& checksums);
std::map<std::string, std::string> parse_written(std::string_view mapping);

// Names that may be one organisation, as a table: name, other, same, why.
std::string aliases_text(const Imported& imported);
std::vector<SameName> parse_aliases(std::string_view text, const std::string& file, std::vector<Diagnostic>& diagnostics);

// Events and attendances of every month from the first to the last.
struct ImportedMonth {
  std::string month;
  std::size_t events = 0, attendances = 0;
};
std::vector<ImportedMonth> imported_months(const Imported& imported);

}  // namespace coalis
