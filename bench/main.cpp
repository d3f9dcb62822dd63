// coalis_bench [--quick] [options of Google Benchmark]; scripts/bench runs it and prints its figures.
#include <algorithm>
#include <string_view>

#include "cases.hpp"
#include "coalis/core/build_info.hpp"
#include "coalis/engine/simulate.hpp"

int main(int argc, char** argv) {
  using namespace coalis::bench;
  Sizes sizes;
  char** const end = std::remove_if(argv + 1, argv + argc, [&](const char* argument) {
    const bool quick = std::string_view(argument) == "--quick";
    sizes.quick |= quick;
    return quick;
  });
  argc = static_cast<int>(end - argv);
  add_calibration();
  add_floor();
  add_memory_floor(sizes);
  add_small_worlds();
  add_large_worlds(sizes);
  add_ensembles(sizes);
  add_shares(sizes);
  add_writing(sizes);
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::AddCustomContext("instruction_set", std::string(coalis::instruction_sets().front()));
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
