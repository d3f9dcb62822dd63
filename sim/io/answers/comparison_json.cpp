// The answer of a comparison as JSON (docs/formats/comparison.md).
#include "coalis/io/answers/comparison_json.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "coalis/core/build_info.hpp"
#include "coalis/core/characters.hpp"
#include "coalis/core/month_text.hpp"
#include "coalis/model/supported.hpp"
#include "coalis/model/version.hpp"
#include "coalis/network/outcomes.hpp"
#include "coalis/questions/comparison/variants.hpp"
#include "coalis/report/words/assumed.hpp"
#include "coalis/report/words/comparison_text.hpp"
#include "minus_zero.hpp"

namespace coalis {
namespace {

using Json = nlohmann::ordered_json;

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

Json level_json(const Summary& s) { return {{"mean", s.mean}, {"se", s.se}, {"sd", s.sd}, {"n", s.n}}; }
Json spread_json(const Spread& s) { return {s.low, s.high}; }

Json difference_json(const ComparisonAnswer& answer, std::size_t scenario, std::size_t outcome) {
  const PairedSummary s = answer.samples.difference(scenario, outcome);
  const auto half = answer.samples.half_month(scenario, outcome);
  Json json{{"unit", all_outcome_quantities()[outcome].unit},
            {"reference", level_json(s.reference)},
            {"scenario", level_json(s.other)},
            {"difference", s.mean},
            {"se", s.se},
            {"half_width", half_width(s)},
            {"clear", clear_sign(s)},
            {"sd", s.sd},
            {"median", s.median},
            {"range50", spread_json(s.half)},
            {"range80", spread_json(s.most)},
            {"range95", spread_json(s.nearly_all)},
            {"matters", answer.samples.matters(outcome)},
            {"above", s.above},
            {"within", s.between},
            {"below", s.below},
            {"unpaired", s.unpaired},
            {"unpaired_se", s.unpaired_se},
            {"variance_reduction", s.variance_reduction},
            {"pairs", s.pairs},
            {"left_out", s.left_out},
            {"half_month", nullptr},
            {"half_date", nullptr},
            {"sentences", text_of(sentences_of(answer, scenario, outcome))}};
  if (half) json["half_month"] = *half, json["half_date"] = month_text(answer.reference().calendar.start, *half);
  return json;
}

Json scenarios_json(const ComparisonAnswer& answer) {
  Json list = Json::array();
  for (const Contender& c : answer.question.scenarios) {
    Json one{{"label", c.label},
             {"file", visible(c.file, Lines::one)},
             {"name", c.scenario.name},
             {"planned_cost", c.planned_cost},
             {"budget", nullptr}};
    if (!c.option.empty()) one["with"] = visible(c.option, Lines::one);
    if (c.budget) {
      one["budget"] = {{"lever", answer.question.lever}, {"cost_before", c.budget->cost_before}, {"changes", Json::array()}};
      for (const BudgetChange& change : c.budget->changes)
        one["budget"]["changes"].push_back({{"path", change.path}, {"from", change.from}, {"to", change.to}});
    }
    one["extrapolations"] = extrapolations_json(c.scenario);
    one["fitted"] = {{"to_this_coalition", c.base.sites > 0}, {"basis", c.base.basis}, {"items", c.base.items}};
    list.push_back(std::move(one));
  }
  return list;
}

Json sets_json(const ComparisonAnswer& answer) {
  if (!answer.question.sets) return nullptr;
  const UsedSets& sets = *answer.question.sets;
  return {{"file", sets.file},
          {"sha1", sets.hash},
          {"sets", sets.lines.size()},
          {"sets_used", sets.scenarios.size()},
          {"set_of_replicate",
           std::vector(sets.of_replicate.begin(), sets.of_replicate.begin() + std::ptrdiff_t(answer.replicates()))}};
}

Json precision_json(const ComparisonAnswer& answer) {
  if (!answer.precision) return nullptr;
  const PrecisionReached& p = *answer.precision;
  const WantedPrecision& wanted = *answer.question.precision;
  Json json{{"outcome", all_outcome_quantities()[wanted.outcome].name}, {"wanted", wanted.half_width}, {"reached", p.reached}};
  for (std::size_t i = 0; i < p.half_widths.size(); ++i)
    json["half_widths"][answer.question.scenarios[i + 1].label] = p.half_widths[i];
  json["replicates_needed"] = p.needed;
  return json;
}

Json figure_or_null(double value) { return std::isnan(value) ? Json(nullptr) : Json(value); }

Json variants_json(const ComparisonAnswer& answer) {
  if (!several_structures(answer)) return nullptr;
  Json json{
      {"own", to_string(answer.question.structures.front().structure)}, {"variants", Json::array()}, {"holds", Json::object()}};
  const auto add = [&](std::size_t structure, const PairedSamples& samples) {
    Json one{{"structure", to_string(answer.question.structures[structure].structure)},
             {"calibration", to_string(answer.question.structures[structure].calibration)}};
    for (std::size_t i = 1; i < answer.question.scenarios.size(); ++i) {
      for (const std::size_t outcome : answer.question.outcomes) {
        const PairedSummary s = samples.difference(i, outcome);
        one["differences"][answer.question.scenarios[i].label][all_outcome_quantities()[outcome].name] = {
            {"difference", s.mean}, {"se", s.se}, {"reference", s.reference.mean}, {"scenario", s.other.mean}};
      }
    }
    json["variants"].push_back(std::move(one));
  };
  add(0, answer.samples);
  for (const VariantRun& run : answer.variants) add(run.structure, run.samples);
  for (const Calibration calibration : calibrations) {
    for (std::size_t i = 1; i < answer.question.scenarios.size(); ++i) {
      for (const std::size_t outcome : answer.question.outcomes) {
        const Held h = held(answer, calibration, i, outcome);
        if (h.structures == 0) continue;
        json["holds"][std::string(to_string(calibration))][answer.question.scenarios[i].label]
            [all_outcome_quantities()[outcome].name] = {{"structures", h.structures},
                                                        {"same_sign", h.same},
                                                        {"opposite_sign", h.opposite},
                                                        {"unclear", h.unclear},
                                                        {"same_ranking", h.ranking}};
      }
    }
  }
  return json;
}

Json variance_json(const ComparisonAnswer& answer) {
  if (!variance_examined(answer)) return nullptr;
  Json list = Json::array();
  for (const Calibration calibration : calibrations) {
    const std::size_t count = structures_of(answer, calibration);
    if (count == 0) continue;
    Json one{
        {"calibration", to_string(calibration)}, {"structures", count}, {"parameter_sets", answer.question.parameter_sets()}};
    for (std::size_t i = 1; i < answer.question.scenarios.size(); ++i) {
      for (const std::size_t outcome : answer.question.outcomes) {
        const ComparedParts p = parts_of(answer, calibration, i, outcome);
        Json parts{{"difference", p.mean},
                   {"chance", p.chance},
                   {"parameters", figure_or_null(p.parameters)},
                   {"structure", figure_or_null(p.structure)}};
        if (answer.again)
          parts.update({{"parameter_noise", p.parameter_noise},
                        {"sets80", {figure_or_null(p.sets_low), figure_or_null(p.sets_high)}},
                        {"sets_same_sign", figure_or_null(p.sets_same_sign)}});
        one["variances"][answer.question.scenarios[i].label][all_outcome_quantities()[outcome].name] = std::move(parts);
      }
    }
    list.push_back(std::move(one));
  }
  return list;
}

}  // namespace

std::string json_text(const ComparisonAnswer& answer) {
  const Scenario& reference = answer.reference();
  Json json{{"notices", notices(answer.question)},
            {"reference", answer.question.scenarios.front().label},
            {"scenarios", scenarios_json(answer)},
            {"start", reference.calendar.start},
            {"months", reference.calendar.months},
            {"from_month", answer.question.from},
            {"seed", answer.question.seed},
            {"replicates", answer.replicates()},
            {"interrupted", answer.cut_short()},
            {"model_version", model_version},
            {"program_version", build_info().version},
            {"commit", build_info().commit},
            {"file", nullptr},
            {"precision", precision_json(answer)}};
  if (!answer.file.empty()) json["file"] = visible(answer.file, Lines::one);
  for (std::size_t i = 1; i < answer.question.scenarios.size(); ++i)
    for (const std::size_t outcome : answer.question.outcomes)
      json["differences"][answer.question.scenarios[i].label][all_outcome_quantities()[outcome].name] =
          difference_json(answer, i, outcome);
  json["parameters"] = sets_json(answer);
  json["structures"] = variants_json(answer);
  json["variance"] = variance_json(answer);
  json["assumed"] = assumptions();
  return without_minus_zero(std::move(json)).dump(2) + "\n";
}

}  // namespace coalis
