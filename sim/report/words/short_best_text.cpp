// See short_best_text.hpp.
#include "coalis/report/words/short_best_text.hpp"

#include <fmt/format.h>

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
  const BestRow &choice = answer.choice(), &now = answer.rows.front();
  const std::string level = amount(words, choice.aim.mean), before = amount(words, now.aim.mean);
  if (answer.step().choice == 0)
    return fullest({fmt::format("Of {} options none is known to do better than what is done now: {} {}.", answer.looked_at, level,
                                words.measure),
                    fmt::format("Of {} options none is known to do better than what is done now.", answer.looked_at)});
  const std::string& name = choice.option.name;
  return fullest({fmt::format("Do this: {}. It has {} {}, against {} as it is.", name, level, words.measure, before),
                  fmt::format("{}: {} {}, against {} as it is.", name, level, words.measure, before),
                  fmt::format("{}: {} {}.", name, level, words.measure), fmt::format("{}.", name),
                  fmt::format("What is marked as chosen below: {} {}, against {} as it is.", level, words.measure, before)});
}

std::vector<std::string> best_how_sure(const BestAnswer& answer) {
  const BestRow& choice = answer.choice();
  const BestStep& step = answer.step();
  std::vector<std::string> said;
  if (step.choice != 0) {
    const bool worse = choice.gain.mean < 0;
    BestFigure gain = choice.gain;
    gain.mean = std::abs(gain.mean);
    said.push_back(fmt::format("It is {} than as it is by {}{}.", worse ? "worse" : "better", gain_text(answer.aim, gain),
                               clear_sign(gain.mean, gain.half_width) == 0 ? ", which is not clear" : ""));
  }
  if (answer.looked_at > 1)
    said.push_back(
        step.set.size() == 1
            ? fmt::format("New runs tell it from all {} that were looked at.", counted(answer.looked_at - 1, "other option"))
            : fmt::format("New runs do not tell it from {} beyond doubt.", counted(step.set.size() - 1, "other option")));
  if (answer.rows.size() > 1)
    said.push_back(choice.best > 0.99 ? std::string("If the runs were drawn again, it would nearly always come first.")
                                      : fmt::format("If the runs were drawn again, it would come first {:.0f} times in 100.",
                                                    100 * choice.best));
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
  const BestRow& choice = answer.choice();
  std::vector<std::string> said{
      fmt::format("It costs {} as planned; as it is costs {}.", dollars(choice.cost), dollars(answer.rows.front().cost))};
  if (answer.step().choice != 0)
    for (std::size_t k = 0; k < answer.shown.size(); ++k)
      if (answer.shown[k] != answer.aim) said.push_back(beside_told(answer.shown[k], choice.shown[k]));
  if (const std::size_t next = answer.budget_step + 1; next < answer.steps.size())
    said.push_back(fmt::format("With {} more, the best would be better by {}.", dollars(answer.steps[next].money - answer.budget),
                               gain_text(answer.aim, answer.more)));
  if (const BestStep* less = nearly_as_good(answer))
    said.push_back(fmt::format("With at most {} the best is behind by {}, which is less than would matter.", dollars(less->money),
                               behind_text(answer, *less)));
  return said;
}

}  // namespace coalis
