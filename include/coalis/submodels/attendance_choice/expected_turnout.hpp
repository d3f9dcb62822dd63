// Q of ODD 3, process 4: the turnout an organisation expects, from its partners' participation q (-1 without ties) and the
// last turnout L of the hub's events of this kind.
#pragma once

#include "coalis/core/isa.hpp"

namespace coalis::inline COALIS_ISA {

inline float expected_turnout(float peers, float last_turnout, float global_weight) {
  return peers < 0 ? last_turnout : (1 - global_weight) * peers + global_weight * last_turnout;
}

}  // namespace coalis::inline COALIS_ISA
