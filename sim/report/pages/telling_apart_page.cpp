#include "coalis/report/pages/telling_apart_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "coalis/core/counted.hpp"
#include "coalis/questions/made_by.hpp"
#include "coalis/report/pages/html.hpp"
#include "coalis/report/words/outcome_words.hpp"
#include "coalis/report/words/plain_text.hpp"
#include "coalis/report/words/short_telling_apart_text.hpp"

namespace coalis::report {
namespace {

using html::paragraph;
using Watched = TellingApartAnswer::Row;
using WayKey = std::pair<PossibleObservation::Kind, std::size_t>;  // kind, scenario

constexpr std::size_t kinds_first = 4, most_lines = 4, most_bars = 6;

WayKey key_of(const Watched& row) { return {row.observation.kind, row.observation.scenario}; }

chart::Range right_range(const Watched& row) {
  const double right = 1 - row.result.error, half = half_interval(row.result.se);
  return {std::max(0.0, right - half), std::min(1.0, right + half)};
}

// Of each kind the rows where most organisations are watched for longest, in the order of the answer.
std::vector<std::vector<const Watched*>> fullest_ways(const TellingApartAnswer& answer) {
  std::vector<std::vector<const Watched*>> ways;
  std::map<WayKey, std::size_t> places;
  const auto size = [](const Watched& row) { return std::pair{row.observation.organisations, row.observation.months}; };
  for (const Watched& row : answer.rows) {
    const auto [at, fresh] = places.try_emplace(key_of(row), ways.size());
    if (fresh) ways.emplace_back();
    auto& way = ways[at->second];
    if (!way.empty() && size(*way.front()) < size(row)) way.clear();
    if (way.empty() || size(*way.front()) == size(row)) way.push_back(&row);
  }
  return ways;
}

std::string coalitions_said(const Watched& row) {
  return row.coalitions == 1 ? "one coalition" : fmt::format("{} coalitions", row.coalitions);
}

std::string way_said(const TellingApartAnswer& answer, const PossibleObservation& o) {
  const bool survey = o.kind == PossibleObservation::Kind::survey;
  return fmt::format("{}, {}{}", kind_of_evidence(answer, o), counted(o.months, "month"), survey ? " later" : "");
}

// Over months, of one coalition or as few as were asked for, with most organisations.
chart::DoseResponse over_months(const TellingApartAnswer& answer) {
  chart::DoseResponse data;
  const std::size_t fewest = std::min_element(answer.rows.begin(), answer.rows.end(), [](const Watched& a, const Watched& b) {
                               return a.coalitions < b.coalitions;
                             })->coalitions;
  for (const auto& way : fullest_ways(answer)) {
    const Watched& most = *way.front();
    if (most.observation.kind == PossibleObservation::Kind::lists_so_far || data.series.size() == most_lines) continue;
    const std::string letter(1, static_cast<char>('A' + data.series.size()));
    auto& series =
        data.series.emplace_back(chart::DoseResponse::Series{{letter, kind_of_evidence(answer, most.observation)}, {}});
    for (const Watched& row : answer.rows)
      if (key_of(row) == key_of(most) && row.observation.organisations == most.observation.organisations &&
          row.coalitions == fewest)
        series.points.push_back({static_cast<double>(row.observation.months), 1 - row.result.error, right_range(row)});
    std::sort(series.points.begin(), series.points.end(), [](const auto& a, const auto& b) { return a.dose < b.dose; });
  }
  data.caption.id = "over-months", data.caption.title = "What watching for longer brings";
  data.caption.subtitle = "Bars: 95 % intervals";
  data.caption.source = "Coalis " + this_program().program;
  data.dose = {"months", "", 1, 0, ""}, data.response = {"right model named", "in 100", 100, 0, ""};
  data.letters = false;
  return data;
}

html::Table ways_table(const TellingApartAnswer& answer) {
  html::Table table{
      "Every way of watching that was tried",
      {"What is watched", "Organisations in each", "Coalitions", "Months", "Right, in 100", "\u00B1 (95 %)", "Effort"},
      {}};
  for (const Watched& row : answer.rows)
    table.rows.push_back({kind_of_evidence(answer, row.observation), std::to_string(row.observation.organisations),
                          std::to_string(row.coalitions), std::to_string(row.observation.months), right_in_100(row.result.error),
                          fixed(100 * half_interval(row.result.se), 0), grouped(static_cast<double>(effort_of(row)))});
  return table;
}

// Of the way with the least effort: what is named, by what is true.
html::Table confusion_table(const TellingApartAnswer& answer) {
  const Watched& row = answer.rows[least_effort(answer).cheapest];
  html::Table table{fmt::format("What is named, times in 100, by {}", evidence_watched(answer, row)), {"If in truth"}, {}};
  for (std::size_t c = 0; c < answer.candidates.size(); ++c) table.head.push_back("Named: " + model_named(answer, c));
  for (std::size_t truth = 0; truth < answer.candidates.size(); ++truth) {
    auto& cells = table.rows.emplace_back(std::vector<std::string>{model_named(answer, truth)});
    for (const double share : row.result.confusion[truth]) cells.push_back(fixed(100 * share, 0));
  }
  return table;
}

std::string telling_apart_decider(const TellingApartAnswer& answer) {
  return html::lead({short_telling_apart_answer(answer),
                     {"Named right: the model that a simulated coalition was made by is picked out from what was watched.",
                      "Evidence: low confidence. None of this has been observed yet; it says what to collect."},
                     chart::svg(telling_apart_bars(answer)),
                     html::heading(3, "How sure is that?") + html::bullets_of(telling_apart_how_sure(answer))}) +
         html::heading(3, "The models") + html::bullets_of(models_told_apart(answer)) + html::heading(3, "What it takes") +
         html::bullets_of(telling_apart_costs(answer)) + html::heading(3, "What this cannot tell") +
         html::bullets_of({"Whether any of these models is right. A real coalition may follow none of them.",
                           "What such lists or surveys would find.", "What evidence of another kind would show."});
}

std::string how_part(const TellingApartAnswer& answer) {
  return html::table(confusion_table(answer)) +
         paragraph(
             "From what is watched a few figures are taken: means, spreads and correlations of attendance before and after the "
             "survey, "
             "or of answers to two surveys. A quadratic discriminant that was trained on half of the simulated coalitions names "
             "the "
             "model of the other half, and the other way round.") +
         paragraph(
             "Organisations are drawn from those that were members at the time of the survey. Months are those after the survey; "
             "of "
             "lists so far, those before it. Several coalitions are judged together, as made by one model.");
}

std::string origin_part(const TellingApartAnswer& answer, const std::string& command) {
  const MadeBy by = this_program();
  html::Table table{"What made this page",
                    {"What", "Value"},
                    {{"Program", fmt::format("Coalis {}, commit {}, model version {}", by.program, by.commit, by.model)},
                     {"Simulated coalitions of each model",
                      fmt::format("{}, seed {}", grouped(static_cast<double>(answer.replicates)), answer.seed)}}};
  return html::command(command) + html::table(table);
}

// What the answer names stands below guessing, so that its number is found in the picture.
void add_answer(chart::Bars& bars, const TellingApartAnswer& answer) {
  const LeastEffort effort = least_effort(answer);
  if (!effort.better_than_guessing) return;
  const Watched& row = answer.rows[effort.cheapest];
  chart::Bars::Group group;
  group.quantity = {fmt::format("The answer: {}, {}", counted(row.observation.organisations, "organisation"),
                                counted(row.observation.months, "month")),
                    "", 100, 0, ""};
  group.whole = 1;
  const std::string in = row.coalitions == 1 && bars.options.size() == 1 ? "" : ", " + coalitions_said(row);
  group.bars.push_back({1 - row.result.error, right_range(row), right_in_100(row.result.error) + in});
  bars.groups.insert(bars.groups.begin() + 1, std::move(group));
}

}  // namespace

chart::Bars telling_apart_bars(const TellingApartAnswer& answer) {
  chart::Bars bars;
  const auto ways = fullest_ways(answer);
  bars.caption = {.id = "told-apart",
                  .title = "How often the right model is named, of 100 times",
                  .subtitle = fmt::format("Below the answer: with {}, the most that were tried",
                                          counted(ways.front().front()->observation.organisations, "organisation")),
                  .source = "Coalis " + this_program().program,
                  .interval = "Lines: 95 % intervals",
                  .runs = answer.replicates,
                  .runs_are = "simulated coalitions of each model",
                  .seed = answer.seed};
  bars.letters = false;
  for (std::size_t i = 0; i < std::min(most_bars, ways.front().size()); ++i)
    bars.options.push_back({std::string(1, static_cast<char>('A' + i)), coalitions_said(*ways.front()[i])});
  const bool several = bars.options.size() > 1;
  const double guessing = 1 - answer.guessing();
  bars.groups.push_back({{"Guessing", "", 100, 0, ""}, {{guessing, {}, right_in_100(answer.guessing())}}, {}, 1});
  for (const auto& way : ways) {
    if (bars.groups.size() > kinds_first) break;
    auto& group = bars.groups.emplace_back();
    group.quantity = {way_said(answer, way.front()->observation), "", 100, 0, ""}, group.whole = 1;
    for (std::size_t i = 0; i < std::min(bars.options.size(), way.size()); ++i)
      group.bars.push_back({1 - way[i]->result.error, right_range(*way[i]),
                            right_in_100(way[i]->result.error) + (several ? ", " + coalitions_said(*way[i]) : "")});
  }
  add_answer(bars, answer);
  if (ways.size() > kinds_first) bars.note = counted(ways.size() - kinds_first, "more kind") + " of evidence below.";
  return bars;
}

std::string telling_apart_page(const TellingApartAnswer& answer, const std::string& command) {
  const std::string question = "Which new evidence would tell rival models apart?";
  return html::document({question,
                         question,
                         fmt::format("Each of {} models makes coalitions, and these are watched.", answer.candidates.size()),
                         {{"answer", "For those who decide", telling_apart_decider(answer)},
                          {"ways", "Every way of watching",
                           html::table(ways_table(answer)) + html::figures({chart::svg(over_months(answer))}), true},
                          {"how", "What is mistaken for what, and how it is judged", how_part(answer), true},
                          {"provenance", "Where this comes from, and the commands", origin_part(answer, command), true}},
                         fmt::format("Made by Coalis {}. Coalitions of models, not real ones.", this_program().program)});
}

}  // namespace coalis::report
