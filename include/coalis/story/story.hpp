// One organisation's life: a replicate run again from its seed, month by month, and what of each month concerns that
// organisation. It reads the world between months; no draw and no bit of the run depends on it.
#pragma once

#include <cstdint>
#include <vector>

#include "coalis/model/plan.hpp"

namespace coalis {

class AttendanceRule;  // model/attendance_rule.hpp

// A tie of the organisation that is new, was strengthened or is lost in a month.
struct TieChange {
  std::int32_t partner;
  std::int32_t role, region;  // of the partner
  float before, after;        // strength; 0 is none
};

struct LifeMonth {
  int month = 0;
  std::int32_t status_before = 0, status = 0;          // of model/world.hpp
  std::vector<int> invited, attended;                  // [kind] events of the month
  float hours = 0;                                     // given, travel included
  bool disagreed = false;                              // had contested contacts
  int grant = 0;                                       // 1 won, -1 lost, 0 no round or out of it
  int needs_met = 0;                                   // of victims it serves
  std::vector<TieChange> ties;                         // new and lost ones, and those that a contact or a referral strengthened
  float commitment = 0, leadership = 0, progress = 0;  // at the end of the month
};

struct Life {
  float mission = 0, capacity = 0;
  std::int32_t sector = 0, role = 0, region = 0;
  bool serves_victims = false;
  std::int32_t entry = 0;  // month; -1 never a member at first
  std::vector<LifeMonth> months;
  std::uint64_t hash = 0;  // of the whole run
};

// organisation: below the scenario's number of organisations. rule: decides who attends in the place of the structure's, or null;
// what it throws passes.
Life life_of(const Plan& plan, std::uint64_t seed, std::uint32_t replicate, int organisation, AttendanceRule* rule = nullptr);

}  // namespace coalis
