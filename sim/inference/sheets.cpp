#include "coalis/inference/sheets.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "coalis/core/counted.hpp"
#include "coalis/inference/distance.hpp"

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

bool says_when(std::string_view name) {
  const auto digit = [&](std::size_t at) { return name[at] >= '0' && name[at] <= '9'; };
  return name.size() >= 7 && digit(0) && digit(1) && digit(2) && digit(3) && name[4] == '-' && digit(5) && digit(6);
}

bool of_rates(std::string_view measures) { return measures == "attendance_by_meeting" || measures == "attendance_persistence"; }

bool of_sheets(std::string_view measures) { return of_rates(measures) || measures == "attendance_by_member"; }

namespace {

constexpr std::size_t most_lags = 6, most_shown = most_categories;

void add_rate(EvidenceItem& item, std::string name, const CameOf& rate) {
  if (rate.of == 0) return;
  item.categories.push_back(std::move(name));
  item.counts.push_back(rate.came);
  item.of.push_back(rate.of);
}

// Members by attendances, in as many categories as an item may have: several numbers of meetings together where they are many.
EvidenceItem by_member(const AttendanceTable& table) {
  EvidenceItem item;
  item.id = "meetings attended, by member", item.measures = "attendance_by_member", item.use = "calibrate";
  item.meetings = static_cast<int>(table.meetings);
  const auto members = attended_by_member(table);
  const std::size_t width = (members.size() + most_shown - 2) / (most_shown - 1);
  for (std::size_t k = 0; k < members.size();) {
    const std::size_t end = std::min(members.size(), k == 0 ? 1 : k + width);  // those who never came stand alone
    std::int32_t count = 0;
    for (std::size_t j = k; j < end; ++j) count += members[j];
    item.categories.push_back(std::to_string(k) + (end == k + 1 ? "" : "-" + std::to_string(end - 1)));
    item.counts.push_back(count);
    item.n += count;
    k = end;
  }
  return item;
}

// Came again, of `lag`, deviance by degree of freedom.
double rates_apart(const std::vector<CameOf>& a, const std::vector<CameOf>& b) {
  double sum = 0;
  for (std::size_t k = 0; k < a.size(); ++k) {
    const std::array<std::int32_t, 2> x{a[k].came, a[k].of - a[k].came}, y{b[k].came, b[k].of - b[k].came};
    if (a[k].of > 0 && b[k].of > 0)
      sum += homogeneity_deviance(x, y);
    else
      sum += (a[k].of > 0) != (b[k].of > 0) ? 1 : 0;
  }
  return a.empty() ? 0 : sum / static_cast<double>(a.size());
}

std::vector<CameOf> again(const AttendanceTable& table) {
  std::vector<CameOf> rates;
  for (std::size_t lag = 1; lag <= most_lags && lag < table.meetings; ++lag)
    for (const CameOf& rate : attended_again(table, lag)) rates.push_back(rate);
  return rates;
}

}  // namespace

std::vector<EvidenceItem> items_of_sheets(const AttendanceList& list) {
  const AttendanceTable& table = list.table;
  if (std::all_of(table.cells.begin(), table.cells.end(), [](std::int8_t cell) { return cell == cell_unknown; })) return {};
  EvidenceItem turnout, persistence;
  turnout.id = "came, by meeting", turnout.measures = "attendance_by_meeting", turnout.use = "validate";
  const auto meetings = attended_by_meeting(table);
  for (std::size_t k = meetings.size() - std::min(meetings.size(), most_shown); k < meetings.size(); ++k)
    add_rate(turnout, list.meetings[k], meetings[k]);
  persistence.id = "came again, by what they did before", persistence.measures = "attendance_persistence",
  persistence.use = "calibrate";
  persistence.meetings = static_cast<int>(table.meetings);
  for (std::size_t lag = 1; lag <= most_lags && lag < table.meetings; ++lag) {
    const auto rates = attended_again(table, lag);
    const std::string ago = " " + counted(lag, "meeting") + " ago";
    add_rate(persistence, "came" + ago, rates[0]), add_rate(persistence, "stayed away" + ago, rates[1]);
  }
  std::vector<EvidenceItem> items{by_member(table), turnout};
  if (!persistence.counts.empty()) items.push_back(persistence);
  return items;
}

double sheets_distance(const AttendanceTable& a, const AttendanceTable& b) {
  const auto members = homogeneity_deviance(attended_by_member(a), attended_by_member(b)) / static_cast<double>(a.meetings);
  return members + rates_apart(attended_by_meeting(a), attended_by_meeting(b)) + rates_apart(again(a), again(b));
}

}  // namespace coalis
