// The answer of `coalis run`: for people and as JSON.
#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "coalis/io/questions/evidence_file.hpp"
#include "coalis/model/scenario.hpp"
#include "coalis/questions/evidence_base.hpp"
#include "coalis/questions/survey_beside.hpp"
#include "coalis/statistics/summary.hpp"

namespace coalis::cli {

struct Answer {
  const Scenario& scenario;
  const EvidenceFile& evidence;  // empty without
  std::uint64_t seed;
  std::size_t replicates;          // that were run
  std::size_t asked;               // that were asked for
  std::vector<std::size_t> shown;  // outcomes, indices into all_outcome_quantities()
  Samples outcomes, survey;
  std::optional<std::filesystem::path> file;
  std::string parameters = "";  // file of parameter sets, one a replicate; "": the scenario's
  EvidenceBase base = {};       // what the parameters were fitted to
  const OwnItems& own;
  Samples own_shares;  // OwnItems::shares(), a row a replicate
};

std::string to_text(const Answer& answer);
nlohmann::ordered_json to_json(const Answer& answer);

}  // namespace coalis::cli
