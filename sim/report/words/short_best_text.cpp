// See short_best_text.hpp.
#include "coalis/report/words/short_best_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "coalis/core/counted.hpp"
#include "coalis/report/words/best_text.hpp"
#include "coalis/report/words/outcome_words.hpp"
#include "coalis/report/words/short_sentences.hpp"
#include "coalis/statistics/intervals.hpp"

namespace coalis {
namespace {

// "26 points of 100 higher"
std::string moved(const OutcomeWords& words, const BestFigure& change) {
  return fmt::format("{} {} {}", amount(words, std::abs(change.mean)), words.unit, change.mean < 0 ? words.less : words.more);
}

// What comes with the choice, against as it is.
std::string beside_told(const std::string& outcome, const BestFigure& change) {
  const OutcomeWords& words = words_of(outcome);
  if (clear_sign(change.mean, change.half_width) == 0)
    return fmt::format("{}: no clear difference from as it is, which is not the same as no effect.", words.title);
  return fmt::format("{}: {} than as it is.", words.title, moved(words, change));
}

}  // namespace

std::string short_best_answer(const BestAnswer& answer) {
  const OutcomeWords& words = words_of(answer.aim);
  const BestRow &named = answer.rows[cheapest_alike(answer)], &now = answer.rows.front();
  const std::size_t alike = answer.step().set.size();
  const std::string level = fmt::format("{} {}", amount(words, named.aim.mean), words.measure),
                    before = amount(words, now.aim.mean);
  if (answer.step().choice == 0)
    return fullest({fmt::format("Of {} options none is known to do better than what is done now: {}.", answer.looked_at, level),
                    fmt::format("Of {} options none is known to do better than what is done now.", answer.looked_at)});
  const std::string& name = named.option.name;
  if (&named == &now)
    return fullest({fmt::format("None of {} options is told from what is done now: {}.", answer.looked_at, level),
                    fmt::format("None of {} options is told from what is done now.", answer.looked_at)});
  if (alike > 1)
    return fullest({fmt::format("Do any of {} that are not told apart. The cheapest is {}: {}, against {} as it is.",
                                counted(alike, "option"), name, level, before),
                    fmt::format("Any of {} does as well. The cheapest: {}. It has {}, against {}.", counted(alike, "option"),
                                name, level, before),
                    fmt::format("Any of {} does as well; the cheapest is {}.", counted(alike, "option"), name),
                    fmt::format("Any of {}, listed below, does as well: {} with the cheapest, against {} as it is.",
                                counted(alike, "option"), level, before)});
  return fullest({fmt::format("Do this: {}. It has {}, against {} as it is.", name, level, before),
                  fmt::format("{}: {}, against {} as it is.", name, level, before), fmt::format("{}: {}.", name, level),
                  fmt::format("{}.", name),
                  fmt::format("What is marked as chosen below: {}, against {} as it is.", level, before)});
}

std::vector<std::string> best_for_less(const BestAnswer& answer) {
  std::vector<std::string> said;
  if (const auto free = free_and_near(answer))
    said.push_back(
        fullest({fmt::format("At no more than now: {}, behind by less than would matter.", answer.rows[*free].option.name),
                 "An option that costs no more than now is behind by less than would matter."}));
  if (const BestStep* less = nearly_as_good(answer))
    said.push_back(fmt::format("With at most {} the best is behind by {}, which is less than would matter.", dollars(less->money),
                               behind_text(answer, *less)));
  return said;
}

std::vector<std::string> best_alike(const BestAnswer& answer, const std::vector<std::size_t>& shown) {
  const OutcomeWords& words = words_of(answer.aim);
  std::vector<std::size_t> alike;
  for (const std::size_t r : shown)
    if (const auto& set = answer.step().set; std::find(set.begin(), set.end(), r) != set.end()) alike.push_back(r);
  std::stable_sort(alike.begin(), alike.end(),
                   [&](std::size_t a, std::size_t b) { return answer.rows[a].cost < answer.rows[b].cost; });
  std::vector<std::string> said;
  for (const std::size_t r : alike)
    said.push_back(fmt::format("{}: {}. {}; {} {}.", letter_in(shown, r), answer.rows[r].option.name,
                               dollars(answer.rows[r].cost), amount(words, answer.rows[r].aim.mean), words.unit));
  if (const std::size_t more = answer.step().set.size() - alike.size(); more > 0)
    said.push_back(fmt::format("And {}.", counted(more, "more option")));
  return said;
}

std::vector<std::string> best_how_sure(const BestAnswer& answer) {
  const BestStep& step = answer.step();
  const std::size_t at = cheapest_alike(answer), others = step.set.size() - 1;
  const BestRow& choice = answer.rows[at];
  std::vector<std::string> said;
  if (at != 0) {
    const bool worse = choice.gain.mean < 0;
    BestFigure gain = choice.gain;
    gain.mean = std::abs(gain.mean);
    said.push_back(fmt::format("{} is {} than as it is by {}{}.", others == 0 ? "It" : "The cheapest", worse ? "worse" : "better",
                               gain_text(answer.aim, gain),
                               clear_sign(gain.mean, gain.half_width) == 0 ? ", which is not clear" : ""));
  }
  if (answer.looked_at > 1)
    said.push_back(
        step.set.size() == 1
            ? fmt::format("New runs tell it from all {} that were looked at.", counted(answer.looked_at - 1, "other option"))
            : fmt::format("New runs do not tell it from {} beyond doubt.", counted(others, "other option")));
  if (answer.rows.size() > 1) {
    double first = 0;
    for (const std::size_t r : step.set) first += answer.rows[r].best;
    const std::string which = others == 0 ? "it" : "one of these";
    said.push_back(
        first > 0.99 ? fmt::format("If the runs were drawn again, {} would nearly always come first.", which)
                     : fmt::format("If the runs were drawn again, {} would come first {:.0f} times in 100.", which, 100 * first));
  }
  if (!std::isnan(choice.best_in_sets))
    said.push_back(fmt::format("It is the best under {:.0f} of 100 sets of uncertain parameters.", 100 * choice.best_in_sets));
  else
    said.emplace_back("Uncertain parameters were not varied; they may say otherwise.");
  const OutcomeWords& words = words_of(answer.aim);
  const std::string structures = counted(answer.structures.size(), "structure");
  if (answer.structures.size() < 2)
    said.emplace_back("Other structures of the model were not run; they may say otherwise.");
  else if (choice.worst_regret > 0)
    said.push_back(fmt::format("Under the least favourable of {} of the model it is behind the best by {}.", structures,
                               amount_with_unit(words, choice.worst_regret)));
  else
    said.push_back(fmt::format("It is the best under each of {} of the model.", structures));
  if (!choice.beyond.empty()) said.emplace_back("It goes beyond what evidence supports: what comes of it is the model's alone.");
  return said;
}

std::vector<std::string> best_costs(const BestAnswer& answer) {
  const std::size_t at = cheapest_alike(answer);
  const BestRow& choice = answer.rows[at];
  const std::string now = dollars(answer.rows.front().cost);
  std::vector<std::string> said{at == 0 ? fmt::format("As it is costs {} as planned.", now)
                                        : fmt::format("{} costs {} as planned; as it is costs {}.",
                                                      answer.step().set.size() > 1 ? "The cheapest" : "It", dollars(choice.cost),
                                                      now)};
  if (at != 0)
    for (std::size_t k = 0; k < answer.shown.size(); ++k)
      if (answer.shown[k] != answer.aim) said.push_back(beside_told(answer.shown[k], choice.shown[k]));
  if (const std::size_t next = answer.budget_step + 1; next < answer.steps.size())
    said.push_back(fmt::format("With {} more, the best would be better by {}.", dollars(answer.steps[next].money - answer.budget),
                               gain_text(answer.aim, answer.more)));
  return said;
}

}  // namespace coalis
