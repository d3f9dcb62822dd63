#include "coalis/tasks/distinguish.hpp"

#include <fmt/format.h>

#include <stdexcept>
#include <utility>
#include <vector>

#include "coalis/ensemble/ensemble.hpp"
#include "coalis/ensemble/resources.hpp"
#include "coalis/io/questions/parameter_sets.hpp"
#include "coalis/io/scenario/scenario_file.hpp"

namespace coalis {
namespace {

// Adds what was found wrong; whether what was read can be used.
bool usable(const std::string& file, bool ok, const std::vector<Diagnostic>& found, std::vector<Diagnostic>& problems) {
  problems.insert(problems.end(), found.begin(), found.end());
  if (!ok) problems.push_back(option_problem(file, "cannot be used"));
  return ok;
}

Scenario with_set(const Scenario& scenario, const ParameterSets& sets, const ParameterSet& set) {
  ScenarioFile file = with_parameters(scenario, sets, set);
  if (!file.ok()) throw std::runtime_error(to_string(file.diagnostics.front()));
  return std::move(file.scenario);
}

// What it takes. A thread keeps the records of all runs of a coalition.
Needs needs_of(const TellingApart& question, int threads) {
  constexpr std::size_t features = 64;  // bytes of a coalition's, looked at in one way
  const auto& scenarios = question.candidates.front().scenarios;
  Needs needs = ensemble_needs(scenarios, TellingApart::by_organisation, question.cases(), threads);
  needs.thread_memory +=
      static_cast<double>(question.months.size()) * record_bytes(scenarios.front(), TellingApart::survey_alone);
  needs.replicate_memory += static_cast<double>(question.observations.size() * features);
  needs.replicates_named = "coalitions of all structures (--replicates)";
  return needs;
}

}  // namespace

Asked<TellingApart> read_telling_apart(const TellingApartOptions& options) {
  auto named = candidates_named(options);
  std::vector<Diagnostic> problems = std::move(named.problems);
  if (!named.ok()) return {std::nullopt, std::move(problems)};
  const std::vector<LoadedScenario> loaded(options.scenarios.begin(), options.scenarios.end());
  std::vector<Candidate> candidates;
  for (const CandidateName& name : *named.question) {
    auto& candidate = candidates.emplace_back(Candidate{name.structure, {}, {}});
    const std::vector<std::string> structure{fmt::format("structure.engagement=\"{}\"", name.structure)};
    for (std::size_t s = 0; s < loaded.size(); ++s) {
      ScenarioFile file = loaded[s].with(structure);
      if (!usable(options.scenarios[s], file.ok(), file.diagnostics, problems)) return {std::nullopt, std::move(problems)};
      candidate.scenarios.push_back(std::move(file.scenario));
    }
    if (!name.file) continue;
    candidate.sets = read_parameter_sets(*name.file);
    if (!usable(*name.file, candidate.sets.ok(), candidate.sets.diagnostics, problems))
      return {std::nullopt, std::move(problems)};
  }
  auto asked = ask_telling_apart(options, std::move(candidates), with_set);
  asked.problems.insert(asked.problems.begin(), problems.begin(), problems.end());
  return asked;
}

std::optional<TellingApartAnswer> tell_apart(const TellingApart& question, int threads, const Watch& watch) {
  require_room(needs_of(question, threads));
  const std::size_t replicates = question.replicates, cases = question.cases();
  std::vector<std::vector<std::vector<Features>>> samples(
      question.observations.size(),
      std::vector<std::vector<Features>>(question.candidates.size(), std::vector<Features>(replicates)));
  const Execution execution{.threads = threads, .batch = 1, .cancel = watch.cancel, .progress = [&](std::size_t done) {
                              if (watch.progress) watch.progress(done, cases);
                            }};
  // Every case writes places of its own.
  const auto make_runner = [&]() -> Runner {
    return [&](std::uint32_t number, RunRecord&) {
      const std::size_t candidate = number / replicates, replicate = number % replicates;
      auto features = look_at(question, candidate, static_cast<std::uint32_t>(replicate));
      for (std::size_t o = 0; o < features.size(); ++o) samples[o][candidate][replicate] = std::move(features[o]);
    };
  };
  if (execute(replicate_range(0, cases), make_runner, execution, [](const RunRecord&) {}) < cases) return std::nullopt;
  return telling_apart_answer(question, samples);
}

}  // namespace coalis
