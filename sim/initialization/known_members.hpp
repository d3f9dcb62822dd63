// What a roster knows of its organisations, instead of what is drawn; nothing without one.
#pragma once

#include <algorithm>

#include "coalis/core/isa.hpp"
#include "coalis/core/parallel.hpp"
#include "coalis/model/world.hpp"

namespace coalis::inline COALIS_ISA {

// An attribute of the organisations of a tile.
template <class Value>
void take_known(const World& w, Range tile, int Member::*attribute, Column<Value>& into) {
  const auto& roster = w.plan.scenario.organisations.roster;
  for (int i = tile.begin; i < std::min(tile.end, static_cast<int>(roster.size())); ++i)
    if (const int known = roster[static_cast<std::size_t>(i)].*attribute; known >= 0) into[i] = static_cast<Value>(known);
}

// Entry months; those that are drawn are before known exits.
void take_known_entries(World& w, Range tile);

// Sectors of the roster's members: known ones, and exact counts among the others by the rank of one draw (World::words) each,
// which have what the known ones leave of organisations.members.
void share_out_sectors(World& w);

// Slots of the ties that are there at the start.
void start_ties(World& w);

}  // namespace coalis::inline COALIS_ISA
