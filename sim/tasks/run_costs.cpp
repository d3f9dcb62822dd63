#include "coalis/tasks/run_costs.hpp"

#include <algorithm>

#include "coalis/ensemble/resources.hpp"
#include "coalis/network/outcomes.hpp"

namespace coalis {
namespace {

// Organisation-months of a unit of work: about a second of one thread, which is what a kill can cost.
constexpr double unit_work = 4e6;
constexpr double unit_bytes = 16e6;
constexpr double unit_runs = 1000;

}  // namespace

double work_of(const Scenario& scenario) {
  return static_cast<double>(std::max(1, scenario.organisations.count())) * std::max(1, scenario.calendar.months);
}

double run_memory(const Scenario& scenario, Recording recording, bool further) {
  if (further) recording = with_sources(recording);
  return plan_bytes(scenario) + simulator_bytes(scenario) + 3 * record_bytes(scenario, recording);
}

std::size_t unit_of(double work, double bytes) {
  return static_cast<std::size_t>(std::clamp(std::min(unit_work / work, unit_bytes / bytes), 1.0, unit_runs));
}

std::size_t outcome_bytes(bool further) {
  constexpr std::size_t head = 48;  // hash; at most so much of the heads of page and batch
  return head + outcomes_of(further).size() * sizeof(double);
}

}  // namespace coalis
