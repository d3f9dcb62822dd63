#include "coalis/io/answers/run_json.hpp"

#include <nlohmann/json.hpp>
#include <utility>

#include "coalis/core/build_info.hpp"
#include "coalis/core/characters.hpp"
#include "coalis/model/record.hpp"
#include "coalis/model/version.hpp"
#include "coalis/network/outcomes.hpp"
#include "coalis/report/words/assumed.hpp"
#include "minus_zero.hpp"

namespace coalis {
namespace {

using Json = nlohmann::ordered_json;

Json summary_json(const Summary& s) {  // NaN becomes null
  return {{"mean", s.mean}, {"se", s.se}, {"sd", s.sd}, {"q10", s.q10}, {"q50", s.q50}, {"q90", s.q90}, {"n", s.n}};
}

Json summaries_json(const std::vector<Quantity>& quantities, const Samples& samples) {
  Json object = Json::object();
  for (std::size_t i = 0; i < quantities.size(); ++i) object[quantities[i].name] = summary_json(samples.summary(i));
  return object;
}

Json own_items_json(const RunAnswer& answer) {
  Json json = Json::object();
  std::size_t figure = 0;
  for (const ComparedItem& item : answer.question.own.items())
    for (std::size_t k = 0; k < item.names.size(); ++k)
      json[item.id][item.names[k]] = summary_json(answer.own_shares.summary(figure++));
  return json;
}

}  // namespace

std::string json_text(const RunAnswer& answer) {
  const RunQuestion& question = answer.question;
  const Scenario& s = question.scenario;
  Json json{{"scenario", s.name},
            {"start", s.calendar.start},
            {"months", s.calendar.months},
            {"organisations", s.organisations.count()},
            {"seed", question.seed},
            {"replicates", answer.replicates},
            {"interrupted", answer.cut_short()},
            {"model_version", model_version},
            {"program_version", build_info().version},
            {"commit", build_info().commit},
            {"file", nullptr}};
  if (!answer.file.empty()) json["file"] = visible(answer.file, Lines::one);
  if (!question.parameters.empty()) json["parameters"] = visible(question.parameters, Lines::one);
  json["outcomes"] = Json::object();
  for (const std::size_t i : question.outcomes)
    json["outcomes"][all_outcome_quantities()[i].name] = summary_json(answer.outcomes.summary(i));
  json["survey"] = Json::object();
  const Json figures = summaries_json(survey_quantities(), answer.survey);
  for (const auto& [name, figure] : figures.items()) json["survey"]["survey." + name] = figure;
  json["evidence"] = Json::object();
  for (const auto& item : question.evidence) {
    auto& entry = json["evidence"][item.id] = {{"source", item.source}, {"use", item.use}};
    if (item.n > 0) entry["n"] = item.n;
    if (item.share) entry["share"] = *item.share;
    if (!item.counts.empty()) entry["categories"] = item.categories, entry["counts"] = item.counts;
  }
  json["fitted"] = {
      {"to_this_coalition", question.base.sites > 0}, {"basis", question.base.basis}, {"items", question.base.items}};
  if (!question.own.empty()) json["survey_items"] = own_items_json(answer);
  json["assumed"] = assumptions();
  return without_minus_zero(std::move(json)).dump(2) + "\n";
}

}  // namespace coalis
