#include "coalis/report/words/comparison_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "coalis/core/counted.hpp"
#include "coalis/core/month_text.hpp"
#include "coalis/core/number_text.hpp"
#include "coalis/model/plan.hpp"
#include "coalis/model/supported.hpp"
#include "coalis/model/version.hpp"
#include "coalis/network/outcomes.hpp"
#include "coalis/questions/asked_month.hpp"
#include "coalis/questions/comparison/differences.hpp"
#include "coalis/report/words/assumed.hpp"
#include "coalis/report/words/outcome_words.hpp"
#include "coalis/report/words/plain_text.hpp"
#include "coalis/report/words/survey_words.hpp"
#include "coalis/statistics/summary.hpp"

namespace coalis {
namespace {

constexpr double cost_worth_saying = 0.01;  // relative

std::string unit_of(const Quantity& quantity) { return quantity.unit == "1" ? "share or index" : quantity.unit; }

// Of which months planned costs are, if not of the whole run.
std::string costs_since(const Comparison& question) {
  return from_month_on(question.scenarios.front().scenario.calendar.start, question.from);
}

std::string cost_notice(const Comparison& question, const Contender& other) {
  const Contender& reference = question.scenarios.front();
  const double difference = other.planned_cost - reference.planned_cost;
  if (!(std::abs(difference) > cost_worth_saying * reference.planned_cost)) return "";
  const int before = months_alike(reference.scenario, other.scenario), months = reference.scenario.calendar.months;
  const std::string costs = fmt::format(
      "({} against {} USD a year as planned{})", grouped(other.planned_cost), grouped(reference.planned_cost),
      question.from > 0 ? costs_since(question)
      : before > 0 ? fmt::format(" over {}, {} of them before {} begins to differ", counted(months, "month"), before, other.label)
                   : "");
  if (!(reference.planned_cost > 0)) return fmt::format("{} costs more than {} {}", other.label, reference.label, costs);
  const double share = std::abs(difference) / reference.planned_cost;
  if (share >= 10)
    return fmt::format("{} costs {} times what {} does {}", other.label, grouped(1 + share), reference.label, costs);
  return fmt::format("{} costs {:.{}f} % {} than {} {}", other.label, 100 * share, share < 0.1 ? 1 : 0,
                     difference > 0 ? "more" : "less", reference.label, costs);
}

// What the scenarios differ in that is no option: a difference of models or of worlds is not one of policies.
std::string world_notice(const Contender& reference, const Contender& other) {
  constexpr std::size_t most = 4;
  const PolicyAndWorld& apart = other.apart;
  if (apart.world.empty()) return "";
  std::string paths;
  for (std::size_t i = 0; i < std::min(most, apart.world.size()); ++i) paths += (i > 0 ? ", " : "") + apart.world[i];
  if (apart.world.size() > most) paths += fmt::format(" and {} more", apart.world.size() - most);
  return fmt::format("{} differs from {} in what nobody can choose ({}): their difference is not that of {}.", other.label,
                     reference.label, paths, apart.policy.empty() ? "a policy" : "the policies alone");
}

std::string extrapolation_notice(const Contender& c) {
  std::string levers;
  for (const Extrapolation& e : extrapolations(c.scenario)) levers += (levers.empty() ? "" : "; ") + to_string(e);
  if (levers.empty()) return "";
  return fmt::format("{} is an extrapolation: {}. No likelihood word is given about it; ranges and counts are the model's.",
                     c.label, levers);
}

// "Every replicate has a parameter set of ...": "" without.
std::string sets_sentence(const ComparisonAnswer& answer) {
  if (!answer.question.sets) return "";
  const std::size_t sets = answer.question.sets->lines.size();
  if (answer.question.parameter_sets() == 1)
    return fmt::format("Every replicate has the same parameter set of {}; it goes before the scenarios' own values.\n",
                       answer.question.sets->file);
  return fmt::format(
      "Every replicate has {} of {}, drawn by weight ({}), the same in all scenarios; it goes before their own values. All "
      "figures are of these runs: means over sets, ranges over sets and chance together.\n",
      fmt::format("one of the {} parameter sets", sets), answer.question.sets->file,
      counted(answer.question.parameter_sets(), "different one"));
}

std::string head(const ComparisonAnswer& answer) {
  std::string text;
  for (const auto& notice : notices(answer.question)) text += notice + "\n";
  if (!text.empty()) text += "\n";
  for (const Contender& c : answer.question.scenarios)
    text += fmt::format("{}  {} ({}){}; planned cost {} USD a year{}\n", c.label, c.scenario.name, c.called(),
                        &c == &answer.question.scenarios.front() ? ", the reference" : "", grouped(c.planned_cost),
                        costs_since(answer.question));
  const Scenario& reference = answer.reference();
  const int months = reference.calendar.months;
  text += fmt::format("{}{}: {}. {}, seed {}, model version {}.\n", month_text(reference.calendar.start, 0),
                      months > 1 ? " to " + month_text(reference.calendar.start, months - 1) : "", counted(months, "month"),
                      counted(answer.replicates(), "replicate"), answer.question.seed, model_version);
  if (answer.cut_short())
    text += fmt::format("Interrupted: {} had been asked for.\n", counted(answer.question.replicates, "replicate"));
  text += sets_sentence(answer);
  if (answer.question.from > 0)
    text += fmt::format("Until {} all are the reference{}; what they change begins then.\n",
                        month_name(reference.calendar.start, answer.question.from),
                        answer.question.budget > 0 ? " as it was given" : "");
  return text +
         "Replicate r of every scenario shares all draws. Members' hours and travel are no part of the cost: see member_cost.\n";
}

// Outcomes that sentences are made of: those asked for, if few; else the one that coalitions ask about first.
std::vector<std::size_t> headline(const ComparisonAnswer& answer) {
  constexpr std::size_t few = 3;
  const auto& shown = answer.question.outcomes;
  if (shown.size() <= few) return shown;
  const auto& quantities = all_outcome_quantities();
  const auto engaged = std::find_if(shown.begin(), shown.end(), [&](std::size_t i) { return quantities[i].name == "engaged"; });
  return {engaged == shown.end() ? shown.front() : *engaged};
}

// Events a year to which an organisation is invited, as planned, those of the core apart.
double invitations_a_year(const Scenario& scenario) {
  const auto plan = make_plan(scenario);
  double sum = 0;
  for (int month = 0; month < plan->months(); ++month) {
    const Policy& policy = plan->policy(month);
    for (const Series& series : policy.series) {
      if (!runs(policy, series, month) || series.audience == static_cast<int>(Audience::core)) continue;
      double invited = series.audience == static_cast<int>(Audience::all) ? 1 : 0;
      for (std::size_t region = 0; invited < 1 && region < policy.home_hubs.size(); ++region) {
        const auto& homes = policy.home_hubs[region];
        const auto own = std::count(homes.begin(), homes.end(), series.hub);
        if (own > 0) invited += scenario.regions[region].share * double(own) / double(homes.size());
      }
      sum += invited * series.per_year / plan->months();
    }
  }
  return sum;
}

// More events engage more organisations whatever they bring: said where that is asked and their numbers differ.
std::string engaged_notice(const ComparisonAnswer& answer) {
  constexpr double worth_saying = 0.05;  // relative
  const auto shown = headline(answer);
  const bool asked =
      std::any_of(shown.begin(), shown.end(), [](std::size_t i) { return all_outcome_quantities()[i].name == "engaged"; });
  const auto& all = answer.question.scenarios;
  const double first = invitations_a_year(all.front().scenario);
  std::string numbers = fmt::format("{} in {}", significant(first, 3), all.front().label);
  bool differ = false;
  for (std::size_t i = 1; i < all.size(); ++i) {
    const double number = invitations_a_year(all[i].scenario);
    numbers += fmt::format(", {} in {}", significant(number, 3), all[i].label);
    differ = differ || std::abs(number - first) > worth_saying * std::max(first, number);
  }
  if (!asked || !differ) return "";
  return fmt::format(
      "Engaged favours more events, whatever they bring: an organisation is invited to so many a year: {}. Who comes to "
      "half of them, and the hours that the goal takes: --outcomes engaged_steadily,hours_per_goal.\n",
      numbers);
}

std::string sentences_text(const ComparisonAnswer& answer) {
  std::string text;
  for (std::size_t i = 1; i < answer.question.scenarios.size(); ++i) {
    Sentences last;
    text += "\n";
    for (const std::size_t outcome : headline(answer)) {
      last = sentences_of(answer, i, outcome);
      text += last.effect + "\n" + (last.likelihood.empty() ? "" : last.likelihood + "\n");
    }
    text += last.uncertainty + "\n" + last.evidence + "\n" + last.cost + "\n";
  }
  for (const std::size_t outcome : headline(answer))
    if (words_of(all_outcome_quantities()[outcome].name).unit == "in 100")
      text += definition(all_outcome_quantities()[outcome].name) + "\n";
  return text + engaged_notice(answer);
}

// Two significant digits, or as many as tell it from what was wanted.
std::string beside(double half_width, double wanted) {
  for (int digits = 2; digits < 9; ++digits) {
    std::string text = significant(half_width, digits);
    if (!(half_width > wanted) || decimal_number(text).value_or(0) > wanted) return text;
  }
  return significant(half_width, 9);
}

std::string precision_text(const ComparisonAnswer& answer) {
  if (!answer.precision) return "";
  const PrecisionReached& p = *answer.precision;
  const WantedPrecision& wanted = *answer.question.precision;
  const std::string& name = all_outcome_quantities()[wanted.outcome].name;
  std::string widths;
  for (std::size_t i = 0; i < p.half_widths.size(); ++i)
    widths += fmt::format("{}{} {}", i > 0 ? ", " : "", answer.question.scenarios[i + 1].label,
                          beside(p.half_widths[i], wanted.half_width));
  std::string text = fmt::format("Precision of {}: {} {} after {}; half-widths of the nominal 95 % intervals: {}.\n", name,
                                 significant(wanted.half_width, 3), p.reached ? "reached" : "not reached",
                                 counted(answer.replicates(), "replicate"), widths);
  const auto done = static_cast<double>(answer.replicates());
  if (!p.reached && p.needed > done)
    text +=
        fmt::format("It would take about {} more, {} in all: raise --replicates.\n", grouped(p.needed - done), grouped(p.needed));
  return text;
}

std::string spread(const Spread& s) { return fmt::format("{} .. {}", signed_number(s.low), signed_number(s.high)); }

// Of what has no pair of values.
std::string missing_in(const PairedSummary& s, const std::string& reference, const std::string& other) {
  if (s.reference.n > 0 && s.other.n > 0) return fmt::format("never in both {} and {}", reference, other);
  if (s.reference.n > 0) return "missing in " + other;
  return fmt::format("missing in {}", s.other.n > 0 ? reference : reference + " and " + other);
}

std::string differences_text(const ComparisonAnswer& answer, std::size_t scenario) {
  const Contender& other = answer.question.scenarios[scenario];
  const std::string& reference = answer.question.scenarios.front().label;
  std::string first =
      fmt::format("\n{} - {}, replicate by replicate\noutcome\t{}\t{}\tdifference\ts.e.\t80 % of them\t50 %\t95 %\tunit\n",
                  other.label, reference, reference, other.label);
  std::string second = "\noutcome\td\tabove d\twithin\tbelow -d\tunpaired\ts.e.\tpairing\thalf by\n";
  for (const std::size_t i : answer.question.outcomes) {
    const Quantity& quantity = all_outcome_quantities()[i];
    const PairedSummary s = answer.samples.difference(scenario, i);
    if (s.pairs == 0) {
      first += fmt::format("{}\t{}\t{}\t-\t-\t-\t-\t-\t{}\n", quantity.name, number(s.reference.mean), number(s.other.mean),
                           missing_in(s, reference, other.label));
      continue;
    }
    first += fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}{}\n", quantity.name, number(s.reference.mean), number(s.other.mean),
                         signed_number(s.mean), number(s.se), spread(s.most), spread(s.half), spread(s.nearly_all),
                         unit_of(quantity), s.left_out > 0 ? fmt::format("; {} left out", counted(s.left_out, "pair")) : "");
    const auto half = answer.samples.half_month(scenario, i);
    const auto shares = percents({s.above, s.between, s.below});
    second += fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n", quantity.name, number(answer.samples.matters(i)), shares[0],
                          shares[1], shares[2], signed_number(s.unpaired), number(s.unpaired_se),
                          std::isnan(s.variance_reduction) ? "-" : fmt::format("x {:.1f}", s.variance_reduction),
                          half ? month_text(answer.reference().calendar.start, *half) : "-");
  }
  return first + second;
}

