// First what a reader must know about costs, then the differences, then how sure they are.
#include "compare_answer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "coalis/core/build_info.hpp"
#include "coalis/core/characters.hpp"
#include "coalis/core/counted.hpp"
#include "coalis/engine/simulate.hpp"
#include "coalis/io/scenario/resolved.hpp"
#include "coalis/model/fields.hpp"
#include "coalis/model/supported.hpp"
#include "coalis/network/outcomes.hpp"
#include "coalis/report/words/assumed.hpp"
#include "coalis/report/words/outcome_words.hpp"
#include "coalis/report/words/plain_text.hpp"
#include "coalis/report/words/survey_words.hpp"
#include "paired_sentences.hpp"

namespace coalis::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr double cost_worth_saying = 0.01;  // relative

std::string date_of(const Scenario& s, int month) {
  const int months = 12 * std::stoi(s.calendar.start.substr(0, 4)) + std::stoi(s.calendar.start.substr(5, 2)) - 1 + month;
  return fmt::format("{:04}-{:02}", months / 12, months % 12 + 1);
}

std::string unit_of(const Quantity& quantity) { return quantity.unit == "1" ? "share or index" : quantity.unit; }

std::string cost_notice(const Contender& reference, const Contender& other) {
  const double difference = other.planned_cost - reference.planned_cost;
  if (!(std::abs(difference) > cost_worth_saying * reference.planned_cost)) return "";
  const std::string costs =
      fmt::format("({} against {} USD a year as planned)", grouped(other.planned_cost), grouped(reference.planned_cost));
  if (!(reference.planned_cost > 0)) return fmt::format("{} costs more than {} {}", other.label, reference.label, costs);
  const double share = std::abs(difference) / reference.planned_cost;
  return fmt::format("{} costs {:.{}f} % {} than {} {}", other.label, 100 * share, share < 0.1 ? 1 : 0,
                     difference > 0 ? "more" : "less", reference.label, costs);
}

