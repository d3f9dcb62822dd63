#include "coalis/io/answers/telling_apart_json.hpp"

#include <nlohmann/json.hpp>
#include <utility>

#include "coalis/model/version.hpp"
#include "minus_zero.hpp"

namespace coalis {

std::string json_text(const TellingApartAnswer& answer) {
  using Json = nlohmann::ordered_json;
  Json json{{"replicates", answer.replicates}, {"seed", answer.seed}, {"model_version", model_version}, {"rows", Json::array()}};
  for (const auto& candidate : answer.candidates)
    json["candidates"].push_back({{"structure", candidate.structure}, {"parameters", candidate.file}});
  for (const auto& row : answer.rows)
    json["rows"].push_back({{"observation", row.observation.name},
                            {"organisations", row.observation.organisations},
                            {"coalitions", row.coalitions},
                            {"months", row.observation.months},
                            {"error", row.result.error},
                            {"se", row.result.se},
                            {"confusion", row.result.confusion}});
  return without_minus_zero(std::move(json)).dump(2) + "\n";
}

}  // namespace coalis
