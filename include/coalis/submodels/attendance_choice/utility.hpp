// What an event is to an organisation, whatever the rule of choice (ODD 3, process 4).
//   u = base + sum of beta*(x-1/2) + beta_habit*p - beta_cost*min(cost_cap, tau/max(1,r))
#pragma once

#include "coalis/core/isa.hpp"
#include "coalis/model/scenario.hpp"

namespace coalis::inline COALIS_ISA {

struct Utility {
  float mission_slope, commitment_slope, leadership_slope, awareness_slope, habit_slope, cost_slope, cap;

  explicit Utility(const Scenario& s)
      : mission_slope(static_cast<float>(s.parameters.beta_mission)),
        commitment_slope(static_cast<float>(s.parameters.beta_commitment)),
        leadership_slope(static_cast<float>(s.parameters.beta_leadership)),
        awareness_slope(static_cast<float>(s.parameters.beta_awareness)),
        habit_slope(s.structure.engagement != static_cast<int>(Engagement::trait) ? static_cast<float>(s.parameters.beta_habit)
                                                                                  : 0.0f),
        cost_slope(static_cast<float>(s.parameters.beta_cost)),
        cap(static_cast<float>(s.parameters.cost_cap)) {}

  // base: of the event, with its regularity; taken: tau.
  float operator()(float base, float mission, float commitment, float leadership, float awareness, float trace, float taken,
                   float resources) const {
    const float share = taken / (resources < 1 ? 1.0f : resources);
    return base + mission_slope * (mission - 0.5f) + commitment_slope * (commitment - 0.5f) +
           leadership_slope * (leadership - 0.5f) + awareness_slope * (awareness - 0.5f) + habit_slope * trace -
           cost_slope * (share < cap ? share : cap);
  }
};

}  // namespace coalis::inline COALIS_ISA
