// Prints the hash of every replicate of scenarios, each run by the executor alone and as one of a pair: for builds that have only
// what a run needs (another compiler, a sanitizer, a browser's machine), whose lines tests/bits/compare.sh compares with those of
// the optimised program.
//
//   record_hashes REPLICATES THREADS SCENARIO...   SCENARIO as pack_scenario prints it
#include <cstdio>
#include <cstdlib>
#include <span>

#include "coalis/ensemble/ensemble.hpp"
#include "coalis/ensemble/paired.hpp"
#include "packed_file.hpp"

namespace {

void print(const char* how, const coalis::RunRecord& record) {
  std::printf("%s %u %016llx\n", how, static_cast<unsigned>(record.replicate), static_cast<unsigned long long>(record.hash));
}

void print_hashes(const coalis::Scenario& scenario, std::span<const std::uint32_t> replicates, int threads) {
  const coalis::Execution execution{.threads = threads, .batch = 2};
  const coalis::Recording recording;
  coalis::run_ensemble(scenario, 1, replicates, recording, execution,
                       [](const coalis::RunRecord& record) { print("alone", record); });
  const coalis::Scenario pair[] = {scenario, [&] {
                                     coalis::Scenario other = scenario;
                                     other.parameters.tie_prob /= 2;
                                     return other;
                                   }()};
  coalis::run_paired(pair, 1, replicates, recording, execution, [](std::span<const coalis::RunRecord> records) {
    print("first", records[0]);
    print("second", records[1]);
  });
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 4) {
    std::fputs("usage: record_hashes REPLICATES THREADS SCENARIO...\n", stderr);
    return 2;
  }
  const auto replicates = coalis::replicate_range(0, static_cast<std::size_t>(std::atoi(arguments[1])));
  for (int i = 3; i < count; ++i) {
    const auto scenario = packed_file(arguments[i]);
    if (!scenario) return 1;
    std::printf("%s\n", scenario->name.c_str());
    print_hashes(*scenario, replicates, std::atoi(arguments[2]));
  }
}
