// What money buys, for the policy explorer: the options that an answer of `coalis best` shows.
#include <fmt/format.h>

#include <cmath>
#include <utility>

#include "coalis/report/pages/best_page.hpp"
#include "coalis/report/pages/explorer_page.hpp"
#include "coalis/report/words/best_text.hpp"
#include "coalis/report/words/outcome_words.hpp"

namespace coalis::report {
namespace {

// Without what a command line would be told: "(--parameters and --structures vary them)".
std::string without_options(std::string text) {
  for (std::size_t at = text.find(" (--"); at != text.npos; at = text.find(" (--")) {
    const std::size_t end = text.find(')', at);
    text.erase(at, end == text.npos ? end : end + 1 - at);
  }
  return text;
}

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
  for (std::string& remark : best_remarks(answer)) choices.sentences.push_back(without_options(std::move(remark)));
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