std::string foot(const ComparisonAnswer& answer) {
  const std::string left_out = outcomes_left_out(answer.question.outcomes);
  std::string text = left_out.empty() ? "" : "\n" + left_out + ".\n";
  text +=
      "\nd is a difference that matters (--matters); shares are of the replicates. Unpaired: as if the scenarios had been run "
      "apart. Pairing: variance of independent differences over that of paired ones. Half by: the first month from which the "
      "mean difference stays at or beyond half of its last value, once something has happened under both; - if the 95 % interval "
      "of that value includes 0 (Student's t), and for what is counted anew each month (events, participation, hours, costs).\n"
      "\nAssumed, not found (docs/model.md says more):\n";
  for (const auto sentence : assumptions()) text += fmt::format("  - {}\n", sentence);
  text += fmt::format("{}\n", beyond_assumptions());
  if (!answer.file.empty()) text += fmt::format("\nComparison file: {} (docs/formats/comparison.md)\n", answer.file);
  return text;
}

}  // namespace

std::string budget_sentence(const Comparison& question, const Contender& other) {
  if (!other.budget) return "";
  const Budget& budget = *other.budget;
  const bool sum = question.budget > 0;
  const std::string& reference = question.scenarios.front().label;
  if (budget.changes.empty())
    return fmt::format("{} costs what {} as it is: {} was left alone.", other.label, sum ? "it may" : reference + " does",
                       budget_lever_words(question.lever));
  std::string changes;
  for (const BudgetChange& change : budget.changes)
    changes += fmt::format("{}{} {} to {}", changes.empty() ? "" : ", ", change.path, significant(change.from, 4),
                           significant(change.to, 4));
  return fmt::format("{} was changed to {}: {}; from {} to {} USD a year as planned{}.", other.label,
                     sum ? "what it may cost" : "the cost of " + reference, changes, grouped(budget.cost_before),
                     grouped(budget.cost_after), costs_since(question));
}

