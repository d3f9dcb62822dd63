// Attendance choice, thresholds (Granovetter 1978; ODD 3, process 4): an organisation comes if it expects enough others to.
//   attends if Q + threshold_noise*z >= 1 - s(u + threshold_shift)
#pragma once

#include "coalis/core/distributions.hpp"
#include "coalis/model/world.hpp"
#include "coalis/submodels/attendance_choice/expected_turnout.hpp"

namespace coalis::inline COALIS_ISA {

struct Threshold {
  static constexpr bool noisy = true;
  float shift, noise_size, global_weight;

  explicit Threshold(const Parameters& p)
      : shift(static_cast<float>(p.threshold_shift)),
        noise_size(static_cast<float>(p.threshold_noise)),
        global_weight(static_cast<float>(p.global_weight)) {}

  bool operator()(float u, float peers, float last_turnout, std::int32_t /*type*/, std::uint32_t /*word*/, float noise) const {
    return expected_turnout(peers, last_turnout, global_weight) + noise_size * noise >= 1 - logistic(u + shift);
  }
};

}  // namespace coalis::inline COALIS_ISA
