// How engaged is a coalition at the end? The mean over 100 replicates, and its standard error.
#include <cstdio>
#include <span>

#include "coalis/ensemble/ensemble.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/questions/outcomes_named.hpp"
#include "coalis/statistics/summary.hpp"

int main(int count, char** arguments) {
  const auto file = coalis::read_scenario(count > 1 ? arguments[1] : "scenarios/illinois.toml");
  for (const auto& diagnostic : file.diagnostics) std::fprintf(stderr, "%s\n", to_string(diagnostic).c_str());
  if (!file.ok()) return 2;

  const auto engaged = coalis::outcomes_named("engaged").front();
  coalis::Samples samples(1);
  coalis::run_ensemble(file.scenario, /*seed=*/1, coalis::replicate_range(0, 100), {}, {},
                       [&](const coalis::RunRecord& run) { samples.add(std::span(&run.outcomes[engaged], 1)); });
  const auto summary = samples.summary(0);
  std::printf("engaged: %.4f, standard error %.4f, %zu replicates\n", summary.mean, summary.se, summary.n);
}
