#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>

#include "coalis/core/counted.hpp"
#include "coalis/core/month_text.hpp"
#include "coalis/core/names.hpp"
#include "coalis/inference/sheets.hpp"
#include "coalis/questions/forecast/forecast.hpp"

namespace coalis {
namespace {

constexpr std::size_t fewest_past = 2, fewest_replicates = 100;

void choose_last_year(ForecastQuestion& question) {
  const int ahead = leading_month(question.list.meetings[question.held_out.front()]);
  for (const std::size_t k : question.past)
    if (const int month = leading_month(question.list.meetings[k]); ahead >= 0 && month >= 0 && month >= ahead - 12)
      question.last_year.push_back(k);
  if (question.last_year.empty()) question.last_year = question.past;
}

std::vector<Diagnostic> problems_with(const ForecastOptions& options, const AttendanceList& list) {
  const std::size_t meetings = list.table.meetings;
  if (options.hold_out == 0) return {option_problem("--hold-out 0", "nothing would be forecast", "hold out one meeting or more")};
  if (options.hold_out + fewest_past > meetings)
    return {option_problem(fmt::format("--hold-out {}", options.hold_out),
                           fmt::format("{} has {}, of which {} are to be left to forecast from", options.attendance,
                                       counted(meetings, "meeting"), fewest_past),
                           meetings > fewest_past ? "hold fewer out" : "it takes a longer table")};
  if (options.runs.replicates < fewest_replicates)
    return {option_problem(fmt::format("--replicates {}", options.runs.replicates), "too few to choose the nearest from",
                           fmt::format("ask for {} or more", fewest_replicates))};
  const AttendanceTable ahead = last_alone(list.table, options.hold_out), before = without_last(list.table, options.hold_out);
  for (const auto& [table, what] : {std::pair{&ahead, "held out"}, {&before, "left"}})
    if (std::all_of(table->cells.begin(), table->cells.end(), [](std::int8_t cell) { return cell == cell_unknown; }))
      return {option_problem(options.attendance, fmt::format("of the meetings {} it is not told who came", what),
                             "write 1 and 0 in their columns")};
  return {};
}

// The table's months against the run's: its last meetings are compared with the last of the run.
std::vector<Diagnostic> problems_with_months(const ForecastOptions& options, const AttendanceList& list,
                                             const Calendar& calendar) {
  const int first = leading_month(list.meetings.front()), last = leading_month(list.meetings.back());
  if (first < 0 || last < 0) return {};
  const int start = month_number(calendar.start), end = start + calendar.months;
  const std::string run_ends = month_text(calendar.start, calendar.months - 1);
  if (last < start || last >= end)
    return {option_problem(options.attendance,
                           fmt::format("its last meeting, {}, is not within the run, {} to {}", list.meetings.back(),
                                       month_text(calendar.start, 0), run_ends),
                           "let the scenario's calendar end with the table")};
  if (end - 1 - last < usual_gap(first, last, list.meetings.size())) return {};
  Diagnostic goes_on =
      option_problem(options.attendance,
                     fmt::format("its last meeting is {}, and the run goes on to {}: meetings of other months are compared",
                                 list.meetings.back(), run_ends),
                     fmt::format("end the run with the table: --set calendar.months={}", last - start + 1));
  goes_on.warning = true;
  return {goes_on};
}

// Members of a roster. Who it lets leave before the meetings ahead is known to be gone, and nothing is forecast of it.
void compare_with_roster(ForecastQuestion& question, std::vector<Diagnostic>& warnings) {
  const Scenario& s = question.runs.scenario;
  if (s.organisations.roster.empty()) return;
  std::map<std::string, const Member*> roster;
  for (const Member& member : s.organisations.roster) roster.emplace(name_key(member.name), &member);
  std::string strange;
  const int ahead = leading_month(question.list.meetings[question.held_out.front()]);
  for (std::size_t i = 0; i < question.list.members.size(); ++i) {
    const std::string& name = question.list.members[i];
    const auto found = roster.find(name_key(name));
    if (found == roster.end()) {
      strange += (strange.empty() ? "'" : ", '") + name + "'";
      continue;
    }
    const int left = found->second->left;
    if (left < 0 || left >= s.calendar.months || ahead < 0 || month_number(s.calendar.start) + left > ahead) continue;
    for (const std::size_t k : question.held_out) question.list.table.cells[i * question.list.table.meetings + k] = cell_unknown;
    ++question.gone;
  }
  if (strange.empty()) return;
  warnings.push_back(option_problem(question.attendance, fmt::format("the roster does not know {}", strange),
                                    "correct the name, if it is of that coalition"));
  warnings.back().warning = true;
}

}  // namespace

Asked<ForecastQuestion> ask_forecast(const ForecastOptions& options, RunQuestion runs, AttendanceList list) {
  if (auto problems = problems_with(options, list); !problems.empty()) return {std::nullopt, std::move(problems)};
  auto warnings = problems_with_months(options, list, runs.scenario.calendar);
  if (!warnings.empty() && !warnings.front().warning) return {std::nullopt, std::move(warnings)};
  const auto members = static_cast<std::size_t>(runs.scenario.organisations.member_count());
  if (list.table.members != members) {
    warnings.push_back(option_problem(options.attendance,
                                      fmt::format("has {}, and the scenario {}", counted(list.table.members, "member"), members),
                                      "correct one of the two, if they are of one coalition"));
    warnings.back().warning = true;
  }
  ForecastQuestion question;
  question.runs = std::move(runs), question.attendance = options.attendance, question.list = std::move(list);
  question.hold_out = options.hold_out;
  for (std::size_t k = 0; k < question.list.table.meetings; ++k)
    (k + options.hold_out < question.list.table.meetings ? question.past : question.held_out).push_back(k);
  choose_last_year(question);
  compare_with_roster(question, warnings);
  return {std::move(question), std::move(warnings)};
}

AttendanceTable simulated_list(const ForecastQuestion& question, const RunRecord& record) {
  const Scenario& s = question.runs.scenario;
  return sheets_table(record, static_cast<std::size_t>(s.organisations.count()), 0, s.calendar.months,
                      question.list.table.meetings);
}

}  // namespace coalis
