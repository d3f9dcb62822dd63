// Simulated organisations that are alike to an observed member in what is known of it.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "coalis/questions/forecast/forecast.hpp"

namespace coalis {

// A simulated coalition that the forecast rests on.
struct NearCoalition {
  const AttendanceTable* list = nullptr;
  double weight = 0;  // of all together 1
};

// What a member's past and the meetings to be forecast are known to be.
struct MemberPast {
  std::vector<std::size_t> known, ahead;  // meetings
  std::vector<std::int8_t> cells;         // of the known ones
  bool operator<(const MemberPast& other) const;
};
MemberPast past_of(const ForecastQuestion& question, std::size_t member);

// What became of organisations of the same past.
struct Future {
  Probabilities times;                       // of the meetings ahead
  std::vector<double> chance;                // [meeting ahead]
  std::vector<std::vector<double>> chances;  // [coalition][meeting ahead]; empty where it has none that is alike
  std::size_t alike = 0;
};

// Alike: on the list at the same meetings, came as often, and to the last two as well or as little. With fewer than 30 such: the
// last one alone; then as often; then nearly as often, more and more widely. Throws std::invalid_argument if nobody was on the
// list.
Future future_of(const MemberPast& past, std::span<const NearCoalition> near);

}  // namespace coalis
