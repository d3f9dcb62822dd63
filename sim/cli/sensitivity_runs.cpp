#include "sensitivity_runs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "coalis/ensemble/ensemble.hpp"
#include "coalis/model/simulate.hpp"
#include "progress.hpp"

namespace coalis::cli {
namespace {

constexpr Recording outcomes_alone{false, false, false, false, false};

// Runs are numbered point by point, in a point scenario by scenario, in a scenario replicate by replicate: a thread keeps a
// simulator for as long as it stays with a scenario of a point.
class PointRunner {
 public:
  explicit PointRunner(const SensitivityRuns& runs) : runs_(runs) {}

  void run(std::size_t number, RunRecord& record) {
    const std::size_t replicates = runs_.study().replicates, place = number / replicates;
    if (place != place_) {
      simulator_.emplace(make_plan(runs_.scenario(place / runs_.scenarios(), place % runs_.scenarios()).scenario));
      place_ = place;
    }
    simulator_->run(runs_.study().seed, static_cast<std::uint32_t>(number % replicates), outcomes_alone, record);
  }

 private:
  const SensitivityRuns& runs_;
  std::size_t place_ = std::numeric_limits<std::size_t>::max();
  std::optional<Simulator> simulator_;
};

std::string describe(const SensitivityRuns& runs, std::size_t point) {
  std::string values;
  const auto& factors = runs.study().design.factors;
  for (std::size_t f = 0; f < factors.size(); ++f)
    values += fmt::format("{}{} = {}", f > 0 ? ", " : "", factors[f].name, factor_value(factors[f], runs.design.point(point)[f]));
  return values;
}

}  // namespace

ScenarioFile SensitivityRuns::scenario(std::size_t point, std::size_t scenario) const {
  std::vector<std::string> overrides;
  const auto& factors = study().design.factors;
  for (std::size_t f = 0; f < factors.size(); ++f)
    for (std::string& override : overrides_of(factors[f], factor_value(factors[f], design.point(point)[f]), scenario))
      overrides.push_back(std::move(override));
  return read_scenario(study().files[scenario], overrides);
}

bool check_points(const SensitivityRuns& runs) {
  struct Context {
    const SensitivityRuns& runs;
    std::vector<std::vector<Diagnostic>> found;
  } context{runs, std::vector<std::vector<Diagnostic>>(runs.points() * runs.scenarios())};
  tbb_loop().run(
      static_cast<int>(context.found.size()),
      [](void* pointer, int index) {
        auto& c = *static_cast<Context*>(pointer);
        const auto place = static_cast<std::size_t>(index);
        ScenarioFile file = c.runs.scenario(place / c.runs.scenarios(), place % c.runs.scenarios());
        if (!file.ok()) c.found[place] = std::move(file.diagnostics);
      },
      &context);
  for (std::size_t place = 0; place < context.found.size(); ++place) {
    for (const Diagnostic& d : context.found[place]) {
      if (d.warning) continue;
      fmt::print(stderr, "{}: error: with {}: {}; {}\n", runs.study().scenarios[place % runs.scenarios()],
                 describe(runs, place / runs.scenarios()), d.problem, d.advice);
      return false;  // others are likely to be of its kind
    }
  }
  return true;
}

double forecast_seconds(const SensitivityRuns& runs, int threads) {
  PointRunner runner(runs);
  RunRecord record;
  runner.run(0, record);  // fills the memory
  const std::size_t trial = std::min<std::size_t>(runs.count(), runs.scenarios() * runs.study().replicates);
  const auto start = std::chrono::steady_clock::now();
  for (std::size_t number = trial; number-- > 0;) runner.run(number, record);
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return seconds / static_cast<double>(trial) * static_cast<double>(runs.count()) / thread_count(threads);
}

SensitivityValues run_sensitivity(const SensitivityRuns& runs, int threads, bool quiet, int& status) {
  const std::size_t replicates = runs.study().replicates, scenarios = runs.scenarios();
  const auto& outcomes = runs.study().outcomes;
  SensitivityValues values(outcomes.size(), std::vector<std::vector<double>>(scenarios));
  for (auto& of_outcome : values)
    for (auto& of_scenario : of_outcome) of_scenario.reserve(runs.points() * replicates);
  Interruption interruption;
  ProgressLine progress(runs.count(), !quiet, "runs");
  const Execution execution{.threads = threads,
                            .batch = static_cast<int>(std::min<std::size_t>(replicates * scenarios, 256)),
                            .cancel = &interruption.requested(),
                            .progress = [&](std::size_t done) { progress.show(done); }};
  std::size_t number = 0;
  const auto make_runner = [&]() -> Runner {
    const auto runner = std::make_shared<PointRunner>(runs);
    return [runner](std::uint32_t one, RunRecord& record) { runner->run(one, record); };
  };
  const std::size_t done = execute(replicate_range(0, runs.count()), make_runner, execution, [&](const RunRecord& record) {
    const std::size_t scenario = number++ / replicates % scenarios;
    for (std::size_t o = 0; o < outcomes.size(); ++o) values[o][scenario].push_back(record.outcomes[outcomes[o]]);
  });
  if (done == runs.count()) return values;
  status = interruption.exit_code();
  return {};
}

}  // namespace coalis::cli
