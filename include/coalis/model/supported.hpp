// Levers outside their supported ranges (the field rows say which and why): about those an answer is an extrapolation.
#pragma once

#include <string>
#include <vector>

#include "coalis/model/scenario.hpp"

namespace coalis {

struct Extrapolation {
  std::string path;     // "hubs.Chicago.fte", "levers.information", "calendar.months"
  double value;         // of those outside the one that lies farthest from the range
  int first;            // first month in which the lever lies outside
  int months;           // number of months in which it does
  Supported supported;  // the range that it leaves
};

// Every lever of the scenario that lies outside its supported range in some month, interventions included, in the order of the
// field rows: calendar, hubs, series, levers, environment. A series counts in the months in which it runs. An answer about a
// scenario for which this is not empty takes no likelihood word; ranges and counts are still shown.
std::vector<Extrapolation> extrapolations(const Scenario& scenario);

// "hubs.Chicago.fte is 2 in 31 months, supported are 0..1 (evidence: ...)"
std::string to_string(const Extrapolation& extrapolation);

// Whether those who run a coalition can choose a key of a table: how it is coordinated, what it does, whom it recruits.
// Parameters, structures, prices, the field and what happens in it are not chosen, so that no value of them is an option.
bool can_be_chosen(std::string_view table, std::string_view key);

}  // namespace coalis
