// Attendance choice, benefit and cost (ODD 3, process 4): each organisation weighs its own benefit against its own cost.
//   P(attend) = s(u + beta_social*q), q the participation of its tie partners (0 without ties)
#pragma once

#include "coalis/core/distributions.hpp"
#include "coalis/core/isa.hpp"
#include "coalis/model/world.hpp"

namespace coalis::inline COALIS_ISA {

struct BenefitCost {
  static constexpr bool noisy = false;
  float social;

  explicit BenefitCost(const Parameters& p) : social(static_cast<float>(p.beta_social)) {}

  // u: utility; peers: q, or -1 without ties; last_turnout: L of the event; type: see Type; word, noise: the organisation's draws
  // at this event.
  bool operator()(float u, float peers, float /*last_turnout*/, std::int32_t /*type*/, std::uint32_t word,
                  float /*noise*/) const {
    return uniform(word) < logistic(u + social * (peers < 0 ? 0.0f : peers));
  }
};

}  // namespace coalis::inline COALIS_ISA
