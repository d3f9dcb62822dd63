#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "coalis/core/counted.hpp"
#include "coalis/core/month_text.hpp"
#include "coalis/inference/sheets.hpp"
#include "coalis/questions/forecast/forecast.hpp"

namespace coalis {
namespace {

constexpr std::size_t fewest_past = 2, fewest_replicates = 100;

// The month that the name of a meeting says, "2024-07" or "2024-07-03"; -1 if it says none.
int month_of(const std::string& name) {
  const std::string month = name.substr(0, 7);
  return is_month(month) && (name.size() == 7 || name[7] == '-') ? month_number(month) : -1;
}

void choose_last_year(ForecastQuestion& question) {
  const int ahead = month_of(question.list.meetings[question.held_out.front()]);
  for (const std::size_t k : question.past)
    if (const int month = month_of(question.list.meetings[k]); ahead >= 0 && month >= 0 && month >= ahead - 12)
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
                           "hold fewer out")};
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

}  // namespace

Asked<ForecastQuestion> ask_forecast(const ForecastOptions& options, RunQuestion runs, AttendanceList list) {
  if (auto problems = problems_with(options, list); !problems.empty()) return {std::nullopt, std::move(problems)};
  std::vector<Diagnostic> warnings;
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
  return {std::move(question), std::move(warnings)};
}

AttendanceTable simulated_list(const ForecastQuestion& question, const RunRecord& record) {
  const Scenario& s = question.runs.scenario;
  return sheets_table(record, static_cast<std::size_t>(s.organisations.count()), 0, s.calendar.months,
                      question.list.table.meetings);
}

}  // namespace coalis
