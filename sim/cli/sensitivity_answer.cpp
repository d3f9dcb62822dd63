#include "sensitivity_answer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "coalis/core/build_info.hpp"
#include "coalis/core/counted.hpp"
#include "coalis/engine/simulate.hpp"
#include "coalis/ensemble/ensemble.hpp"
#include "coalis/io/text/json_file.hpp"
#include "coalis/io/text/output.hpp"
#include "coalis/network/outcomes.hpp"
#include "coalis/report/words/plain_text.hpp"
#include "coalis/statistics/intervals.hpp"
#include "progress.hpp"
#include "sensitivity_design.hpp"

namespace coalis::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr JsonFormat result_format{"coalis-sensitivity", sensitivity_format_version, "a result of coalis sensitivity",
                                   "name a file that coalis sensitivity -o has written, or run the study without --from"};

std::string label_of(std::size_t scenario) { return std::string(1, static_cast<char>('A' + scenario)); }

Json interval_json(const Estimate& i) { return {{"value", i.value}, {"low", i.low}, {"high", i.high}}; }

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

std::string screening_text(std::string_view title, const std::vector<Input>& inputs, const std::vector<MorrisEffect>& effects) {
  std::string text = fmt::format("\n  {}\tmu* [95 %]\tmu\tsigma\n", title);
  for (const std::size_t i : ranked(inputs.size(), [&](std::size_t i) { return effects[i].mu_star.value; }))
    text += fmt::format("  {}\t{}\t{}\t{}\n", inputs[i].name, interval_text(effects[i].mu_star), signed_number(effects[i].mu),
                        number(effects[i].sigma));
  return text;
}

std::string indices_text(std::string_view title, const std::vector<Input>& inputs, const SensitivityAnswer& answer, bool groups) {
  std::string text = fmt::format("\n  {}\tfirst order [95 %]\ttotal [95 %]{}\n", title, groups ? "" : "\tlow end\thigh end");
  std::vector<std::size_t> own;
  for (std::size_t i = 0; i < inputs.size(); ++i)
    if (inputs[i].group == groups) own.push_back(i);
  if (own.empty()) return "";
  for (const std::size_t rank : ranked(own.size(), [&](std::size_t i) { return answer.indices->of[own[i]].total.value; })) {
    const Input& input = inputs[own[rank]];
    const SobolIndex& index = answer.indices->of[own[rank]];
    text += fmt::format("  {}\t{}\t{}", input.name, interval_text(index.first) + (index.first_above_total() ? " *" : ""),
                        interval_text(index.total));
    if (!groups)
      text += fmt::format("\t{}\t{}", number(answer.ends[input.factors.front()].low),
                          number(answer.ends[input.factors.front()].high));
    text += "\n";
  }
  return text;
}

std::string seed_text(const SeedShare& share, std::size_t replicates) {
  if (std::isnan(share.parameters)) return "  The seed's share needs two replicates or more and an outcome that varies.\n";
  const std::string text = fmt::format(
      "  Of the variance of one run: parameters {:.0f} %, the seed {:.0f} % alone and {:.0f} % together with parameters.\n",
      100 * share.parameters, 100 * share.seed, 100 * share.both);
  if (std::isnan(share.left)) return text;
  return text + fmt::format("  In means of {}, to which the figures below refer, {:.1f} % of the variance is left of chance.\n",
                            counted(replicates, "replicate"), 100 * share.left);
}

// What is said of indices that cannot be as they were estimated; "" if all can.
std::string above_total_text(const SensitivityDesign& design, const SobolIndices& indices) {
  std::string names;
  for (std::size_t i = 0; i < indices.of.size(); ++i)
    if (indices.of[i].first_above_total()) names += (names.empty() ? "" : ", ") + design.indices->inputs[i].name;
  if (names.empty()) return "";
  return fmt::format("  * First order above the total, which cannot be: both are within the error of {} ({}).\n",
                     counted(indices.points, "base point"), names);
}

