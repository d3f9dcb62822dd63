#include "coalis/io/answers/sensitivity_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "coalis/io/answers/sensitivity_design.hpp"
#include "coalis/io/questions/sensitivity_file.hpp"
#include "coalis/io/text/json_file.hpp"
#include "coalis/report/words/outcome_words.hpp"
#include "io/text/checked_json.hpp"
#include "minus_zero.hpp"

namespace coalis {
namespace {

using Json = nlohmann::ordered_json;

constexpr JsonFormat result_format{sensitivity_format, sensitivity_format_version, "a result of coalis sensitivity",
                                   "name a file that coalis sensitivity -o has written"};
constexpr JsonFormat values_format{result_format.name, result_format.version, result_format.is,
                                   "name a file that coalis sensitivity -o has written, or run the study without --from"};

// Writing.

Json interval_json(const Estimate& i) { return {{"value", i.value}, {"low", i.low}, {"high", i.high}}; }

Json effects_json(const std::vector<SensitivityTarget::Effect>& effects) {
  Json list = Json::array();
  for (const auto& [input, group, of] : effects)
    list.push_back({{"input", input},
                    {"group", group},
                    {"mu_star", interval_json(of.mu_star)},
                    {"mu", of.mu},
                    {"sigma", of.sigma},
                    {"effects", of.effects}});
  return list;
}

Json shares_json(const std::vector<SensitivityTarget::Share>& shares) {
  Json list = Json::array();
  for (const auto& [input, group, index, ends] : shares) {
    Json one{{"input", input},
             {"group", group},
             {"first", interval_json(index.first)},
             {"total", interval_json(index.total)},
             {"first_above_total", index.first_above_total()}};
    if (ends) one["low_end"] = ends->low, one["high_end"] = ends->high;
    list.push_back(std::move(one));
  }
  return list;
}

Json target_json(const SensitivityTarget& t) {
  return {{"outcome", t.outcome},
          {"unit", t.unit},
          {"scenario", t.scenario},
          {"mean", t.mean},
          {"sd", t.sd},
          {"varies", t.varies},
          {"left_out", t.left_out},
          {"seed", {{"parameters", t.seed.parameters}, {"seed", t.seed.seed}, {"both", t.seed.both}, {"left", t.seed.left}}},
          {"much_chance", much_chance(t)},
          {"morris", effects_json(t.screening)},
          {"morris_groups", effects_json(t.group_screening)},
          {"sobol", shares_json(t.shares)}};
}

Json findings_json(const SensitivityFindings& findings, const SensitivityQuestion& question) {
  Json json{{"format", result_format.name},
            {"version", result_format.version},
            {"program_version", findings.made_by.program},
            {"commit", findings.made_by.commit},
            {"name", findings.name},
            {"question", findings.question},
            {"scenario_files", findings.scenarios},
            {"scenario_names", findings.titles},
            {"points", findings.points},
            {"resamples", question.plan.resamples},
            {"design", design_json(question)}};
  for (const SensitivityTarget& target : findings.targets) json["targets"].push_back(target_json(target));
  return json;
}

// Reading.

constexpr double many_runs = 2e9;

double number_of(const CheckedJson& json) { return json.number_or_none(largest_number); }

Estimate estimate_of(const CheckedJson& interval) {
  return {number_of(interval["value"]), number_of(interval["low"]), number_of(interval["high"])};
}

std::vector<SensitivityTarget::Effect> read_effects(const CheckedJson& list) {
  std::vector<SensitivityTarget::Effect> effects;
  const std::size_t count = list.size(0);
  for (std::size_t i = 0; i < count; ++i) {
    const CheckedJson one = list.at(i);
    effects.push_back(
        {one["input"].text(),
         one["group"].flag(),
         {estimate_of(one["mu_star"]), number_of(one["mu"]), number_of(one["sigma"]), one.optional_count("effects", many_runs)}});
  }
  return effects;
}

std::vector<SensitivityTarget::Share> read_shares(const CheckedJson& list) {
  std::vector<SensitivityTarget::Share> shares;
  const std::size_t count = list.size(0);
  for (std::size_t i = 0; i < count; ++i) {
    const CheckedJson one = list.at(i);
    auto& share = shares.emplace_back(SensitivityTarget::Share{
        one["input"].text(), one["group"].flag(), {estimate_of(one["first"]), estimate_of(one["total"])}, std::nullopt});
    if (one.find("low_end")) share.ends = RangeEnds{number_of(one["low_end"]), number_of(one["high_end"])};
  }
  return shares;
}

void require_known(const CheckedJson& outcome) try { words_of(outcome.text()); } catch (const std::out_of_range&) {
  outcome.require(false, "is no outcome of this program");
}

SensitivityTarget read_target(const CheckedJson& json) {
  SensitivityTarget target;
  target.outcome = json["outcome"].text();
  require_known(json["outcome"]);
  target.unit = json.optional_text("unit");
  target.scenario = json["scenario"].text();
  target.mean = number_of(json["mean"]);
  target.sd = number_of(json["sd"]);
  target.varies = json.find("varies") ? json["varies"].flag() : target.sd > 0;  // older programs do not say it
  target.left_out = json.optional_count("left_out", many_runs);
  const CheckedJson seed = json["seed"];
  target.seed = {number_of(seed["parameters"]), seed.optional_number("seed"), seed.optional_number("both"),
                 number_of(seed["left"])};
  target.screening = read_effects(json["morris"]);
  target.group_screening = read_effects(json["morris_groups"]);
  target.shares = read_shares(json["sobol"]);
  return target;
}

SensitivityFindings read_findings(const CheckedJson& json) {
  const CheckedJson design = json["design"], files = json["scenario_files"], targets = json["targets"];
  SensitivityFindings findings;
  findings.name = json["name"].text();
  findings.question = json["question"].text();
  const bool titled = json.find("scenario_names");
  for (std::size_t i = 0, count = files.size(0); i < count; ++i) {
    findings.scenarios.push_back(files.at(i).text());
    const std::string file = std::filesystem::path(findings.scenarios.back()).stem().string();
    if (titled) json["scenario_names"].size(count);
    findings.titles.push_back(titled ? json["scenario_names"].at(i).text() : file);
  }
  for (std::size_t i = 0, count = targets.size(1); i < count; ++i) findings.targets.push_back(read_target(targets.at(i)));
  findings.points = json["points"].whole(0, many_runs);
  findings.replicates = design["replicates"].whole(1, many_runs);
  findings.seed = design["seed"].whole<std::uint64_t>(0, static_cast<double>(std::numeric_limits<std::uint64_t>::max()));
  if (design.find("factors")) findings.factors = design["factors"].size(0);
  findings.made_by = {json["program_version"].text(), json["commit"].text(), design["model_version"].text()};
  return findings;
}

SensitivityValues read_values(const CheckedJson& json) {
  SensitivityValues values(json.size(0));
  for (std::size_t o = 0; o < values.size(); ++o) {
    const CheckedJson of_outcome = json.at(o);
    values[o].resize(of_outcome.size(0));
    for (std::size_t s = 0; s < values[o].size(); ++s) {
      const CheckedJson of_scenario = of_outcome.at(s);
      values[o][s] = of_scenario.numbers_or_none(largest_number);
    }
  }
  return values;
}

}  // namespace

std::string json_text(const SensitivityFindings& findings, const SensitivityQuestion& question) {
  return checked_json_text(without_minus_zero(findings_json(findings, question)), 2);
}

std::string json_text(const SensitivityFindings& findings, const SensitivityQuestion& question, const SensitivityValues& values) {
  Json json = findings_json(findings, question);
  json["values"] = values;
  return checked_json_text(without_minus_zero(std::move(json)), 1);
}

SensitivityValues read_sensitivity_values(const std::filesystem::path& path, const SensitivityQuestion& question) {
  const auto refuse = [&](const std::string& why) { return json_file_error(path, values_format, why); };
  const Json json = read_json_file(path, values_format);
  if (!json.contains("values") || !json.contains("design")) throw refuse("is an answer without values, as --json prints it");
  SensitivityValues values;
  try {
    CheckedJson(json)["design"].require(json["design"].is_object(), "is no object");
    if (const std::string changes = design_changes(json["design"], question); !changes.empty())
      throw refuse(fmt::format("its runs are of another design ({})", changes));
    values = read_values(CheckedJson(json)["values"]);
  } catch (const WrongJson& wrong) {
    throw refuse(fmt::format("it is damaged ({})", wrong.what()));
  }
  const auto whole = [&](const auto& of_outcome) {
    return of_outcome.size() == question.scenarios() && std::all_of(of_outcome.begin(), of_outcome.end(), [&](const auto& one) {
             return one.size() == question.points() * question.study.replicates;
           });
  };
  if (values.size() != question.study.outcomes.size() || !std::all_of(values.begin(), values.end(), whole))
    throw refuse("values are missing");
  return values;
}

SensitivityFindings read_sensitivity_findings(const std::filesystem::path& path) {
  const Json json = read_json_file(path, result_format);
  try {
    if (json.contains("values")) read_values(CheckedJson(json)["values"]);  // not shown, but damaged is damaged
    return read_findings(CheckedJson(json));
  } catch (const WrongJson& wrong) {
    throw json_file_error(path, result_format, fmt::format("it is damaged ({})", wrong.what()));
  }
}

}  // namespace coalis
