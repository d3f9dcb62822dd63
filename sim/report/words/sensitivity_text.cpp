#include "coalis/report/words/sensitivity_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string_view>
#include <vector>

#include "coalis/core/counted.hpp"
#include "coalis/core/letters.hpp"
#include "coalis/report/words/plain_text.hpp"
#include "coalis/report/words/survey_words.hpp"

namespace coalis {
namespace {

std::string interval_text(const Estimate& i) {
  return fmt::format("{} [{}, {}]", number(i.value), number(i.low), number(i.high));
}

// Places of the inputs, the largest first; missing last.
template <class Size>
std::vector<std::size_t> ranked(std::size_t count, Size size) {
  std::vector<std::size_t> order(count);
  for (std::size_t i = 0; i < count; ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const double x = size(a), y = size(b);
    return std::isnan(y) ? !std::isnan(x) : x > y;
  });
  return order;
}

std::string screening_text(std::string_view title, const std::vector<SensitivityTarget::Effect>& effects) {
  if (effects.empty()) return "";
  std::string text = fmt::format("\n  {}\tmu* [95 %]\tmu\tsigma\n", title);
  for (const std::size_t i : ranked(effects.size(), [&](std::size_t i) { return effects[i].of.mu_star.value; }))
    text += fmt::format("  {}\t{}\t{}\t{}\n", effects[i].input, interval_text(effects[i].of.mu_star),
                        signed_number(effects[i].of.mu), number(effects[i].of.sigma));
  return text;
}

// Of single factors or of groups.
std::string shares_text(std::string_view title, const std::vector<SensitivityTarget::Share>& all, bool groups) {
  std::vector<SensitivityTarget::Share> own;
  std::copy_if(all.begin(), all.end(), std::back_inserter(own), [&](const auto& share) { return share.group == groups; });
  if (own.empty()) return "";
  std::string text = fmt::format("\n  {}\tfirst order [95 %]\ttotal [95 %]{}\n", title, groups ? "" : "\tlow end\thigh end");
  for (const std::size_t rank : ranked(own.size(), [&](std::size_t i) { return own[i].index.total.value; })) {
    const auto& [input, group, index, ends] = own[rank];
    text += fmt::format("  {}\t{}\t{}", input, interval_text(index.first) + (index.first_above_total() ? " *" : ""),
                        interval_text(index.total));
    if (ends)
      text += fmt::format("\t{}\t{}", number(ends->low), number(ends->high));
    else if (!group)
      text += "\t-\t-";
    text += "\n";
  }
  return text;
}

// What is said of shares that cannot be as they were estimated; "" if all can.
std::string above_total_text(const SensitivityTarget& target) {
  const std::string names = above_total_names(target);
  if (names.empty()) return "";
  return fmt::format("  * First order above the total, which cannot be: both are within the error of {} ({}).\n",
                     counted(target.base_points, "base point"), names);
}

std::string target_text(const SensitivityFindings& findings, const SensitivityTarget& target) {
  if (std::isnan(target.mean))
    return fmt::format("\n{}, {}: it has no value at any of {}, there is nothing to examine\n", target.outcome, target.scenario,
                       counted(findings.points, "point"));
  std::string text = fmt::format("\n{}, {}: mean {}, standard deviation {} over the ranges{}\n", target.outcome, target.scenario,
                                 target.scenario.size() > 1 ? signed_number(target.mean) : number(target.mean), number(target.sd),
                                 target.unit == "1" ? "" : " (" + target.unit + ")");
  std::string chance;
  if (target.left_out > 0)
    text += fmt::format("  {} of {} left out for want of a value.\n", target.left_out, counted(findings.points, "point"));
  if (!target.varies)
    return text + "  It does not vary over the ranges: no factor changes it, and there is nothing to share out.\n";
  if (much_chance(target)) chance = fmt::format("  {}\n", chance_warning(findings));
  const std::string luck = luck_words(target.seed, findings.replicates);
  text += luck.empty() ? "  The share of luck needs two replicates or more and an outcome that varies.\n" : "  " + luck + "\n";
  return text + chance + screening_text("Morris, a full range of", target.screening) +
         screening_text("Morris, groups together", target.group_screening) + shares_text("Sobol' indices", target.shares, false) +
         shares_text("Sobol' indices, groups", target.shares, true) + above_total_text(target);
}

}  // namespace

