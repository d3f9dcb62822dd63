#include "coalis/report/pages/told_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "coalis/core/counted.hpp"
#include "coalis/core/quantile.hpp"
#include "coalis/questions/made_by.hpp"
#include "coalis/report/charts/charts.hpp"
#include "coalis/report/pages/html.hpp"
#include "coalis/report/words/outcome_words.hpp"
#include "coalis/report/words/plain_text.hpp"
#include "coalis/report/words/run_text.hpp"
#include "coalis/report/words/short_sentences.hpp"

namespace coalis::report {
namespace {

constexpr std::size_t line_width = 100;

chart::Bands bands_at(const std::vector<std::vector<double>>& months, std::size_t month) {
  std::vector<double> values;
  for (const auto& run : months)
    if (!std::isnan(run[month])) values.push_back(run[month]);
  std::sort(values.begin(), values.end());
  const auto at = [&](double probability) { return quantile(std::span<const double>(values), probability); };
  return {at(0.5), {at(0.25), at(0.75)}, {at(0.1), at(0.9)}, {at(0.025), at(0.975)}};
}

chart::Levels levels(const RunAnswer& answer, const OutcomeWords& words, const std::vector<std::vector<double>>& months) {
  constexpr std::size_t single_runs = 12;
  const Scenario& scenario = answer.question.scenario;
  const MadeBy made_by = this_program();
  chart::Levels::Panel panel{{"A", scenario.name}, {}, {}};
  for (std::size_t m = 0; m < months.front().size(); ++m) panel.months.push_back(bands_at(months, m));
  panel.runs.assign(months.begin(), months.begin() + static_cast<std::ptrdiff_t>(std::min(single_runs, months.size())));
  chart::Levels data;
  data.caption = {.id = "levels",
                  .title = std::string(words.title),
                  .subtitle = "Month by month; thin lines are single runs",
                  .source = fmt::format("Coalis {}, model version {}", made_by.program, made_by.model),
                  .interval = answer.question.scenarios.size() > 1 ? "Ranges: chance and parameters" : "Ranges: chance alone",
                  .runs = answer.replicates,
                  .runs_are = "runs",
                  .seed = answer.question.seed};
  data.quantity = {title_within(words), std::string(words.unit), words.scale, words.decimals, std::string(words.more)};
  data.start = {std::stoi(scenario.calendar.start.substr(0, 4)), std::stoi(scenario.calendar.start.substr(5, 2))};
  data.panels.push_back(std::move(panel));
  return data;
}

std::string short_run_answer(const RunAnswer& answer, const OutcomeWords& words) {
  const auto& quantities = outcome_quantities();
  const auto at = std::find_if(quantities.begin(), quantities.end(), [&](const Quantity& q) { return q.name == words.name; });
  if (at == quantities.end()) return "";
  const Summary s = answer.outcomes.summary(static_cast<std::size_t>(at - quantities.begin()));
  if (s.n == 0) return fmt::format("{} has no value in any run.", words.title);
  const std::string after = "After " + counted(answer.question.scenario.calendar.months, "month"), mean = amount(words, s.mean);
  const std::string most = fmt::format("8 in 10 runs have {} to {}", amount(words, s.q10), amount(words, s.q90));
  return fullest({fmt::format("{}: {} {}, on average; {}.", after, mean, words.measure, most),
                  fmt::format("{}, {}: {}, on average; {}.", words.title, words.unit, mean, most)});
}

}  // namespace

ToldPage run_page(const RunAnswer& answer, const std::string& headline, const std::vector<std::vector<double>>& months) {
  const OutcomeWords& words = words_of(headline);
  ToldPage page;
  page.title = answer.question.scenario.name;
  page.subtitle = answer.question.scenario.description;
  page.told = to_text(answer);
  page.answer = short_run_answer(answer, words);
  page.below = {definition(headline), evidence_line(answer.question.base)};
  if (!months.empty()) page.svgs.push_back(chart::svg(levels(answer, words, months)));
  return page;
}

std::string html(const ToldPage& page) {
  const MadeBy made_by = this_program();
  const std::string told = html::element("div", html::element("pre", html::escaped(fitted(page.told, line_width))),
                                         "class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"What was found\"");
  const std::string provenance = html::paragraph(fmt::format("Made by Coalis {}, commit {}, model version {}:", made_by.program,
                                                             made_by.commit, made_by.model)) +
                                 html::element("p", html::element("code", html::escaped(page.command)));
  const std::string foot = fmt::format("Made by Coalis {}. A simulation, not a record of what happened.", made_by.program);
  const html::Page::Section from{"provenance", "Where this comes from, and the commands", provenance, true};
  if (page.answer.empty())
    return html::document({page.title,
                           page.title,
                           page.subtitle,
                           {{"answer", "What was found", (page.svgs.empty() ? "" : html::figures(page.svgs)) + told}, from},
                           foot});
  const std::string first = html::lead({page.answer, page.below, page.svgs.empty() ? "" : page.svgs.front(), ""});
  return html::document({page.title,
                         fmt::format("What comes of \"{}\"?", page.title),
                         page.subtitle,
                         {{"answer", "For those who decide", first}, {"found", "All that was found", told, true}, from},
                         foot});
}

}  // namespace coalis::report
