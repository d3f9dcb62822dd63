// What the runs come to, output by output.
#include <algorithm>
#include <filesystem>
#include <limits>
#include <utility>

#include "coalis/core/letters.hpp"
#include "coalis/core/names.hpp"
#include "coalis/core/number_text.hpp"
#include "coalis/network/outcomes.hpp"
#include "coalis/questions/sensitivity/sensitivity.hpp"
#include "coalis/statistics/intervals.hpp"

namespace coalis {
namespace {

std::vector<SensitivityTarget::Effect> effects_of(const std::optional<MorrisDesign>& design,
                                                  const std::vector<MorrisEffect>& effects) {
  std::vector<SensitivityTarget::Effect> list;
  for (std::size_t i = 0; design && i < effects.size(); ++i)
    list.push_back({design->inputs[i].name, design->inputs[i].group, effects[i]});
  return list;
}

// Whether a factor's values go from low to high: those of rules and of named settings do not.
bool has_ends(const Factor& factor) {
  if (factor.values.empty()) return factor.settings.empty();
  double before = -std::numeric_limits<double>::infinity();
  for (const std::string& text : factor.values) {
    const auto value = decimal_number(text);
    if (!factor.settings.empty() || !value || *value < before) return false;
    before = *value;
  }
  return true;
}

std::vector<SensitivityTarget::Share> shares_of(const SensitivityQuestion& question, const SensitivityAnswer& answer) {
  const auto& design = question.design.indices;
  const auto& factors = question.study.design.factors;
  std::vector<SensitivityTarget::Share> list;
  for (std::size_t i = 0; design && i < design->inputs.size(); ++i) {
    const Input& input = design->inputs[i];
    auto& share = list.emplace_back(SensitivityTarget::Share{input.name, input.group, answer.indices->of[i], std::nullopt});
    if (!input.group && has_ends(factors.at(input.factors.front()))) share.ends = answer.ends[input.factors.front()];
  }
  return list;
}

// grain: of the values that were subtracted, or of the values.
SensitivityTarget target_of(const SensitivityQuestion& question, std::size_t outcome, std::string scenario,
                            const std::vector<double>& values, double grain) {
  const Quantity& quantity = all_outcome_quantities()[outcome];
  const SensitivityAnswer answer = sensitivity_answer(question.plan, question.design, values, question.study.replicates, grain);
  SensitivityTarget target;
  target.outcome = quantity.name;
  target.unit = quantity.unit;
  target.scenario = std::move(scenario);
  target.varies = answer.varies;
  target.mean = answer.mean;
  target.sd = answer.sd;
  target.left_out = answer.left_out;
  target.seed = answer.seed;
  target.screening = effects_of(question.design.screening, answer.screening);
  target.group_screening = effects_of(question.design.group_screening, answer.group_screening);
  target.shares = shares_of(question, answer);
  if (answer.indices) target.base_points = answer.indices->points;
  return target;
}

std::string file_title(const std::string& file) { return std::filesystem::path(file).stem().string(); }

}  // namespace

SensitivityFindings sensitivity_findings(const SensitivityQuestion& question, const SensitivityValues& values,
                                         const std::atomic<bool>* cancel) {
  const Study& study = question.study;
  SensitivityFindings findings;
  findings.name = study.name;
  findings.question = study.question;
  findings.scenarios = study.scenarios;
  for (std::size_t s = 0; s < question.own.size(); ++s) {
    const std::string& name = question.own[s].name;
    findings.titles.push_back(is_blank(name) ? file_title(study.scenarios[s]) : name);
  }
  if (findings.titles.size() == 2 && findings.titles[0] == findings.titles[1])
    for (std::size_t s = 0; s < 2; ++s) findings.titles[s] += ", " + file_title(study.scenarios[s]);
  findings.factors = question.plan.names.size();
  findings.points = question.points();
  findings.replicates = study.replicates;
  findings.seed = study.seed;
  findings.made_by = this_program();
  for (std::size_t o = 0; o < values.size(); ++o) {
    const auto add = [&](std::string scenario, const std::vector<double>& of, double grain) {
      if (!cancel || !cancel->load())
        findings.targets.push_back(target_of(question, study.outcomes[o], std::move(scenario), of, grain));
    };
    for (std::size_t s = 0; s < question.scenarios(); ++s) add(letter_of(s), values[o][s], grain_of(values[o][s]));
    if (question.scenarios() < 2) continue;
    std::vector<double> difference = values[o][1];
    for (std::size_t i = 0; i < difference.size(); ++i) difference[i] -= values[o][0][i];
    add("B - A", difference, std::max(grain_of(values[o][0]), grain_of(values[o][1])));
  }
  return findings;
}

}  // namespace coalis
