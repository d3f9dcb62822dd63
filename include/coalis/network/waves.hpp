// A run at the ends of a few months, as actor-oriented models observe it: who was a member, who had a tie to whom, what each did
// (docs/formats/waves.md).
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "coalis/model/record.hpp"
#include "coalis/model/scenario.hpp"

namespace coalis {

struct Wave {
  int month = 0;                         // at whose end
  std::vector<std::uint8_t> member;      // [actor]: enrolled or dormant
  std::vector<Tie> ties;                 // between members, by number of the actor: by owner, then slot
  std::vector<std::int32_t> attendance;  // [actor]: of the last 12 months those in which it attended any event
  std::vector<float> commitment;         // [actor], 0..1
};

// Actors are the organisations that are members at one wave at least.
struct Waves {
  std::vector<std::int32_t> actors;  // organisation of every actor, ascending
  std::vector<Wave> waves;
  // [actor]: when it was a member, in waves from 1: 1.5 is half-way between the first and the second. It joins and leaves in the
  // middle of a month.
  std::vector<std::vector<std::array<double, 2>>> present;
  RunRecord last;  // the run up to the last wave: final state and hash
};

// months: at least one, ascending, each in the calendar.
Waves make_waves(const Scenario& scenario, std::uint64_t seed, std::uint32_t replicate, std::span<const int> months);

// What two waves have in common: (ties in both) / (ties in either), among actors that are members at both; NaN without ties.
double jaccard(const Wave& a, const Wave& b);

}  // namespace coalis
