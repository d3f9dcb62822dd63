// What else than chance an answer may hang on: the model's structure and its parameters.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "coalis/model/scenario.hpp"

namespace coalis {

// How far a structure has been fitted to the evidence (model.md section 6). What is not calibrated is never averaged with what
// is.
enum class Calibration { calibrated, shift_only, not_calibrated };
std::string_view to_string(Calibration calibration);
inline constexpr Calibration calibrations[] = {Calibration::calibrated, Calibration::shift_only, Calibration::not_calibrated};

// The coalition that the default parameters were fitted to (ensemble/fitted.hpp), with the baseline's structure, is calibrated;
// with another decision rule its never-attended share alone is (the two shifts); everything else is not, any other coalition in
// particular.
Calibration calibration_of(const Scenario& scenario);
Calibration calibration_of(Scenario scenario, const Structure& structure);  // the scenario with this structure

// "mixture, benefit_cost, bounded_confidence"
std::string to_string(const Structure& structure);

struct VariantError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// A list of switches ("engagement", "decision", "influence", "all") and of their values ("trait", ...): every combination of the
// values listed, switches not named as in `own`, which itself is left out. Throws VariantError for an unknown name.
std::vector<Structure> structure_variants(const Structure& own, std::span<const std::string> names);

// Switches that such a list sets: [engagement, decision, influence].
std::vector<bool> switches_set(std::span<const std::string> names);

// Systematic resampling (Kitagawa 1996): how often each of the weighted sets is drawn in `draws`, the expectation draws * weight
// rounded up or down. One uniform number decides, a pure function of the seed. weights: 0 or more, their sum above 0.
std::vector<std::int64_t> systematic_resampling(std::span<const double> weights, std::int64_t draws, std::uint64_t seed);

// The set of each draw when there may be more draws later: that of draw i is a function of weights, seed and i alone. The one
// uniform number of systematic_resampling is moved on by the van der Corput sequence (base 2), so that the first 2^k draws are a
// systematic resampling: each set comes up 2^k * weight times, rounded up or down. weights: as above.
std::vector<std::size_t> growing_resampling(std::span<const double> weights, std::size_t draws, std::uint64_t seed);

// The law of total variance for a mean difference: of single replicates (chance), of the means of parameter sets, of the means of
// structures. The three add up to the variance of the whole, exactly: moments of the runs made, with weights, nothing taken off.
struct VarianceParts {
  double mean;
  double chance, parameters, structure;
  double parameter_noise;  // what chance alone adds to `parameters` if every set's replicates were independent
};

// Differences of one structure and parameter set.
struct Cell {
  std::size_t structure;
  double weight;                        // of the set
  std::span<const double> differences;  // NaN is left out; a cell without any has no weight
};
// Every structure has equal weight, within it every set its own. NaN without differences.
VarianceParts variance_parts(std::span<const Cell> cells);

// The same law where every parameter set is drawn at random and has a few replicates of its own: one-way analysis of variance
// with random effects (Searle, Casella and McCulloch 1992, Variance components, ch. 3). What chance puts between the means of
// so small groups is taken off.
struct SharedParts {
  double chance, parameters;     // of the variance of single replicates; parameters: 0 where its estimate is below
  double share;                  // parameters / (chance + parameters); NaN if nothing varies
  double share_low, share_high;  // nominal 95 % interval of it, jackknife over draws, within 0..1
};
// values[replicate], NaN is left out; `together` replicates after each other share a draw. NaN with less than three draws, or
// without two replicates that share one.
SharedParts shared_parts(std::span<const double> values, std::size_t together);
// Standard error of the mean of such values: draws are independent, replicates of one draw are not. With together = 1 that of
// summarise(). NaN with less than two draws.
double shared_se(std::span<const double> values, std::size_t together);
// Draws with a value.
std::size_t draws_with_values(std::span<const double> values, std::size_t together);

}  // namespace coalis
