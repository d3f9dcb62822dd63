// The model's structures: which ones an answer is repeated under, and how far each was fitted.
#pragma once

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

// The coalition that the default parameters were fitted to (questions/fitted.hpp), with the baseline's structure, is calibrated;
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

}  // namespace coalis
