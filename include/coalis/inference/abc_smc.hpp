// Approximate Bayesian computation by sequential Monte Carlo, for any simulator: populations of draws whose simulated data come
// ever nearer to the evidence. The scheme of Beaumont, Cornuet, Marin, Robert (2009, doi:10.1093/biomet/asp052): proposals from
// the population before by a normal kernel with twice its weighted covariance, weights prior / proposal; tolerances are quantiles
// of the distances before (Del Moral, Doucet, Jasra 2012). docs/decisions/0010-calibration.md says what was chosen and why.
//
// Proposal number i of generation g is a pure function of (seed, g, i), and the accepted ones are taken in the order of their
// numbers: the bits do not depend on threads, nor on where a calibration was interrupted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "coalis/ensemble/ensemble.hpp"
#include "coalis/inference/prior.hpp"

namespace coalis {

// Changes whenever a draw may change.
inline constexpr int sampler_version = 1;

// What is to be inferred: priors and a simulator that answers with a distance.
struct AbcModel {
  std::vector<Prior> fitted;    // moved by the kernel
  std::vector<Prior> nuisance;  // drawn from their priors in every proposal
  // Whether values that each prior allows are allowed together.
  std::function<bool(std::span<const double> values)> allowed = [](std::span<const double>) { return true; };
  // Makes the simulator of a thread: the distance of data simulated with these values (fitted, then nuisance), a pure function of
  // them and the stream. Infinite: never acceptable.
  using Simulate = std::function<double(std::span<const double> values, Stream stream)>;
  std::function<Simulate()> make_simulate;
};

struct AbcSettings {
  std::size_t draws = 1000;         // of the posterior
  std::size_t prior_runs = 10'000;  // of the first generation, of which the nearest are kept
  double quantile = 0.5;            // of the distances, to be the next tolerance
  double least_acceptance = 0.002;  // a generation that accepts less is given up; the one before is the posterior
  double least_tolerance = 0;       // reached: done
  int most_generations = 40;
  std::uint64_t seed = 1;
};

struct Particle {
  std::vector<double> values;  // fitted, then nuisance
  double weight = 0;           // of a finished generation they add up to 1
  double distance = 0;
  std::uint32_t proposal = 0;  // its number: the replicate of its run
  bool operator==(const Particle&) const = default;
};

// A generation as it is reported.
struct GenerationSummary {
  int number = 0;
  double tolerance = 0;
  std::uint64_t proposals = 0;  // simulated
  std::size_t accepted = 0;
  double effective_size = 0;  // 1 / sum of squared weights
  double acceptance() const { return static_cast<double>(accepted) / static_cast<double>(proposals); }
  bool operator==(const GenerationSummary&) const = default;
};

// All that is needed to go on.
struct AbcState {
  std::vector<GenerationSummary> finished;
  std::vector<Particle> population;  // of the last finished generation
  GenerationSummary current;         // under way
  std::vector<Particle> accepted;    // of it, by proposal number
  std::string stopped;               // why it ended; "" while it goes on
  bool operator==(const AbcState&) const = default;
};

AbcState begin_abc(const AbcSettings& settings);

// Simulates up to `proposals` more, fewer if that finishes the generation or the execution is cancelled. Throws ReplicateError
// for a run that throws, std::runtime_error if the prior leaves too few finite distances.
void advance_abc(AbcState& state, const AbcModel& model, const AbcSettings& settings, std::size_t proposals,
                 const Execution& execution);

// The stream of the run of a proposal.
Stream run_stream(std::uint64_t seed, int generation, std::uint32_t proposal);

// Draws from the prior alone: `count` from number `first` on, allowed ones only. [draw][parameter]
std::vector<std::vector<double>> prior_draws(const AbcModel& model, std::uint64_t seed, std::uint32_t first, std::size_t count);

double effective_size(std::span<const Particle> particles);

}  // namespace coalis
