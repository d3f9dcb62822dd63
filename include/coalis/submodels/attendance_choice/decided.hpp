// Attendance choice, decided elsewhere: by a rule from outside of the model (model/attendance_rule.hpp), in place of the word.
#pragma once

#include <cstdint>

#include "coalis/core/isa.hpp"

namespace coalis::inline COALIS_ISA {

struct Decided {
  static constexpr bool noisy = false;

  bool operator()(float /*u*/, float /*peers*/, float /*last_turnout*/, std::int32_t /*type*/, std::uint32_t word,
                  float /*noise*/) const {
    return word != 0;
  }
};

}  // namespace coalis::inline COALIS_ISA
