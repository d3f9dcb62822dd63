#include "coalis/report/pages/best_page.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "coalis/core/counted.hpp"
#include "coalis/questions/asked_month.hpp"
#include "coalis/questions/best/menu.hpp"
#include "coalis/report/pages/html.hpp"
#include "coalis/report/words/best_text.hpp"
#include "coalis/report/words/outcome_words.hpp"
#include "coalis/report/words/plain_text.hpp"
#include "coalis/report/words/short_best_text.hpp"
#include "coalis/report/words/short_sentences.hpp"
#include "coalis/report/words/value_words.hpp"

namespace coalis::report {
namespace {

using html::paragraph;

std::string money(double dollars) { return grouped(std::round(dollars)); }

html::Table options_table(const BestAnswer& answer, const std::vector<std::size_t>& shown) {
  const OutcomeWords& words = words_of(answer.aim);
  const bool structures = answer.structures.size() > 1;
  html::Table table{fmt::format("Options: {}, {}", title_within(words), words.unit),
                    {"Option", "USD a year", "Better than as it is by", "First, times in 100"},
                    {}};
  if (structures) table.head.insert(table.head.end(), {"Behind the best on average", "Behind the best at worst"});
  table.head.emplace_back("Verdict");
  for (const std::size_t r : shown) {
    const BestRow& row = answer.rows[r];
    auto& cells = table.rows.emplace_back();
    cells = {letter_in(shown, r) + ": " + row.option.name, money(row.cost), r == 0 ? "-" : gain_text(answer.aim, row.gain),
             row.allowed ? fmt::format("{:.0f}", 100 * row.best) : "-"};
    if (structures) cells.insert(cells.end(), {amount(words, row.expected_regret), amount(words, row.worst_regret)});
    cells.emplace_back(verdict_on(answer, r));
  }
  return table;
}

html::Table beside_table(const BestAnswer& answer, const std::vector<std::size_t>& shown) {
  html::Table table{"What else would change, against as it is", {"Option"}, {}};
  for (const std::string& outcome : answer.shown)
    table.head.push_back(fmt::format("{}, {}", words_of(outcome).title, words_of(outcome).unit));
  for (const std::size_t r : shown) {
    if (r == 0) continue;
    std::vector<std::string> cells{letter_in(shown, r) + ": " + answer.rows[r].option.name};
    for (std::size_t k = 0; k < answer.shown.size(); ++k) {
      const OutcomeWords& words = words_of(answer.shown[k]);
      const double change = answer.rows[r].shown[k].mean;
      cells.push_back((change < 0 ? "\u2212" : "+") + amount(words, std::abs(change)));
    }
    table.rows.push_back(std::move(cells));
  }
  return table;
}

html::Table steps_table(const BestAnswer& answer) {
  html::Table table{"If you had less, or more", {"At most, USD a year", "Best", "Better than as it is by", "Others as good"}, {}};
  for (const BestStep& step : answer.steps) {
    const BestRow& row = answer.rows[step.choice];
    table.rows.push_back({money(step.money), row.option.name, step.choice == 0 ? "-" : gain_text(answer.aim, row.gain),
                          std::to_string(step.set.size() - 1)});
  }
  return table;
}

// In words, the rules of a structure that are not the same in all.
std::string rules_that_differ(const BestAnswer& answer, const std::string& structure) {
  const auto rules = rules_of(structure);
  std::string text;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const bool same = std::all_of(answer.structures.begin(), answer.structures.end(), [&](const std::string& other) {
      const auto others = rules_of(other);
      return i < others.size() && others[i] == rules[i];
    });
    if (!same) text += (text.empty() ? "" : "; ") + rule_words(rules[i]);
  }
  return text;
}

html::Table structures_table(const BestAnswer& answer, const std::vector<std::size_t>& shown) {
  const OutcomeWords& words = words_of(answer.aim);
  html::Table table{fmt::format("{} under each structure of the model", words.title), {"Option"}, {}};
  for (const std::string& structure : answer.structures) table.head.push_back(rules_that_differ(answer, structure));
  for (const std::size_t r : shown) {
    std::vector<std::string> cells{letter_in(shown, r) + ": " + answer.rows[r].option.name};
    for (const double mean : answer.rows[r].by_structure) cells.push_back(amount(words, mean));
    table.rows.push_back(std::move(cells));
  }
  return table;
}

// Regret is over structures: of one there is none to speak of.
std::string options_part(const BestAnswer& answer, const std::vector<std::size_t>& shown) {
  if (answer.structures.size() == 1)
    return paragraph("Whether one would regret it under another structure of the model was not asked.") +
           html::table(options_table(answer, shown));
  return paragraph(
             "Behind the best: what is lost, among the options looked at, against the one that is best under a structure of the "
             "model, on average over structures and under the least favourable one.") +
         html::table(options_table(answer, shown)) + html::table(structures_table(answer, shown));
}

std::string information_part(const BestAnswer& answer) {
  const OutcomeWords& words = words_of(answer.aim);
  html::Table table{"What it would be worth to know before choosing",
                    {"Known", fmt::format("Gain at least, {}", words.unit), "±", "Another option taken, times in 100"},
                    {}};
  for (const BestInformation& one : answer.information)
    table.rows.push_back({one.about, fixed(words.scale * one.value, words.decimals + 2),
                          fixed(words.scale * half_width_of(answer, one), words.decimals + 2),
                          fmt::format("{:.0f}", 100 * one.changes)});
  return paragraph(
             "How much the aim would gain on average if some of what is uncertain were known before the choice is made. Where "
             "this is next to nothing, finding out more would not change what to do.") +
         (std::count(answer.counted.begin(), answer.counted.end(), true) > 1
              ? paragraph("What parameters are worth is beyond what it is worth to know the structure.")
              : "") +
         html::table(table);
}

html::Table made_table(const BestAnswer& answer, const BestFile& file) {
  return {"What made the runs and this page",
          {"What", "Value"},
          {{"Program", fmt::format("Coalis {}, commit {}, model version {}", answer.made_by.program, answer.made_by.commit,
                                   answer.made_by.model)},
           {"Runs", fmt::format("{}, seed {}", money(static_cast<double>(answer.runs)), answer.seed)},
           {"Result file", file.name},
           {"SHA-1 of the result file", file.hash}}};
}

// What all options but as it is have in common is said once, so that a name has room beside its point.
void without_what_all_do(chart::Frontier& frontier, const BestAnswer& answer, const std::vector<std::size_t>& shown) {
  if (shown.size() < 3) return;
  const auto changes_at = [&](std::size_t place) -> const auto& { return answer.rows[shown[place]].option.changes; };
  const auto has = [](const std::vector<std::string>& changes, const std::string& one) {
    return std::find(changes.begin(), changes.end(), one) != changes.end();
  };
  std::vector<std::string> common = changes_at(1), said;
  for (std::size_t i = 2; i < shown.size(); ++i)
    std::erase_if(common, [&](const std::string& one) { return !has(changes_at(i), one); });
  if (common.empty()) return;
  for (std::size_t i = 1; i < shown.size(); ++i)
    if (changes_at(i).size() <= common.size()) return;  // it would have no name left
  for (std::size_t i = 1; i < shown.size(); ++i) {
    said.clear();
    for (const std::string& one : changes_at(i))
      if (!has(common, one)) said.push_back(change_said(one));
    frontier.points[i].option.name = fmt::format("{}", fmt::join(said, " + "));
  }
  said.clear();
  for (const std::string& one : common) said.push_back(change_said(one));
  frontier.caption.subtitle = fmt::format("All but as it is have: {}", fmt::join(said, " + "));
}

// Of those that are not told apart the cheapest: they lie upon each other, and are listed below the picture.
void one_of_those_alike(chart::Frontier& frontier, const BestAnswer& answer, const std::vector<std::size_t>& shown) {
  const auto& alike = answer.step().set;
  const std::size_t named = cheapest_alike(answer);
  std::vector<chart::Frontier::Point> kept;
  for (std::size_t i = 0; i < shown.size(); ++i)
    if (shown[i] == 0 || shown[i] == named || std::find(alike.begin(), alike.end(), shown[i]) == alike.end())
      kept.push_back(frontier.points[i]);
  frontier.points = std::move(kept);
}

std::string decider(const BestAnswer& answer, const std::vector<std::size_t>& shown) {
  chart::Frontier frontier = best_frontier(answer, shown);
  frontier.listed = false;
  without_what_all_do(frontier, answer, shown);
  one_of_those_alike(frontier, answer, shown);
  const std::string evidence = answer.evidence ? evidence_line(*answer.evidence) : "";
  const std::vector<std::string> less = best_for_less(answer);
  const std::string meant = less.empty() ? "" : paragraph(definition(answer.aim));
  const std::string sure = meant + html::heading(3, "How sure is that?") + html::bullets_of(best_how_sure(answer));
  std::vector<std::string> below = less.empty() ? std::vector{definition(answer.aim)} : std::vector{less.front()};
  below.push_back(evidence);
  std::vector<std::string> costs = best_costs(answer);
  if (less.size() > 1) costs.insert(costs.end(), less.begin() + 1, less.end());
  const std::string alike =
      answer.step().choice == 0 || answer.step().set.size() < 2
          ? ""
          : html::heading(3, "What is not told apart, the cheapest first") + html::bullets_of(best_alike(answer, shown));
  return html::lead({short_best_answer(answer), below, chart::svg(frontier), sure}) + alike +
         html::heading(3, "What it costs, and what else it means") + html::bullets_of(costs) +
         html::heading(3, "What would change the answer") + html::table(steps_table(answer)) +
         html::heading(3, "What this cannot tell") +
         html::bullets({"What any real organisation or coalition will do. These are runs of a model.", "What happens to victims.",
                        "Whether an option that was not looked at does better."});
}

}  // namespace

