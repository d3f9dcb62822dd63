// What each process takes in a small and in a large world: medians over replicates, so that an interruption does not count, less
// what reading the clock takes.
#include <algorithm>
#include <chrono>

#include "cases.hpp"
#include "coalis/engine/simulate.hpp"
#include "kernels.hpp"
#include "large_world.hpp"

namespace coalis::bench {
namespace {

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

// Nanoseconds from one reading of the clock to the next.
double clock_cost() {
  std::vector<double> gaps;
  auto last = std::chrono::steady_clock::now();
  for (int reading = 0; reading < 1001; ++reading) {
    const auto now = std::chrono::steady_clock::now();
    gaps.push_back(std::chrono::duration<double, std::nano>(now - last).count());
    last = now;
  }
  return median(gaps);
}

void run(benchmark::State& state, const Scenario& scenario) {
  const Kernels& kernel = kernels(instruction_sets().front());
  const auto plan = make_plan(scenario);
  const auto names = part_names();
  World world(*plan, serial_loop());
  RunRecord record;
  PartTimes times;
  Work work;
  std::vector<std::vector<double>> measured(names.size());
  std::uint32_t replicate = 0;
  for (auto _ : state) {
    world.stream = {1, replicate++};
    kernel.run_timed(world, outcomes_only, record, times, work);
    for (std::size_t part = 0; part < names.size(); ++part) measured[part].push_back(times[part]);
  }
  const double organisation_months = static_cast<double>(world.n) * plan->months();
  const double clock = clock_cost();
  for (std::size_t part = 0; part < names.size(); ++part) {
    const double readings = part == 0 ? 1 : plan->months();
    const double each = std::max(0.0, median(measured[part]) - readings * clock) / organisation_months;
    state.counters["part " + std::string(part < 10 ? "0" : "") + std::to_string(part) + " " + names[part]] = each;
  }
  state.counters["organisation_months"] = organisation_months;
}

}  // namespace

void add_shares(const Sizes& sizes) {
  const auto best = instruction_sets().front();
  add("shares", "Illinois", best, 1, [](benchmark::State& state) { run(state, illinois()); });
  const int n = sizes.world_for_shares();
  for (const auto& [calendars, name] : {std::pair{Calendars::regional, "regional"}, std::pair{Calendars::central, "central"}})
    add("shares", std::to_string(n) + " " + name, best, 1,
        [n, calendars = calendars](benchmark::State& state) { run(state, large_world(illinois(), n, calendars)); });
}

}  // namespace coalis::bench
