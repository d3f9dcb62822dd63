#include "coalis/io/answers/posterior_json.hpp"

#include <nlohmann/json.hpp>
#include <utility>

#include "coalis/core/characters.hpp"
#include "minus_zero.hpp"

namespace coalis {

std::string json_text(const PosteriorAnswer& answer) {
  using Json = nlohmann::ordered_json;
  Json json{{"calibration", answer.calibration},
            {"model_version", answer.made_by.model},
            {"program_version", answer.made_by.program},
            {"commit", answer.made_by.commit},
            {"file", visible(answer.file.string(), Lines::one)},
            {"draws", answer.draws},
            {"effective_sample_size", answer.effective_size},
            {"runs", answer.runs},
            {"runs_given_up", runs_given_up(answer)},
            {"degrees_of_freedom", answer.degrees_of_freedom},
            {"stopped", answer.stopped},
            {"generations", Json::array()},
            {"parameters", Json::array()},
            {"items", Json::array()}};
  for (const ItemWeight& item : answer.items)
    json["items"].push_back({{"id", item.id}, {"n", item.answers}, {"design_effect", item.design_effect}});
  for (const GenerationSummary& g : answer.generations)
    json["generations"].push_back({{"number", g.number},
                                   {"tolerance", g.tolerance},
                                   {"runs", g.proposals},
                                   {"acceptance", g.acceptance()},
                                   {"effective_sample_size", g.effective_size}});
  for (const FittedParameter& p : answer.parameters) {
    json["parameters"].push_back({{"path", p.path},
                                  {"prior", p.prior},
                                  {"source", p.source},
                                  {"prior_5", p.prior_low},
                                  {"prior_95", p.prior_high},
                                  {"posterior_5", p.low},
                                  {"posterior_50", p.median},
                                  {"posterior_95", p.high},
                                  {"contraction", p.contraction}});
    if (!p.also.empty()) json["parameters"].back()["also"] = p.also;
  }
  return without_minus_zero(std::move(json)).dump(2) + "\n";
}

}  // namespace coalis