// What the scenarios differ in that is no option: a difference of models or of worlds is not one of policies.
std::string world_notice(const Contender& reference, const Contender& other) {
  constexpr std::size_t most = 4;
  const PolicyAndWorld apart = policy_and_world(reference.scenario, other.scenario);
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

Json extrapolations_json(const Scenario& scenario) {
  Json list = Json::array();
  for (const Extrapolation& e : extrapolations(scenario))
    list.push_back({{"path", e.path},
                    {"value", e.value},
                    {"first_month", e.first},
                    {"months", e.months},
                    {"supported", {e.supported.min, e.supported.max}},
                    {"source", source_name(e.supported.source)},
                    {"reason", e.supported.reason}});
  return list;
}

std::string head(const CompareAnswer& answer) {
  std::string text;
  for (const auto& notice : notices(answer)) text += notice + "\n";
  if (!text.empty()) text += "\n";
  for (const Contender& c : answer.scenarios)
    text += fmt::format("{}  {} ({}){}; planned cost {} USD a year\n", c.label, c.scenario.name, c.file,
                        &c == &answer.scenarios.front() ? ", the reference" : "", grouped(c.planned_cost));
  const Scenario& reference = answer.scenarios.front().scenario;
  text += fmt::format("{} to {}: {}. {}, seed {}, model version {}.\n", date_of(reference, 0),
                      date_of(reference, reference.calendar.months - 1), counted(reference.calendar.months, "month"),
                      counted(answer.samples.replicates(), "replicate"), answer.seed, model_version);
  if (!answer.precision && answer.samples.replicates() < answer.asked)
    text += fmt::format("Interrupted: {} had been asked for.\n", counted(answer.asked, "replicate"));
  text += sets_sentence(answer);
  return text +
         "Replicate r of every scenario shares all draws. Members' hours and travel are no part of the cost: see member_cost.\n";
}

// Outcomes that sentences are made of: those asked for, if few; else the one that coalitions ask about first.
std::vector<std::size_t> headline(const CompareAnswer& answer) {
  constexpr std::size_t few = 3;
  if (answer.outcomes.size() <= few) return answer.outcomes;
  const auto& quantities = all_outcome_quantities();
  const auto engaged = std::find_if(answer.outcomes.begin(), answer.outcomes.end(),
                                    [&](std::size_t i) { return quantities[i].name == "engaged"; });
  return {engaged == answer.outcomes.end() ? answer.outcomes.front() : *engaged};
}

std::string sentences_text(const CompareAnswer& answer) {
  std::string text;
  for (std::size_t i = 1; i < answer.scenarios.size(); ++i) {
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
  return text;
}

// Two significant digits, or as many as tell it from what was wanted.
std::string beside(double half_width, double wanted) {
  for (int digits = 2; digits < 9; ++digits) {
    const std::string text = significant(half_width, digits);
    if (!(half_width > wanted) || std::stod(text) > wanted) return text;
  }
  return significant(half_width, 9);
}

std::string precision_text(const CompareAnswer& answer) {
  if (!answer.precision) return "";
  const PrecisionAnswer& p = *answer.precision;
  const std::string& name = all_outcome_quantities()[p.outcome].name;
  std::string widths;
  for (std::size_t i = 0; i < p.half_widths.size(); ++i)
    widths += fmt::format("{}{} {}", i > 0 ? ", " : "", answer.scenarios[i + 1].label, beside(p.half_widths[i], p.wanted));
  std::string text = fmt::format("Precision of {}: {} {} after {}; half-widths of the nominal 95 % intervals: {}.\n", name,
                                 significant(p.wanted, 3), p.reached ? "reached" : "not reached",
                                 counted(answer.samples.replicates(), "replicate"), widths);
  const auto done = static_cast<double>(answer.samples.replicates());
  if (!p.reached && p.needed > done)
    text +=
        fmt::format("It would take about {} more, {} in all: raise --replicates.\n", grouped(p.needed - done), grouped(p.needed));
  return text;
}

std::string spread(const Spread& s) { return fmt::format("{} .. {}", signed_number(s.low), signed_number(s.high)); }

std::string differences_text(const CompareAnswer& answer, std::size_t scenario) {
  const Contender& other = answer.scenarios[scenario];
  const std::string& reference = answer.scenarios.front().label;
  std::string first =
      fmt::format("\n{} - {}, replicate by replicate\noutcome\t{}\t{}\tdifference\ts.e.\t80 % of them\t50 %\t95 %\tunit\n",
                  other.label, reference, reference, other.label);
  std::string second = "\noutcome\td\tabove d\twithin\tbelow -d\tunpaired\ts.e.\tpairing\thalf by\n";
  for (const std::size_t i : answer.outcomes) {
    const Quantity& quantity = all_outcome_quantities()[i];
    const PairedSummary s = answer.samples.difference(scenario, i);
    if (s.pairs == 0) {
      first += fmt::format("{}\t-\t-\t-\t-\t-\t-\t-\tmissing in {} or {}\n", quantity.name, reference, other.label);
      continue;
    }
    first += fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}{}\n", quantity.name, number(s.reference.mean), number(s.other.mean),
                         signed_number(s.mean), number(s.se), spread(s.most), spread(s.half), spread(s.nearly_all),
                         unit_of(quantity), s.left_out > 0 ? fmt::format("; {} left out", counted(s.left_out, "pair")) : "");
    const auto half = answer.samples.half_month(scenario, i);
    second +=
        fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n", quantity.name, number(answer.samples.matters(i)), percent(s.above),
                    percent(s.between), percent(s.below), signed_number(s.unpaired), number(s.unpaired_se),
                    std::isnan(s.variance_reduction) ? "-" : fmt::format("x {:.1f}", s.variance_reduction),
                    half ? date_of(answer.scenarios.front().scenario, *half) : "-");
  }
  return first + second;
}

std::string foot(const CompareAnswer& answer) {
  const std::string left_out = outcomes_left_out(answer.outcomes);
  std::string text = left_out.empty() ? "" : "\n" + left_out + ".\n";
  text +=
      "\nd is a difference that matters (--matters); shares are of the replicates. Unpaired: as if the scenarios had been run "
      "apart. Pairing: variance of independent differences over that of paired ones. Half by: the first month from which the "
      "mean difference stays at or beyond half of its last value; - if the 95 % interval of that includes 0 (Student's t).\n"
      "\nAssumed, not found (docs/model.md says more):\n";
  for (const auto sentence : assumptions()) text += fmt::format("  - {}\n", sentence);
  text += fmt::format("{}\n", beyond_assumptions());
  if (answer.file) text += fmt::format("\nComparison file: {} (docs/formats/comparison.md)\n", answer.file->string());
  return text;
}