std::string chance_warning(const SensitivityFindings& findings) {
  return fmt::format(
      "Much of this is chance: effects and total indices are too large. They rank the inputs and are no shares. More than {} of "
      "each point would tell more.",
      counted(findings.replicates, "replicate"));
}

std::string luck_words(const SeedShare& share, std::size_t replicates) {
  if (std::isnan(share.parameters)) return "";
  const auto shares = percents({share.parameters, share.seed, share.both});
  std::string text = fmt::format("Of the variance of one run: inputs {}, luck (the seed) {} alone and {} together with inputs.",
                                 shares[0], shares[1], shares[2]);
  if (std::isnan(share.left)) return text;
  return fmt::format("{} In means of {}, which the figures are of, {} % of the variance is left of luck.", text,
                     counted(replicates, "replicate"), fixed(100 * share.left, 1));
}

std::string above_total_names(const SensitivityTarget& target) {
  std::string names;
  for (const auto& share : target.shares)
    if (share.index.first_above_total()) names += (names.empty() ? "" : ", ") + share.input;
  return names;
}

std::string cost_text(const SensitivityQuestion& question, double seconds, int threads) {
  const SensitivityPlan& plan = question.plan;
  const std::size_t factors = plan.names.size();
  const SensitivityDesign& d = question.design;
  std::string parts;
  if (d.screening)
    parts += fmt::format("  Morris    {} of {} points\n", counted(plan.morris->trajectories, "trajectory"), factors + 1);
  if (d.group_screening)
    parts += fmt::format("            {} of {} points for groups\n", counted(plan.morris->trajectories, "trajectory"),
                         d.group_screening->inputs.size() + 1);
  if (d.indices)
    parts += fmt::format("  Sobol'    {} x (2 + {} + {}) points\n", d.indices->points, counted(factors, "factor"),
                         counted(d.indices->inputs.size() - factors, "group"));
  return fmt::format("{}  in all    {} x {} x {} = {}, about {} with {}\n", parts, counted(question.points(), "point"),
                     counted(question.scenarios(), "scenario"), counted(question.study.replicates, "replicate"),
                     counted(question.count(), "run"), duration_text(seconds), counted(threads, "thread"));
}

// Of what is shown alone.
std::string legend(const SensitivityFindings& findings) {
  const auto any = [&](const auto& shown) { return std::any_of(findings.targets.begin(), findings.targets.end(), shown); };
  std::string text;
  if (any([](const SensitivityTarget& t) { return t.varies && !(t.screening.empty() && t.group_screening.empty()); }))
    text +=
        "mu*: mean absolute effect of moving an input through its whole range, in the outcome's unit; mu: with its sign; sigma: "
        "how much it hangs on the other inputs. ";
  if (any([](const SensitivityTarget& t) { return t.varies && !t.shares.empty(); }))
    text +=
        "First order: share of the variance that an input explains alone; total: with all that it takes part in. Low and high "
        "end: mean outcome in the lowest and highest fifth of the range; - where values are names, which have none. ";
  return text +
         "Intervals: bootstrap. Shares are of the ranges given: a wider range weighs more. They say what the outcome hangs on, "
         "not whether more of it is better.\n";
}

std::string to_text(const SensitivityFindings& findings) {
  std::string text = fmt::format("{}\n{}\n\n", findings.name, findings.question);
  for (std::size_t s = 0; s < findings.scenarios.size(); ++s)
    text += fmt::format("{}  {} ({})\n", letter_of(s), findings.titles[s], findings.scenarios[s]);
  text += fmt::format("{}, {}, {}, seed {}, model version {}.\n", counted(findings.factors, "factor"),
                      counted(findings.points, "point"), counted(findings.replicates, "replicate"), findings.seed,
                      findings.made_by.model);
  for (const SensitivityTarget& target : findings.targets) text += target_text(findings, target);
  return text + "\n" + legend(findings);
}

}  // namespace coalis
