// A posterior that is there already, taken as what is believed beforehand and weighted anew by one's own evidence: importance
// sampling, with the likelihood of approximate Bayesian computation (uniform kernel). Nothing is drawn but runs, so that it costs
// little; how many draws are left says whether that suffices.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "coalis/inference/abc_smc.hpp"

namespace coalis {

struct GivenDraws {
  std::vector<std::vector<double>> values;  // [draw][parameter]: fitted, then nuisance, as of AbcModel
  std::vector<double> weights;              // 0 or more, not all 0
};

struct ReweightSettings {
  std::size_t runs_a_draw = 10;
  double tolerance = 0;  // a run as near as this counts
  std::uint64_t seed = 1;
};

struct Reweighted {
  std::vector<Particle> population;  // draws with a run that counts, as generation 0 has them; the first of these runs
  std::uint64_t runs = 0, near = 0;  // near: runs that count
  double effective_size = 0;         // of the population's weights; 0 without any
};

// A draw's weight times the share of its runs that are near enough. Run k of draw i is number i * runs_a_draw + k of generation
// 0: the bits do not depend on threads. Draws that the priors do not allow count 0. Of an execution that is cancelled: fewer runs
// than there should be. Throws ReplicateError for a run that throws.
Reweighted reweighted(const AbcModel& model, const GivenDraws& given, const ReweightSettings& settings,
                      const Execution& execution);

}  // namespace coalis