chart::Frontier best_frontier(const BestAnswer& answer, const std::vector<std::size_t>& shown) {
  const OutcomeWords &words = words_of(answer.aim), &cost = words_of("planned_cost");
  chart::Frontier data;
  data.outcome = {title_within(words), std::string(words.measure), words.scale, words.decimals, std::string(words.more)};
  data.cost = {title_within(cost), std::string(cost.unit), 1, 0, std::string(cost.more)};
  data.more_is_better = answer.better > 0;
  for (const std::size_t r : shown) {
    const BestRow& row = answer.rows[r];
    data.points.push_back({{letter_in(shown, r), row.option.name}, row.cost, row.aim.mean, {row.low, row.high}});
  }
  data.caption = {"frontier",
                  fmt::format("What money buys: {} against planned cost", title_within(words)),
                  "",
                  fmt::format("{}, Coalis {}", answer.file.substr(answer.file.find_last_of('/') + 1), answer.made_by.program),
                  "Ranges: the middle 80 % of the runs",
                  answer.draws * answer.structures.size(),
                  "new runs of each option",
                  answer.seed};
  return data;
}

std::string best_page(const BestAnswer& answer, const BestFile& file) {
  const auto shown = rows_shown(answer);
  const std::string title =
      file.title.empty() ? fmt::format("{}: the best use of {} USD a year", answer.scenario, money(answer.budget)) : file.title;
  html::Page page{
      title,
      fmt::format("What is the best use of {} USD a year{}?", money(answer.budget), from_month_on(answer.start, answer.from)),
      fmt::format("{} The aim: {} \"{}\".", html::ended(file.title.empty() ? answer.scenario : file.title),
                  answer.better > 0 ? "more of" : "less of", title_within(words_of(answer.aim))),
      {},
      ""};
  page.sections.push_back({"answer", "For those who decide", decider(answer, shown)});
  page.sections.push_back({"options", answer.structures.size() > 1 ? "Would one regret it? The options" : "The options",
                           options_part(answer, shown), true});
  page.sections.push_back({"beside", "What else each option changes", html::table(beside_table(answer, shown)), true});
  if (!answer.information.empty()) page.sections.push_back({"information", "What to find out", information_part(answer), true});
  std::string remarks;
  for (const std::string& sentence : best_sentences(answer)) remarks += paragraph(html::with_minus_signs(sentence));
  for (const std::string& remark : best_remarks(answer)) remarks += paragraph(remark);
  page.sections.push_back({"limits", "How to read it: the answer in full", remarks, true});
  std::string commands;
  for (const std::string& command : {answer.command, file.command})
    if (!command.empty()) commands += html::command(command);
  page.sections.push_back(
      {"provenance", "Where this comes from, and the commands", commands + html::table(made_table(answer, file)), true});
  page.footer = fmt::format("Made by Coalis {}. No forecast: runs of a model under stated assumptions.", answer.made_by.program);
  return html::document(page);
}

}  // namespace coalis::report
