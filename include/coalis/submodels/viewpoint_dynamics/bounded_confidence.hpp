// Viewpoint dynamics (ODD 3, process 4). Bounded confidence (Deffuant et al. 2000; Hegselmann and Krause 2002): views move only
// between those that are close enough.
#pragma once

#include "coalis/core/isa.hpp"

namespace coalis::inline COALIS_ISA {

struct BoundedConfidence {
  static constexpr bool anchored = true;

  // Multiple of the step viewpoint_rate*(v_j-v_i)/partners that a contact makes; facilitated: F.
  float operator()(bool contested, float /*facilitated*/) const { return contested ? 0.0f : 1.0f; }
};

}  // namespace coalis::inline COALIS_ISA
