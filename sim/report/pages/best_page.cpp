#include "coalis/report/pages/best_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "coalis/core/counted.hpp"
#include "coalis/report/pages/html.hpp"
#include "coalis/report/words/best_text.hpp"
#include "coalis/report/words/outcome_words.hpp"
#include "coalis/report/words/plain_text.hpp"
#include "coalis/report/words/value_words.hpp"

namespace coalis::report {
namespace {

using html::paragraph;

std::string money(double dollars) { return grouped(std::round(dollars)); }

html::Table options_table(const BestAnswer& answer, const std::vector<std::size_t>& shown) {
  const OutcomeWords& words = words_of(answer.aim);
  html::Table table{fmt::format("Options: {}, {}", title_within(words), words.unit),
                    {"Option", "USD a year", "Better than as it is by", "First, times in 100", "Behind the best on average",
                     "Behind the best at worst", ""},
                    {}};
  for (const std::size_t r : shown) {
    const BestRow& row = answer.rows[r];
    table.rows.push_back({letter_in(shown, r) + ": " + row.option.name, money(row.cost),
                          r == 0 ? "-" : gain_text(answer.aim, row.gain),
                          row.allowed ? fmt::format("{:.0f}", 100 * row.best) : "-", amount(words, row.expected_regret),
                          amount(words, row.worst_regret), std::string(verdict_on(answer, r))});
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
         html::table(table);
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
                  fmt::format("{} against planned cost", words.title),
                  answer.scenario,
                  fmt::format("{}, Coalis {}", answer.file, answer.made_by.program),
                  "Ranges: the middle 80 % of the runs",
                  answer.draws * answer.structures.size(),
                  "new runs of each option",
                  answer.seed};
  return data;
}

std::string best_page(const BestAnswer& answer, const BestFile& file) {
  const auto shown = rows_shown(answer);
  const auto sentences = best_sentences(answer);
  const std::string title =
      file.title.empty() ? fmt::format("{}: the best use of {} USD a year", answer.scenario, money(answer.budget)) : file.title;
  html::Page page{title, title, "What to do with some money, and how sure that is.", {}, ""};
  std::string lead;
  for (const std::string& sentence : sentences) lead += paragraph(sentence, "class=\"lead\"");
  page.sections.push_back({"answer", "The answer", lead});
  page.sections.push_back({"frontier", "What money buys",
                           html::figures({chart::svg(best_frontier(answer, shown))}) + html::table(steps_table(answer))});
  std::string options =
      paragraph(
          "Behind the best: what is lost against the option that is best under a structure of the model, on average "
          "over structures and under the least favourable one.") +
      html::table(options_table(answer, shown));
  if (answer.structures.size() > 1) options += html::table(structures_table(answer, shown));
  page.sections.push_back({"options", "Would one regret it?", options});
  page.sections.push_back({"beside", "What else it means", html::table(beside_table(answer, shown))});
  if (!answer.information.empty()) page.sections.push_back({"information", "What to find out", information_part(answer)});
  std::string remarks;
  for (const std::string& remark : best_remarks(answer)) remarks += paragraph(remark);
  page.sections.push_back({"limits", "How to read it", remarks});
  const html::Table made{"What made the runs and this page",
                         {"What", "Value"},
                         {{"Program", fmt::format("Coalis {}, commit {}, model version {}", answer.made_by.program,
                                                  answer.made_by.commit, answer.made_by.model)},
                          {"Runs", fmt::format("{}, seed {}", money(static_cast<double>(answer.runs)), answer.seed)},
                          {"Result file", file.name},
                          {"SHA-1 of the result file", file.hash}}};
  std::string commands;
  for (const std::string& command : {answer.command, file.command})
    if (!command.empty()) commands += html::element("p", html::element("code", html::escaped(command)));
  page.sections.push_back({"provenance", "Where this comes from", commands + html::table(made)});
  page.footer = fmt::format("Made by Coalis {}. No forecast: runs of a model under stated assumptions.", answer.made_by.program);
  return html::document(page);
}

}  // namespace coalis::report
