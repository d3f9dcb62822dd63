#include "coalis/io/answers/forecast_json.hpp"

#include <nlohmann/json.hpp>
#include <utility>

#include "coalis/core/characters.hpp"
#include "coalis/model/version.hpp"
#include "coalis/report/words/forecast_text.hpp"
#include "minus_zero.hpp"

namespace coalis {
namespace {

using ForecastJson = nlohmann::ordered_json;

constexpr std::array<const char*, forecasters> forecaster_keys{"model", "last_year", "beta_binomial"};

ForecastJson came_json(const CameOf& came) { return {{"came", came.came}, {"of", came.of}}; }

ForecastJson predicted_json(const std::array<Predicted, forecasters>& predicted) {
  ForecastJson json = ForecastJson::object();
  for (std::size_t f = 0; f < forecasters; ++f) {
    const Predicted& p = predicted[f];
    json[forecaster_keys[f]] = {{"mean", p.mean},
                                {"low", p.interval.low},
                                {"high", p.interval.high},
                                {"probability", p.interval.probability},
                                {"crps", p.crps}};
  }
  return json;
}

ForecastJson scores_json(const ForecastAnswer& answer) {
  ForecastJson json = ForecastJson::object();
  for (std::size_t f = 0; f < forecasters; ++f) {
    const auto& s = answer.scores[f];
    ForecastJson& one = json[forecaster_keys[f]] = {{"crps", s.crps},
                                                    {"covered", s.covered},
                                                    {"expected", s.expected},
                                                    {"crps_in_all", s.crps_in_all},
                                                    {"meetings_covered", s.covered_in_all}};
    const Estimate& worse = answer.worse[f];
    if (f > 0) one["model_less_this"] = {{"value", worse.value}, {"low", worse.low}, {"high", worse.high}};
  }
  return json;
}

}  // namespace

std::string json_text(const ForecastAnswer& answer) {
  const ForecastQuestion& q = answer.question;
  ForecastJson json{{"scenario", q.runs.scenario.name},
                    {"attendance", visible(q.attendance, Lines::one)},
                    {"parameters", nullptr},
                    {"seed", q.runs.seed},
                    {"replicates", answer.replicates},
                    {"model_version", model_version},
                    {"hold_out", q.hold_out},
                    {"nearest", answer.nearest},
                    {"effective_number", answer.effective_size},
                    {"distance", answer.distance},
                    {"distance_among_nearest", answer.usual},
                    {"beta_binomial", {{"a", answer.rates.a}, {"b", answer.rates.b}}},
                    {"verdict", forecast_sentences(answer)},
                    {"scores", scores_json(answer)},
                    {"meetings", ForecastJson::array()},
                    {"members", ForecastJson::array()}};
  if (!q.runs.parameters.empty()) json["parameters"] = visible(q.runs.parameters, Lines::one);
  for (const auto& m : answer.meetings)
    json["meetings"].push_back(
        {{"meeting", m.name}, {"came", m.came.came}, {"of", m.came.of}, {"forecast", predicted_json(m.predicted)}});
  for (const auto& m : answer.members)
    json["members"].push_back({{"member", m.name},
                               {"before", came_json(m.before)},
                               {"held_out", came_json(m.held_out)},
                               {"alike", m.alike},
                               {"forecast", predicted_json(m.predicted)}});
  return without_minus_zero(std::move(json)).dump(2) + "\n";
}

}  // namespace coalis
