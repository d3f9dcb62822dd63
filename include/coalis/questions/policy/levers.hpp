// What of a coalition can be moved on a page: its levers in words, the scenario that comes of moving them, and the way back.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "coalis/model/scenario.hpp"

namespace coalis {

struct Lever {
  enum class What { staff, hub_at, per_year, remote, lever, from };
  What what;
  std::vector<int> of;          // what it is of: a region, series, a row of fields<Levers>()
  std::string key;              // names it in links: "staff", "levers.information"
  std::string words, unit;      // "Paid coordination", "FTE"
  std::string meaning;          // in a sentence
  double low, high, step, now;  // now: as the scenario has it
  double supported_low = 0, supported_high = 0;
  std::string reason;              // what speaks for the supported range; "": nothing is said
  std::vector<std::string> names;  // of its values, if they are no amounts
  bool assumed = false;            // the supported range is: no evidence speaks for it
};

std::vector<Lever> levers_of(const Scenario& scenario);

// A value that the lever can have: the nearest, and `now` for what is no number.
double clamped(const Lever& lever, double value);

// The scenario with its levers at these values, one each, in force from the month of the lever `from`. Hubs that are moved serve
// the regions that are nearest to them and share the staff alike; meetings are then held by each hub for its own organisations,
// everything else for all, as before.
Scenario moved(const Scenario& scenario, std::span<const Lever> levers, std::span<const double> values);

// The values at which the levers give what a changed scenario has in force in every month, but for rounding; nothing if they
// cannot. from: the month in which it begins to differ.
std::optional<std::vector<double>> lever_values(const Scenario& scenario, std::span<const Lever> levers, const Scenario& changed,
                                                int from);

// What was moved, in few words: "Paid coordination 1 FTE"; the scenario's name if nothing was.
std::string name_of(const Scenario& scenario, std::span<const Lever> levers, std::span<const double> values);

}  // namespace coalis
