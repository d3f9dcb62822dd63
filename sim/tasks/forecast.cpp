#include "coalis/tasks/forecast.hpp"

#include <fmt/format.h>

#include <utility>

#include "coalis/core/characters.hpp"
#include "coalis/core/counted.hpp"
#include "coalis/ensemble/ensemble.hpp"
#include "coalis/ensemble/resources.hpp"
#include "coalis/inference/sheets.hpp"
#include "coalis/io/import/attendance_file.hpp"
#include "coalis/io/questions/evidence_file.hpp"
#include "coalis/tasks/run.hpp"

namespace coalis {

Asked<ForecastQuestion> read_forecast(const ForecastOptions& options, ScenarioFile scenario, int threads, const Watch& watch) {
  AttendanceFile file = read_attendance(options.attendance);
  if (!file.ok()) return {std::nullopt, std::move(file.diagnostics)};
  const auto before_drawing = [&](const RunQuestion& runs) {
    Needs needs = ensemble_needs({&runs.scenario, 1}, ForecastQuestion::recording, runs.replicates, threads);
    needs.replicate_memory += 2.0 * runs.scenario.organisations.count() * static_cast<double>(file.list.table.meetings);
    require_room(needs);
  };
  // The scenario's evidence is no part of the question.
  Asked<RunQuestion> runs = read_run(options.runs, std::move(scenario), {}, watch, before_drawing);
  if (!runs.ok()) return {std::nullopt, std::move(runs.problems)};
  auto asked = ask_forecast(options, std::move(*runs.question), std::move(file.list));
  asked.problems.insert(asked.problems.begin(), runs.problems.begin(), runs.problems.end());
  return asked;
}

Asked<ForecastQuestion> read_forecast(const ForecastOptions& options, int threads, const Watch& watch) {
  return read_forecast(options, read_scenario(options.runs.scenario, options.runs.set), threads, watch);
}

std::optional<ForecastAnswer> forecast(ForecastQuestion question, int threads, const Watch& watch) {
  const RunQuestion& runs = question.runs;
  std::vector<AttendanceTable> lists;
  lists.reserve(runs.replicates);
  Execution execution{.threads = threads, .cancel = watch.cancel};
  if (watch.progress) execution.progress = [&](std::size_t done) { watch.progress(done, runs.replicates); };
  const auto sink = [&](const RunRecord& record) { lists.push_back(simulated_list(question, record)); };
  const auto replicates = replicate_range(0, runs.replicates);
  if (!runs.sets) {
    run_ensemble(runs.scenario, runs.seed, replicates, ForecastQuestion::recording, execution, sink);
  } else {
    const auto make_runner = [&]() -> Runner {
      return [&](std::uint32_t replicate, RunRecord& record) {
        Simulator(make_plan(runs.of(replicate))).run(runs.seed, replicate, ForecastQuestion::recording, record);
      };
    };
    execute(replicates, make_runner, execution, sink);
  }
  if (lists.size() < runs.replicates) return std::nullopt;
  return forecast_answer(std::move(question), lists);
}

std::string items_lost(const std::filesystem::path& evidence) {
  std::string lost;
  std::error_code none;
  if (!std::filesystem::is_regular_file(evidence, none)) return lost;
  for (const EvidenceItem& item : read_evidence(evidence).items)
    if (!of_sheets(measured(item))) lost += fmt::format("{}'{}'", lost.empty() ? "" : ", ", visible(item.id, Lines::one));
  return lost;
}

Counted count_attendance(const std::filesystem::path& attendance, std::size_t hold_out) {
  AttendanceFile file = read_attendance(attendance);
  if (!file.ok()) return {std::move(file.diagnostics)};
  AttendanceList& list = file.list;
  const std::string table = visible(attendance.string(), Lines::one);
  if (hold_out >= list.table.meetings)
    return {{option_problem(fmt::format("--hold-out {}", hold_out),
                            fmt::format("{} has {}", table, counted(list.table.meetings, "meeting")),
                            list.table.meetings > 1 ? "hold fewer out" : "hold none out: there would be nothing left")}};
  list.table = without_last(list.table, hold_out);
  list.meetings.resize(list.table.meetings);
  std::string from = visible(attendance.filename().string(), Lines::one);
  if (hold_out > 0) from += fmt::format(", without the last {}", counted(hold_out, "meeting"));
  std::string evidence = attendance_evidence(list, from);
  if (evidence.empty())
    return {{option_problem(table, "nothing is known of anybody", "write 1 and 0 in the columns of meetings")}};
  return {{}, list.table.members, list.table.meetings, std::move(evidence)};
}

}  // namespace coalis
