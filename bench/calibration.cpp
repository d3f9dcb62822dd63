// A fixed chain of integer multiplications and additions, each waiting for the one before: four cycles a step on x86-64
// processors since 2011, whatever the instruction set. It measures the clock; every other case is also given as a multiple of a
// step.
#include <cstdint>

#include "cases.hpp"

namespace coalis::bench {
namespace {

constexpr int steps = 100'000;

void calibrate(benchmark::State& state) {
  std::uint64_t x = 1;
  for (auto _ : state) {
    for (int step = 0; step < steps; ++step) {
      x = x * 6364136223846793005u + 1442695040888963407u;
      asm volatile("" : "+r"(x));  // keeps two steps from being folded into one, and x in a register
    }
  }
  state.counters["steps"] = steps;
}

}  // namespace

void add_calibration() { add("calibration", "multiply-add", "any", 1, calibrate); }

}  // namespace coalis::bench
