// A count of the organisations as they stand at the end of a month, by region and for the coalition.
#pragma once

#include <array>

#include "coalis/core/isa.hpp"
#include "coalis/model/world.hpp"

namespace coalis::inline COALIS_ISA {

struct Tally {
  int ever = 0, enrolled = 0, dormant = 0, withdrawn = 0;  // ever-members; by status
  int engaged = 0;                                         // ever-members that attended any event in the last 12 months
  int engaged_steadily = 0;                                // and at least half of those to which they were invited
  int never_attended = 0;                                  // ever-members without a meeting in the run
  int inside = 0, outside = 0;                             // ever-members with any tie, with o > 0
  double commitment = 0, leadership = 0, progress = 0, awareness = 0;  // sums over members

  int members() const { return enrolled + dormant; }
  void add(const Tally& other);
};

struct Tallies {
  std::array<Tally, max_regions> region;
  Tally all;
};

Tallies tally(const World& w);

// The region with most members, first of equals.
int largest_region(const World& w, const Tallies& tallies);

// Largest minus smallest share engaged over regions with at least 5 ever-members; NaN with fewer than two such.
double regional_gap(const World& w, const Tallies& tallies);

// Attendances / invitations to events of a kind in months first..last and regions; NaN without invitations or without the kind.
// except: a region left out, or -1.
double participation(const World& w, int kind, int first, int last, int except);
double participation_in(const World& w, int kind, int month, int region);

// Share or mean; NaN without a denominator.
inline double ratio(double sum, double count) { return count > 0 ? sum / count : std::numeric_limits<double>::quiet_NaN(); }

}  // namespace coalis::inline COALIS_ISA
