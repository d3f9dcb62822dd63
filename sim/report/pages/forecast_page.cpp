#include "coalis/report/pages/forecast_page.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "coalis/core/counted.hpp"
#include "coalis/core/letter_case.hpp"
#include "coalis/questions/made_by.hpp"
#include "coalis/report/pages/html.hpp"
#include "coalis/report/words/forecast_text.hpp"
#include "coalis/report/words/outcome_words.hpp"
#include "coalis/report/words/plain_text.hpp"
#include "coalis/report/words/short_forecast_text.hpp"

namespace coalis::report {
namespace {

using html::paragraph;

constexpr std::size_t meetings_first = 4;  // what the first screen of a phone has room for

std::string came_of(const CameOf& came) { return fmt::format("{} of {}", came.came, came.of); }

std::vector<std::string> forecasters_named(const ForecastAnswer& answer) {
  std::vector<std::string> names;
  for (const Forecaster f : all_forecasters) names.push_back(short_forecaster(answer, f));
  return names;
}

html::Table meetings_table(const ForecastAnswer& answer) {
  html::Table table{"Who came to each meeting, and what was forecast (in brackets: 8 times in 10)", {"Meeting", "Came"}, {}};
  for (const std::string& name : forecasters_named(answer)) table.head.push_back(capitalised(name));
  for (const auto& meeting : answer.meetings) {
    auto& cells = table.rows.emplace_back(std::vector<std::string>{meeting.name, came_of(meeting.came)});
    for (const Predicted& p : meeting.predicted) cells.push_back(predicted_text(p));
  }
  return table;
}

html::Table members_table(const ForecastAnswer& answer) {
  html::Table table{
      "Meetings that each member came to: before, as the model forecast, and what came (in brackets: 8 times in 10)",
      {"Member", "Before", "Forecast", "Came", "Within the range"},
      {}};
  for (const auto& m : answer.members)
    table.rows.push_back({m.name, came_of(m.before), predicted_text(m.predicted[0]), came_of(m.held_out),
                          m.predicted[0].interval.holds(static_cast<std::size_t>(m.held_out.came)) ? "yes" : "no"});
  return table;
}

html::Table scores_table(const ForecastAnswer& answer) {
  html::Table table{
      "Errors (CRPS) of each forecast",
      {"Forecast", "Of a member, meetings", "The model's less this", "95 %", "Ranges hold", "They should", "In all, members"},
      {}};
  for (const Forecaster f : all_forecasters) {
    const auto i = static_cast<std::size_t>(f);
    const auto& score = answer.scores[i];
    const Estimate& worse = answer.worse[i];
    const bool rule = f != Forecaster::model;
    table.rows.push_back(
        {std::string(forecaster_name(f)), fixed(score.crps, 3), rule ? html::with_minus_signs(signed_number(worse.value)) : "-",
         rule ? html::with_minus_signs(fmt::format("{} to {}", fixed(worse.low, 3), fixed(worse.high, 3))) : "-",
         fixed(100 * score.covered, 0) + " %", fixed(100 * score.expected, 0) + " %", fixed(score.crps_in_all, 2)});
  }
  return table;
}

std::string forecast_decider(const ForecastAnswer& answer) {
  return html::lead({short_forecast_answer(answer),
                     {forecast_definition(answer), forecast_evidence(answer)},
                     chart::svg(forecast_chart(answer, meetings_first)),
                     html::heading(3, "How sure is that?") + html::bullets_of(forecast_how_sure(answer))}) +
         html::heading(3, "The two plain rules") + html::bullets_of(plain_rules(answer)) + html::heading(3, "What it means") +
         html::bullets_of(forecast_meaning(answer)) + html::heading(3, "What this cannot tell") +
         html::bullets_of({"Why a member comes, or stays away.", "Who comes if leaders, meetings or members change.",
                           "How good the model is, if it was fitted to the meetings held out. It then looks too good."});
}

std::string errors_part(const ForecastAnswer& answer) {
  return paragraph(
             "The error is the continuous ranked probability score (CRPS): it counts how far the whole forecast lies from what "
             "came, "
             "and is 0 for one that was certain and right. Numbers are whole, so that a range meant for 8 in 10 holds more; how "
             "many "
             "it should hold stands beside. The 95 % intervals are bootstrapped over members, as if they came independently.") +
         html::table(scores_table(answer)) +
         paragraph(
             fmt::format("The nearest {} of {} count, the nearer the more (effective number {}). Their past differs from the "
                         "observed one by {}, and among each other by {}.",
                         answer.nearest, counted(answer.replicates, "simulated coalition"), fixed(answer.effective_size, 0),
                         fixed(answer.distance, 1), fixed(answer.usual, 1))) +
         paragraph(
             "Parameters that were fitted to the meetings held out make the model look better than it is: fit them to the "
             "meetings "
             "before alone.");
}

std::string made_part(const ForecastAnswer& answer, const std::string& command) {
  const MadeBy by = this_program();
  const ForecastQuestion& q = answer.question;
  html::Table table{"What made this page",
                    {"What", "Value"},
                    {{"Program", fmt::format("Coalis {}, commit {}, model version {}", by.program, by.commit, by.model)},
                     {"Runs", fmt::format("{}, seed {}", grouped(static_cast<double>(answer.replicates)), q.runs.seed)},
                     {"Coalition", q.runs.scenario.name}}};
  return html::command(command) + html::table(table);
}

}  // namespace

chart::Forecasts forecast_chart(const ForecastAnswer& answer, std::size_t most) {
  chart::Forecasts data;
  const std::size_t count = answer.meetings.size(), drawn = std::min(count, most);
  data.caption = {
      .id = most < count ? "first-forecasts" : "forecasts",
      .title = "How many came, and how many were forecast",
      .subtitle = drawn < count ? fmt::format("The {} held out", last_of(drawn, count)) : counted(count, "meeting") + " held out",
      .source = "Coalis " + this_program().program,
      .interval = {},
      .runs = answer.replicates,
      .runs_are = "simulated coalitions",
      .seed = answer.question.runs.seed};
  data.quantity = {"members that come to a meeting", "", 1, 0, ""};
  data.series = forecasters_named(answer);
  for (std::size_t k = count - drawn; k < count; ++k) {
    const auto& meeting = answer.meetings[k];
    auto& one = data.cases.emplace_back();
    one.name = meeting.name, one.came = meeting.came.came, one.told = came_of(meeting.came) + " came";
    for (const Predicted& p : meeting.predicted)
      one.said.push_back({p.mean, {static_cast<double>(p.interval.low), static_cast<double>(p.interval.high)}});
  }
  return data;
}

std::string forecast_page(const ForecastAnswer& answer, const std::string& command) {
  const Scenario& scenario = answer.question.runs.scenario;
  const bool more = answer.meetings.size() > meetings_first;
  const std::string all = more ? html::figures({chart::svg(forecast_chart(answer, answer.meetings.size()))}) : "";
  return html::document(
      {scenario.name + ": who will come?",
       "Who will come to the next meetings?",
       html::ended(scenario.name) +
           (answer.meetings.size() == 1
                ? " The last meeting is forecast as if it were still to come, and held against what came."
                : " The last meetings are forecast as if they were still to come, and held against what came."),
       {{"answer", "For those who decide", forecast_decider(answer)},
        {"meetings", "Every meeting that was held out", html::table(meetings_table(answer)) + all, true},
        {"members", "Every member", html::table(members_table(answer)), true},
        {"errors", "The errors, and how they are counted", errors_part(answer), true},
        {"provenance", "Where this comes from, and the commands", made_part(answer, command), true}},
       fmt::format("Made by Coalis {}. Forecasts of a model and of two rules, held against meetings that are past.",
                   this_program().program)});
}

}  // namespace coalis::report
