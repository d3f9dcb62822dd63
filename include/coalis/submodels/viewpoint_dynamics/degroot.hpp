// Viewpoint dynamics (ODD 3, process 4). DeGroot (1974): views move towards everybody met; the first view has no hold.
#pragma once

#include "coalis/core/isa.hpp"

namespace coalis::inline COALIS_ISA {

struct DeGroot {
  static constexpr bool anchored = false;

  // Multiple of the step viewpoint_rate*(v_j-v_i)/partners that a contact makes; facilitated: F.
  float operator()(bool /*contested*/, float /*facilitated*/) const { return 1.0f; }
};

}  // namespace coalis::inline COALIS_ISA