std::string undone_by_budget(const Comparison& question, const Contender& other) {
  if (!other.left) return "";
  const std::string words = budget_lever_words(question.lever), &reference = question.scenarios.front().label;
  const std::string left = fixed(100 * *other.left, 0);
  return (left == "0"
              ? fmt::format("The same money undoes what {} changes in {}: nothing of that difference from {} is left.",
                            other.label, words, reference)
              : fmt::format("The same money undoes part of what {} changes in {}: {} in 100 of that difference from {} are left.",
                            other.label, words, left, reference)) +
         (other.instead.empty()
              ? fmt::format(" Nothing else can be scaled to that sum: compare {} and {} at their own costs.", other.label,
                            reference)
              : fmt::format(" To keep that change, scale something else: {}.", budget_lever_words(other.instead)));
}

std::vector<std::string> notices(const Comparison& question) {
  std::vector<std::string> sentences;
  std::string costs;
  for (std::size_t i = 1; i < question.scenarios.size(); ++i)
    if (const std::string notice = cost_notice(question, question.scenarios[i]); !notice.empty())
      costs += (costs.empty() ? "" : "; ") + notice;
  if (!costs.empty()) sentences.push_back(costs + ". --equal-budget compares at equal planned cost.");
  for (const Contender& c : question.scenarios)
    if (c.budget) {
      sentences.push_back(budget_sentence(question, c));
      std::string undone = undone_by_budget(question, c);
      if (!c.instead.empty())
        undone.insert(undone.size() - 1, fmt::format(" (--{} {})", question.budget > 0 ? "lever" : "equal-budget", c.instead));
      if (!undone.empty()) sentences.push_back(std::move(undone));
    }
  for (std::size_t i = 1; i < question.scenarios.size(); ++i)
    if (std::string notice = world_notice(question.scenarios.front(), question.scenarios[i]); !notice.empty())
      sentences.push_back(std::move(notice));
  for (const Contender& c : question.scenarios)
    if (std::string notice = extrapolation_notice(c); !notice.empty()) sentences.push_back(std::move(notice));
  return sentences;
}

