// A rule of attendance from outside of the model, in the place of those of submodels/attendance_choice/ (ODD 3, process 4): for
// experiments. It is handed the draws and makes none, so that runs under other rules share them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace coalis {

// The events of one kind that happen side by side, one or one a hub; arrays are by organisation.
struct AttendanceCall {
  int month;
  std::string_view kind;                   // its name
  std::span<const std::uint8_t> invited;   // 1 to one of them; the others' values mean nothing
  std::span<const float> utility;          // u
  std::span<const float> peers;            // q: participation of tie partners, -1 without ties
  std::span<const float> turnout;          // L: of the hub's last events of this kind
  std::span<const std::int32_t> type;      // of world.hpp: unconditional, conditional, free_rider
  std::span<const float> uniform, normal;  // draws of the organisation at its event; both are made of the same word
  std::span<std::uint8_t> comes;           // the answer; read for the invited
};

// Thrown by a rule that cannot go on: no failure of the replicate. The execution is to be cancelled first.
struct RuleGaveUp {};

class AttendanceRule {
 public:
  virtual ~AttendanceRule() = default;
  virtual void decide(const AttendanceCall& call) = 0;
};

// The rule that a world asks, with the arrays that it fills. `n`: organisations with their padding.
struct AskedRule {
  AskedRule(AttendanceRule& asked, std::size_t n)
      : rule(asked), invited(n), comes(n), utility(n), turnout(n), uniform(n), normal(n) {}
  AttendanceRule& rule;
  std::vector<std::uint8_t> invited, comes;
  std::vector<float> utility, turnout, uniform, normal;
};

}  // namespace coalis
