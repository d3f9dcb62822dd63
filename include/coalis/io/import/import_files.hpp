// The texts that are written of an import, and those of them that are read again.
#pragma once

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

// Who of the members came to the meetings that were seen, by month: who came to one of two in a month came. Unknown before a
// member joined; who left stays on the list.
AttendanceList imported_attendance(const Imported& imported);

// "" where nothing can be compared with the simulated survey.
std::string imported_evidence(const Imported& imported);

// A calibration file for a scenario that has such evidence; `scenario`: its file, beside this one.
std::string imported_calibration(const Imported& imported, const std::string& title, const std::string& scenario);

// Organisations that are no members: that came, or that a member works with, with their names. "" without. The scenario has them by
// number.
std::string guests_text(const Imported& imported);

// Every answer, with what was assumed, and what each file was. Read again, nothing is asked.
std::string mapping_text(const Imported& imported);
ImportAnswers parse_mapping(std::string_view text, const std::string& file, std::vector<Diagnostic>& diagnostics);

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
