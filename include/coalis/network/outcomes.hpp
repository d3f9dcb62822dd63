// Outcomes that are computed only when asked for: network.* (structure of the ties at the end) and association.* (what goes with
// what among organisations). docs/model.md section 9 defines each.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "coalis/model/record.hpp"
#include "coalis/model/scenario.hpp"

namespace coalis {

const std::vector<Quantity>& network_quantities();
const std::vector<Quantity>& association_quantities();
// All that can be asked for by name: outcome_quantities(), then network_quantities(), then association_quantities().
const std::vector<Quantity>& all_outcome_quantities();

// Whether one of these (indices into all_outcome_quantities()) needs add_outcomes().
bool further_outcomes(std::span<const std::size_t> outcomes);
// Names of the values in a record: all, or those of every run.
const std::vector<Quantity>& outcomes_of(bool further);

// What a run must record for add_outcomes(), besides `recording`.
Recording with_sources(Recording recording);
// Appends the values of network_quantities() and association_quantities() to record.outcomes. The hash stays that of the run.
void add_outcomes(const Scenario& scenario, RunRecord& record);

// The values in the order of their quantities; NaN is missing.
std::vector<double> network_outcomes(const Scenario& scenario, const RunRecord& record);
std::vector<double> association_outcomes(const Scenario& scenario, const RunRecord& record);

}  // namespace coalis
