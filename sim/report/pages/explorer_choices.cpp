// What money buys, for the policy explorer: the options that an answer of `coalis best` shows.
#include <fmt/format.h>

#include <cmath>

#include "coalis/report/pages/best_page.hpp"
#include "coalis/report/pages/explorer_page.hpp"
#include "coalis/report/words/best_text.hpp"
#include "coalis/report/words/outcome_words.hpp"
#include "coalis/report/words/sentences.hpp"

namespace coalis::report {
namespace {

std::string words_of_row(const BestAnswer& answer, std::size_t r) {
  const BestRow& row = answer.rows[r];
  const OutcomeWords& words = words_of(answer.aim);
  std::string text =
      fmt::format("{} USD a year as planned. {} {}", grouped(std::round(row.cost)), amount(words, row.aim.mean), words.measure);
  if (r > 0) text += fmt::format(", better than as it is by {}", gain_text(answer.aim, row.gain));
  const std::string_view verdict = verdict_on(answer, r);
  if (verdict == "chosen" || verdict == "as good") return text + fmt::format("; {} for the money asked about.", verdict);
  return text + (verdict == "does harm" ? "; it harms what was to be guarded." : ".");
}

}  // namespace

ExplorerPage::Choices choices_of(const BestAnswer& answer) {
  const auto shown = rows_shown(answer);
  ExplorerPage::Choices choices;
  choices.title = fmt::format("What money buys: {}", title_within(words_of(answer.aim)));
  for (const std::string& sentence : best_sentences(answer)) choices.sentences.push_back(sentence);
  if (answer.evidence) choices.sentences.push_back(evidence_sentence(*answer.evidence));
  chart::Frontier frontier = best_frontier(answer, shown);
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const std::string number = std::to_string(i + 1);  // the page has an A and a B of its own
    frontier.points[i].option.letter = number;
    choices.list.push_back({number, answer.rows[shown[i]].option.name, words_of_row(answer, shown[i]), std::nullopt});
  }
  choices.svg = chart::svg(frontier);
  return choices;
}

}  // namespace coalis::report