std::string target_text(const SensitivityRuns& runs, const SensitivityTarget& target) {
  const SensitivityAnswer& a = target.answer;
  const Quantity& quantity = all_outcome_quantities()[target.outcome];
  std::string text = fmt::format("\n{}, {}: mean {}, standard deviation {} over the ranges{}\n", quantity.name, target.scenario,
                                 target.scenario.size() > 1 ? signed_number(a.mean) : number(a.mean), number(a.sd),
                                 quantity.unit == "1" ? "" : " (" + quantity.unit + ")");
  if (a.left_out > 0)
    text += fmt::format("  {} of {} left out for want of a value.\n", a.left_out, counted(runs.points(), "point"));
  if (!a.varies) return text + "  It does not vary over the ranges: no factor changes it, and there is nothing to share out.\n";
  text += seed_text(a.seed, runs.study().replicates);
  const SensitivityDesign& d = runs.design;
  if (d.screening) text += screening_text("Morris, a full range of", d.screening->inputs, a.screening);
  if (d.group_screening) text += screening_text("Morris, groups together", d.group_screening->inputs, a.group_screening);
  if (d.indices) text += indices_text("Sobol' indices", d.indices->inputs, a, false);
  if (d.indices) text += indices_text("Sobol' indices, groups", d.indices->inputs, a, true) + above_total_text(d, *a.indices);
  return text;
}

Json screening_json(const std::optional<MorrisDesign>& design, const std::vector<MorrisEffect>& effects) {
  Json list = Json::array();
  for (std::size_t i = 0; design && i < effects.size(); ++i)
    list.push_back({{"input", design->inputs[i].name},
                    {"group", design->inputs[i].group},
                    {"mu_star", interval_json(effects[i].mu_star)},
                    {"mu", effects[i].mu},
                    {"sigma", effects[i].sigma},
                    {"effects", effects[i].effects}});
  return list;
}

Json indices_json(const SensitivityDesign& design, const SensitivityAnswer& answer) {
  Json list = Json::array();
  for (std::size_t i = 0; design.indices && i < design.indices->inputs.size(); ++i) {
    const Input& input = design.indices->inputs[i];
    Json one{{"input", input.name},
             {"group", input.group},
             {"first", interval_json(answer.indices->of[i].first)},
             {"total", interval_json(answer.indices->of[i].total)},
             {"first_above_total", answer.indices->of[i].first_above_total()}};
    if (!input.group) {
      one["low_end"] = answer.ends[input.factors.front()].low;
      one["high_end"] = answer.ends[input.factors.front()].high;
    }
    list.push_back(std::move(one));
  }
  return list;
}

Json target_json(const SensitivityRuns& runs, const SensitivityTarget& target) {
  const SensitivityAnswer& a = target.answer;
  return {{"outcome", all_outcome_quantities()[target.outcome].name},
          {"unit", all_outcome_quantities()[target.outcome].unit},
          {"scenario", target.scenario},
          {"mean", a.mean},
          {"sd", a.sd},
          {"varies", a.varies},
          {"left_out", a.left_out},
          {"seed", {{"parameters", a.seed.parameters}, {"seed", a.seed.seed}, {"both", a.seed.both}, {"left", a.seed.left}}},
          {"morris", screening_json(runs.design.screening, a.screening)},
          {"morris_groups", screening_json(runs.design.group_screening, a.group_screening)},
          {"sobol", indices_json(runs.design, a)}};
}

}  // namespace

std::vector<SensitivityTarget> sensitivity_targets(const SensitivityRuns& runs, const SensitivityValues& values) {
  std::vector<SensitivityTarget> targets;
  const auto add = [&](std::size_t outcome, std::string scenario, const std::vector<double>& of, double grain) {
    targets.push_back(
        {outcome, std::move(scenario), sensitivity_answer(runs.file.plan, runs.design, of, runs.study().replicates, grain)});
  };
  for (std::size_t o = 0; o < values.size(); ++o) {
    const std::size_t outcome = runs.study().outcomes[o];
    for (std::size_t s = 0; s < runs.scenarios(); ++s) add(outcome, label_of(s), values[o][s], grain_of(values[o][s]));
    if (runs.scenarios() < 2) continue;
    std::vector<double> difference = values[o][1];
    for (std::size_t i = 0; i < difference.size(); ++i) difference[i] -= values[o][0][i];
    add(outcome, "B - A", difference, std::max(grain_of(values[o][0]), grain_of(values[o][1])));
  }
  return targets;
}

