#include "coalis/io/answers/study_json.hpp"

#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "coalis/model/version.hpp"
#include "coalis/network/outcomes.hpp"
#include "coalis/questions/study/shared_sets.hpp"
#include "coalis/report/words/assumed.hpp"
#include "coalis/report/words/study_text.hpp"
#include "minus_zero.hpp"

namespace coalis {
namespace {

using Json = nlohmann::ordered_json;

Json finite(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }
Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

// The files with their hashes and how many of their sets are drawn; null without.
Json parameters_json(const StudyQuestion& study) {
  Json list;
  for (const StudyParameters& file : study.parameters)
    list.push_back({{"file", file.name},
                    {"sha1", file.hash},
                    {"structure", file.structure},
                    {"sets", file.sets.sets.size()},
                    {"sets_drawn", sets_drawn(file).size()},
                    {"draws", file.drawn.size()},
                    {"replicates_a_set", replicates_a_set}});
  return list;
}

Json figure_json(const StudyWords& words, const Figure& asked, const FoundUnder& column, std::size_t f) {
  const Figure& figure = column.figures[f];
  const FigureValue& value = column.values[f];
  Json json{{"name", figure.name},
            {"figure", figure_names[static_cast<std::size_t>(figure.kind)]},
            {"outcome", all_outcome_quantities()[figure.outcome].name},
            {"structure", text_or_null(column.structure)},
            {"meaning", words.meaning(asked)},
            {"text", figure_text(figure, value, words.labels())},
            {"verdict", verdict_text(figure, value)},
            {"assumed", figure.assumed}};
  if (value.level) json.update({{"mean", value.level->mean}, {"se", value.level->se}, {"replicates", value.level->n}});
  if (value.difference) {
    const PairedSummary& d = *value.difference;
    json.update({{"mean", d.mean}, {"se", d.se}, {"q10", d.most.low}, {"q90", d.most.high}, {"pairs", d.pairs}});
    json.update({{"at", d.other.mean}, {"from", d.reference.mean}, {"above", d.above}, {"below", d.below}});
  }
  if (!value.values.empty()) json["values"] = value.values;
  if (value.parts)
    json["variance"] = {{"chance", finite(value.parts->chance)},         {"parameters", finite(value.parts->parameters)},
                        {"share", finite(value.parts->share)},           {"share_low", finite(value.parts->share_low)},
                        {"share_high", finite(value.parts->share_high)}, {"text", StudyWords::parts_text(value)}};
  if (figure.kind == FigureKind::half_month) json["month"] = value.month ? Json(*value.month) : Json(nullptr);
  return json;
}

}  // namespace

std::string json_text(const StudyQuestion& study, const StudyFindings& findings) {
  const StudyWords words(study, findings);
  Json json{{"study", study.study.name},
            {"question", study.study.question},
            {"answer", words.paragraph()},
            {"agreement", text_or_null(words.agreement())},
            {"uncertainty", words.uncertainty()},
            {"spread", text_or_null(words.spread())},
            {"parameters", parameters_json(study)},
            {"replicates", findings.replicates},
            {"points", study.points.size()},
            {"model_version", model_version},
            {"figures", Json::array()},
            {"assumed", assumptions()}};
  for (const FoundUnder& column : findings.columns)
    for (std::size_t f = 0; f < column.figures.size(); ++f)
      json["figures"].push_back(figure_json(words, study.study.answer.figures[f], column, f));
  return without_minus_zero(std::move(json)).dump(2) + "\n";
}

std::string json_text(const StudyQuestion& study, const StudyStanding& standing) {
  Json json{{"study", study.study.name},      {"runs", study.runs()},
            {"done", standing.done},          {"failed", standing.failed},
            {"missing", standing.missing},    {"at_work", standing.at_work},
            {"runs_a_second", standing.rate}, {"parameters", parameters_json(study)},
            {"points", Json::array()}};
  for (std::size_t p = 0; p < study.points.size(); ++p) {
    Json point{{"point", p}, {"scenario", study.study.scenarios[study.points[p].scenario]}, {"outcomes", Json::object()}};
    for (std::size_t f = 0; f < study.study.design.factors.size(); ++f)
      point["factors"][study.study.design.factors[f].name] = study.points[p].values[f];
    for (const auto outcome : study.study.outcomes) {
      const Summary s = standing.samples[p].summary(outcome);
      point["outcomes"][all_outcome_quantities()[outcome].name] = {
          {"n", s.n}, {"mean", finite(s.mean)}, {"se", finite(s.se)}, {"q10", finite(s.q10)}, {"q90", finite(s.q90)}};
    }
    json["points"].push_back(std::move(point));
  }
  return without_minus_zero(std::move(json)).dump(2) + "\n";
}

std::string json_text(const StudyQuestion& study, const StudyForecast& f) {
  Json json{{"points", study.designed},
            {"points_looked_at", study.points.size()},
            {"replicates", study.study.replicates},
            {"runs", study.all_runs()},
            {"missing", f.missing},
            {"parameters", parameters_json(study)},
            {"threads", f.threads},
            {"processes", f.processes},
            {"core_hours", f.seconds > 0 ? Json(f.core_hours()) : Json()},
            {"files", f.files},
            {"seconds", f.seconds > 0 ? Json(f.seconds) : Json()},
            {"memory", f.needs.all_memory()},
            {"disk", f.needs.all_disk()},
            {"fits", f.problem.empty()}};
  return without_minus_zero(std::move(json)).dump(2) + "\n";
}

}  // namespace coalis
