// Viewpoint dynamics (ODD 3, process 4). Repulsion (Macy et al. 2003; Flache et al. 2017): views far apart push each other
// further, less so under facilitation.
#pragma once

#include "coalis/core/isa.hpp"

namespace coalis::inline COALIS_ISA {

struct Repulsion {
  static constexpr bool anchored = true;

  // Multiple of the step viewpoint_rate*(v_j-v_i)/partners that a contact makes; facilitated: F.
  float operator()(bool contested, float facilitated) const { return contested ? -0.5f * (1 - facilitated) : 1.0f; }
};

}  // namespace coalis::inline COALIS_ISA