Sentences sentences_of(const ComparisonAnswer& answer, std::size_t scenario, std::size_t outcome) {
  const Contender &reference = answer.question.scenarios.front(), &other = answer.question.scenarios[scenario];
  const auto member_cost = [&](std::size_t i) {
    return summarise(answer.samples.values(i, index_of(all_outcome_quantities(), "member_cost"))).mean;
  };
  const auto incurred = [&](const char* name) {
    const PairedSummary d = answer.samples.difference(scenario, index_of(all_outcome_quantities(), name));
    return MeanDifference{d.mean, half_width(d)};
  };
  std::vector<OutcomeDifference> differences;
  for (std::size_t i = 1; i < answer.question.scenarios.size(); ++i)
    differences.push_back(plain_numbers(all_outcome_quantities()[outcome].name, answer.samples.difference(i, outcome),
                                        answer.samples.matters(outcome)));
  say_alike(differences);
  return sentences({reference.label, reference.scenario.name},
                   {other.label, other.scenario.name, months_alike(reference.scenario, other.scenario)},
                   reference.scenario.calendar.months, differences[scenario - 1], Included{answer.question.parameter_sets(), 1},
                   of_both({reference.label, ""}, reference.base, {other.label, ""}, other.base),
                   {reference.planned_cost, other.planned_cost, member_cost(0), member_cost(scenario),
                    incurred("coordination_cost"), incurred("member_cost"), answer.question.from, costs_since(answer.question)},
                   extrapolated_levers(reference.scenario, other.scenario));
}

std::string to_text(const ComparisonAnswer& answer) {
  std::string text = head(answer) + sentences_text(answer) + precision_text(answer);
  for (std::size_t i = 1; i < answer.question.scenarios.size(); ++i) text += differences_text(answer, i);
  return text + variants_text(answer) + variance_text(answer) + foot(answer);
}

}  // namespace coalis
