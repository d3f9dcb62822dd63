// Large worlds, with the loop over organisations on one thread and on two; beside them what their bytes cost to read and write.
#include "large_world.hpp"

#include <oneapi/tbb/global_control.h>

#include "cases.hpp"
#include "coalis/core/column.hpp"
#include "coalis/ensemble/ensemble.hpp"
#include "kernels.hpp"

namespace coalis::bench {
namespace {

std::string power_of_ten(int n) { return "10^" + std::to_string(static_cast<int>(std::lround(std::log10(n)))); }

void run(benchmark::State& state, int organisations, Calendars calendars, int threads) {
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads));
  const Scenario scenario = large_world(illinois(), organisations, calendars);
  const double bytes = bytes_per_organisation(scenario);
  Simulator simulator(make_plan(scenario), "", threads > 1 ? tbb_loop() : serial_loop());
  RunRecord record;
  std::uint32_t replicate = 0;
  for (auto _ : state) simulator.run(1, replicate++, outcomes_only, record);
  state.counters["organisation_months"] = static_cast<double>(organisations) * scenario.calendar.months;
  state.counters["bytes"] = bytes;
}

// Once through as much memory as the world has, read and written.
void sweep(benchmark::State& state, int organisations) {
  const double bytes = bytes_per_organisation(large_world(illinois(), organisations, Calendars::regional));
  Column<float> x(static_cast<std::size_t>(bytes * organisations / sizeof(float)), 1.0f);
  const Kernels& kernel = kernels(instruction_sets().front());
  for (auto _ : state) {
    kernel.sweep(x.size(), x.data());
    benchmark::ClobberMemory();
  }
  state.counters["organisation_months"] = organisations;
  state.counters["bytes"] = bytes;
}

}  // namespace

void add_memory_floor(const Sizes& sizes) {
  for (int n = 10'000; n <= sizes.largest_world(); n *= 10)
    add("memory", power_of_ten(n), instruction_sets().front(), 1, [=](benchmark::State& state) { sweep(state, n); });
}

void add_large_worlds(const Sizes& sizes) {
  for (int n = 10'000; n <= sizes.largest_world(); n *= 10)
    for (const auto& [calendars, name] : {std::pair{Calendars::regional, "regional"}, std::pair{Calendars::central, "central"}})
      for (const int threads : {1, 2}) {
        auto* one = add("world", power_of_ten(n) + ", " + name + " calendars", instruction_sets().front(), threads,
                        [n, calendars = calendars, threads](benchmark::State& state) { run(state, n, calendars, threads); });
        if (n > 100'000) one->Iterations(1)->Repetitions(3);  // seconds each
      }
}

}  // namespace coalis::bench
