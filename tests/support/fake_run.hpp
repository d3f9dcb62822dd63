// Records without a model, for tests of what happens to records: every number follows from the replicate's.
#pragma once

#include <cstdint>

#include "coalis/model/record.hpp"
#include "coalis/model/scenario.hpp"

namespace coalis::test {

// Three regions, two kinds, 14 months from November 2005.
Scenario small_scenario(int organisations = 10);

void fake_run(const Scenario& scenario, std::uint32_t replicate, const Recording& recording, RunRecord& record);

}  // namespace coalis::test
