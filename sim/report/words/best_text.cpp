#include "coalis/report/words/best_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "coalis/core/counted.hpp"
#include "coalis/core/letters.hpp"
#include "coalis/core/month_text.hpp"
#include "coalis/model/outcome_rows.hpp"
#include "coalis/questions/asked_month.hpp"
#include "coalis/report/words/outcome_words.hpp"
#include "coalis/report/words/plain_text.hpp"
#include "coalis/report/words/sentences.hpp"
#include "coalis/statistics/intervals.hpp"

namespace coalis {
namespace {

constexpr std::size_t most_alike_shown = 12;

double difference_that_matters(const BestAnswer& answer) {
  return outcome_quantities()[index_of(outcome_quantities(), answer.aim)].matters;
}

// A difference with its sign, in the unit that is said.
std::string signed_amount(const OutcomeWords& words, double value) {
  const std::string text = amount(words, std::abs(value));
  return (value < 0 && text != "0" ? "-" : "") + text;
}

// With a digit or two more where an interval would have no width; its middle is said as finely.
OutcomeWords fine_enough(OutcomeWords words, double low, double high) {
  const int most = words.decimals + 2;
  while (words.decimals < most && signed_amount(words, low) == signed_amount(words, high)) ++words.decimals;
  return words;
}

// "25 to 26"
std::string interval_text(const OutcomeWords& words, double low, double high) {
  return fmt::format("{} to {}", signed_amount(words, low), signed_amount(words, high));
}

// "2 hours a year more (1.5 to 2.5)", "3 fewer (2 to 4)"
std::string beside_text(const OutcomeWords& words, const BestFigure& change) {
  const double mean = std::abs(change.mean), low = mean - change.half_width, high = mean + change.half_width;
  const OutcomeWords fine = fine_enough(words, low, high);
  return fmt::format("{} {} {} ({})", amount(fine, mean), words.unit, change.mean < 0 ? words.less : words.more,
                     interval_text(fine, low, high));
}

std::string in_100(double share) { return fmt::format("{:.0f}", 100 * share); }
std::string times_of(const std::string& count) { return count == "1" ? "once" : count + " times"; }

const BestFigure* change_shown(const BestAnswer& answer, const std::string& outcome) {
  const auto found = std::find(answer.shown.begin(), answer.shown.end(), outcome);
  return found == answer.shown.end() ? nullptr : &answer.choice().shown[static_cast<std::size_t>(found - answer.shown.begin())];
}

std::string first_sentence(const BestAnswer& answer) {
  const BestRow& choice = answer.choice();
  const OutcomeWords& words = words_of(answer.aim);
  const std::string begin = fmt::format("Of {} looked at, with at most {}{}, ", counted(answer.looked_at, "option"),
                                        dollars(answer.budget), from_month_on(answer.start, answer.from));
  const std::string level = fmt::format("{} {}", amount(words, choice.aim.mean), words.measure);
  if (answer.step().choice == 0) return fmt::format("{}none is known to do better than what is done now: {}.", begin, level);
  const std::size_t alike = answer.step().set.size();
  const std::string which =
      alike == 1 ? "this does best" : fmt::format("{} do best and are not told apart; one of them is", counted(alike, "option"));
  const BestRow& cheap = answer.rows[cheapest_alike(answer)];
  const std::string cheapest =
      &cheap == &choice ? "" : fmt::format(" The cheapest of them is {} ({}).", cheap.option.name, dollars(cheap.cost));
  const bool dearer = answer.rows.front().cost > answer.budget;
  BestFigure gain = choice.gain;
  const bool worse = gain.mean < 0;
  if (worse) gain.mean = -gain.mean;
  return fmt::format("{}{}: {} ({} as planned). It has {}, {} by {}{} than as it is{}.{}", begin, which, choice.option.name,
                     dollars(choice.cost), level, worse ? "worse" : "better", gain_text(answer.aim, gain),
                     clear_sign(gain.mean, gain.half_width) == 0 ? ", though not clearly," : "",
                     dearer ? fmt::format(", which costs {}", dollars(answer.rows.front().cost)) : "", cheapest);
}

std::string second_sentence(const BestAnswer& answer) {
  const BestStep& step = answer.step();
  const BestRow& choice = answer.choice();
  const std::size_t others = step.set.size() - 1;
  std::string text = answer.looked_at == 1 ? std::string("There was nothing else to look at")
                     : others == 0         ? std::string("New runs tell it from all others")
                                   : fmt::format("New runs do not tell it from {} beyond doubt", counted(others, "other option"));
  if (answer.rows.size() > 1)
    text += choice.best > 0.99 ? std::string("; drawn again, they have it first nearly always")
                               : fmt::format("; drawn again, they have it first {} in 100", times_of(in_100(choice.best)));
  if (!std::isnan(choice.best_in_sets))
    text += fmt::format(", and it is the best under {} of 100 sets of parameters", in_100(choice.best_in_sets));
  const OutcomeWords& words = words_of(answer.aim);
  if (answer.structures.size() > 1)
    text += choice.worst_regret > 0
                ? fmt::format("; under the least favourable of {} it is behind the best there by {}",
                              counted(answer.structures.size(), "structure"), amount_with_unit(words, choice.worst_regret))
                : fmt::format("; it is the best under each of {}", counted(answer.structures.size(), "structure"));
  return text + ".";
}

std::string third_sentence(const BestAnswer& answer) {
  std::string text;
  const std::size_t next = answer.budget_step + 1;
  if (next < answer.steps.size()) {
    const double money = answer.steps[next].money - answer.budget;
    text = fmt::format("With {} more, the best would be better by {}", dollars(money), gain_text(answer.aim, answer.more));
  }
  if (const BestStep* less = nearly_as_good(answer)) {
    text += fmt::format("{}the best for at most {} is behind by {}, less than the {} that would matter", text.empty() ? "" : "; ",
                        dollars(less->money), behind_text(answer, *less),
                        amount(words_of(answer.aim), difference_that_matters(answer)));
  }
  if (answer.step().choice == 0) return text + ".";
  std::string beside;
  for (const char* outcome : {"goal_attainment", "hours_given", "member_cost"})
    if (const BestFigure* change = change_shown(answer, outcome); change && outcome != answer.aim)
      beside += fmt::format("{}{}{}: {}", beside.empty() ? "" : ", ", title_within(words_of(outcome)),
                            outcome == std::string_view("hours_given") ? " by each organisation" : "",
                            beside_text(words_of(outcome), *change));
  return fmt::format("{}{}beside the aim the choice means, against as it is: {}.", text, text.empty() ? "" : "; ", beside);
}

// Of structures that the aim is not a mean over, differences are no part of the variance.
std::string structures_left_out(const BestAnswer& answer) {
  const bool any = std::count(answer.counted.begin(), answer.counted.end(), false) > 0;
  return any ? "; structures that count for the worst case alone are not in it" : "";
}

std::string row_text(const BestAnswer& answer, const std::string& letter, std::size_t r) {
  const BestRow& row = answer.rows[r];
  const OutcomeWords& words = words_of(answer.aim);
  const auto said = [&](double value) { return fixed(words.scale * value, words.decimals + 1); };
  std::string text = fmt::format("{}\t{}\t{}\t{}\t{}\t", letter, grouped(std::round(row.cost)), said(row.aim.mean),
                                 r == 0 ? "-" : said(row.gain.mean), r == 0 ? "-" : said(row.gain.half_width));
  text += (row.allowed ? in_100(row.best) : "-") + "\t";
  if (answer.sets > 0) text += (std::isnan(row.best_in_sets) ? "-" : in_100(row.best_in_sets)) + "\t";
  if (answer.structures.size() > 1) text += fmt::format("{}\t{}\t", said(row.expected_regret), said(row.worst_regret));
  return text + std::string(verdict_on(answer, r)) + "\n";
}

std::string options_text(const BestAnswer& answer, const std::vector<std::size_t>& shown) {
  const OutcomeWords& words = words_of(answer.aim);
  std::string text = "\n";
  for (const std::size_t r : shown) text += fmt::format("{}  {}\n", letter_in(shown, r), answer.rows[r].option.name);
  text += fmt::format("\n{}, {}\n\tUSD a year\tlevel\tgain\t±\tfirst in 100\t", words.title, words.unit);
  if (answer.sets > 0) text += "best of 100 sets\t";
  if (answer.structures.size() > 1) text += "regret\tat worst\t";
  text += "\n";
  for (const std::size_t r : shown) text += row_text(answer, letter_in(shown, r), r);
  if (const std::size_t left = answer.rows.size() - shown.size(); left > 0)
    text += fmt::format("{}{}: --json.\n", counted(left, "more option"),
                        answer.step().set.size() > most_alike_shown ? "" : ", clearly less good or dearer");
  return text;
}

std::string steps_text(const BestAnswer& answer, const std::vector<std::size_t>& shown) {
  const OutcomeWords& words = words_of(answer.aim);
  std::string text = "\nFor other amounts\nat most, USD a year\tbest\tgain\t±\tothers as good\n";
  for (const BestStep& step : answer.steps) {
    const BestRow& row = answer.rows[step.choice];
    text +=
        fmt::format("{}\t{}\t{}\t{}\t{}\n", grouped(std::round(step.money)), letter_in(shown, step.choice),
                    fixed(words.scale * row.gain.mean, words.decimals + 1),
                    step.choice == 0 ? "-" : fixed(words.scale * row.gain.half_width, words.decimals + 1), step.set.size() - 1);
  }
  return text;
}

std::string information_text(const BestAnswer& answer) {
  if (answer.information.empty()) return "";
  const OutcomeWords& words = words_of(answer.aim);
  std::string text = fmt::format(
      "\nWhat it would be worth to know more before choosing ({} at least, and how often another option would then be taken)\n"
      "known\tgain\t±\tother choice, in 100\n",
      words.unit);
  for (const BestInformation& one : answer.information)
    text += fmt::format("{}\t{}\t{}\t{}\n", one.about, fixed(words.scale * one.value, words.decimals + 2),
                        fixed(words.scale * half_width_of(answer, one), words.decimals + 2), in_100(one.changes));
  if (std::count(answer.counted.begin(), answer.counted.end(), true) > 1)
    text += "What parameters are worth is beyond what it is worth to know the structure.\n";
  return text;
}

// What of the choice no evidence supports.
std::string beyond_text(const BestAnswer& answer) {
  const auto& beyond = answer.choice().beyond;
  if (beyond.empty()) return "";
  return fmt::format("What does best goes beyond what the evidence supports: {}. What comes of it is the model's alone.",
                     fmt::join(beyond, "; "));
}

// An outcome of the last year, where the time after the month is shorter.
std::string counted_before_text(const BestAnswer& answer) {
  const int counted_months = months_of(answer.aim, answer.months), after = answer.months - answer.from;
  if (answer.from == 0 || after >= counted_months || counted_months >= answer.months) return "";
  return fmt::format("{} counts {}, {} of them before the options begin: what they bring in a whole year is not seen.",
                     words_of(answer.aim).title, counted(static_cast<std::size_t>(counted_months), "month"),
                     counted_months - after);
}

// What the gain varies by, as far as it was asked.
std::string varies_by(const BestAnswer& answer) {
  if (answer.sets == 0 && answer.structures.size() == 1)
    return "How sure it is says nothing of other parameters and rules, nor whether one would regret it under them: luck alone "
           "was "
           "varied (--structures engagement and --parameters FILE vary them).";
  const double all = answer.chance + answer.parameters + answer.structure;
  if (!(all > 0)) return "";
  std::string text = fmt::format("Of what the gain of single runs varies by, {} in 100 is chance", in_100(answer.chance / all));
  if (answer.sets > 0) text += fmt::format(", {} parameters", in_100(answer.parameters / all));
  if (std::count(answer.counted.begin(), answer.counted.end(), true) > 1)
    text += fmt::format(", {} the model's structure", in_100(answer.structure / all));
  return text + structures_left_out(answer) + ".";
}

}  // namespace

double half_width_of(const BestAnswer& answer, const BestInformation& one) {
  // Without sets it is the structure alone, whose standard error is half of its interval's half width.
  return answer.sets > 1 ? half_width(one.se, answer.sets) : 2 * one.se;
}

std::string_view verdict_on(const BestAnswer& answer, std::size_t r) {
  const BestStep& step = answer.step();
  if (std::find(step.set.begin(), step.set.end(), r) != step.set.end()) return step.set.size() == 1 ? "chosen" : "as good";
  if (answer.rows[r].allowed)
    return answer.rows[r].gain.mean < answer.choice().gain.mean ? "less good" : answer.guards.empty() ? "as good" : "may do harm";
  return answer.rows[r].cost > answer.budget ? "costs more" : "does harm";
}

std::string gain_text(const std::string& outcome, const BestFigure& gain) {
  const double low = gain.mean - gain.half_width, high = gain.mean + gain.half_width;
  const OutcomeWords fine = fine_enough(words_of(outcome), low, high);
  return fmt::format("{} {} ({})", signed_amount(fine, gain.mean), fine.unit, interval_text(fine, low, high));
}

const BestStep* nearly_as_good(const BestAnswer& answer) {
  const double matters = difference_that_matters(answer);
  const BestRow& choice = answer.choice();
  for (const BestStep& step : answer.steps) {
    const BestRow& row = answer.rows[step.choice];
    if (step.money >= answer.budget || step.choice == 0 || row.cost >= 0.9 * choice.cost) continue;
    const double behind = choice.gain.mean - row.gain.mean;
    if (behind > 0 && behind < 0.9 * matters) return &step;  // said with a decimal more, it is still less
  }
  return nullptr;
}

std::size_t cheapest_alike(const BestAnswer& answer) {
  const auto& set = answer.step().set;
  if (answer.step().choice == 0) return 0;  // nothing is known to do better
  const auto found = std::min_element(set.begin(), set.end(),
                                      [&](std::size_t a, std::size_t b) { return answer.rows[a].cost < answer.rows[b].cost; });
  return found == set.end() ? answer.step().choice : *found;
}

std::optional<std::size_t> free_and_near(const BestAnswer& answer) {
  const double matters = difference_that_matters(answer);
  const auto& set = answer.step().set;
  std::optional<std::size_t> found;
  for (std::size_t r = 1; r < answer.rows.size(); ++r) {
    const BestRow& row = answer.rows[r];
    const bool free = row.allowed && row.cost <= answer.rows.front().cost && row.cost < answer.rows[cheapest_alike(answer)].cost;
    if (!free || verdict_on(answer, r) == "may do harm" || std::find(set.begin(), set.end(), r) != set.end()) continue;
    if (answer.choice().gain.mean - row.gain.mean < matters && (!found || answer.rows[*found].gain.mean < row.gain.mean))
      found = r;
  }
  return found;
}

std::string behind_text(const BestAnswer& answer, const BestStep& less) {
  OutcomeWords words = words_of(answer.aim);
  ++words.decimals;
  return amount_with_unit(words, answer.choice().gain.mean - answer.rows[less.choice].gain.mean);
}

std::string dollars(double money) { return grouped(std::round(money)) + " USD a year"; }

std::array<std::string, 3> best_sentences(const BestAnswer& answer) {
  return {first_sentence(answer), second_sentence(answer), third_sentence(answer)};
}

std::string letter_in(const std::vector<std::size_t>& shown, std::size_t row) {
  return letter_of(static_cast<std::size_t>(std::find(shown.begin(), shown.end(), row) - shown.begin()));
}

std::vector<std::size_t> rows_shown(const BestAnswer& answer) {
  std::vector<std::size_t> rows = answer.step().set;
  std::stable_sort(rows.begin(), rows.end(),
                   [&](std::size_t a, std::size_t b) { return answer.rows[a].gain.mean > answer.rows[b].gain.mean; });
  if (rows.size() > most_alike_shown) rows.resize(most_alike_shown);
  rows.push_back(0), rows.push_back(cheapest_alike(answer));
  for (const BestStep& step : answer.steps) rows.push_back(step.choice);
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return rows;
}

std::vector<std::string> best_remarks(const BestAnswer& answer) {
  std::vector<std::string> list;
  if (answer.evidence) list.push_back(evidence_sentence(*answer.evidence));
  if (answer.aim == "engaged")
    list.push_back(
        "Engaged counts any event in twelve months: it favours many events, whatever they bring. Look at goal attainment and at "
        "what "
        "members give, too, or guard them.");
  if (std::string beyond = beyond_text(answer); !beyond.empty()) list.push_back(std::move(beyond));
  if (is_burden(answer.aim))
    list.push_back(
        "The aim is a burden: to do little is what has least of it. Guard what is to be attained (--guard goal_attainment).");
  const auto& changes = answer.choice().option.changes;
  if (std::find(changes.begin(), changes.end(), "meetings from afar") != changes.end())
    list.push_back("That meetings can be followed from afar at no cost is assumed, not found.");
  if (!answer.guards.empty()) {
    std::string names;
    for (const std::string& guard : answer.guards) names += (names.empty() ? "" : ", ") + title_within(words_of(guard));
    list.push_back("Options that clearly harm what is guarded were left out: " + names + ".");
  }
  list.emplace_back(
      "It looks no farther than the scenario does: what is used up or built up later is not seen (--set calendar.months= lets it "
      "run longer).");
  if (answer.from > 0)
    list.push_back(fmt::format(
        "Options begin in {}; until then all are as it is. Costs, hours and what is guarded are of the time after it.",
        month_name(answer.start, answer.from)));
  if (std::string early = counted_before_text(answer); !early.empty()) list.push_back(std::move(early));
  if (std::string parts = varies_by(answer); !parts.empty()) list.push_back(std::move(parts));
  if (const auto counted_in = std::count(answer.counted.begin(), answer.counted.end(), true); counted_in > 1)
    list.push_back(fmt::format("The aim is the mean over {}, which are fitted as far as the scenario's own or as little.",
                               counted(static_cast<std::size_t>(counted_in), "structure")));
  if (std::count(answer.counted.begin(), answer.counted.end(), false) > 0)
    list.push_back(
        "Structures that are not as far calibrated as the scenario's own have no part in the aim; they count for the worst case "
        "alone.");
  list.push_back(fmt::format(
      "The best of all options looked at is among the {} that are called as good or chosen, but for 5 in 100 such answers. "
      "Figures are "
      "of {} new runs of each option that had no part in choosing it; {} runs in all, {} had all options been run alike.",
      answer.step().set.size(), grouped(static_cast<double>(answer.draws * answer.structures.size())),
      grouped(static_cast<double>(answer.runs)), grouped(static_cast<double>(answer.runs_alike))));
  return list;
}

std::string to_text(const BestAnswer& answer) {
  const auto sentences = best_sentences(answer);
  const auto shown = rows_shown(answer);
  std::string text = fmt::format("{}\n{}\n{}\n", sentences[0], sentences[1], sentences[2]);
  text += options_text(answer, shown) + steps_text(answer, shown) + information_text(answer) + "\n";
  for (const std::string& remark : best_remarks(answer)) text += remark + "\n";
  return text;
}

}  // namespace coalis