double plus_zero(double value) { return value + 0.0; }  // no -0

Json level_json(const Summary& s) { return {{"mean", s.mean}, {"se", s.se}, {"sd", s.sd}, {"n", s.n}}; }
Json spread_json(const Spread& s) { return {plus_zero(s.low), plus_zero(s.high)}; }

Json difference_json(const CompareAnswer& answer, std::size_t scenario, std::size_t outcome) {
  const PairedSummary s = answer.samples.difference(scenario, outcome);
  const auto half = answer.samples.half_month(scenario, outcome);
  Json json{{"unit", all_outcome_quantities()[outcome].unit},
            {"reference", level_json(s.reference)},
            {"scenario", level_json(s.other)},
            {"difference", plus_zero(s.mean)},
            {"se", s.se},
            {"half_width", half_width(s)},
            {"clear", clear_sign(s)},
            {"sd", s.sd},
            {"median", plus_zero(s.median)},
            {"range50", spread_json(s.half)},
            {"range80", spread_json(s.most)},
            {"range95", spread_json(s.nearly_all)},
            {"matters", answer.samples.matters(outcome)},
            {"above", s.above},
            {"within", s.between},
            {"below", s.below},
            {"unpaired", plus_zero(s.unpaired)},
            {"unpaired_se", s.unpaired_se},
            {"variance_reduction", s.variance_reduction},
            {"pairs", s.pairs},
            {"left_out", s.left_out},
            {"half_month", nullptr},
            {"half_date", nullptr},
            {"sentences", text_of(sentences_of(answer, scenario, outcome))}};
  if (half) json["half_month"] = *half, json["half_date"] = date_of(answer.scenarios.front().scenario, *half);
  return json;
}

Json scenarios_json(const CompareAnswer& answer) {
  Json list = Json::array();
  for (const Contender& c : answer.scenarios) {
    Json one{{"label", c.label},
             {"file", visible(c.file, Lines::one)},
             {"name", c.scenario.name},
             {"planned_cost", c.planned_cost},
             {"budget", nullptr}};
    if (c.budget) {
      one["budget"] = {{"lever", answer.lever}, {"cost_before", c.budget->cost_before}, {"changes", Json::array()}};
      for (const BudgetChange& change : c.budget->changes)
        one["budget"]["changes"].push_back({{"path", change.path}, {"from", change.from}, {"to", change.to}});
    }
    one["extrapolations"] = extrapolations_json(c.scenario);
    one["fitted"] = {{"to_this_coalition", c.base.sites > 0}, {"basis", c.base.basis}, {"items", c.base.items}};
    list.push_back(std::move(one));
  }
  return list;
}

Json sets_json(const CompareAnswer& answer) {
  if (!answer.sets) return nullptr;
  const UsedSets& sets = *answer.sets;
  return {{"file", sets.file},
          {"sha1", sets.hash},
          {"sets", sets.lines.size()},
          {"sets_used", sets.scenarios.size()},
          {"set_of_replicate",
           std::vector(sets.of_replicate.begin(), sets.of_replicate.begin() + std::ptrdiff_t(answer.samples.replicates()))}};
}

Json precision_json(const CompareAnswer& answer) {
  if (!answer.precision) return nullptr;
  const PrecisionAnswer& p = *answer.precision;
  Json json{{"outcome", all_outcome_quantities()[p.outcome].name}, {"wanted", p.wanted}, {"reached", p.reached}};
  for (std::size_t i = 0; i < p.half_widths.size(); ++i) json["half_widths"][answer.scenarios[i + 1].label] = p.half_widths[i];
  json["replicates_needed"] = p.needed;
  return json;
}

}  // namespace

std::string budget_sentence(const CompareAnswer& answer, const Contender& other) {
  if (!other.budget) return "";
  const Budget& budget = *other.budget;
  if (budget.changes.empty())
    return fmt::format("{} costs what {} does as it is: {} was left alone.", other.label, answer.scenarios.front().label,
                       answer.lever);
  std::string changes;
  for (const BudgetChange& change : budget.changes)
    changes += fmt::format("{}{} {} to {}", changes.empty() ? "" : ", ", change.path, significant(change.from, 4),
                           significant(change.to, 4));
  return fmt::format("{} was changed to the cost of {}: {}; from {} to {} USD a year as planned.", other.label,
                     answer.scenarios.front().label, changes, grouped(budget.cost_before), grouped(budget.cost_after));
}

