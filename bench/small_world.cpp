// The Illinois baseline, 115 organisations and 43 months, replicate after replicate in the same memory. A new case is a line in
// add_small_worlds.
#include "cases.hpp"
#include "coalis/engine/simulate.hpp"
#include "coalis/model/shared_draws.hpp"

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

// Sixteen policies a replicate, differing in staff.
void run_policies(benchmark::State& state, std::string_view instruction_set, bool together) {
  constexpr int policies = 16;
  std::vector<Simulator> simulators;
  const auto draws = std::make_shared<SharedDraws>(padded(illinois().organisations.count()), illinois().calendar.months);
  for (int policy = 0; policy < policies; ++policy) {
    Scenario scenario = illinois();
    scenario.hubs.front().fte = 0.1 * (1 + policy);
    simulators.emplace_back(make_plan(scenario), instruction_set);
    if (together) simulators.back().share(draws);
  }
  RunRecord record;
  std::uint32_t replicate = 0;
  for (auto _ : state) {
    for (Simulator& simulator : simulators) simulator.run(1, replicate, outcomes_only, record);
    ++replicate;
  }
  state.counters["organisation_months"] = policies * illinois().organisations.count() * illinois().calendar.months;
  state.counters["bytes"] = bytes_per_organisation(illinois());
}

}  // namespace

void add_small_worlds() {
  for (const auto isa : instruction_sets())
    add("world", "Illinois, outcomes", isa, 1, [=](benchmark::State& state) { run(state, illinois(), isa, outcomes_only); });
  const auto best = instruction_sets().front();
  for (const bool together : {false, true})
    add("world", together ? "16 policies, drawn together" : "16 policies, drawn apart", best, 1,
        [=](benchmark::State& state) { run_policies(state, best, together); });
  add("world", "Illinois, trajectories", best, 1,
      [=](benchmark::State& state) { run(state, illinois(), best, with_trajectories); });
  add("world", "Illinois, everything", best, 1, [=](benchmark::State& state) { run(state, illinois(), best, everything); });
}

}  // namespace coalis::bench
