#include "coalis/io/answers/sensitivity_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "coalis/io/answers/sensitivity_design.hpp"
#include "coalis/io/questions/sensitivity_file.hpp"
#include "coalis/io/text/json_file.hpp"
#include "coalis/report/words/outcome_words.hpp"

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

// Reading. JSON has no NaN: it is written as null.

double number_of(const Json& value) { return value.is_number() ? value.get<double>() : std::numeric_limits<double>::quiet_NaN(); }

Estimate estimate_of(const Json& interval) {
  return {number_of(interval.at("value")), number_of(interval.at("low")), number_of(interval.at("high"))};
}

std::vector<SensitivityTarget::Effect> read_effects(const Json& list) {
  std::vector<SensitivityTarget::Effect> effects;
  for (const Json& one : list)
    effects.push_back({one.at("input").get<std::string>(),
                       one.at("group").get<bool>(),
                       {estimate_of(one.at("mu_star")), number_of(one.at("mu")), number_of(one.at("sigma")),
                        one.value("effects", std::size_t{0})}});
  return effects;
}

std::vector<SensitivityTarget::Share> read_shares(const Json& list) {
  std::vector<SensitivityTarget::Share> shares;
  for (const Json& one : list) {
    auto& share = shares.emplace_back(SensitivityTarget::Share{one.at("input").get<std::string>(),
                                                               one.at("group").get<bool>(),
                                                               {estimate_of(one.at("first")), estimate_of(one.at("total"))},
                                                               std::nullopt});
    if (one.contains("low_end")) share.ends = RangeEnds{number_of(one.at("low_end")), number_of(one.at("high_end"))};
  }
  return shares;
}

SensitivityTarget read_target(const Json& json) {
  SensitivityTarget target;
  target.outcome = json.at("outcome");
  words_of(target.outcome);  // throws: none of this program's
  target.unit = json.value("unit", "");
  target.scenario = json.at("scenario");
  target.mean = number_of(json.at("mean"));
  target.sd = number_of(json.at("sd"));
  target.varies = json.contains("varies") ? json.at("varies").get<bool>() : target.sd > 0;  // older programs do not say it
  target.left_out = json.value("left_out", std::size_t{0});
  const Json& seed = json.at("seed");
  const auto part = [&](const char* key) { return seed.contains(key) ? number_of(seed.at(key)) : std::nan(""); };
  target.seed = {number_of(seed.at("parameters")), part("seed"), part("both"), number_of(seed.at("left"))};
  target.screening = read_effects(json.at("morris"));
  target.group_screening = read_effects(json.at("morris_groups"));
  target.shares = read_shares(json.at("sobol"));
  return target;
}

SensitivityFindings read_findings(const Json& json) {
  const Json& design = json.at("design");
  SensitivityFindings findings;
  findings.name = json.at("name");
  findings.question = json.at("question");
  for (const Json& file : json.at("scenario_files")) findings.scenarios.push_back(file.get<std::string>());
  for (std::size_t s = 0; s < findings.scenarios.size(); ++s) {
    const std::string file = std::filesystem::path(findings.scenarios[s]).stem().string();
    findings.titles.push_back(json.contains("scenario_names") ? json["scenario_names"].at(s).get<std::string>() : file);
  }
  for (const Json& target : json.at("targets")) findings.targets.push_back(read_target(target));
  findings.points = json.at("points");
  findings.replicates = design.at("replicates");
  findings.seed = design.at("seed");
  if (design.contains("factors")) findings.factors = design.at("factors").size();
  findings.made_by = {json.at("program_version"), json.at("commit"), design.at("model_version")};
  return findings;
}

}  // namespace

std::string json_text(const SensitivityFindings& findings, const SensitivityQuestion& question) {
  return findings_json(findings, question).dump(2) + "\n";
}

std::string json_text(const SensitivityFindings& findings, const SensitivityQuestion& question, const SensitivityValues& values) {
  Json json = findings_json(findings, question);
  json["values"] = values;
  return json.dump(1) + "\n";
}

SensitivityValues read_sensitivity_values(const std::filesystem::path& path, const SensitivityQuestion& question) {
  const auto refuse = [&](const std::string& why) { return json_file_error(path, values_format, why); };
  const Json json = read_json_file(path, values_format);
  if (!json.contains("values") || !json.contains("design")) throw refuse("is an answer without values, as --json prints it");
  if (const std::string changes = design_changes(json["design"], question); !changes.empty())
    throw refuse(fmt::format("its runs are of another design ({})", changes));
  SensitivityValues values;
  for (const Json& outcome : json["values"]) {
    auto& of_outcome = values.emplace_back();
    for (const Json& scenario : outcome) {
      auto& of_scenario = of_outcome.emplace_back();
      for (const Json& value : scenario) of_scenario.push_back(number_of(value));
    }
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
    return read_findings(json);
  } catch (const std::exception& error) {
    throw json_file_error(path, result_format, fmt::format("it is damaged ({})", error.what()));
  }
}

}  // namespace coalis
