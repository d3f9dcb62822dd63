// The months that the tables tell, and who is a member in them.
#include <algorithm>

#include "coalis/core/month_text.hpp"
#include "coalis/io/import/import_files.hpp"

namespace coalis {

std::vector<ImportedMonth> imported_months(const Imported& imported) {
  std::string first, last;
  const bool seen =
      std::any_of(imported.events.begin(), imported.events.end(), [](const ImportedEvent& event) { return event.seen; });
  for (const ImportedEvent& event : imported.events) {
    const std::string month = event.day.substr(0, 7);
    if (seen && !event.seen) continue;  // what is planned lies ahead
    if (first.empty() || month < first) first = month;
    if (month > last) last = month;
  }
  std::vector<ImportedMonth> months;
  if (first.empty()) return months;
  constexpr int longest = 1200;
  const int count = std::min(month_number(last) - month_number(first) + 1, longest);
  for (int m = 0; m < count; ++m) months.push_back({month_text(first, m), 0, 0});
  for (const ImportedEvent& event : imported.events) {
    const int m = month_number(event.day.substr(0, 7)) - month_number(first);
    if (m < 0 || m >= count) continue;
    ++months[static_cast<std::size_t>(m)].events;
    months[static_cast<std::size_t>(m)].attendances += event.attended.size();
  }
  return months;
}

ImportedCalendar imported_calendar(const Imported& imported) {
  const std::vector<ImportedMonth> months = imported_months(imported);
  if (!months.empty()) return {months.front().month, static_cast<int>(months.size()), true};
  ImportedCalendar calendar{"2025-01"};
  std::string first, last;
  for (const ImportedOrganisation& organisation : imported.organisations) {
    const std::string& joined = organisation.joined;
    if (joined.empty()) continue;
    if (first.empty() || joined < first) first = joined;
    last = std::max(last, joined);
  }
  if (!first.empty())
    calendar.start = month_text("0000-01", std::max(month_number(first), month_number(last) - calendar.months + 1));
  return calendar;
}

std::vector<const ImportedOrganisation*> imported_members(const Imported& imported) {
  const auto listed = [](const ImportedOrganisation& organisation) { return organisation.listed; };
  const bool all =
      imported.answers.guests == "members" || std::none_of(imported.organisations.begin(), imported.organisations.end(), listed);
  const std::string start = imported_calendar(imported).start;
  std::vector<const ImportedOrganisation*> members;
  for (const ImportedOrganisation& organisation : imported.organisations)
    if ((organisation.listed || all) && (organisation.left.empty() || organisation.left >= start))
      members.push_back(&organisation);
  return members;
}

std::vector<const ImportedOrganisation*> imported_in_months(const Imported& imported) {
  const ImportedCalendar calendar = imported_calendar(imported);
  const std::string last = month_text(calendar.start, calendar.months - 1);
  const std::vector<const ImportedOrganisation*> all = imported_members(imported);
  std::vector<const ImportedOrganisation*> members;
  for (const ImportedOrganisation* member : all)
    if (member->joined <= last) members.push_back(member);
  return members.empty() ? all : members;
}

bool is_member_in(const ImportedOrganisation& organisation, const std::string& month) {
  const bool left = !organisation.left.empty() && organisation.left >= organisation.joined && organisation.left < month;
  return organisation.joined <= month && !left;
}

}  // namespace coalis
