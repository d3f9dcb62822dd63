// The answer of `coalis calibrate`: how the sampling went, what was learnt of each parameter.
#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "coalis/inference/calibration.hpp"

namespace coalis::cli {

struct PosteriorReport {
  const CalibrationModel& model;
  const AbcState& state;
  std::filesystem::path file;
};

std::string to_text(const PosteriorReport& report);
nlohmann::ordered_json to_json(const PosteriorReport& report);

}  // namespace coalis::cli
