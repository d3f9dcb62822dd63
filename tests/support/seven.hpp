// The seven scenarios of the docking (model.md section 6), and runs compared bit by bit.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "coalis/model/record.hpp"
#include "coalis/model/scenario.hpp"

namespace coalis::test {

struct NamedScenario {
  std::string name;  // "a" to "g"
  Scenario scenario;
};
const std::vector<NamedScenario>& seven_scenarios();

inline constexpr Recording everything{true, true, true, true, true, true};
inline constexpr Recording outcomes_only{false, false, false, false, false};

RunRecord run_once(const Scenario& scenario, std::uint32_t replicate = 0, const Recording& recording = everything,
                   std::string_view instruction_set = "", std::uint64_t seed = 1);

// Same bits, so that a missing value equals itself.
template <class T>
bool same_bits(const std::vector<T>& a, const std::vector<T>& b) {
  return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0);
}
bool same_record(const RunRecord& a, const RunRecord& b);

}  // namespace coalis::test
