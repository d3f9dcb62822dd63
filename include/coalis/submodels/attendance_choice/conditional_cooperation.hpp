// Attendance choice, conditional cooperation (ODD 3, process 4): some come if others do, some ride free, the rest decide alone.
//   w = s(u + conditional_shift); conditional: (1-conditional_weight)*w + conditional_weight*Q; free rider: free_rider_factor*w
#pragma once

#include "coalis/core/distributions.hpp"
#include "coalis/model/world.hpp"
#include "coalis/submodels/attendance_choice/expected_turnout.hpp"

namespace coalis::inline COALIS_ISA {

struct ConditionalCooperation {
  static constexpr bool noisy = false;
  float shift, weight, free_rider_factor, global_weight;

  explicit ConditionalCooperation(const Parameters& p)
      : shift(static_cast<float>(p.conditional_shift)),
        weight(static_cast<float>(p.conditional_weight)),
        free_rider_factor(static_cast<float>(p.free_rider_factor)),
        global_weight(static_cast<float>(p.global_weight)) {}

  bool operator()(float u, float peers, float last_turnout, std::int32_t type, std::uint32_t word, float /*noise*/) const {
    const float alone = logistic(u + shift);
    const float together = (1 - weight) * alone + weight * expected_turnout(peers, last_turnout, global_weight);
    return uniform(word) < (type == conditional ? together : type == free_rider ? free_rider_factor * alone : alone);
  }
};

}  // namespace coalis::inline COALIS_ISA
