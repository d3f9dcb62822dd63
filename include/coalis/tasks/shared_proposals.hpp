// Proposals of a calibration by several processes: those that do not lead send distances and values, who leads samples.
#pragma once

#include "coalis/inference/abc_steps.hpp"
#include "coalis/tasks/lessor.hpp"
#include "coalis/tasks/watch.hpp"

namespace coalis {

// For who leads: the proposals of a step are handed out, and taken in their order. here: runs them in this process. Lessor and
// watch must outlive it.
RunProposals proposals_by_all(Lessor& lessor, double lease_seconds, RunProposals here, const Watch& watch);

// For the others: does what it is given until it is over.
void share_proposals(Lessor& lessor, const RunProposals& here, const Watch& watch);

}  // namespace coalis
