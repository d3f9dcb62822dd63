// The key of a scenario's runs (questions/run_key.hpp).
#pragma once

#include <cstdint>

#include "coalis/model/scenario.hpp"
#include "coalis/questions/run_key.hpp"

namespace coalis {

// What no run reads is left empty: name, description, evidence.
void forget_unread(Scenario& scenario);
// Of its runs with this seed.
RunKey key_of(Scenario scenario, std::uint64_t seed);

}  // namespace coalis
