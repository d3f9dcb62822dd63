// Prints the hash of every replicate of scenarios, each run by the executor alone and as one of a pair: for builds that have only
// what a run needs (another compiler, a sanitizer, a browser's machine), whose lines tests/bits/compare.sh compares with those of
// the optimised program.
//
//   record_hashes REPLICATES THREADS SCENARIO...   SCENARIO without `include`
//   record_hashes --resolved SCENARIO              the scenario's text with all that it includes and every key
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <span>
#include <string>
#include <string_view>

#include "coalis/ensemble/ensemble.hpp"
#include "coalis/ensemble/paired.hpp"
#include "coalis/io/scenario/scenario_file.hpp"

namespace {

bool usable(const coalis::ScenarioFile& file) {
  for (const auto& diagnostic : file.diagnostics) std::fprintf(stderr, "%s\n", to_string(diagnostic).c_str());
  return file.ok();
}

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
#ifndef __wasm__
  if (count == 3 && std::string_view(arguments[1]) == "--resolved") {
    const auto file = coalis::read_scenario(arguments[2]);
    if (usable(file)) std::fputs(to_toml(file.scenario).c_str(), stdout);
    return file.ok() ? 0 : 1;
  }
#endif
  if (count < 4) {
    std::fputs("usage: record_hashes REPLICATES THREADS SCENARIO... | --resolved SCENARIO\n", stderr);
    return 2;
  }
  const auto replicates = coalis::replicate_range(0, static_cast<std::size_t>(std::atoi(arguments[1])));
  for (int i = 3; i < count; ++i) {
    std::ifstream stream(arguments[i], std::ios::binary);
    const std::string text(std::istreambuf_iterator<char>(stream), {});
    const auto file = coalis::parse_scenario(text, arguments[i]);
    if (!usable(file)) return 1;
    std::printf("%s\n", file.scenario.name.c_str());
    print_hashes(file.scenario, replicates, std::atoi(arguments[2]));
  }
}
