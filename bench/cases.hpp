// The cases of the benchmark program, by file. A case is registered under "group/what/instruction set/threads"; bench/table.py
// reads the name and the counters: organisation_months (simulated in one iteration), bytes (an organisation), and others by
// group.
#pragma once

#include <benchmark/benchmark.h>

#include <functional>
#include <string>
#include <string_view>

#include "coalis/model/record.hpp"
#include "coalis/model/scenario.hpp"

namespace coalis::bench {

// How large the cases are: --quick only shows that they build and run.
struct Sizes {
  bool quick = false;
  int largest_world() const { return quick ? 10'000 : 1'000'000; }
  int world_for_shares() const { return quick ? 10'000 : 100'000; }
  std::uint32_t ensemble() const { return quick ? 100 : 2'000; }
  std::uint32_t everything() const { return quick ? 10 : 200; }  // replicates that record everything: about 2 MB each
};

// Registers a case; CPU time is the process's, all threads together.
inline benchmark::internal::Benchmark* add(const std::string& group, const std::string& what, std::string_view instruction_set,
                                           int threads, const std::function<void(benchmark::State&)>& body) {
  const std::string name = group + "/" + what + "/" + std::string(instruction_set) + "/" + std::to_string(threads);
  return benchmark::RegisterBenchmark(name.c_str(), body)->MeasureProcessCPUTime()->UseRealTime();
}

// The Illinois baseline, read from scenarios/.
const Scenario& illinois();

// Bytes that the program has allocated and not given back.
std::size_t bytes_in_use();
// What a World of the scenario allocates, an organisation.
double bytes_per_organisation(const Scenario& scenario);

inline constexpr Recording outcomes_only{.trajectories = false, .organisations = false, .ties = false, .survey = false};
inline constexpr Recording with_trajectories{.trajectories = true, .organisations = false, .ties = false, .survey = false};
inline constexpr Recording by_default{.regions = false};  // of `coalis run`
inline constexpr Recording everything{.organisation_trajectories = true};

void add_calibration();
void add_floor();
void add_memory_floor(const Sizes& sizes);
void add_small_worlds();
void add_large_worlds(const Sizes& sizes);
void add_ensembles(const Sizes& sizes);
void add_shares(const Sizes& sizes);
void add_writing(const Sizes& sizes);

}  // namespace coalis::bench
