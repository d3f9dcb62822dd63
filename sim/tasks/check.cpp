// Doing the checks of a posterior, one after the other.
#include <fmt/format.h>

#include "coalis/engine/simulate.hpp"
#include "coalis/io/questions/parameter_sets.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/io/text/file_hash.hpp"
#include "coalis/tasks/calibrate.hpp"

namespace coalis {
namespace {

constexpr std::size_t pairs = 2000;

ElsewhereCheck check_elsewhere(const PosteriorQuestion& question, const Execution& execution) {
  ElsewhereRuns runs(question);
  const std::uint64_t seed = question.model.calibration().sampler.seed;
  const auto make_runner = [&]() -> Runner {
    return [&](std::uint32_t number, RunRecord& record) {
      Simulator(make_plan(runs.scenario(number))).run(seed, number, {false, false, false, false, false}, record);
    };
  };
  execute(replicate_range(0, runs.count()), make_runner, execution, [&](const RunRecord& record) { runs.add(record); });
  return runs.check();
}

// Nothing, and a notice, if too few runs are possible histories.
std::optional<CoverageCheck> coverage_of(const PosteriorQuestion& question, Execution execution, const Watch& watch) {
  const CoverageSettings& settings = question.coverage;
  execution.progress = [&](std::size_t done) {
    if (watch.progress) watch.progress(done, settings.table);
  };
  CoverageCheck check = check_coverage(question.model, settings, execution);
  if (watch.cancelled() || !check.parameters.empty()) return check;
  watch.say(fmt::format("Coverage is left out: {} of {} runs from the prior are possible histories, {} are needed; raise --table",
                        check.possible, settings.table, settings.nearest));
  return std::nullopt;
}

}  // namespace

Asked<PosteriorQuestion> read_check_question(const CalibrationModel& model, const CheckOptions& options) {
  const ParameterSets sets = read_parameter_sets(options.posterior);
  const std::string hash = sets.ok() ? sha1_of_file(options.posterior) : "";
  std::vector<Diagnostic> warnings;
  std::optional<Elsewhere> elsewhere;
  if (sets.ok() && !options.elsewhere.empty()) {
    ScenarioFile file = read_scenario(options.elsewhere);
    if (!file.ok()) return {std::nullopt, std::move(file.diagnostics)};
    warnings = std::move(file.diagnostics);
    elsewhere = Elsewhere{std::filesystem::path(options.elsewhere).filename().string(), std::move(file.scenario)};
  }
  auto asked = ask_check(model, options, sets, hash, std::move(elsewhere));
  asked.problems.insert(asked.problems.begin(), warnings.begin(), warnings.end());
  return asked;
}

std::optional<PosteriorCheck> check_posterior(const PosteriorQuestion& question, int threads, const Watch& watch) {
  const CalibrationModel& model = question.model;
  const std::uint64_t seed = model.calibration().sampler.seed;
  const Execution execution{.threads = threads, .cancel = watch.cancel};
  const WeightedDraws prior = prior_of(question);
  const auto before = predictive_pairs(model, prior, pairs, seed + 1, execution);
  const auto after = predictive_pairs(model, question.draws, pairs, seed, execution);
  if (watch.cancelled()) return std::nullopt;
  PosteriorCheck check = posterior_check(question, prior, before, after);
  if (question.elsewhere) check.elsewhere = check_elsewhere(question, execution);
  if (question.coverage.table > 0) check.coverage = coverage_of(question, execution, watch);
  if (watch.cancelled()) return std::nullopt;
  return check;
}

}  // namespace coalis
