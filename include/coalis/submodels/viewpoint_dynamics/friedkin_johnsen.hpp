// Viewpoint dynamics (ODD 3, process 4). Friedkin and Johnsen (1990): views move towards everybody met, and back to the first
// view.
#pragma once

#include "coalis/core/isa.hpp"

namespace coalis::inline COALIS_ISA {

struct FriedkinJohnsen {
  static constexpr bool anchored = true;

  // Multiple of the step viewpoint_rate*(v_j-v_i)/partners that a contact makes; facilitated: F.
  float operator()(bool /*contested*/, float /*facilitated*/) const { return 1.0f; }
};

}  // namespace coalis::inline COALIS_ISA
