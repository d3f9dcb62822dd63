// The synthetic population and the coalition at t = 0 (ODD 5).
#pragma once

#include "coalis/core/isa.hpp"
#include "coalis/model/world.hpp"

namespace coalis::inline COALIS_ISA {

// Sets every state variable of w for (w.stream); reads the scenario only.
void initialize(World& w);

}  // namespace coalis::inline COALIS_ISA