std::vector<std::string> notices(const CompareAnswer& answer) {
  std::vector<std::string> sentences;
  std::string costs;
  for (std::size_t i = 1; i < answer.scenarios.size(); ++i)
    if (const std::string notice = cost_notice(answer.scenarios.front(), answer.scenarios[i]); !notice.empty())
      costs += (costs.empty() ? "" : "; ") + notice;
  if (!costs.empty()) sentences.push_back(costs + ". --equal-budget compares at equal planned cost.");
  for (const Contender& c : answer.scenarios)
    if (c.budget) sentences.push_back(budget_sentence(answer, c));
  for (std::size_t i = 1; i < answer.scenarios.size(); ++i)
    if (std::string notice = world_notice(answer.scenarios.front(), answer.scenarios[i]); !notice.empty())
      sentences.push_back(std::move(notice));
  for (const Contender& c : answer.scenarios)
    if (std::string notice = extrapolation_notice(c); !notice.empty()) sentences.push_back(std::move(notice));
  return sentences;
}

Sentences sentences_of(const CompareAnswer& answer, std::size_t scenario, std::size_t outcome) {
  const Contender &reference = answer.scenarios.front(), &other = answer.scenarios[scenario];
  const auto member_cost = [&](std::size_t i) {
    return summarise(answer.samples.values(i, index_of(all_outcome_quantities(), "member_cost"))).mean;
  };
  const auto incurred = [&](const char* name) {
    const PairedSummary d = answer.samples.difference(scenario, index_of(all_outcome_quantities(), name));
    return MeanDifference{d.mean, half_width(d)};
  };
  return sentences({reference.label, reference.scenario.name}, {other.label, other.scenario.name},
                   reference.scenario.calendar.months,
                   plain_numbers(all_outcome_quantities()[outcome].name, answer.samples.difference(scenario, outcome),
                                 answer.samples.matters(outcome)),
                   answer.included(), of_both({reference.label, ""}, reference.base, {other.label, ""}, other.base),
                   {reference.planned_cost, other.planned_cost, member_cost(0), member_cost(scenario),
                    incurred("coordination_cost"), incurred("member_cost")},
                   extrapolated_levers(reference.scenario, other.scenario));
}

std::string sets_sentence(const CompareAnswer& answer) {
  if (!answer.sets) return "";
  const std::size_t sets = answer.sets->lines.size();
  return fmt::format(
      "Every replicate has {} of {}, drawn by weight ({}), the same in all scenarios; it goes before their own values. All "
      "figures are of these runs: means over sets, ranges over sets and chance together.\n",
      sets == 1 ? "the parameter set" : fmt::format("one of the {} parameter sets", sets), answer.sets->file,
      counted(answer.parameter_sets(), "different one"));
}

std::string to_text(const CompareAnswer& answer) {
  std::string text = head(answer) + sentences_text(answer) + precision_text(answer);
  for (std::size_t i = 1; i < answer.scenarios.size(); ++i) text += differences_text(answer, i);
  return text + variants_text(answer) + variance_text(answer) + foot(answer);
}

Json to_json(const CompareAnswer& answer) {
  const Scenario& reference = answer.scenarios.front().scenario;
  Json json{{"notices", notices(answer)},
            {"reference", answer.scenarios.front().label},
            {"scenarios", scenarios_json(answer)},
            {"start", reference.calendar.start},
            {"months", reference.calendar.months},
            {"seed", answer.seed},
            {"replicates", answer.samples.replicates()},
            {"interrupted", !answer.precision && answer.samples.replicates() < answer.asked},
            {"model_version", model_version},
            {"program_version", build_info().version},
            {"commit", build_info().commit},
            {"file", nullptr},
            {"precision", precision_json(answer)}};
  if (answer.file) json["file"] = visible(answer.file->string(), Lines::one);
  for (std::size_t i = 1; i < answer.scenarios.size(); ++i)
    for (const std::size_t outcome : answer.outcomes)
      json["differences"][answer.scenarios[i].label][all_outcome_quantities()[outcome].name] =
          difference_json(answer, i, outcome);
  json["parameters"] = sets_json(answer);
  json["structures"] = variants_json(answer);
  json["variance"] = variance_json(answer);
  json["assumed"] = assumptions();
  return json;
}

}  // namespace coalis::cli
