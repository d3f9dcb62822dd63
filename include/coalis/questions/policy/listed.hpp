// The ready-made options for a scenario with what each would change and cost.
#pragma once

#include <string>
#include <vector>

#include "coalis/model/scenario.hpp"
#include "coalis/questions/policy/ready_made.hpp"
#include "coalis/questions/scenario_differences.hpp"

namespace coalis {

struct ListedOption {
  ReadyMade made;
  double cost = 0;                      // planned, USD a year, of the scenario with it; of one that makes no sense: without
  std::vector<Difference> differences;  // from the scenario
};

struct ListedOptions {
  std::string file;
  Scenario scenario;
  double cost = 0;  // planned, USD a year, without any
  std::vector<ListedOption> options;
};

}  // namespace coalis
