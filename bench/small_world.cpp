// The Illinois baseline, 115 organisations and 43 months, replicate after replicate in the same memory. A new case is a line in
// add_small_worlds.
#include "cases.hpp"
#include "coalis/model/simulate.hpp"

namespace coalis::bench {
namespace {

void run(benchmark::State& state, const Scenario& scenario, std::string_view instruction_set, const Recording& recording) {
  Simulator simulator(make_plan(scenario), instruction_set);
  RunRecord record;
  std::uint32_t replicate = 0;
  for (auto _ : state) {
    simulator.run(1, replicate++, recording, record);
    benchmark::DoNotOptimize(record.hash);
  }
  state.counters["organisation_months"] = scenario.organisations.count() * scenario.calendar.months;
  state.counters["bytes"] = bytes_per_organisation(scenario);
}

}  // namespace

void add_small_worlds() {
  for (const auto isa : instruction_sets())
    add("world", "Illinois, outcomes", isa, 1, [=](benchmark::State& state) { run(state, illinois(), isa, outcomes_only); });
  const auto best = instruction_sets().front();
  add("world", "Illinois, trajectories", best, 1,
      [=](benchmark::State& state) { run(state, illinois(), best, with_trajectories); });
  add("world", "Illinois, everything", best, 1, [=](benchmark::State& state) { run(state, illinois(), best, everything); });
}

}  // namespace coalis::bench
