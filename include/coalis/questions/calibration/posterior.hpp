// The answer of a calibration: how the sampling went, what was learnt of each parameter.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "coalis/inference/calibration.hpp"
#include "coalis/questions/made_by.hpp"

namespace coalis {

struct FittedParameter {
  std::string path, prior, source;
  double prior_low, prior_high, low, median, high;  // 90 % intervals
  double contraction;                               // share of the prior's variance that is gone
  std::vector<std::string> also{};                  // other paths that have its value
};

// How independent the answers to an item count as (inference/distance.hpp).
struct ItemWeight {
  std::string id;
  int answers;
  double design_effect;
  std::string measures{};  // the item of the survey
};

struct PosteriorAnswer {
  std::string calibration;
  std::filesystem::path file;  // that holds the draws
  MadeBy made_by;
  std::size_t draws;
  double effective_size;
  std::uint64_t runs;  // of the generations, and of one that was given up
  int degrees_of_freedom;
  std::string stopped;  // why it ended
  std::vector<GenerationSummary> generations;
  std::vector<FittedParameter> parameters;  // fitted, then nuisance
  std::vector<ItemWeight> items;            // fitted
};
std::uint64_t runs_given_up(const PosteriorAnswer& answer);
// Of a calibration that has stopped.
PosteriorAnswer posterior_answer(const CalibrationModel& model, const AbcState& state, std::filesystem::path file);

}  // namespace coalis
