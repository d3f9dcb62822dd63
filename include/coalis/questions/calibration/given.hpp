// A posterior that is there already, of another coalition maybe, for a calibration to weight anew.
#pragma once

#include <string>
#include <vector>

#include "coalis/inference/calibration.hpp"
#include "coalis/inference/reweighting.hpp"
#include "coalis/questions/asked.hpp"
#include "coalis/questions/calibration/posterior.hpp"
#include "coalis/questions/parameter_sets.hpp"

namespace coalis {

struct GivenPosterior {
  std::string file;
  GivenDraws draws;                     // as the calibration has its parameters
  std::vector<std::string> from_prior;  // parameters that the posterior does not have: drawn from their priors
};
// Needs a posterior of the same structure that has one parameter of the calibration or more. Its other columns are left.
Asked<GivenPosterior> ask_given(const CalibrationModel& model, const ParameterSets& sets);

// As near as two lists of one coalition are to each other, on average.
ReweightSettings reweight_settings(const CalibrationModel& model);
bool suffices(const Reweighted& weighted);
// As the sampler's answer would be; `stopped` says of which file.
AbcState state_of(const GivenPosterior& given, const Reweighted& weighted, const ReweightSettings& settings);

}  // namespace coalis