std::string cost_text(const SensitivityRuns& runs, int threads) {
  const SensitivityPlan& plan = runs.file.plan;
  const std::size_t factors = plan.names.size();
  const SensitivityDesign& d = runs.design;
  std::string parts;
  if (d.screening)
    parts += fmt::format("  Morris    {} of {} points\n", counted(plan.morris->trajectories, "trajectory"), factors + 1);
  if (d.group_screening)
    parts += fmt::format("            {} of {} points for groups\n", counted(plan.morris->trajectories, "trajectory"),
                         d.group_screening->inputs.size() + 1);
  if (d.indices)
    parts += fmt::format("  Sobol'    {} x (2 + {} + {}) points\n", d.indices->points, counted(factors, "factor"),
                         counted(d.indices->inputs.size() - factors, "group"));
  const int used = thread_count(threads);
  return fmt::format("{}  in all    {} x {} x {} = {}, about {} with {}\n", parts, counted(runs.points(), "point"),
                     counted(runs.scenarios(), "scenario"), counted(runs.study().replicates, "replicate"),
                     counted(runs.count(), "run"), duration_text(forecast_seconds(runs, threads)), counted(used, "thread"));
}

std::string to_text(const SensitivityRuns& runs, const std::vector<SensitivityTarget>& targets) {
  std::string text = fmt::format("{}\n{}\n\n", runs.study().name, runs.study().question);
  for (std::size_t s = 0; s < runs.scenarios(); ++s) text += fmt::format("{}  {}\n", label_of(s), runs.study().scenarios[s]);
  text += fmt::format("{}, {}, {}, seed {}, model version {}.\n", counted(runs.file.plan.names.size(), "factor"),
                      counted(runs.points(), "point"), counted(runs.study().replicates, "replicate"), runs.study().seed,
                      model_version);
  for (const SensitivityTarget& target : targets) text += target_text(runs, target);
  return text +
         "\nmu*: mean absolute effect of moving an input through its whole range, in the outcome's unit; mu: with its sign; "
         "sigma: how much it hangs on the other inputs. First order: share of the variance that an input explains alone; total: "
         "with all "
         "that it takes part in. Low and high end: mean outcome in the lowest and highest fifth of the range. Intervals: "
         "bootstrap. "
         "Shares are of the ranges given: a wider range weighs more. They say what the model hangs on, not what works.\n";
}

Json to_json(const SensitivityRuns& runs, const std::vector<SensitivityTarget>& targets) {
  Json json{{"format", result_format.name},
            {"version", result_format.version},
            {"program_version", build_info().version},
            {"commit", build_info().commit},
            {"name", runs.study().name},
            {"question", runs.study().question},
            {"scenario_files", runs.study().scenarios},
            {"points", runs.points()},
            {"resamples", runs.file.plan.resamples},
            {"design", design_json(runs)}};
  for (const SensitivityTarget& target : targets) json["targets"].push_back(target_json(runs, target));
  return json;
}

void write_sensitivity(const std::string& path, bool overwrite, const SensitivityRuns& runs,
                       const std::vector<SensitivityTarget>& targets, const SensitivityValues& values) {
  Json json = to_json(runs, targets);
  json["values"] = values;
  write_output(path, json.dump(1) + "\n", overwrite);
}

SensitivityValues read_sensitivity_values(const std::string& path, const SensitivityRuns& runs) {
  const auto refuse = [&](const std::string& why) { return json_file_error(path, result_format, why); };
  const Json json = read_json_file(path, result_format);
  if (!json.contains("values") || !json.contains("design")) throw refuse("is an answer without values, as --json prints it");
  if (const std::string changes = design_changes(json["design"], Json::parse(design_json(runs).dump())); !changes.empty())
    throw refuse(fmt::format("its runs are of another design ({})", changes));
  SensitivityValues values;
  for (const Json& outcome : json["values"]) {
    auto& of_outcome = values.emplace_back();
    for (const Json& scenario : outcome) {
      auto& of_scenario = of_outcome.emplace_back();
      for (const Json& value : scenario) of_scenario.push_back(value.is_number() ? value.get<double>() : std::nan(""));
    }
  }
  const auto whole = [&](const auto& of_outcome) {
    return of_outcome.size() == runs.scenarios() && std::all_of(of_outcome.begin(), of_outcome.end(), [&](const auto& one) {
             return one.size() == runs.points() * runs.study().replicates;
           });
  };
  if (values.size() != runs.study().outcomes.size() || !std::all_of(values.begin(), values.end(), whole))
    throw refuse("values are missing");
  return values;
}

}  // namespace coalis::cli
